"""Turns an issue into HTML and CSS by Jinja templates, for the layout and for the web."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typeset.theme.design import Design, OwnFont

if TYPE_CHECKING:
    from typeset.html.print_document import print_job
    from typeset.html.web_document import web_file, web_page

__all__ = ["Design", "OwnFont", "print_job", "web_file", "web_page"]

_HOMES = {
    "print_job": "typeset.html.print_document",
    "web_file": "typeset.html.web_document",
    "web_page": "typeset.html.web_document",
}


def __getattr__(name: str) -> Any:
    """Import these names only when used: the reading process needs no template engine."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)
