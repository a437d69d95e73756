"""The structure of a finished file, which a screen reader speaks: one element, one tag.

The engine tags what it draws, box by box: a paragraph over two columns becomes two, an article as
many as it has pages, and no tag has its language.  So the engine's marks are kept, but not its
tree: a new tree is made of the document's elements, each with all marks of its boxes, in the order
of the document.
"""

from __future__ import annotations

from typeset.layout.tags.write import write_tags

__all__ = ["write_tags"]
