"""Layout: a document becomes pages, in a child process.

The parent sends a :class:`~typeset.pages.LayoutJob` and gets a
:class:`~typeset.pages.LaidOut` back, both plain picklable values,
so that limits on time and memory, cancelling, and warm workers come by design.  WeasyPrint is
imported by :mod:`typeset.layout.engine` alone, which only the child imports.
"""

from typeset.layout.process import LayoutProcess, LimitedProcess

__all__ = ["LayoutProcess", "LimitedProcess"]
