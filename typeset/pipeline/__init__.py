"""From an issue's folder to its editions.

- ``build`` is the sequence, step by step;
- ``source_date`` is the day that a reproducible build is dated;
- ``reading`` has an issue read in a child process, under limits;
- ``loading`` does that, and ``loaded`` is what comes of it;
- ``article_cache`` reads articles, and knows those that it has read;
- ``name_check`` compares names in characters over the whole issue;
- ``assemble`` makes the issue of its manifest and articles;
- ``render`` lays it out, lets preflight judge the pages and makes the files;
- ``result`` is what a build gives back.

It is called ``pipeline`` and not ``build``: tools skip folders of that name.
"""

__all__ = ()
