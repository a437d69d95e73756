"""Endnotes: ``[^name]`` in the text, ``[^name]: …`` on a line of its own.

Notes are numbered in the order of their first calls.  A note may be called several times; it then
leads back to each call.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from typeset.diagnostics import Report, nearest
from typeset.markdown.inline import CALL_TAG
from typeset.markdown.trees import Piece, contents, fill, with_lines
from typeset.source import Location

__all__ = [
    "Definition",
    "Numbering",
    "bind_calls",
    "number_calls",
    "refuse_calls",
    "take_definitions",
]

Locate = Callable[[int, str], Location]
"""Gives the place of some words that stand on, or soon after, a line."""

_DEFINITION = re.compile(r" {0,3}\[\^([^\]\s]+)\]:[ \t]*(.*)$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


@dataclass(frozen=True, slots=True)
class Definition:
    """The text of a note as the author wrote it, one string a paragraph."""

    name: str
    location: Location
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numbering:
    """A note's number, and the ids of its calls in their order."""

    number: int
    definition: Definition
    calls: tuple[str, ...]


def take_definitions(
    lines: Sequence[str], first_line: int, path: str, report: Report
) -> tuple[list[str], dict[str, Definition]]:
    """Take the definitions out of a text.

    Args:
        lines: the lines of the text.
        first_line: the number of the first of them in the file, from 1.
        path: the file.
        report: receives a note that is defined twice or says nothing.

    Returns:
        The lines, blank where a definition stood, and the definitions by name.
    """
    rest = list(lines)
    found: dict[str, Definition] = {}
    fence = ""
    number = 0
    while number < len(rest):
        mark = _FENCE.match(rest[number])
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        match = None if fence else _DEFINITION.match(rest[number])
        if match is None:
            number += 1
            continue
        end = _end_of_definition(rest, number)
        paragraphs = _paragraphs([match[2], *rest[number + 1 : end]])
        name, place = match[1], Location(path, first_line + number, 1)
        if name in found:
            message = (
                f"the note `{name}` is defined twice; first on line {found[name].location.line}"
            )
            report.error("endnote-duplicate", message, place, "give one of the two another name")
        elif not paragraphs:
            report.error("endnote-empty", f"the note `{name}` says nothing", place)
        found.setdefault(name, Definition(name, place, paragraphs))
        rest[number:end] = [""] * (end - number)
        number = end
    return rest, found


def _end_of_definition(lines: Sequence[str], start: int) -> int:
    """A note goes on until a blank line, and after it as long as lines are indented."""
    end = start + 1
    while end < len(lines):
        line = lines[end]
        if line.strip():
            indented = line.startswith(("    ", "\t"))
            if _DEFINITION.match(line) or (not lines[end - 1].strip() and not indented):
                break
        end += 1
    while not lines[end - 1].strip():
        end -= 1
    return end


def _paragraphs(lines: Iterable[str]) -> tuple[str, ...]:
    text = "\n".join(line.strip() for line in lines)
    return tuple(part for part in re.split(r"\n{2,}", text.strip()) if part)


def number_calls(
    root: Element,
    prefix: str,
    definitions: Mapping[str, Definition],
    locate: Locate,
    report: Report,
) -> list[Numbering]:
    """Number the calls in a text and make links of them.

    Args:
        root: the text, in which ``note-call`` elements become links.
        prefix: what the ids begin with.
        definitions: the notes by name.
        locate: gives a call's place.
        report: receives undefined calls and notes never called.

    Returns:
        The notes that are called, in the order of their numbers.
    """
    calls: dict[str, list[str]] = {}
    numbers: dict[str, int] = {}
    for element, line in with_lines(root):
        if element.tag != CALL_TAG:
            continue
        name = element.attrib.pop("name")
        if name not in definitions:
            message = f"the note `{name}` is not defined"
            hint = nearest(name, definitions) or f"add a line `[^{name}]: …` at the end"
            report.error("endnote-undefined", message, locate(line, f"[^{name}]"), hint)
            element.tag, element.text = "span", f"[^{name}]"
            continue
        number = numbers.setdefault(name, len(numbers) + 1)
        ids = calls.setdefault(name, [])
        ids.append(f"{prefix}-call-{number}" + (f"-{len(ids) + 1}" if ids else ""))
        element.tag, element.text = "a", str(number)
        element.set("class", "call")
        element.set("id", ids[-1])
        element.set("href", f"#{prefix}-note-{number}")
    for name, definition in definitions.items():
        if name not in numbers:
            message = f"the note `{name}` is never called, so it is not printed"
            hint = f"call it with [^{name}], or take it out"
            report.warning("endnote-unused", message, definition.location, hint)
    return [
        Numbering(number, definitions[name], tuple(calls[name])) for name, number in numbers.items()
    ]


def refuse_calls(root: Element, where: str, location: Location, report: Report) -> None:
    """Report calls where none can stand, such as in a title or another note."""
    for element in root.iter(CALL_TAG):
        name = element.attrib.pop("name")
        report.error("endnote-misplaced", f"{where} cannot call the note `{name}`", location)
        element.tag, element.text = "span", f"[^{name}]"


def bind_calls(root: Element) -> None:
    """Keep each call on the line of the character before it."""
    for element in list(root.iter()):
        if any(child.get("class") == "call" for child in element):
            fill(element, _bound(contents(element)))


def _bound(pieces: Sequence[Piece]) -> list[Piece]:
    result: list[Piece] = []
    for piece in pieces:
        if not isinstance(piece, Element) or piece.get("class") != "call":
            result.append(piece)
            continue
        before = result[-1] if result else ""
        if isinstance(before, Element) and before.get("class") == "bound":
            before.append(piece)  # a second call right after the first
            continue
        bound = Element("span", {"class": "bound"})
        if isinstance(before, str) and before:
            result[-1] = before.rstrip()[:-1]
            bound.text = before.rstrip()[-1:]
        bound.append(piece)
        result.append(bound)
    return result
