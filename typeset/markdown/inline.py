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
from typeset.markdown.inline_patterns import Found, Handler, Pattern, PatternOutsideLinks
from typeset.markdown.trees import RAW_TAG

__all__ = [
    "CALL_TAG",
    "NAME",
    "register_addresses",
    "register_breaks",
    "register_calls",
    "register_entities",
    "register_escapes",
    "register_raw_html",
    "register_spans",
]

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
    # A mere comparison, as in `a<b and c>d`, has neither a value nor a single word.
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
    """``[text]{lang=ja}`` marks a run; its list is read after all markup."""
    if not is_list(list_at_start(data, match.end())):
        return None, None, None
    span = Element("span")
    span.text = match[1]
    return span, match.start(), match.end()


def _raw(match: re.Match[str], _data: str) -> Found:
    """Keep a tag, or the beginning of an unclosed comment, as text, so that it is reported."""
    raw = Element(RAW_TAG)
    raw.text = AtomicString(match[0])
    return raw, match.start(), match.end()


def _entity(account: Account, match: re.Match[str], _data: str) -> Found:
    """``&nbsp;`` and its like become the characters that they name."""
    text = html.unescape(match[0])
    sign = account.sign(match[0], Why.ENTITY, STRAIGHT_QUOTES.get(text, text))
    return sign, match.start(), match.end()


def _straight(match: re.Match[str], _data: str) -> Found:
    r"""``\"`` stays straight."""
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


def register_calls(md: Markdown, account: Account) -> None:
    """Set a parser up for calls of notes, the names of which the account receives."""
    _register(md, "note_call", 175, r"\[\^([^\]\s]{1,200})\]", partial(_call, account))


def register_raw_html(md: Markdown) -> None:
    """Let a parser keep HTML as text, where the library would let it through."""
    md.preprocessors.deregister("html_block")
    md.inlinePatterns.deregister("html")
    _register(md, "raw", 115, _RAW, _raw)


def register_escapes(md: Markdown) -> None:
    """Set a parser up for every mark behind a backslash, of which the library knows some."""
    # Quotation marks have a pattern of their own.
    md.ESCAPED_CHARS[:] = set(string.punctuation) - {'"', "'"}
    _register(md, "straight_quote", 185, rf"{_UNESCAPED}(?P<escape>\\(?P<mark>[\"']))", _straight)


def register_entities(md: Markdown, account: Account) -> None:
    """Set a parser up for characters that are written by name, which the account receives."""
    pattern = r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]\w*);"
    _register(md, "entity", 80, pattern, partial(_entity, account))


def register_breaks(md: Markdown) -> None:
    """Set a parser up for forced ends of lines."""
    _register(md, "backslash_break", 187, rf"{_UNESCAPED}(?P<end>\\\n[ ]*)", _break)
    _register(md, "linebreak", 100, r"(?P<end>(?<! )[ ]{2,}+\n[ ]*)", _break)


def register_spans(md: Markdown) -> None:
    """Set a parser up for words in brackets with attributes."""
    _register(md, "span", 165, r"\[([^\[\]]+)\](?=\{)", _span)


def register_addresses(md: Markdown) -> None:
    """Set a parser up for addresses that are links without being written as such."""
    md.inlinePatterns.deregister("automail")
    mail = r"<([^<>@\s]++@(?=[^<>@\s.]+\.[^<>@\s])[^<>@\s]++)>"
    _register(md, "mail", 110, mail, _mail)
    md.inlinePatterns.register(PatternOutsideLinks(_ADDRESS, md, _address), "address", 95)


def _register(md: Markdown, name: str, priority: int, pattern: str, handle: Handler) -> None:
    md.inlinePatterns.register(Pattern(pattern, md, handle), name, priority)
