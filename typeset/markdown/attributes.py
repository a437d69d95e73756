"""Attributes that an author set: ``lang``, an id and classes stay, anything else is reported."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.layout.document import Class
from typeset.markdown.source_places import Locate
from typeset.markdown.trees import BLOCK_TAGS, CAPTION_TAG, TABLE_TAG, with_lines

__all__ = ["Anchors", "check_attributes", "number_blocks"]

_OWN = {"a": {"href", "title"}, "img": {"src", "alt"}, "abbr": {"title"}, "ol": {"start"}}
_FLOATS = frozenset({"figure", TABLE_TAG, CAPTION_TAG})
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NAME = re.compile(r"[^\W\d][\w-]*")
_NUMBER = re.compile(r"\d{1,9}")
_TAKEN = frozenset(
    {
        Class.CALL,
        Class.ADDRESS,
        Class.BOUND,
        Class.CJK,
        Class.FALLBACK,
        Class.BEFORE_LATIN,
        Class.BEFORE_CJK,
    }
)
_KNOWN = "known are lang, an #id and a .class"


@dataclass(frozen=True, slots=True)
class Anchors:
    """The names that an author gave to elements of a text, as targets of links."""

    prefix: str = ""
    """What ids in the text begin with."""
    ids: Mapping[str, str] = field(default_factory=dict)
    """The id of the element with each name."""


def check_attributes(root: Element, prefix: str | None, locate: Locate, report: Report) -> Anchors:
    """Keep ``lang``, an id and classes; report any other attribute that an author set.

    Figures and the captions of tables have more attributes, and check these themselves.

    Args:
        root: the text.
        prefix: what ids in it begin with; None where nothing may have one.
        locate: gives an attribute's place.
        report: receives what is not known, and a name given twice.

    Returns:
        The names that were given.
    """
    ids: dict[str, str] = {}
    for element, line in with_lines(root):
        for name in list(element.attrib):
            if name.startswith("@"):
                continue
            value = element.attrib[name]
            if name == "id" and value in ids:
                problem, code = f"the id `{value}` is given twice", Code.ID_DUPLICATE
            elif name == "id" and prefix is not None and _NAME.fullmatch(value):
                ids[value] = f"{prefix}-at-{value}"
                element.set(name, ids[value])
                continue
            else:
                problem, code = _problem(element, name, value), Code.ATTRIBUTE_UNKNOWN
            if problem:
                place = locate(line, _as_written(name, value))
                hint = _KNOWN if code is Code.ATTRIBUTE_UNKNOWN else "links lead to the first"
                report.add(code, problem, place, hint)
                _take_out(element, name)
    return Anchors(prefix or "", ids)


def _problem(element: Element, name: str, value: str) -> str:
    """Return what is wrong with an attribute, or an empty string."""
    wrong = ""
    if name == "lang":
        wrong = "" if _LANGUAGE.fullmatch(value) else f"`{value}` is not a language tag"
    elif name == "class":
        bad = [word for word in value.split() or [""] if not _is_class(word)]
        wrong = f"`{bad[0]}` is not a class that may be set" if bad else ""
    elif name == "id":
        wrong = f"the id `{value}` cannot be given here"
    elif name == "start" and not _NUMBER.fullmatch(value):
        wrong = f"`{value}` is not a number that a list can begin with"
    elif name not in _OWN.get(element.tag, ()) and element.tag not in _FLOATS:
        wrong = f"unknown attribute `{name}`"
    return wrong


def _is_class(word: str) -> bool:
    return _NAME.fullmatch(word) is not None and word not in _TAKEN


def _as_written(name: str, value: str) -> str:
    """Return how an attribute begins in the text."""
    if name == "class":
        bad = [word for word in value.split() if not _is_class(word)]
        return f".{bad[0]}" if bad else name
    if name == "id":
        return f"#{value}"
    return f"{name}=" if value else name


def _take_out(element: Element, name: str) -> None:
    """Remove an attribute; of classes, only those that may not be set."""
    kept = [word for word in element.attrib.pop(name).split() if _is_class(word)]
    if name == "class" and kept:
        element.set(name, " ".join(kept))


def number_blocks(root: Element, prefix: str) -> dict[str, int]:
    """Give every block an id, and return the line of each element that has one."""
    lines = {}
    tops = {block for block in root if block.tag != TABLE_TAG}  # its rows have its id
    for number, (element, line) in enumerate(with_lines(root)):
        if element is root:
            continue
        is_block = element.tag in BLOCK_TAGS or element in tops
        if is_block and "id" not in element.attrib:
            element.set("id", f"{prefix}-{number}")
        if "id" in element.attrib:
            lines[element.attrib["id"]] = line
    return lines
