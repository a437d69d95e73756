"""An inline mark that somebody adds: ``++words++`` were inserted after the first edition."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown

from typeset.diagnostic_codes import Code
from typeset.markdown.features import Feature, Manuscript, Text
from typeset.markdown.inline_patterns import Found, Pattern
from typeset.markdown.trees import with_lines
from typeset.model import ElementKind

__all__ = ["INSERTIONS"]

_UNCLOSED = re.compile(r"\+\+(?=\w)")


def _insertion(match: re.Match[str], _data: str) -> Found:
    insertion = Element("ins")
    insertion.text = match[1]
    return insertion, match.start(), match.end()


def _parse(md: Markdown, _text: Manuscript) -> None:
    pattern = Pattern(r"\+\+(?=\S)([^+]+)(?<=\S)\+\+", md, _insertion)
    md.inlinePatterns.register(pattern, "insertion", 65)


def _check(root: Element, text: Text) -> None:
    locate = text.seeker()
    for element, line in with_lines(root):
        if any(map(_UNCLOSED.search, (element.text or "", element.tail or ""))):
            # The code is borrowed: one of its own would be a row of the table of diagnostics.
            text.report.add(Code.COMMENT_UNCLOSED, "an insertion is not closed", locate(line, "++"))


INSERTIONS = Feature(
    "insertions",
    "inline",
    parse=_parse,
    check=_check,
    element=ElementKind(
        tag="ins", role=("Span",), is_inline=True, styles="ins { text-decoration: overline }"
    ),
)
