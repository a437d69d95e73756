"""Writes the pages as PDF.

- ``write`` is the way through;
- ``links`` gives each link one area a line;
- ``copyable_spaces`` lets a reader copy ordinary spaces;
- ``gradients`` makes gradients that every reader shows.
"""

__all__ = ()
