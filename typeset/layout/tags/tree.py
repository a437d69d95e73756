"""The tree of tags: each element of the document once, with the marks of all its boxes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from typeset.layout.document import without_id
from typeset.layout.engine.boxes import (
    BlockReplacedBox,
    Box,
    MarginBox,
    ReplacedBox,
    TableCellBox,
    TableRowGroupBox,
    TextBox,
    children_of,
    is_marker,
)
from typeset.layout.engine.links import annotation_of
from typeset.layout.engine.marked_content import MarkedPage
from typeset.layout.engine.messages import LOGGER
from typeset.layout.engine.units import POINTS_PER_PIXEL
from typeset.layout.tags.roles import SVG, Outline, list_numbering
from typeset.model import ElementKind

__all__ = ["Area", "Mark", "Tag", "Value", "grow"]

_CELLS = frozenset({"TR", "TH", "TD"})
"""Types that make a table's shape, also where they are empty."""

Value = str | int | list[float]
"""Of an attribute: a name of PDF with its slash, a number, or numbers."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in the content of a page."""

    page: int
    """The page, from 0."""
    number: int


@dataclass(frozen=True, slots=True)
class Area:
    """The area of a link on a page."""

    page: int
    annotation: Any
    """The engine's dictionary of it."""


@dataclass(eq=False, slots=True)
class Tag:
    """A node of the tree."""

    type: str
    language: str
    parent: Tag | None
    element: Element | None = None
    kids: list[Tag | Mark | Area] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    """What it says besides, by the names of PDF: ``Alt``, ``E``, ``ID``."""
    attributes: dict[str, dict[str, Value]] = field(default_factory=dict)
    """Its attributes, by their owner."""

    @property
    def tags(self) -> list[Tag]:
        """Those right below it."""
        return [kid for kid in self.kids if isinstance(kid, Tag)]

    def walk(self) -> Iterator[Tag]:
        """Give it and all below it, in the order of reading."""
        yield self
        for tag in self.tags:
            yield from tag.walk()


def grow(
    pages: Sequence[MarkedPage],
    body: Element,
    language: str,
    kinds: Iterable[ElementKind] = (),
) -> Tag:
    """Return the tree of a document that was drawn.

    Args:
        pages: its pages.
        body: its elements.
        language: its language.
        kinds: elements that it may hold besides those that every layout knows.
    """
    grower = _Grower(Outline(body, language, kinds), body, language)
    for number, page in enumerate(pages):
        grower.visit(page.root, page, number)
    _settle(grower.root)
    _sort(grower.root, {element: place for place, element in enumerate(body.iter())})
    return grower.root


class _Grower:
    def __init__(self, outline: Outline, body: Element, language: str) -> None:
        self._outline = outline
        self.root = Tag("Document", language, None)
        self._tags = {body: self.root}
        """The innermost tag of each element, or of what it stands in if it has none."""
        self._groups: dict[Element, Tag] = {}
        self._heads: set[Element] = set()

    def visit(self, box: Box, page: MarkedPage, number: int) -> None:
        """Take in a box and all that it holds."""
        if _is_artifact(box) or self._is_repeated(box):
            return
        tag = self._tag_of(box)
        if tag is None:
            assert box not in page.marks
        else:
            if tag.element is box.element:
                _describe(tag, box, page)
            annotation = annotation_of(box)
            if annotation is not None:
                tag.kids.append(Area(number, annotation))
            if box in page.marks and _shows(box):
                tag.kids.append(Mark(number, page.marks[box]))
        for child in children_of(box):
            self.visit(child, page, number)

    def _is_repeated(self, box: Box) -> bool:
        """Return whether a box is the head of a table once more, in its next column."""
        if not isinstance(box, TableRowGroupBox) or not box.is_header:
            return False
        seen = box.element in self._heads
        self._heads.add(box.element)
        return seen

    def _tag_of(self, box: Box) -> Tag | None:
        if box.element not in self._outline.languages:
            return None  # that of a page, or of all pages
        tag = self._tag(box.element)
        if tag.type == "LBody" and box.element.tag == "li" and is_marker(box):
            # A list's marker stands beside what the item says.
            item = tag.parent
            assert item is not None
            if item.kids[0] is tag:
                item.kids.insert(0, Tag("Lbl", item.language, item))
            return item.tags[0]
        return tag

    def _tag(self, element: Element) -> Tag:
        if element not in self._tags:
            self._tags[element] = self._made(element)
        return self._tags[element]

    def _made(self, element: Element) -> Tag:
        """Return the innermost of an element's tags, made and joined to the tree."""
        parent = self._parent(element)
        language = self._outline.languages[element]
        types = self._outline.types(element)
        if not types and language != parent.language:
            types = ("Span",)
        if types and self._outline.goes_on(element):
            before = parent.kids[-1] if parent.kids else None
            begun = before.element if isinstance(before, Tag) else None
            if begun is not None and _is_alike(begun, element):
                return self._tags[begun]
        for type_ in types:
            tag = Tag(type_, language, parent, element)
            parent.kids.append(tag)
            parent = tag
        return parent

    def _parent(self, element: Element) -> Tag:
        parent = self._tag(self._outline.parents[element])
        if element not in self._outline.groups:
            return parent
        type_, first = self._outline.groups[element]
        if first not in self._groups:
            self._groups[first] = Tag(type_, self._outline.languages[first], parent)
            parent.kids.append(self._groups[first])
        return self._groups[first]


