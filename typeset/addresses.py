"""Addresses as browsers and PDF readers understand them."""

from __future__ import annotations

import re

__all__ = ["BASE_URL", "LINK_SCHEMES", "scheme_of"]

BASE_URL = "https://typeset.invalid/"
"""The base address of every document: always the same, and not a real one."""
LINK_SCHEMES = frozenset({"http", "https", "mailto"})
"""The schemes that links out of an issue may have."""

_IGNORED = re.compile(r"[\x00-\x1f\x7f]+")
"""Characters that some programs remove from an address before they read it."""
_SCHEME = re.compile(r" *([A-Za-z][A-Za-z0-9+.-]*):")


def scheme_of(address: str) -> str:
    r"""Return the scheme of an address in lower case; empty for a relative one.

    ``java\tscript:`` and `` JAVASCRIPT:`` are ``javascript``, as they are to a browser.
    """
    match = _SCHEME.match(_IGNORED.sub("", address))
    return match[1].lower() if match else ""
