"""Endnotes: ``[^name]`` in the text, ``[^name]: …`` on a line of its own.

Notes are numbered in the order of their first calls.  A note may be called several times; it then
leads back to each call.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.layout.document import Class
from typeset.markdown.account import Account, Why
from typeset.markdown.characters import CODE_SIGN, ELSEWHERE, extends
from typeset.markdown.inline import CALL_TAG, NAME
from typeset.markdown.letters import ADDED, Loss, first_difference
from typeset.markdown.source_places import Locate
from typeset.markdown.suggestions import guess
from typeset.markdown.trees import Piece, contents, fill, with_lines
from typeset.source import Location, SourceFile

__all__ = [
    "Definition",
    "Numbering",
    "bind_calls",
    "number_calls",
    "refuse_calls",
    "take_definitions",
]

_DEFINITION = re.compile(r"(?P<indent> {0,3})\[\^(?P<name>[^\]\s]+)\]:[ \t]*(?P<text>.*)$")
_OTHER_BLOCK = re.compile(
    r" {0,3}(?:#{1,6}(?: |$)|>|\||!\[|[-*+] \S|1\. \S|Table:|\*\[[^\]]+\]:|\[[^\]^]+\]: "
    rf"|{CODE_SIGN}|([-*_])[ ]*(?:\1[ ]*){{2,}}$)"
)


@dataclass(frozen=True, slots=True)
class Definition:
    """The text of a note as the author wrote it."""

    name: str
    location: Location
    paragraphs: tuple[tuple[str, Location], ...]
    """Each paragraph with its place."""
    written: str
    """All of it as it is in the file, without comments."""

    @property
    def loss(self) -> Loss | None:
        """The place of the first letter that is not in its name or its paragraphs."""
        read = "\n".join((self.name, *(text for text, _ in self.paragraphs)))
        return first_difference(self.written, read, self.location.line)


@dataclass(frozen=True, slots=True)
class Numbering:
    """A note's number, and the ids of its calls in their order."""

    number: int
    definition: Definition
    calls: tuple[str, ...]


def take_definitions(
    lines: Sequence[str],
    first_line: int,
    source: SourceFile,
    account: Account,
    report: Report,
) -> tuple[list[str], dict[str, Definition]]:
    """Remove the definitions from a text.

    Args:
        lines: the lines of the text, without blocks of code.
        first_line: the number of the first of them in the file, from 1.
        source: the file.
        account: receives the definitions.
        report: receives a note that is defined twice or says nothing.

    Returns:
        The lines, blank where a definition stood, and the definitions by name.
    """
    rest = list(lines)
    found: dict[str, Definition] = {}
    number = 0
    while number < len(rest):
        match = _DEFINITION.match(rest[number])
        if match is None:
            number += 1
            continue
        name = match["name"]
        place = source.at(first_line + number, match.end("indent") + 1)
        end = _end_of_definition(rest, number)
        texts = [match["text"], *rest[number + 1 : end]]
        paragraphs = _paragraphs(texts, first_line + number, source)
        written = account.take_lines(number, end, Why.NOTE)
        if name in found:
            first = found[name].location.line
            message = f"the note `{name}` is defined twice; first on line {first}"
            report.add(Code.ENDNOTE_DUPLICATE, message, place, "give one of the two another name")
        elif not paragraphs:
            hint = "write its text after the colon"
            report.add(Code.ENDNOTE_EMPTY, f"the note `{name}` is empty", place, hint)
        found.setdefault(name, Definition(name, place, paragraphs, written))
        rest[number:end] = [""] * (end - number)
        number = end
    return rest, found


def _end_of_definition(lines: Sequence[str], start: int) -> int:
    """A note goes on until an empty line, and after it as long as lines are indented."""
    end = start + 1
    while end < len(lines):
        line = lines[end]
        indented = line.startswith("    ")
        if line.strip() and not indented:
            begins = _DEFINITION.match(line) or _OTHER_BLOCK.match(line)
            if begins or not lines[end - 1].strip():
                break
        end += 1
    while not lines[end - 1].strip():
        end -= 1
    return end


