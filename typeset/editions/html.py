"""The html edition: the issue as one web page to share, with everything that it shows inside."""

from __future__ import annotations

from functools import partial

from typeset.diagnostics import Report
from typeset.editions.base import Edition, Material
from typeset.html import web_file
from typeset.layout.protocol import MakeFile

__all__ = ["HTML"]


def _prepare(material: Material, _report: Report) -> MakeFile:
    return partial(web_file, material.issue, material.design, material.created)


HTML = Edition(
    name="html",
    summary="one web page with all that it shows",
    suffix=".html",
    prepare=_prepare,
    has_pages=False,
)
"""``typeset-press build --edition html``."""
