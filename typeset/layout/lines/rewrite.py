"""Rewrites paragraphs so that the engine sets the lines that were chosen.

Each line becomes one element that does not wrap, followed by a line feed that is kept; styles
justify every line but let the last one end where it ends.  Inline elements that go over a line's
end are divided: each part is an element of its own, and the first keeps the id.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from typeset.layout.document import Class, add_class, has_class
from typeset.layout.lines.font_book import family_at
from typeset.layout.lines.line_styles import LineStyles
from typeset.layout.lines.paragraphs import HYPHEN, Paragraph, Piece
from typeset.layout.lines.space_workaround import SPACE

__all__ = ["LINE_TAG", "STYLES", "Content", "SetLineOf", "ends_part", "rebuild"]

LINE_TAG = "span"
_SOFT_HYPHEN = "\u00ad"

STYLES = (
    f".{Class.SET} {{ white-space: pre-line; text-align: justify; text-align-last: justify;"
    " hyphens: manual; overflow-wrap: normal }"
    f".{Class.SET} > .{Class.LINE} {{ white-space: nowrap }}"
)


@dataclass(frozen=True, slots=True)
class SetLineOf:
    """A line of a paragraph, with all that the engine needs to set it."""

    start: int
    end: int
    hyphen: bool
    step: int
    """By how many thousandths its letters are expanded."""
    word_spacing: float
    """What is added to each space in pixels: 0, or less where the line would be too long."""
    margins: tuple[float, float]
    """Beside it, in pixels: less than nothing where a mark hangs over the edge, more at the end of
    a last line."""
    is_last: bool
    """Whether it is the last one, or the last before a forced end of a line."""


@dataclass(slots=True)
class Content:
    """What an element held before it was rewritten."""

    element: Element
    attributes: dict[str, str]
    text: str | None
    children: list[Element]

    @classmethod
    def of(cls, element: Element) -> Content:
        """Take note of what an element holds."""
        return cls(element, dict(element.attrib), element.text, list(element))

    def restore(self) -> None:
        """Give the element back what it held."""
        self.element[:] = self.children
        self.element.text = self.text
        self.element.attrib.clear()
        self.element.attrib.update(self.attributes)


def rebuild(paragraph: Paragraph, lines: list[SetLineOf], styles: LineStyles) -> None:
    """Replace the content of a paragraph by the chosen lines.

    Args:
        paragraph: its element is changed.
        lines: in order.
        styles: takes the styles that the lines need.
    """
    element = paragraph.element
    for child in list(element):
        element.remove(child)
    element.text = None
    add_class(element, Class.SET)
    seen: set[Element] = set()
    for number, line in enumerate(lines):
        holder = Element(LINE_TAG, _attributes(paragraph, line, styles))
        _fill(holder, paragraph, line, seen)
        if number < len(lines) - 1:
            if _parts_elements(paragraph, line.end):
                holder.append(_space())
            holder.tail = "\n"
        element.append(holder)
    for below in paragraph.below:
        below.settle()
        element.append(below.element)


def ends_part(element: Element) -> bool:
    """Return whether an element is a line that is the last one, or the last before a forced end."""
    return has_class(element, Class.LAST) and has_class(element, Class.LINE)


def _parts_elements(paragraph: Paragraph, place: int) -> bool:
    """Return whether there is a space at a place, and an inline element begins behind it."""
    pieces = [piece for piece, _, _ in paragraph.segments(place, place + 2)]
    return (
        paragraph.text[place] == " "
        and len(pieces) > 1
        and (pieces[1].atom is not None or len(pieces[1].path) > len(pieces[0].path))
    )


def _space() -> Element:
    """Return the space between two lines.

    It takes no room at a line's end, where the engine drops the space of a text that it justifies;
    one in an element of its own is written.  That costs time, and so stands only where the engine's
    own lines have it too.
    """
    space = Element("span")
    space.text = SPACE
    return space


def _attributes(paragraph: Paragraph, line: SetLineOf, styles: LineStyles) -> dict[str, str]:
    classes: list[str] = [Class.LINE]
    shared, own = {}, {}
    if line.step:
        families = paragraph.computed["font_family"]
        names = [family_at(families[0], line.step), *families]
        shared["font-family"] = ", ".join(f'"{name}"' for name in names)
    if line.word_spacing:
        shared["word-spacing"] = f"{line.word_spacing:.3f}px"
    margins = {
        f"margin-{side}": f"{margin:.3f}px"
        for side, margin in zip(("left", "right"), line.margins, strict=True)
        if margin
    }
    if line.is_last:
        classes.append(Class.LAST)
        own = margins  # what is left empty at its end is hardly ever the same twice
    else:
        shared |= margins
    if shared:
        classes.append(styles.name(shared))
    attributes = {"class": " ".join(classes)}
    if own:
        attributes["style"] = "; ".join(f"{name}: {value}" for name, value in own.items())
    return attributes


def _fill(holder: Element, paragraph: Paragraph, line: SetLineOf, seen: set[Element]) -> None:
    open_path: list[tuple[Element, Element]] = []
    segments = list(paragraph.segments(line.start, line.end))
    for number, (piece, first, last) in enumerate(segments):
        parent = _opened(holder, open_path, piece, seen)
        if piece.atom is not None:
            copy = deepcopy(piece.atom)
            copy.tail = None
            parent.append(copy)
            continue
        text = paragraph.text[first:last].replace(_SOFT_HYPHEN, "")
        if line.hyphen and number == len(segments) - 1:
            text += HYPHEN
        _append(parent, text)


def _opened(
    holder: Element, open_path: list[tuple[Element, Element]], piece: Piece, seen: set[Element]
) -> Element:
    """Return the element that a piece stands in, opening copies of those around it."""
    shared = 0
    while (
        shared < min(len(open_path), len(piece.path)) and open_path[shared][0] is piece.path[shared]
    ):
        shared += 1
    del open_path[shared:]
    parent = open_path[-1][1] if open_path else holder
    for element in piece.path[shared:]:
        attributes = dict(element.attrib)
        if element in seen:
            attributes.pop("id", None)
        seen.add(element)
        copy = Element(element.tag, attributes)
        parent.append(copy)
        open_path.append((element, copy))
        parent = copy
    return parent


def _append(parent: Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
