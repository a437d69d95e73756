"""The preview: a page in the browser that shows an issue as it is being written.

:func:`serve` and its options are public.  A session builds the issue, a watcher reports changed
files, and a state holds the last good pages, which the page in the browser requests.  The table of
``panels`` lists what the page shows, tab by tab.
"""

from __future__ import annotations

from typeset.preview.server import PORT, ServerOptions, serve

__all__ = ["PORT", "ServerOptions", "serve"]
