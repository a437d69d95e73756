"""An edition: the titles of an issue as plain text, to announce it by mail."""

from __future__ import annotations

from functools import partial

from typeset.diagnostics import Report
from typeset.editions import Edition, Material
from typeset.layout.protocol import Finished, MakeFile

__all__ = ["TITLES"]


def _prepare(material: Material, _report: Report) -> MakeFile:
    titles = [article.title.text for article in material.issue.articles]
    return partial(Finished, "\n".join([material.issue.name.text, *titles]).encode())


TITLES = Edition(
    name="titles",
    summary="the titles as plain text",
    suffix="-titles.txt",
    prepare=_prepare,
)
