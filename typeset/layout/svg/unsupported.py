"""Finds what the engine does not draw correctly, and cannot be rewritten."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from typeset.layout.svg.letters import TEXT_PARTS
from typeset.layout.svg.tree import Tree, local_name

__all__ = ["Foreign", "find_foreign"]

_TEXT = ("text", "tspan", "textPath")
_SHAPES = ("circle", "ellipse", "line", "path", "polygon", "polyline", "rect")
_AS_OUTLINES = "convert the text to paths, or export the drawing as PNG"
_PLAIN = "remove it, or export the drawing as PNG"
_COMPUTED = ("calc(", "min(", "max(", "clamp(")


@dataclass(frozen=True, slots=True)
class Foreign:
    """A feature that is not drawn correctly."""

    message: str
    """What is wrong, as the end of a sentence that begins with the file's name."""
    hint: str
    test: Callable[[Element], bool]
    is_error: bool = False
    """Whether something vanishes or moves, and does not only look different."""
    take_out: str = ""
    """The attribute that would do harm if it stayed."""


def _says(name: str, *harmless: str, of: tuple[str, ...] = ()) -> Callable[[Element], bool]:
    """Return whether an element's attribute says something besides harmless values."""

    def test(element: Element) -> bool:
        value = element.get(name, "").strip().lower()
        applies = not of or local_name(element) in of
        return applies and bool(value) and value not in (*harmless, "inherit")

    return test


def _is(*names: str) -> Callable[[Element], bool]:
    return lambda element: local_name(element) in names


def _is_flowed_text(element: Element) -> bool:
    """Return whether an element is flowed text; Inkscape leaves empty ones behind."""
    return local_name(element) == "flowRoot" and bool("".join(element.itertext()).strip())


def _has_a_shape_for_clip(element: Element) -> bool:
    value = element.get("clip-path", "none").strip().lower()
    return value not in {"none", "inherit"} and not value.startswith("url(")


def _has_origin_in_box(element: Element) -> bool:
    """Return whether a transformation turns about a place that depends on the element's size."""
    parts = element.get("transform-origin", "").replace(",", " ").split()
    depends = any(part.endswith("%") or part[:1].isalpha() for part in parts)
    return "transform" in element.attrib and depends


def _is_computed(element: Element) -> bool:
    values = (value.lower() for name, value in element.attrib.items() if name not in {"d", "id"})
    return any(word in value for value in values for word in _COMPUTED)


def _is_shaped(element: Element) -> bool:
    """Return whether a text runs from right to left, or its letters change by their neighbors.

    The engine draws a drawing's letters one by one, from left to right.
    """
    texts = (element.text or "", *(child.tail or "" for child in element))
    if local_name(element) not in TEXT_PARTS:
        return False
    return any(_needs_shaping(one) for text in texts if not text.isascii() for one in text)


def _needs_shaping(character: str) -> bool:
    if unicodedata.bidirectional(character) in {"R", "AL"}:
        return True
    # From Devanagari to Khmer, and what was added later: vowel signs stand before, above, below.
    return "\u0900" <= character <= "\u109f" or "\u1780" <= character <= "\u18af"


_FOREIGN = (
    Foreign("sets text along a path", _AS_OUTLINES, _is("textPath"), is_error=True),
    Foreign(
        "holds text that only its own program can set (flowRoot)",
        "in Inkscape, convert the flowed text to text",
        _is_flowed_text,
        is_error=True,
    ),
    Foreign(
        "takes a text from elsewhere (tref)", "write the text itself", _is("tref"), is_error=True
    ),
    Foreign(
        "holds text whose letters the engine cannot join, or that runs from right to left",
        _AS_OUTLINES,
        _is_shaped,
        is_error=True,
    ),
    Foreign(
        "sets text in upright lines (`writing-mode`)",
        _AS_OUTLINES,
        _says("writing-mode", "horizontal-tb", "lr", "lr-tb", "rl", "rl-tb"),
        is_error=True,
    ),
    Foreign(
        "turns a part about a place that depends on its size (`transform-origin`)",
        "apply the transformation, or say the place in numbers",
        _has_origin_in_box,
        is_error=True,
        take_out="transform-origin",
    ),
    Foreign(
        "has a length that must be computed, such as `calc()`",
        "write a number",
        _is_computed,
        is_error=True,
    ),
    Foreign(
        "has a `filter`, such as a shadow or a blur, which is not drawn",
        _PLAIN,
        _says("filter", "none"),
        take_out="filter",
    ),
    Foreign(
        "has a `mask` around more than one shape, which is not drawn",
        _PLAIN,
        lambda element: _says("mask", "none")(element) and local_name(element) not in _SHAPES,
        take_out="mask",
    ),
    Foreign("is cut by a `clip-path` that is not a path", _PLAIN, _has_a_shape_for_clip),
    Foreign(
        "mixes colors with what is below (`mix-blend-mode`)",
        _PLAIN,
        _says("mix-blend-mode", "normal"),
    ),
    Foreign(
        "has lines under or through a text (`text-decoration`), which are not drawn",
        "draw the line itself",
        _says("text-decoration", "none"),
    ),
    Foreign(
        "has lines under or through a text (`text-decoration-line`), which are not drawn",
        "draw the line itself",
        _says("text-decoration-line", "none"),
    ),
    Foreign(
        "raises or lowers letters (`baseline-shift`)",
        "move them with `dy`",
        _says("baseline-shift", "baseline", "0", "0px", "0%", of=_TEXT),
    ),
    Foreign(
        "has small capitals (`font-variant`), which are not drawn",
        "write capitals in a smaller size",
        lambda element: "caps" in element.get("font-variant", "").lower(),
    ),
    Foreign(
        "changes letters by `text-transform`",
        "write the letters as they are meant",
        _says("text-transform", "none"),
    ),
    Foreign(
        "changes spaces by `word-spacing`",
        "place the words with `x` or `dx`",
        _says("word-spacing", "normal", "0", "0px"),
    ),
    Foreign(
        "keeps the width of lines (`vector-effect`)",
        "apply the transformation to the lines",
        _says("vector-effect", "none"),
    ),
    Foreign(
        "orders the paint of what it uses (`paint-order`)",
        "set it at what is used",
        _says("paint-order", "normal", "fill", of=("use",)),
    ),
    Foreign(
        "moves; pages show how it begins",
        "export what is meant as a drawing that stands still",
        _is("animate", "animateColor", "animateMotion", "animateTransform", "set"),
    ),
)
"""Every feature, the worst first."""


def find_foreign(tree: Tree) -> Iterator[tuple[int, Foreign]]:
    """Yield the features that are not drawn correctly, each once, with its first line.

    What would do harm is removed.
    """
    found: dict[str, tuple[int, Foreign]] = {}
    for element in _shown(tree.root):
        for sort in _FOREIGN:
            if sort.test(element):
                found.setdefault(sort.message, (tree.line_of(element), sort))
                element.attrib.pop(sort.take_out, None)
    yield from found.values()


def _shown(element: Element) -> Iterator[Element]:
    """Yield an element and those in it, but for what is not displayed."""
    if element.get("display") != "none":
        yield element
        for child in element:
            yield from _shown(child)
