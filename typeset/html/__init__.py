"""Turns an issue into HTML and CSS by Jinja templates, for the layout and for the web.

These functions are sent to the layout process.  They import the rest of the folder when they are
called, as the process that sends them needs no template engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from typeset.layout.protocol import Finished, LayoutJob, RenderRequest
    from typeset.model import Issue, Offprint
    from typeset.theme.design import Design

__all__ = ["print_job", "web_file"]


def print_job(
    issue: Issue,
    design: Design,
    created: date,
    requests: tuple[RenderRequest, ...] = (),
    offprint: Offprint | None = None,
    *,
    sight: int | None = None,
) -> LayoutJob:
    """Return the layout job of an issue, as `print_document.print_job` does."""
    from typeset.html import print_document

    return print_document.print_job(issue, design, created, requests, offprint, sight=sight)


def web_file(issue: Issue, design: Design, created: date) -> Finished:
    """Return an issue as one web page, as `web_document.web_file` does."""
    from typeset.html import web_document

    return web_document.web_file(issue, design, created)
