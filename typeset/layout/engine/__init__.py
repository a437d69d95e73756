"""The adapter to the engine, with our changes to how it draws.

Only these modules import WeasyPrint's submodules and use its private names.  The rest of the layout
imports ``HTML``, ``CSS``, ``Document`` and ``Page`` from it, and everything else from here.

- ``libraries`` lets the engine load without a search for its libraries;
- ``documents`` gives the engine a document, and ``fetching`` the files that it names;
- ``styles`` computes the styles of its elements, ``style_defaults`` gives them what no rule sets,
  ``messages`` collects what the engine logs;
- ``boxes`` walks through the boxes of the pages, ``page_memo`` keeps what was found there;
- ``texts`` measures and sets runs of text, ``text_setups`` sets Pango up only once for all of one
  style, and ``first_lines`` sets equal texts that do not wrap only once;
- ``units`` are those of its lengths;
- ``links`` reads links and their targets, ``marked_content`` the marks around texts and images,
  ``pdf_objects`` the objects of a PDF file;
- ``font_data`` reads the data of fonts when a file gets them, ``c_types`` makes the types of arrays
  that the engine exchanges with C libraries;
- ``painted`` repeats a page that the last file held, ``deflated`` its compressed streams;
- ``bleed`` extends a page's background beyond the trim;
- ``svg_cache`` draws a drawing once and repeats its operators, ``svg_paths`` does so with paths
  within drawings, ``matrices`` multiplies their transformations, and ``svg_letters`` finds the
  letters that the engine draws of one.

Each name that is used here has a test in `tests/layout/engine/`.  With another release than those
that ``releases`` names, `test_releases.py` fails there.
"""

__all__ = ()