def _paragraphs(
    lines: Sequence[str], first_line: int, source: SourceFile
) -> tuple[tuple[str, Location], ...]:
    paragraphs: list[tuple[str, Location]] = []
    after_text = False
    for number, line in enumerate(lines, first_line):
        text = line.strip()
        if text == ELSEWHERE:
            continue
        if text and after_text:
            before, place = paragraphs[-1]
            paragraphs[-1] = (f"{before}\n{text}", place)
        elif text:
            paragraphs.append((text, source.at(number)))
        after_text = bool(text)
    return tuple(paragraphs)


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
        name = element.attrib.pop(NAME)
        place = locate(line, f"[^{name}]")
        if name not in definitions:
            message = f"the note `{name}` is not defined"
            hint = guess(name, definitions, report) or f"add a line `[^{name}]: …` at the end"
            report.add(Code.ENDNOTE_UNDEFINED, message, place, hint)
            _print_as_written(element, name)
            continue
        ids = calls.setdefault(name, [])
        number = numbers.setdefault(name, len(numbers) + 1)
        ids.append(f"{prefix}-call-{number}" + (f"-{len(ids) + 1}" if ids else ""))
        element.tag, element.text = "a", str(number)
        element.attrib.clear()
        element.attrib.update(
            {
                "class": Class.CALL,
                "id": ids[-1],
                "href": f"#{prefix}-note-{number}",
                ADDED: "",
            }
        )
    for name, definition in definitions.items():
        if name not in calls:
            message = f"the note `{name}` is never called, so it is not printed"
            hint = f"call it with [^{name}], or remove it"
            report.add(Code.ENDNOTE_UNUSED, message, definition.location, hint)
    return [Numbering(numbers[name], definitions[name], tuple(ids)) for name, ids in calls.items()]


def refuse_calls(root: Element, where: str, locate: Locate, report: Report) -> None:
    """Report calls where they are not allowed, such as in a title or another note."""
    for element, line in with_lines(root):
        if element.tag == CALL_TAG:
            name = element.attrib.pop(NAME)
            message = f"{where} cannot call the note `{name}`"
            hint = "call it in the text of the article"
            report.add(Code.ENDNOTE_MISPLACED, message, locate(line, f"[^{name}]"), hint)
            _print_as_written(element, name)


def _print_as_written(call: Element, name: str) -> None:
    call.tag, call.text = "span", f"[^{name}]"
    call.attrib.clear()


def bind_calls(root: Element) -> None:
    """Keep each call on the line of the character before it."""
    for element in list(root.iter()):
        bound = element.get("class") == Class.BOUND
        if not bound and any(child.get("class") == Class.CALL for child in element):
            fill(element, _bound(contents(element)))


def _bound(pieces: Sequence[Piece]) -> list[Piece]:
    result: list[Piece] = []
    for piece in pieces:
        if not isinstance(piece, Element) or piece.get("class") != Class.CALL:
            result.append(piece)
            continue
        before = result[-1] if result else ""
        if isinstance(before, str) and not before.strip() and len(result) > 1:
            # Only space stands between the call and an element: it is not to be broken at.
            result.pop()
            before = result[-1]
        if isinstance(before, Element) and before.get("class") == Class.BOUND:
            before.append(piece)  # a second call right after the first
            continue
        bound = Element("span", {"class": Class.BOUND})
        if isinstance(before, str):
            text = before.rstrip()
            start = _last_character(text)
            result[-1:] = [text[:start]] if result else []
            bound.text = text[start:]
        bound.append(piece)
        result.append(bound)
    return result


def _last_character(text: str) -> int:
    """Return where the last character begins that a reader sees, with its accents."""
    start = max(len(text) - 1, 0)
    while start > 0 and extends(text, start):
        start -= 1
    return start
