"""The preview: a page in the browser that shows an issue as it is being written.

Public is :func:`serve`, with how it is served.  A session builds the issue, a watcher tells of
changed files, and a state keeps the last good pages.  The page in the browser asks for these: what
it shows of them, tab by tab, is the table of ``panels``.
"""

from __future__ import annotations

from typeset.preview.server import PORT, ServerOptions, serve

__all__ = ["PORT", "ServerOptions", "serve"]
