"""Rewrites a drawing with features that the engine supports."""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from typeset.layout.svg.letters import TEXT_PARTS
from typeset.layout.svg.tree import Tree, local_name

__all__ = ["choose_branches", "rewrite"]

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BREAK = re.compile("[\r\n]")
_PAINTED = {"circle", "ellipse", "line", "path", "polygon", "polyline", "rect", "text"}
_OF_THE_WHOLE = ("id", "opacity", "transform", "transform-origin", "clip-path", "mask")
"""Attributes that hold for both copies of a shape together."""
_MARKERS = ("marker", "marker-start", "marker-mid", "marker-end")


def choose_branches(tree: Tree, language: str = "en") -> None:
    """Replace each ``switch`` by its first branch that applies, in place.

    Args:
        tree: the drawing.
        language: the one that is asked for.
    """
    for parent, children in tree.parents():
        if local_name(parent) != "switch":
            continue
        parent.tag = _named(parent, "g")
        chosen = next((child for child in children if _holds(child, language)), None)
        for child in children:
            if child is not chosen:
                parent.remove(child)


def _holds(element: Element, language: str) -> bool:
    """Return whether a branch is for readers of a language, and asks for no extensions."""
    if "requiredExtensions" in element.attrib:
        return False
    tags = element.get("systemLanguage")
    if tags is None:
        return True
    asked = (tag.strip().lower() for tag in tags.split(","))
    return any(tag == language or tag.startswith(f"{language}-") for tag in asked)


def rewrite(tree: Tree) -> None:
    """Rewrite, in place, what the engine supports only in another form."""
    _write_texts(tree)
    _order_paint(tree.root, _Paint().of(tree.root))


def _write_texts(tree: Tree) -> None:
    """Compose accents with their letters, and make spaces of line breaks and parts of links."""
    _write_text(tree.root, keeps_space=False, in_text=False)


def _write_text(element: Element, *, keeps_space: bool, in_text: bool) -> None:
    name = local_name(element)
    if element.get("white-space", "").startswith("pre"):
        element.set(_SPACE, "preserve")
    keeps_space = element.get(_SPACE, "preserve" if keeps_space else "") == "preserve"
    if name == "a":
        # A link is text to the engine, whatever is in it.
        element.tag = _named(element, "tspan" if in_text else "g")
    in_text = in_text or name == "text"
    if in_text and name in TEXT_PARTS:
        element.text = _written(element.text, keeps_space=keeps_space)
        for child in element:
            child.tail = _written(child.tail, keeps_space=keeps_space)
    for child in element:
        _write_text(child, keeps_space=keeps_space, in_text=in_text)


def _written(text: str | None, *, keeps_space: bool) -> str | None:
    if not text:
        return text
    composed = unicodedata.normalize("NFC", text)
    return composed if keeps_space else _BREAK.sub(" ", composed)


@dataclass(frozen=True, slots=True)
class _Paint:
    """What an element inherits of how it is painted."""

    order: str = "normal"
    fill: str = "black"
    stroke: str = "none"

    def of(self, element: Element) -> _Paint:
        """Return what holds for an element."""

        def value(name: str, inherited: str) -> str:
            own = element.get(name, "inherit").strip()
            return inherited if own == "inherit" else own

        return _Paint(
            value("paint-order", self.order), value("fill", self.fill), value("stroke", self.stroke)
        )

    @property
    def is_stroke_below(self) -> bool:
        """Whether there is a stroke that the fill is to cover."""
        order = self.order.split()
        below = "stroke" in order and "fill" not in order[: order.index("stroke")]
        return below and "none" not in (self.fill, self.stroke)


def _order_paint(element: Element, paint: _Paint) -> None:
    """Draw strokes that belong below their fills by themselves and first, in place."""
    for position, child in enumerate(list(element)):
        own = paint.of(child)
        if local_name(child) not in _PAINTED:
            _order_paint(child, own)
        elif any(part.is_stroke_below for part in _paints(child, own)):
            element[position] = _stroke_below(child)


def _paints(element: Element, own: _Paint) -> Iterator[_Paint]:
    """Yield how an element is painted, and the parts of it."""
    yield own
    for child in element:
        yield from _paints(child, own.of(child))


def _stroke_below(element: Element) -> Element:
    """Return a group of an element's stroke, and its fill above that."""
    group = Element(_named(element, "g"))
    group.tail, element.tail = element.tail, None
    for name in _OF_THE_WHOLE:
        if name in element.attrib:
            group.set(name, element.attrib.pop(name))
    for left_out in ("fill", "stroke"):
        copied = copy.deepcopy(element)
        for part in copied.iter():
            part.attrib.pop("id", None)
            if part is copied or left_out in part.attrib:
                part.set(left_out, "none")
        if left_out == "fill":
            copied.attrib.update(dict.fromkeys(_MARKERS, "none"))
        group.append(copied)
    return group


def _named(element: Element, name: str) -> str:
    """Return a name in the namespace of an element."""
    return f"{element.tag.rpartition('}')[0]}}}{name}" if "}" in element.tag else name
