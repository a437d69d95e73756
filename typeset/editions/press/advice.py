"""Warnings for an issue that goes to press."""

from __future__ import annotations

import re

from markupsafe import escape

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.editions.base import Material
from typeset.model import Article, Block, Figure, Note, Table

__all__ = ["warn_of_links"]

_LINK = re.compile(r'href="https?:')


def warn_of_links(material: Material, report: Report) -> None:
    """Warn if an issue has links and no print template shows the web address of the issue."""
    issue = material.issue
    if not any(map(_has_links, issue.articles)):
        return
    said = " ".join(f"{one.heading.html} {one.text.html}" for one in issue.masthead)
    hint = "add to the masthead: `- text: To follow the links, visit {url}.`"
    if issue.url is None:
        message = "links cannot be followed on paper, and the issue has no address on the web"
        hint = f"say with `url:` where its web edition stands, and {hint}"
    elif escape(issue.url) not in said:
        message = f"links cannot be followed on paper, and the masthead does not name {issue.url}"
    else:
        return
    report.add(Code.PRESS_LINKS_DROPPED, message, material.manifest.locate("masthead"), hint)


def _has_links(article: Article) -> bool:
    return any(
        _LINK.search(text) for block in (*article.blocks, *article.notes) for text in _texts(block)
    )


def _texts(block: Block | Note) -> tuple[str, ...]:
    match block:
        case Figure():
            return (block.caption.html, block.credit.html)
        case Table():
            return (block.html, block.caption.html, block.source.html)
        case _:
            return (block.html,)
