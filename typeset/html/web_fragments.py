"""Adapts the model's HTML fragments to the web, and lists the sources that they link to.

We serialized the fragments ourselves: attributes are in double quotes, and ``<`` and ``>`` in text
and attributes are escaped.  So regular expressions find elements safely.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from typeset.layout.document import Class
from typeset.model import Article, Figure, Prose, Table

__all__ = ["Source", "sources_of", "web_fragment"]

_OUTSIDE = re.compile(r'<a (?=[^<>]*href="https?:)')
_CALL = re.compile(rf'<a (?=[^<>]*class="{Class.CALL}")')
_HEAD_CELL = re.compile(r"<th(?=[ >])")
_LINK = re.compile(
    r'<a (?>[^<>]*?href="(?P<address>https?:[^"<>]*)")[^<>]*+>(?P<words>(?:[^<]|<(?!/?a\b))*+)</a>'
)
_ADDRESS_CLASS = f'class="{Class.ADDRESS}"'


@dataclass(frozen=True, slots=True)
class Source:
    """Something that an article refers to on the web."""

    address: str
    words: Markup
    """The text of the link; empty if that is the address itself."""


def web_fragment(fragment: Markup) -> Markup:
    """Return a fragment with attributes that only the web needs: role, scope, rel."""
    text = _OUTSIDE.sub('<a rel="noopener" ', str(fragment))
    text = _CALL.sub('<a role="doc-noteref" ', text)
    return Markup(_HEAD_CELL.sub('<th scope="col"', text))  # noqa: S704 - of safe markup


def sources_of(article: Article) -> tuple[Source, ...]:
    """Return the web addresses that an article links to, each once, in reading order.

    Addresses that occur only in its front matter come last.
    """
    found: dict[str, Source] = {}
    for fragment in _fragments(article):
        for match in _LINK.finditer(str(fragment)):
            address = html.unescape(match["address"])
            is_address = _ADDRESS_CLASS in match[0]
            words = Markup("" if is_address else match["words"])  # noqa: S704 - of safe markup
            found.setdefault(address, Source(address, words))
    for address in article.sources:
        found.setdefault(address, Source(address, Markup("")))
    return tuple(found.values())


def _fragments(article: Article) -> Iterator[Markup]:
    """Yield every text of an article that may have links, in reading order."""
    yield article.standfirst.html
    for block in article.blocks:
        match block:
            case Prose():
                yield block.html
            case Figure():
                yield from (block.caption.html, block.credit.html)
            case Table():
                yield from (block.caption.html, block.unit.html, block.html, block.source.html)
    yield article.takeaway.html
    yield from (note.html for note in article.notes)
