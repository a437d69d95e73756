"""Builds the editions of an issue from its folder.

- ``build`` is the sequence of steps;
- ``source_date`` finds the date of a reproducible build;
- ``reading`` reads an issue in a child process, under limits;
- ``loading`` runs in that process, and ``loaded`` holds its tasks and results;
- ``article_cache`` reads articles again only if they changed;
- ``stand_ins`` has what the preview shows for what cannot be read;
- ``name_check`` compares East Asian names over the whole issue;
- ``assemble`` makes the issue from its manifest and articles;
- ``render`` lays it out, runs preflight and makes the files;
- ``result`` is the result of a build.

It is called ``pipeline`` because many tools skip folders called ``build``.
"""

__all__ = ()
