"""Lines: each paragraph is broken as a whole, so that its spaces are as even as they can be.

- ``font_book`` knows the fonts as the engine will choose them; ``shaping`` measures words in them,
  and ``expand_font``, with the other ``expand_…``, makes copies a little wider or narrower, which
  ``font_cache`` keeps and ``web_fonts`` unpacks;
- ``paragraphs`` reads an element as words, by ``hyphenation`` and ``hanging``;
- ``break_points`` says where lines may end, ``demerits`` how bad an end is, ``total_fit`` which
  ends are best together;
- ``set_paragraph`` puts them to work, ``rewrite`` puts the lines in the paragraph's place;
- ``line_setter`` does it for a document, and ``verify`` compares the pages with what was chosen;
- ``space_workaround`` and ``cjk_justification`` mend what the engine does with other lines;
- ``estimate`` guesses how many lines there will be, ``report`` says which there are.
"""

__all__ = ()
