"""Inline markup beyond Python-Markdown's own: note calls, marked spans, and what is not markup."""

from __future__ import annotations

import html
import re
import string
from functools import partial
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import ETX, STX, AtomicString

from typeset.markdown.account import Account, Why
from typeset.markdown.attribute_lists import is_list, list_at_start
from typeset.markdown.characters import STRAIGHT_QUOTES
from typeset.markdown.inline_patterns import Found, Pattern, PatternOutsideLinks
from typeset.markdown.trees import RAW_TAG

__all__ = ["CALL_TAG", "NAME", "register_inline"]

CALL_TAG = "note-call"
"""The element that stands for ``[^name]`` until endnotes are numbered."""
NAME = "@name"
"""On a call: the name of its note."""

_HTML_NAMES = (
    "a abbr address area article aside audio b base bdi bdo big blockquote body br button canvas "
    "caption center cite code col colgroup data datalist dd del details dfn dialog div dl dt em "
    "embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head "
    "header hgroup hr html i iframe img input ins kbd label legend li link main map mark marquee "
    "math menu meta meter nav noscript object ol optgroup option output p param picture pre "
    "progress q rp rt ruby s samp script search section select slot small source span strike "
    "strong style sub summary sup svg table tbody td template textarea tfoot th thead time title "
    "tr track tt u ul var video wbr"
).split()
_TAG = (
    rf"</?(?:{'|'.join(sorted(_HTML_NAMES, key=len, reverse=True))}|[A-Za-z]+-[A-Za-z-]+)"
    # What is but compared, as in `a<b and c>d`, has neither a value nor a single word.
    r"(?:\s[^<>=]*+=[^<>]*+|(?:\s++[a-z]+)?+\s*+/?)>"
)
_RAW = rf"(?i:{_TAG})|<!--[^<>\n]*|<!DOCTYPE[^<>]*>|<\?[^<>]*>"
_ADDRESS = rf"https?://(?:[^\s<>()\[\]{{}}\"'`{STX}]|{STX}\d+{ETX}|\([^\s<>()\"']*\))+"
_UNESCAPED = r"(?<!\\)(?:\\\\)*"
"""What may stand before a backslash that escapes what follows: pairs of them."""
_END_OF_SENTENCE = ".,;:!?*_~\u2026\u3001\u3002\uff0c"


def _call(account: Account, match: re.Match[str], _data: str) -> Found:
    """``[^name]`` calls an endnote."""
    call = Element(CALL_TAG, {NAME: match[1]})
    account.take_after(call, (match[1], Why.LABEL))
    return call, match.start(), match.end()


def _span(match: re.Match[str], data: str) -> Found:
    """``[text]{lang=ja}`` marks a run; the list itself is read when all markup is."""
    if not is_list(list_at_start(data, match.end())):
        return None, None, None
    span = Element("span")
    span.text = match[1]
    return span, match.start(), match.end()


def _raw(match: re.Match[str], _data: str) -> Found:
    """Keep a tag, or the beginning of a comment without an end, as text, to be reported."""
    raw = Element(RAW_TAG)
    raw.text = AtomicString(match[0])
    return raw, match.start(), match.end()


def _entity(account: Account, match: re.Match[str], _data: str) -> Found:
    """``&nbsp;`` and its like become the characters that they name."""
    text = html.unescape(match[0])
    sign = account.sign(match[0], Why.ENTITY, STRAIGHT_QUOTES.get(text, text))
    return sign, match.start(), match.end()


def _straight(match: re.Match[str], _data: str) -> Found:
    r"""``\"`` stays as straight as it is typed."""
    return STRAIGHT_QUOTES[match["mark"]], match.start("escape"), match.end()


def _break(match: re.Match[str], _data: str) -> Found:
    """Two spaces, or a backslash, at the end of a line break it."""
    return Element("br"), match.start("end"), match.end()


def _mail(match: re.Match[str], _data: str) -> Found:
    """``<desk@example.org>`` is a link, written plainly."""
    link = Element("a", {"href": f"mailto:{match[1]}"})
    link.text = AtomicString(match[1])
    return link, match.start(), match.end()


def _address(match: re.Match[str], _data: str) -> Found:
    """A web address among words is a link, without the sentence's own marks at its end."""
    address = match[0].rstrip(_END_OF_SENTENCE)
    link = Element("a", {"href": address})
    link.text = AtomicString(address)
    return link, match.start(), match.start() + len(address)


def register_inline(md: Markdown, account: Account) -> None:
    """Set a parser up for the patterns above, in place of those that let raw HTML through.

    Args:
        md: the parser.
        account: receives what is no part of the text.
    """
    md.preprocessors.deregister("html_block")
    # The library knows some of these; quotation marks have a pattern of their own.
    md.ESCAPED_CHARS[:] = set(string.punctuation) - {'"', "'"}
    patterns = md.inlinePatterns
    for name in ("html", "entity", "automail"):
        patterns.deregister(name)
    patterns.register(
        Pattern(rf"{_UNESCAPED}(?P<end>\\\n[ ]*)", md, _break), "backslash_break", 187
    )
    patterns.register(
        Pattern(rf"{_UNESCAPED}(?P<escape>\\(?P<mark>[\"']))", md, _straight), "straight_quote", 185
    )
    patterns.register(
        Pattern(r"\[\^([^\]\s]{1,200})\]", md, partial(_call, account)), "note_call", 175
    )
    patterns.register(Pattern(r"\[([^\[\]]+)\](?=\{)", md, _span), "span", 165)
    patterns.register(
        Pattern(r"<([^<>@\s]++@(?=[^<>@\s.]+\.[^<>@\s])[^<>@\s]++)>", md, _mail), "mail", 110
    )
    patterns.register(Pattern(_RAW, md, _raw), "raw", 115)
    patterns.register(Pattern(r"(?P<end>(?<! )[ ]{2,}+\n[ ]*)", md, _break), "linebreak", 100)
    patterns.register(PatternOutsideLinks(_ADDRESS, md, _address), "address", 95)
    patterns.register(
        Pattern(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]\w*);", md, partial(_entity, account)),
        "entity",
        80,
    )
