"""Links in brackets: Python-Markdown's rules for them, which also declare what they remove."""

from __future__ import annotations

import re
from typing import ClassVar
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import (
    LINK_RE,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
)

from typeset.markdown.account import Account, Why
from typeset.markdown.definitions import Definitions
from typeset.markdown.inline_patterns import Found

__all__ = ["register_links"]


class _Declaring(LinkInlineProcessor):
    """A rule that declares what of a link is not its words.

    Args:
        md: the parser.
        account: receives it.
        why: what it is.
    """

    def __init__(self, md: Markdown, account: Account, why: Why) -> None:
        super().__init__(LINK_RE, md)
        self._account = account
        self._why = why

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802
        """Return the link that begins with a bracket."""
        found: Found = super().handleMatch(m, data)
        link, _, end = found
        if isinstance(link, Element):
            words = m.end() + len(link.text or "")
            self._account.take_after(link, (data[words:end], self._why))
        return found


class _Link(_Declaring):
    """``[words](address)``."""


class _Reference(_Declaring, ReferenceInlineProcessor):
    """``[words][label]``, without a space: ``[Kobe] [Busan]`` are two links."""

    RE_LINK: ClassVar[re.Pattern[str]] = re.compile(r"\[([^\[\]]*+)\]")


class _ShortReference(_Declaring, ShortReferenceInlineProcessor):
    """``[label]``."""


def register_links(md: Markdown, definitions: Definitions, account: Account) -> None:
    """Set a parser up for links.

    Args:
        md: the parser.
        definitions: the addresses that links may have.
        account: receives what is not a link's words.
    """
    md.parser.blockprocessors.deregister("reference")  # read before, see definitions.py
    md.references.update(definitions.links)
    patterns = md.inlinePatterns
    patterns.register(_Reference(md, account, Why.LABEL), "reference", 170)
    patterns.register(_Link(md, account, Why.TARGET), "link", 160)
    patterns.register(_ShortReference(md, account, Why.LABEL), "short_reference", 130)
