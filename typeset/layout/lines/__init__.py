"""Line breaking: each paragraph is broken as a whole, for the most even spaces.

- ``font_book`` knows the fonts as the engine will choose them; ``shaping`` measures words in them,
  and ``expand_font``, with the other ``expand_…``, makes copies a little wider or narrower;
  ``web_fonts`` unpacks fonts;
- ``paragraphs`` reads an element as words, by ``hyphenation`` and ``hanging``;
- ``break_points`` says where lines may end, ``demerits`` how bad an end is, ``total_fit`` which
  ends are best together;
- ``set_paragraph`` chooses the lines of a paragraph, ``rewrite`` replaces its content by them;
- ``line_setter`` does it for a document, and ``verify`` compares the pages with what was chosen;
- ``space_workaround`` and ``cjk_justification`` correct the engine's own lines;
- ``report`` says which lines there are.
"""

__all__ = ()
