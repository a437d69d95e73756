"""The adapter to the engine, and what we change in it as it draws.

Only these modules import WeasyPrint's submodules and touch its private names; the rest of the
layout takes from it ``HTML``, ``CSS``, ``Document`` and ``Page``, and all else from here.

- ``documents`` gives the engine a document, and ``fetching`` the files that it names;
- ``styles`` computes the styles of its elements, ``messages`` says what the engine logs;
- ``boxes`` goes through what stands on the pages, ``texts`` measures and sets runs of text;
- ``links`` knows links and what they lead to, ``marked_content`` the marks around texts and images,
  ``pdf_objects`` what a file is written of;
- ``bleed`` carries a page's background on beyond the trim;
- ``svg_cache`` draws a drawing once and repeats its strokes, ``svg_letters`` says what letters it
  draws of one.

Each name that is read here has a test in `tests/layout/engine/`, which knows the release that it
was read in.
"""

__all__ = ()
