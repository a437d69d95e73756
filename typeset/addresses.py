"""Addresses as browsers and readers of PDF understand them, whatever they are written like."""

from __future__ import annotations

import re

__all__ = ["BASE_URL", "LINK_SCHEMES", "scheme_of"]

BASE_URL = "https://typeset.invalid/"
"""The address at which a document seems to stand: the same everywhere, and nowhere real."""
LINK_SCHEMES = frozenset({"http", "https", "mailto"})
"""Where links out of an issue may lead: to the web and to mail addresses."""

_IGNORED = re.compile(r"[\x00-\x1f\x7f]+")
"""What programs drop from an address before they look at it, some more of it than others."""
_SCHEME = re.compile(r" *([A-Za-z][A-Za-z0-9+.-]*):")


def scheme_of(address: str) -> str:
    r"""Return the scheme of an address in small letters, or nothing for a relative one.

    ``java\tscript:`` and `` JAVASCRIPT:`` are ``javascript``, as they are to a browser.
    """
    match = _SCHEME.match(_IGNORED.sub("", address))
    return match[1].lower() if match else ""
