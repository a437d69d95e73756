"""Inline markup beyond Python-Markdown's own: note calls, marked spans, and what is not markup."""

from __future__ import annotations

import html
import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

__all__ = ["CALL_TAG", "RAW_TAG", "InlineExtension"]

CALL_TAG = "note-call"
"""The element that stands for ``[^name]`` until endnotes are numbered."""
RAW_TAG = "raw-html"
"""The element that stands for a tag the author wrote until it is reported."""

_Match = tuple[Element | str, int, int]


class _Call(InlineProcessor):
    """``[^name]`` calls an endnote."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Match:  # type: ignore[override]  # noqa: N802
        call = Element(CALL_TAG, name=m[1])
        return call, m.start(), m.end()


class _Span(InlineProcessor):
    """``[text]{lang=ja}`` marks a run; the list itself is read by the attribute extension."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Match:  # type: ignore[override]  # noqa: N802
        span = Element("span")
        span.text = m[1]
        return span, m.start(), m.end()


class _Raw(InlineProcessor):
    """A tag or comment is kept as text, to be reported."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Match:  # type: ignore[override]  # noqa: N802
        raw = Element(RAW_TAG)
        raw.text = AtomicString(m[0])
        return raw, m.start(), m.end()


class _Entity(InlineProcessor):
    """``&nbsp;`` and its like become the characters that they name."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Match:  # type: ignore[override]  # noqa: N802
        return html.unescape(m[0]), m.start(), m.end()


class _Mail(InlineProcessor):
    """``<desk@example.org>`` is a link, written plainly."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Match:  # type: ignore[override]  # noqa: N802
        link = Element("a", href=f"mailto:{m[1]}")
        link.text = AtomicString(m[1])
        return link, m.start(), m.end()


class InlineExtension(Extension):
    """Registers the patterns above, and takes out those that let raw HTML through."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Set the parser up."""
        md.preprocessors.deregister("html_block")
        for name in ("html", "entity", "automail"):
            md.inlinePatterns.deregister(name)
        patterns = md.inlinePatterns
        patterns.register(_Call(r"\[\^([^\]\s]+)\]", md), "note_call", 175)
        patterns.register(_Span(r"\[([^\[\]]+)\](?=\{[^{}\n]+\})", md), "span", 165)
        patterns.register(_Mail(r"<([^<>@\s]+@[^<>@\s]+\.[^<>@\s]+)>", md), "mail", 110)
        patterns.register(_Raw(r"<(?:/?[A-Za-z][^<>]*|!--.*?--)>", md), "raw", 90)
        patterns.register(_Entity(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]\w*);", md), "entity", 80)
