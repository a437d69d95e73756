"""After an edit, only the pages are laid out again that it touches.

What was laid out is kept: the document as the engine set it, with every line that was chosen, and
where each page starts.  An edited document is compared with it, block by block.  The blocks that
changed are set; then the pages on which they stand are laid out as a document of their own, which
begins where the first of these pages starts, if need be in the midst of a paragraph.  If the page
that comes after them then starts where it did, all others stand as they were.

- ``snapshot`` is what is kept, ``page_starts`` where its pages start;
- ``diff`` compares the edited document with it, and ``reparse`` reads the one block that differs;
- ``chunk`` makes a document of some pages, ``cut_block`` what goes on at the start of the first;
- ``column_breaks`` tells where blocks go on in another column;
- ``relay`` is the way through.
"""

__all__ = ()