def _is_artifact(box: Box) -> bool:
    """Return whether a box shows nothing that a listener would miss."""
    if isinstance(box, ReplacedBox):
        return box.element is not None and box.element.get("alt") == ""
    return box.is_leader or isinstance(box, MarginBox)


def _shows(box: Box) -> bool:
    """Return whether something is drawn for a box; for white space alone, nothing is."""
    return not isinstance(box, TextBox) or bool(box.text.strip())


def _is_alike(one: Element, other: Element) -> bool:
    """Return whether two elements are the same but for an id, which the first of them has."""
    return one.tag == other.tag and without_id(one) == other.attrib


def _describe(tag: Tag, box: Box, page: MarkedPage) -> None:
    """Say of a tag what its element and its box tell."""
    element = box.element
    match tag.type:
        case "Note":
            tag.words["ID"] = element.attrib["id"]
            tag.attributes["Layout"] = {"Placement": "/Block"}  # notes by nature stand in a line
        case "Span" if element.tag == "abbr" and "title" in element.attrib:
            tag.words["E"] = element.attrib["title"]
        case "Figure" if isinstance(box, ReplacedBox):
            _describe_figure(tag, box, page)
        case "LBody" if element.tag == "li" and tag.parent is not None and tag.parent.parent:
            numbering = list_numbering(box.style["list_style_type"])
            tag.parent.parent.attributes.setdefault("List", {"ListNumbering": f"/{numbering}"})
        case "TH" | "TD" if isinstance(box, TableCellBox):
            spans = {"ColSpan": box.colspan, "RowSpan": box.rowspan}
            cell: dict[str, Value] = {name: span for name, span in spans.items() if span != 1}
            if tag.type == "TH":
                of_row = element.get("scope", "").startswith("row") or not _is_in_head(tag)
                cell["Scope"] = "/Row" if of_row else "/Column"
            if cell:
                tag.attributes["Table"] = cell


def _is_in_head(tag: Tag) -> bool:
    row = tag.parent
    return row is not None and row.parent is not None and row.parent.type == "THead"


def _describe_figure(tag: Tag, box: Box, page: MarkedPage) -> None:
    element = box.element
    title = element.find(SVG.replace("}svg", "}title")) if element.tag == SVG else None
    words = title.text if title is not None else element.get("alt")
    if words:
        tag.words["Alt"] = words
    else:
        source = element.get("src", "unknown")
        LOGGER.error('Image "%s" has no required alt description', source)
    left, top = box.content_box_x(), box.content_box_y()
    sides = (left, page.height - top - box.height, left + box.width, page.height - top)
    layout: dict[str, Value] = {"BBox": [round(side * POINTS_PER_PIXEL, 3) for side in sides]}
    if isinstance(box, BlockReplacedBox):
        layout["Placement"] = "/Block"
    tag.attributes["Layout"] = layout


def _sort(tag: Tag, places: Mapping[Element, int]) -> int | None:
    """Put what stands below a tag into the order of the document; return the place of the first.

    On the pages a figure stands where there is room for it, before or behind what it belongs to.
    What has no place of its own, such as the label of an item, comes first.
    """
    found = {id(kid): _sort(kid, places) for kid in tag.tags}
    if len(found) == len(tag.kids):
        tag.kids.sort(key=lambda kid: -1 if (place := found[id(kid)]) is None else place)
    known = [place for place in found.values() if place is not None]
    if tag.element is not None and tag.element in places:
        known.append(places[tag.element])
    return min(known, default=None)


def _settle(tag: Tag) -> None:
    """Leave out what holds nothing below a tag, and suit its type to what it holds."""
    for kid in tag.tags:
        _settle(kid)
    tag.kids = [
        kid for kid in tag.kids if not isinstance(kid, Tag) or kid.kids or kid.type in _CELLS
    ]
    if tag.type == "Div" and any(isinstance(kid, Mark) for kid in tag.kids):
        tag.type = "P"
    if tag.type == "Link" and not any(isinstance(kid, Area) for kid in tag.kids):
        tag.type = "Span"  # it leads nowhere
