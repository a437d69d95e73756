"""What is found on the pages before anything is written.

- ``text`` reads the document and its pages as runs of text;
- ``completeness`` compares them: all is there, once and in order;
- ``overset`` finds what sticks out of its place, ``overlaps`` what meets something else;
- ``captions`` finds those that are apart from what they belong to;
- ``transparency`` finds what styles make see-through.
"""

__all__ = ()
