"""The structure of a finished file, which a screen reader speaks: one element, one tag.

The engine tags what it draws, box by box: a paragraph over two columns becomes two, an article as
many as it has pages, and no tag knows its language.  So its marks are kept, its tree is not: here a
tree is made of the document's own elements, each with all the marks of its boxes, in the order of
the document.
"""

from __future__ import annotations

from typeset.layout.tags.write import write_tags

__all__ = ["write_tags"]
