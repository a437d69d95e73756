"""The galley: blocks set in columns without an end.

The engine never sees a page of text.  It sets each block once, in a column of the block's measure
on an endless sheet; what it set is cut and moved to pages afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element, SubElement

from weasyprint import Page

from typeset.layout.document import Class, has_class, without_id
from typeset.layout.engine.boxes import root_of, walk
from typeset.layout.engine.set_type import Type
from typeset.layout.lines.cjk_justification import spread_lines
from typeset.layout.manuscript import STAND_IN, stand_in
from typeset.layout.renderer import Renderer

__all__ = ["Galley", "GalleyColumn", "in_batches"]

_MOST_BLOCKS = 300
"""Set at once, some thirty pages."""
_ALL_SEEN = 1000
"""In a text of no more blocks, some eighty pages, a rule of the styles sees all beside its own."""
_REACH = 4
"""How many blocks before and after its own it sees in a longer one, where not all are set; and of
each kind the first and the last one."""

_ENDLESS = "9999999pt"
_CLASS = "galley"
_COLUMNS = f"""
.{_CLASS} {{
  display: flow-root !important; columns: auto !important; position: static !important;
  float: none !important; margin: 0 !important; padding: 0 !important; border: 0 !important;
  break-before: auto !important; break-after: auto !important;
}}
.{_CLASS} > * {{ float: none !important }}
[{STAND_IN}] {{ display: none !important }}
.{_CLASS} > .{Class.MASTHEAD} {{ position: static !important }}
"""
_SHEET = f"@page {{ size: {_ENDLESS} {_ENDLESS} !important; margin: 0 !important }} {_COLUMNS}"
_TWO_SHEETS = f"""
@page {{{{ size: {{below}}pt {_ENDLESS} !important; margin: 0 !important }}}}
@page :first {{{{ size: {{above}}pt {{height}}pt !important; margin: 0 !important }}}}
"""


@dataclass(frozen=True, slots=True)
class GalleyColumn:
    """Blocks that are set below one another."""

    within: tuple[Element, ...]
    """The elements around them, from the body's child inwards, since styles may depend on them."""
    measure: float
    """The width of the column, in points."""
    blocks: Sequence[Element]
    text: Sequence[Element] = ()
    """All the blocks that they stand among, in order; none if they are set by themselves."""

    @property
    def content(self) -> Sequence[Element]:
        """Its blocks, with stand-ins for what the rules of the styles see beside them."""
        return _among_others(self.blocks, self.text) if self.text else self.blocks


class Galley:
    """Sets blocks of a document.

    Args:
        renderer: the tools for it.
        root: the document.
    """

    def __init__(self, renderer: Renderer, root: Element) -> None:
        self._renderer = renderer
        self._root = root

    def set_columns(self, columns: Iterable[GalleyColumn]) -> dict[Element, Type]:
        """Return the type of each block."""
        root, body = self._empty()
        wanted: set[Element] = set()
        for column in columns:
            holder = _nested(body, column.within, f"width: {column.measure:.4f}pt")
            holder.extend(column.content)
            wanted.update(column.blocks)
        return self._types(root, wanted, _SHEET)[0] if wanted else {}

    def set_divided(
        self, above: GalleyColumn, below: float, height: float
    ) -> tuple[Type, Type] | None:
        """Return the last block of a column in two parts, each in a measure of its own.

        Args:
            above: the column.
            below: the measure of the second part, in points.
            height: of the first part, in points.

        Returns:
            Both parts; None if the block is not divided there.
        """
        root, body = self._empty()
        holder = _nested(body, above.within, "width: auto")
        holder.extend(above.content)
        sheet = _TWO_SHEETS.format(above=above.measure, below=below, height=height)
        block = above.blocks[-1]
        found = [types[block] for types in self._types(root, {block}, sheet + _COLUMNS) if types]
        return (found[0], found[1]) if len(found) == 2 else None

    def _empty(self) -> tuple[Element, Element]:
        """Return a document without content, and its body."""
        root = Element("html", dict(self._root.attrib))
        source = next(self._root.iter("body"))
        return root, SubElement(root, "body", {**source.attrib, "style": "margin: 0"})

    def _types(
        self, root: Element, wanted: set[Element], sheet: str
    ) -> Sequence[dict[Element, Type]]:
        document = self._renderer.render(self._renderer.document(root), sheet)
        spread_lines(document)
        return tuple(_types_on(page, wanted) for page in document.pages)


def in_batches(columns: Iterable[GalleyColumn]) -> Iterator[list[GalleyColumn]]:
    """Give columns in batches to be set one after another, a long column in parts.

    While the engine sets blocks, it needs several times the memory of their type.
    """
    batch: list[GalleyColumn] = []
    room = _MOST_BLOCKS
    for column in columns:
        for part in _parts(column):
            if batch and len(part.blocks) > room:
                yield batch
                batch, room = [], _MOST_BLOCKS
            batch.append(part)
            room -= len(part.blocks)
    if batch:
        yield batch


def _parts(column: GalleyColumn) -> Iterator[GalleyColumn]:
    blocks = column.blocks
    for start in range(0, len(blocks), _MOST_BLOCKS):
        yield replace(column, blocks=blocks[start : start + _MOST_BLOCKS])


def _among_others(blocks: Iterable[Element], text: Sequence[Element]) -> list[Element]:
    """Return blocks of a text, with stand-ins for what the rules of the styles see beside them.

    Args:
        blocks: those that are to be set.
        text: all blocks, in order.
    """
    wanted = set(blocks)
    if len(text) <= _ALL_SEEN:
        return [one if one in wanted else stand_in(one) for one in text]
    places = [place for place, one in enumerate(text) if one in wanted]
    seen = {place + step for place in places for step in range(-_REACH, _REACH + 1)}
    kinds = [(one.tag, one.get("class")) for one in text]
    seen.update({kind: place for place, kind in enumerate(kinds)}.values())
    seen.update({kinds[place]: place for place in range(len(kinds) - 1, -1, -1)}.values())
    return [
        one if one in wanted else stand_in(one) for place, one in enumerate(text) if place in seen
    ]


def _nested(body: Element, within: Sequence[Element], style: str) -> Element:
    """Return a column in copies of the elements around its blocks."""
    parent = body
    for element in within:
        parent = SubElement(parent, element.tag, without_id(element))
    if parent is body:
        parent = SubElement(body, "div")
    parent.set("class", f"{parent.get('class', '')} {_CLASS}".strip())
    parent.set("style", style)
    return parent


def _types_on(page: Page, wanted: set[Element]) -> dict[Element, Type]:
    types: dict[Element, Type] = {}
    left = 0.0
    for box in walk(root_of(page)):
        if has_class(box.element, _CLASS):
            left = box.content_box_x()
        elif box.element in wanted and box.element not in types:
            types[box.element] = Type(box, left)
    return types
