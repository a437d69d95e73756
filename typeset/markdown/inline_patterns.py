"""Patterns of inline markup as plain functions: a match in, an element or a text out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import ClassVar
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

__all__ = ["Found", "Handler", "Pattern", "PatternOutsideLinks"]

Found = tuple[Element | str | None, int | None, int | None]
"""What replaces a piece of text, and where that piece begins and ends."""

Handler = Callable[[re.Match[str], str], Found]


class Pattern(InlineProcessor):
    """A pattern for the parser.

    Args:
        pattern: the regular expression; its dots match line ends too.
        md: the parser.
        handle: makes something of a match in a text.
    """

    def __init__(self, pattern: str, md: Markdown, handle: Handler) -> None:
        super().__init__(pattern, md)
        self._handle = handle

    # The library's own override differs from its base in the same way.
    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802
        """Return what the handler makes of a match."""
        return self._handle(m, data)


class PatternOutsideLinks(Pattern):
    """A pattern that is not used inside a link."""

    ANCESTOR_EXCLUDES: ClassVar[Collection[str]] = ("a",)
