"""Punctuation that Latin and East Asian fonts share, and whose it is in an East Asian text.

A dash, an ellipsis or a curly quote has one code point for both: beside Chinese characters it is
as wide as they are and stands in the middle of its square, beside Latin letters it is Latin
(Requirements for Chinese Text Layout, W3C, 3.1; JIS X 4051).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from typeset.layout.document import Class

__all__ = ["AMBIGUOUS", "resolve_marks"]

AMBIGUOUS = re.compile("[\u00b7\u2014\u2015\u2018\u2019\u201c\u201d\u2025\u2026\u2027\u2e3a]")
_PAIRS = {"\u201c": "\u201d", "\u2018": "\u2019"}


class Segment(Protocol):
    """A piece of text, and what shows it."""

    text: str
    kind: str


def resolve_marks(segments: Sequence[Segment]) -> None:
    """Decide for marks and symbols which font shows them.

    Args:
        segments: those of a block; of the kind ``mark`` or ``symbol`` where that is open.
    """
    if not any(segment.kind in ("mark", "symbol") for segment in segments):
        return
    before = _neighbours(segments, -1)
    after = reversed(_neighbours(reversed(segments), 0))
    quotes: list[Segment] = []
    for segment, sides in zip(segments, zip(before, after, strict=True), strict=True):
        if segment.kind == "symbol":
            segment.kind = Class.CJK if Class.CJK in sides else Class.FALLBACK
        elif segment.kind == "mark":
            segment.kind = Class.CJK if Class.CJK in sides or sides == ("", "") else ""
            if segment.text in _PAIRS:
                quotes.append(segment)
            elif quotes and segment.text == _PAIRS[quotes[-1].text]:
                _match(quotes.pop(), segment)


def _match(opening: Segment, closing: Segment) -> None:
    """Let the two marks of a quotation come from one font."""
    if Class.CJK in (opening.kind, closing.kind):
        opening.kind = closing.kind = Class.CJK


def _neighbours(segments: Iterable[Segment], side: int) -> list[str]:
    """Return what touches each segment on one side, other marks left aside; nothing for a space.

    Args:
        segments: a block's, in the order in which they are met from that side.
        side: which of a text's characters is met last: its last, or its first.
    """
    found: list[str] = []
    nearest = ""
    for segment in segments:
        found.append(nearest)
        if segment.kind != "mark" and segment.text:
            nearest = "" if segment.text[side].isspace() else segment.kind or "latin"
    return found
