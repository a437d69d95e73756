"""Measures and checks SVG drawings without drawing them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.parsers import expat

from typeset.diagnostic_codes import Code
from typeset.images.problem import ImageProblem

__all__ = ["measure_drawing"]

MAX_BYTES = 20_000_000
MAX_DEPTH = 200

_NAMES = ("svg", "http://www.w3.org/2000/svg svg")
_UNITS = {
    "": 1.0,
    "px": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "in": 96.0,
    "cm": 96 / 2.54,
    "mm": 96 / 25.4,
}
_NUMBER = r"\+?(?:[0-9]++(?:\.[0-9]*+)?+|\.[0-9]++)(?:[eE][+-]?[0-9]++)?+"
_LENGTH = re.compile(rf"\s*+({_NUMBER})\s*+([A-Za-z]*+)\s*+")
_SHORTEST, _LONGEST = 0.001, 1_000_000.0
"""The least and the greatest side of a drawing, in pixels; the latter is about 260 meters."""
_HINT = "export it again as plain SVG"
_LINKS = ("href", "http://www.w3.org/1999/xlink href")
_REFERENCE = re.compile(
    r"url\(\s*+[\"']?+\s*+(?!#|data:)([^)\"']*)|@import\s+[\"']([^\"']*)", re.IGNORECASE
)
"""A part of a style sheet that loads something from outside the drawing."""


def measure_drawing(data: bytes) -> tuple[float, float]:
    """Return the width and height of an SVG file in CSS pixels.

    Raises:
        ImageProblem: if it is not SVG, has no size, needs other files, or may do harm.
    """
    if len(data) > MAX_BYTES:
        raise ImageProblem(
            Code.IMAGE_TOO_LARGE, f"is larger than {MAX_BYTES // 1_000_000} MB", "simplify it"
        )
    root = _root_of(data)
    width, height = _length(root.get("width", "")), _length(root.get("height", ""))
    if width and height:
        return width, height
    box = _box(root.get("viewBox", ""))
    if box is None:
        raise ImageProblem(Code.IMAGE_CORRUPT, "has neither a size nor a viewBox", _HINT)
    if width:
        return width, width * box[1] / box[0]
    if height:
        return height * box[0] / box[1], height
    return box


def _length(text: str) -> float | None:
    """Return a length in pixels; None if it is not a length or size, or is relative."""
    match = _LENGTH.fullmatch(text)
    unit = _UNITS.get(match[2].lower()) if match else None
    length = float(match[1]) * unit if match and unit else 0.0
    return length if _SHORTEST <= length <= _LONGEST else None


def _box(text: str) -> tuple[float, float] | None:
    """Return the width and height of a viewBox."""
    sides = [_length(part) for part in re.split(r"[\s,]+", text.strip())[2:]]
    match sides:
        case [float(width), float(height)]:
            return width, height
    return None


def _root_of(data: bytes) -> Mapping[str, str]:
    """Read the whole drawing, and return the attributes of its root element."""
    reader = _Reader()
    try:
        # All at once: in chunks, expat reads a long path again with each chunk.
        reader.parser.Parse(data, True)  # noqa: FBT003 - expat's own signature
    except expat.ExpatError as error:
        place = f"line {error.lineno}, column {error.offset + 1}"
        reason = expat.ErrorString(error.code).removeprefix("not well-formed ").strip("()")
        message = f"is not well-formed SVG ({place}: {reason})"
        raise ImageProblem(Code.IMAGE_CORRUPT, message, _HINT) from error
    except (ValueError, LookupError) as error:
        raise ImageProblem(
            Code.IMAGE_CORRUPT, f"is not well-formed SVG ({error})", _HINT
        ) from error
    _refuse_styles("".join(reader.styles))
    return reader.root


class _Reader:
    """Parses a drawing, and refuses what it must not contain."""

    def __init__(self) -> None:
        self.root: dict[str, str] = {}
        self.styles: list[str] = []
        """The text of the drawing's style sheets."""
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity
        self._open: list[str] = []

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._open:
            if name not in _NAMES:
                raise ImageProblem(Code.IMAGE_CORRUPT, "is not an SVG drawing", _HINT)
            self.root = attributes
        self._open.append(_local(name))
        if len(self._open) > MAX_DEPTH:
            raise ImageProblem(Code.IMAGE_CORRUPT, "is nested too deeply", _HINT)
        if self._open[-1] == "foreignObject":
            hint = "export it with plain text; in draw.io, switch off “Formatted Text”"
            line = self.parser.CurrentLineNumber
            message = f"holds text that only a browser can set (foreignObject, line {line})"
            raise ImageProblem(Code.IMAGE_FOREIGN, message, hint)
        _refuse_scripts(name, attributes)
        _refuse_references(name, attributes)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, data: str) -> None:
        if self._open[-1] == "style":
            self.styles.append(data)

    def _entity(self, *_declaration: object) -> None:
        raise ImageProblem(Code.IMAGE_CORRUPT, "defines XML entities", _HINT)


def _local(name: str) -> str:
    """Return an element's or attribute's name without its namespace."""
    return name.rpartition(" ")[2]


def _refuse_scripts(name: str, attributes: Mapping[str, str]) -> None:
    handler = next((key for key in attributes if key.lower().startswith("on")), "")
    if _local(name) == "script" or handler:
        raise ImageProblem(Code.IMAGE_FOREIGN, "holds a script; pages run no scripts", _HINT)


def _refuse_references(name: str, attributes: Mapping[str, str]) -> None:
    """Refuse what an element would load; links are allowed, as they load nothing."""
    link = next((attributes[key].strip() for key in _LINKS if key in attributes), "")
    if link.startswith("data:"):
        hint = "export it as PNG, or without pictures inside"
        raise ImageProblem(Code.IMAGE_FOREIGN, "is a drawing with a picture inside", hint)
    if _local(name) != "a" and link and not link.startswith("#"):
        _refuse_address(link)
    for value in attributes.values():
        _refuse_styles(value)


def _refuse_styles(text: str) -> None:
    if match := _REFERENCE.search(text):
        _refuse_address((match[1] or match[2] or "").strip())


def _refuse_address(address: str) -> None:
    message = f"is a drawing that needs `{address[:80]}`; nothing is fetched for it"
    raise ImageProblem(Code.IMAGE_FOREIGN, message, "export it again with everything inside")
