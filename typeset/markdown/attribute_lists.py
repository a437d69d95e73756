"""Attribute lists: ``{#id .class key="value"}`` after what they describe.

Python-Markdown reads such lists too, but drops what it cannot read, and mixes up a line that holds
a second pair of braces.  Here, braces that hold no list are text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from typeset.markdown.account import Account, Why
from typeset.markdown.trees import BLOCK_TAGS

__all__ = [
    "LIST",
    "UNREADABLE",
    "is_list",
    "list_at_end",
    "list_at_start",
    "register_attribute_lists",
    "set_attributes",
]

UNREADABLE = "@unreadable"
"""On an element whose attribute list cannot be read: the unreadable part."""

_QUOTED = r"""(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
_ATTRIBUTE = re.compile(
    rf"""\#(?P<id>[^\s{{}}"'=]+)|\.(?P<class>[^\s{{}}"'=]+)
    |(?P<name>[^\W\d_][\w:.-]*)=(?:(?P<quoted>{_QUOTED})|(?P<bare>[^\s{{}}"'“”‘’]*))""",
    re.VERBOSE | re.DOTALL,
)
LIST = rf"""\{{(?:{_QUOTED}|[^{{}}"'])*\}}"""
"""The pattern of a list, whatever it holds."""

_AT_START = re.compile(LIST)
_LONGEST = 2_000
"""The most characters of a list after words; a longer one was not meant as a list."""
_MOST_BRACES = 20
"""How many braces are tried as the beginning of a list at the end of a text."""
_ONE_LINE_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "td", "th"})
_LISTS = frozenset({"ul", "ol", "dl"})


def is_list(text: str) -> bool:
    """Return whether braces and what they hold are an attribute list."""
    found, rest = _read(text)
    return bool(found) and not rest


def list_at_start(text: str, start: int = 0) -> str:
    """Return the attribute list that begins at a place of a text; nothing if there is none."""
    match = _AT_START.match(text, start, start + _LONGEST)
    return match[0] if match else ""


def list_at_end(text: str) -> tuple[str, str]:
    """Return a text without the attribute list at its end, and the list; or two parts, one empty.

    A list may hold braces in quotation marks, so the first brace that can begin it does.
    """
    end = len(text.rstrip())
    if not text.endswith("}", 0, end):
        return text, ""
    starts = [end]
    while len(starts) <= _MOST_BRACES and (start := text.rfind("{", 0, starts[-1])) >= 0:
        starts.append(start)
    for start in reversed(starts[1:]):
        if _AT_START.fullmatch(text, start, end):
            return text[:start], text[start:end]
    return text, ""


def set_attributes(
    element: Element,
    text: str,
    inline: Sequence[str] = (),
    plain: Sequence[str] = (),
    account: Account | None = None,
) -> None:
    """Put an attribute list on an element; what of it cannot be read is noted there.

    Args:
        element: the element.
        text: the list with its braces.
        inline: attributes whose values are texts with markup; each becomes a paragraph in the
            element, of that class, to be parsed.
        plain: attributes whose values are texts without markup.
        account: receives what is no part of these texts; None if the whole list is none.
    """
    found, rest = _read(text)
    for match in found:
        if account is not None:
            _declare(element, match, inline, plain, account)
        name = match["name"]
        if match["id"]:
            element.set("id", match["id"])
        elif match["class"]:
            element.set("class", f"{element.get('class', '')} {match['class']}".strip())
        elif name not in inline:
            element.set(name, _value(match))
        elif any(child.get("class") == name for child in element):
            rest = rest or match[0]  # twice: which of the two is meant?
        else:
            SubElement(element, "p", {"class": name}).text = _value(match)
    if rest:
        element.set(UNREADABLE, rest)


def _declare(
    element: Element,
    match: re.Match[str],
    inline: Sequence[str],
    plain: Sequence[str],
    account: Account,
) -> None:
    """Declare the parts of an attribute that are not text."""
    last = element[-1] if len(element) else element
    name = match["name"]
    if name in inline or name in plain:
        account.take_after(last, (name, Why.ATTRIBUTES))
    else:
        account.take_after(last, (match[0], Why.ATTRIBUTES))
    if name in plain:
        account.keep_after(last, element, name, Why.ATTRIBUTES)


def _read(text: str) -> tuple[list[re.Match[str]], str]:
    """Return the attributes in a list, and the rest from the first that cannot be read."""
    found: list[re.Match[str]] = []
    rest = text[1:-1].removeprefix(":").strip()
    while match := _ATTRIBUTE.match(rest):
        found.append(match)
        rest = rest[match.end() :].lstrip()
    return found, rest


def _value(match: re.Match[str]) -> str:
    if match["quoted"]:
        return re.sub(r"\\([\"'\\])", r"\1", match["quoted"][1:-1]).replace("\n", " ")
    return match["bare"]


class _AttributeLists(Treeprocessor):
    """Moves the lists in a text to the elements that they describe."""

    def __init__(self, md: Markdown, account: Account) -> None:
        super().__init__(md)
        self._account = account

    def run(self, root: Element) -> None:
        """Look behind every inline element, and at the end of every block."""
        for element in list(root.iter()):
            if element.tag in BLOCK_TAGS:
                self._look_at_end(element)
            elif is_list(attributes := list_at_start(element.tail or "")):
                set_attributes(element, attributes)
                taken = self._account.sign(attributes, Why.ATTRIBUTES)
                element.tail = taken + (element.tail or "").removeprefix(attributes)

    def _look_at_end(self, block: Element) -> None:
        last = _last_inline(block)
        text = (block.text if last is None else last.tail) or ""
        before, attributes = list_at_end(text)
        rest = before.rstrip(" ")
        if block.tag not in _ONE_LINE_TAGS:
            if not rest.endswith("\n"):
                return
            rest = rest[:-1]
        elif rest == before:
            return
        if not is_list(attributes):
            return
        set_attributes(block, attributes)
        rest += self._account.sign(attributes, Why.ATTRIBUTES)
        if last is None:
            block.text = rest
        else:
            last.tail = rest


def _last_inline(block: Element) -> Element | None:
    """Return the last element of a block's own text: an item's ends where a list in it begins."""
    children = list(block)
    first_list = next((n for n, child in enumerate(children) if child.tag in _LISTS), len(children))
    return children[first_list - 1] if first_list else None


def register_attribute_lists(md: Markdown, account: Account) -> None:
    """Set a parser up for attribute lists, which the account receives."""
    md.treeprocessors.register(_AttributeLists(md, account), "attribute_lists", 8)
