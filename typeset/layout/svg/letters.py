"""The letters that a drawing's texts should show."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from typeset.layout.svg.tree import Tree, local_name

__all__ = ["TEXT_PARTS", "Text", "letters_of", "texts_of"]

TEXT_PARTS = {"text", "tspan", "a", "textPath"}
"""Elements whose words are shown."""
_DRAWN_WHERE_USED = {
    "clipPath",
    "defs",
    "filter",
    "linearGradient",
    "marker",
    "mask",
    "pattern",
    "radialGradient",
    "symbol",
}


@dataclass(frozen=True, slots=True)
class Text:
    """What a text of a drawing shows."""

    line: int
    """Its line in the file, from 1."""
    letters: str
    """Without white space."""


def texts_of(tree: Tree) -> tuple[Text, ...]:
    """Return the texts that a drawing shows, its styles being attributes already."""
    found = _texts(tree.root, visible=True)
    texts = (
        Text(tree.line_of(element), "".join(_letters(element, visible=visible)))
        for element, visible in found
    )
    return tuple(text for text in texts if text.letters)


def letters_of(text: str) -> str:
    """Return what of a text leaves ink, accents composed with their letters."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(one for one in composed if unicodedata.category(one)[0] not in "ZC")


def _texts(element: Element, *, visible: bool) -> Iterator[tuple[Element, bool]]:
    """Yield the texts inside of an element, and whether what they inherit lets them be seen."""
    if _is_hidden(element) or local_name(element) in _DRAWN_WHERE_USED:
        return
    visible = _visibility(element, visible)
    for child in element:
        if local_name(child) == "text":
            yield child, visible
        else:
            yield from _texts(child, visible=visible)


def _letters(element: Element, *, visible: bool) -> Iterator[str]:
    if _is_hidden(element) or local_name(element) not in TEXT_PARTS:
        return
    visible = _visibility(element, visible)
    if visible:
        yield letters_of(element.text or "")
    for child in element:
        yield from _letters(child, visible=visible)
        if visible:
            yield letters_of(child.tail or "")


def _is_hidden(element: Element) -> bool:
    """Return whether neither an element nor anything in it is meant to be seen."""
    if element.get("display") == "none":
        return True
    return any(_is_zero(element.get(name, "")) for name in ("opacity", "font-size"))


def _is_zero(value: str) -> bool:
    return value.strip("0.").lower() in {"", "px", "%"} and "0" in value


def _visibility(element: Element, inherited: bool) -> bool:  # noqa: FBT001
    value = element.get("visibility", "inherit")
    return inherited if value == "inherit" else value == "visible"
