"""Setting: the type of every block, and its lines chosen again where that makes better pages.

A block is set for columns; one that may stand on the front page also for the front page's measure.
The block in which the front page ends is set once more, in two parts.
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from xml.etree.ElementTree import Element

from typeset.geometry import PageGeometry
from typeset.layout.block_cache import BlockCache, KnownBlock, Snapshot
from typeset.layout.document import GRID, INLINE, Class, has_class, is_wide
from typeset.layout.engine.set_type import Type
from typeset.layout.galley import Galley, GalleyColumn, in_batches
from typeset.layout.lines.font_book import FontBook
from typeset.layout.lines.line_setter import LineSetter, read_paragraphs
from typeset.layout.lines.paragraphs import KnownWords
from typeset.layout.lines.set_paragraph import Lines
from typeset.layout.lines.space_workaround import detach_spaces
from typeset.layout.makeup.values import Measure, Setting
from typeset.layout.manuscript import Flow, read_flows, text_alone
from typeset.layout.measures import WIDTHS
from typeset.layout.renderer import Renderer
from typeset.layout.ruled import Ruled
from typeset.layout.skeleton import front_matter
from typeset.layout.tables import narrow, suit_to_column
from typeset.layout.variants import Variants, Varied

__all__ = ["ColumnEnd", "Divided", "Typesetter"]

_MOST_DIVISIONS = 3
"""Times that a block is divided: after each, paragraphs in it may be left to the engine."""
_MOST_FITTINGS = 4
"""Times that a table is set again: hyphenated, broken, as a column's, on the grid."""


@dataclass(frozen=True, slots=True)
class Divided:
    """A block in two parts, the first set for the front page and the second for columns."""

    block: Element
    lines: int
    """Of the first part."""
    above: Ruled
    below: Ruled


@dataclass(frozen=True, slots=True)
class ColumnEnd:
    """What a column ends with."""

    block: Element
    line: int
    """How many of the block's lines stand above."""
    ends_page: bool


class Typesetter:
    """Sets the blocks of a document.

    Args:
        renderer: the tools for it.
        root: the document; its paragraphs hold the lines that were chosen last.
        geometry: the page.
        inline: the tags of its inline elements.
    """

    def __init__(
        self,
        renderer: Renderer,
        root: Element,
        geometry: PageGeometry,
        inline: Collection[str] = tuple(INLINE),
    ) -> None:
        self._geometry = geometry
        self._inline = inline
        self._galley = Galley(renderer, root)
        self.body: Element = next(root.iter("body"))
        self._known = _known(renderer.blocks, root)
        self.flows = read_flows(self.body)
        self._columns: dict[Element, GalleyColumn] = {}
        """The column of each block that keeps its place, without its blocks."""
        for flow in self.flows:
            column = GalleyColumn(flow.within, geometry.column_width, (), flow.text)
            self._columns |= dict.fromkeys(flow.text, column)
        self._lines: LineSetter | None = None
        self._variants: dict[Measure, Variants] = {}
        new = [known for known in self._known.values() if known.is_new]
        if renderer.book is not None:
            self._read(new, renderer, root, renderer.book)
            paragraphs = (one for known in self._known.values() for one in known.paragraphs)
            self._lines = LineSetter(paragraphs, renderer.book)
            self._variants = {
                measure: Variants(self._lines) for measure in (Measure.COLUMN, Measure.FRONT)
            }
        for element in (*front_matter(self.body), *(known.element for known in new)):
            self._detach_spaces(element)
        if renderer.blocks is not None:
            for known in new:
                known.begin()
        self.heights: dict[str, float] = {}
        """The heights in points of what is measured by itself, by id."""
        self.column: dict[Element, Ruled] = {}
        self.narrowed: dict[Element, Ruled] = {}
        """Wide figures as they would be in a column."""
        self.front: dict[Element, Ruled] = {}
        """The blocks that may stand on the front page, if they are set otherwise there."""
        self.divided: Divided | None = None
        self._for_front: dict[Element, Lines] = {}
        self._for_columns: dict[Element, Lines] = {}

    def _read(
        self, blocks: Iterable[KnownBlock], renderer: Renderer, root: Element, book: FontBook
    ) -> None:
        """Read the paragraphs of blocks that keep their places."""
        wanted = {one.element: one for one in blocks if one.element in self._columns}
        text = text_alone(root, self.flows, wanted)
        style_for = renderer.computed(renderer.document(text))
        words: KnownWords = {}
        for block, known in wanted.items():
            known.paragraphs = read_paragraphs(block, style_for, book, renderer.line_styles, words)

    def _detach_spaces(self, element: Element) -> None:
        """Detour around the engine's fault wherever it chooses the lines."""
        chosen = self._lines.elements if self._lines else ()
        detach_spaces(element, but=chosen, inline=self._inline)

    def set_for_columns(self) -> None:
        """Set all blocks for columns, and wide figures for the page."""
        for flow in self.flows:
            for block in flow.text:
                self._choose(block, [self._geometry.column_width])
        self.column = self._set(
            column
            for flow in self.flows
            for column in (
                *self._columns_of(flow.text, self._geometry.column_width),
                *(self._alone(flow, figure) for figure in flow.figures),
            )
        )
        # What styles hide has no type; it is missed on the pages.
        self.flows = [flow.only(self.column) for flow in self.flows]
        measured = {
            block: flow for flow in self.flows for block in flow.blocks if GRID in block.attrib
        }
        self._fit(measured, self.column)
        self._try_narrow()
        self.heights = {
            element.attrib["id"]: ruled.type.height
            for element, ruled in self.column.items()
            if GRID in element.attrib
        }
        self._correct(self.column, self._geometry.column_width)

    def _columns_of(self, blocks: Iterable[Element], measure: float) -> list[GalleyColumn]:
        """Return columns of blocks that keep their places."""
        groups: dict[int, list[Element]] = {}
        for block in blocks:
            groups.setdefault(id(self._columns[block]), []).append(block)
        return [
            replace(self._columns[group[0]], measure=measure, blocks=group)
            for group in groups.values()
        ]

    def _alone(self, flow: Flow, block: Element) -> GalleyColumn:
        """Return a column of one block in its own measure."""
        return GalleyColumn(flow.within, WIDTHS[block.attrib[GRID]](self._geometry), [block])

    def _fit(self, blocks: Mapping[Element, Flow], types: dict[Element, Ruled]) -> None:
        """Set figures and tables again until they fit their columns as well as they can.

        Args:
            blocks: each with its flow.
            types: of the blocks, changed in place.
        """
        for _ in range(_MOST_FITTINGS):
            again = [
                self._alone(flow, block)
                for block, flow in blocks.items()
                if suit_to_column(block, types[block].type, self._geometry)
            ]
            types |= self._set(again)
            if not again:
                return

    def _try_narrow(self) -> None:
        """Set copies of wide figures for columns."""
        originals: dict[Element, Element] = {}
        flows: dict[Element, Flow] = {}
        for flow in self.flows:
            for block in flow.figures:
                if is_wide(block) and not has_class(block, Class.LONG):
                    known = self._known[block].twin()
                    copy = known.element
                    self._known[copy] = known
                    narrow(copy)
                    originals[copy], flows[copy] = block, flow
        types = self._set([self._alone(flow, copy) for copy, flow in flows.items()])
        self._fit(flows, types)
        # What would go on in another column is wide.
        self.narrowed = {
            originals[copy]: ruled
            for copy, ruled in types.items()
            if not has_class(copy, Class.LONG)
        }

    def narrow(self, block: Element) -> None:
        """Make a wide figure a column's."""
        narrow(block)
        del self.narrowed[block]
        flow = next(flow for flow in self.flows if block in flow.blocks)
        self.column |= self._set([self._alone(flow, block)])
        self._fit({block: flow}, self.column)

    def _set(self, columns: Iterable[GalleyColumn]) -> dict[Element, Ruled]:
        """Return the type of blocks as they are now; what styles hide has none."""
        wanted = [*columns]
        new = []
        for column in wanted:
            blocks = [
                block
                for block in column.blocks
                if self._state(block, column.measure) not in self._known[block].types
            ]
            if blocks:
                new.append(replace(column, blocks=blocks))
        batches = [*in_batches(new)]
        for batch in batches:
            types = self._galley.set_columns(batch)
            for column in batch:
                for block in column.blocks:
                    found = (self._ruled(types[block]),) if block in types else ()
                    self._known[block].types[self._state(block, column.measure)] = found
            if len(batches) > 1:
                gc.collect()  # what the engine needed besides refers to itself
        return {
            block: part
            for column in wanted
            for block in column.blocks
            for part in self._known[block].types[self._state(block, column.measure)]
        }

    def _ruled(self, type_: Type) -> Ruled:
        return Ruled(type_, self._geometry.baseline, self._geometry.lines)

    def _state(self, block: Element, measure: Hashable) -> Hashable:
        """Return all that a block's type depends on: its measure, its lines, and its marks."""
        lines = tuple(one.held for one in self._known[block].paragraphs)
        return measure, lines, block.get("class"), block.get(GRID)

    # -- lines

    def _paragraphs(self, blocks: Iterable[Element]) -> list[Element]:
        """Return the paragraphs in some blocks whose lines we choose."""
        if self._lines is None:
            return []
        lines = self._lines
        read = (one for block in blocks for one in self._known[block].paragraphs)
        return [one.paragraph.element for one in read if one.paragraph.element in lines]

    def _choose(self, block: Element, measures: Sequence[float]) -> None:
        """Choose a block's lines for columns of some widths, the last of which goes on."""
        for element in self._paragraphs([block]):
            self._choose_one(block, element, measures)

    def _choose_one(self, block: Element, element: Element, measures: Sequence[float]) -> bool:
        """Choose the lines of a paragraph in a block; return whether there are any."""
        assert self._lines is not None
        is_chosen = self._lines.choose(element, measures)
        if not is_chosen:
            self._leave(block, element)
        return is_chosen

    def _correct(self, types: dict[Element, Ruled], measure: float) -> None:
        """Leave to the engine what it sets otherwise than its lines were chosen, and set it again.

        Args:
            types: changed in place.
            measure: of their column, in points.
        """
        if self._lines is None:
            return
        wrong = [block for block, ruled in types.items() if self._leave_wrong(block, (ruled,))]
        types |= self._set_again(wrong, measure)

    def _leave_wrong(self, block: Element, parts: tuple[Ruled, ...]) -> bool:
        """Leave a block's paragraphs to the engine that came out otherwise than chosen.

        Returns:
            Whether there were any.
        """
        known, elements = self._known[block], self._paragraphs([block])
        if self._lines is None or parts in known.right:
            return False
        wrong = self._lines.wrong(elements, [part.type.box for part in parts])
        for element in wrong:
            self._leave(block, element)
        if not wrong:
            known.right.add(parts)
        return bool(wrong)

    def _leave(self, block: Element, element: Element) -> None:
        """Leave a paragraph in a block to the engine."""
        assert self._lines is not None
        self._lines.give_up(element)
        given_up = self._known[block].given_up
        if element in given_up:
            given_up[element].restore()
        else:
            self._detach_spaces(element)
            given_up[element] = Snapshot(element, but=self._lines.elements)

    def _set_again(self, blocks: Iterable[Element], measure: float) -> dict[Element, Ruled]:
        """Return blocks that keep their places as they are set now."""
        return self._set(self._columns_of(blocks, measure))

    def spare_hyphens(self, ends: Iterable[ColumnEnd]) -> bool:
        """Divide no word at the end of a page, nor at that of a column where it costs no line.

        Args:
            ends: of columns, in order.

        Returns:
            Whether a block was set again.
        """
        if self._lines is None:
            return False
        changed: dict[Element, Element] = {}
        for end in ends:
            # Where a block ends two columns, its lines are others after the first.
            if end.block not in changed and not (self.divided and self.divided.block is end.block):
                self._bring_back([end.block], self._for_columns)
                paragraph = self._spare_hyphen(end)
                if paragraph is not None:
                    changed[end.block] = paragraph
        if not changed:
            return False
        again = self._set_again(list(changed), self._geometry.column_width)
        self.column |= again
        wrong = [block for block, ruled in again.items() if self._leave_wrong(block, (ruled,))]
        known = [one for one in changed.values() if one in self._for_columns]
        self._for_columns |= self._noted(known)
        self._refresh(wrong)
        return True

    def _spare_hyphen(self, end: ColumnEnd) -> Element | None:
        """Choose other lines for the paragraph that ends a column; return it if there are any."""
        assert self._lines is not None
        leaf = self.column[end.block].leaf_before(end.line)
        if leaf is None or not leaf.ends_in_hyphen or leaf.paragraph is None:
            return None
        if leaf.paragraph not in self._lines:
            return None
        is_spared = self._lines.spare_hyphen(leaf.paragraph, leaf.number, at_any_cost=end.ends_page)
        return leaf.paragraph if is_spared else None

    # -- paragraphs that are longer or shorter

    def setting(self, block: Element, measure: Measure, *, may_vary: bool) -> Setting:
        """Return a block as it is set to a measure, with what it costs to vary it if it may be.

        Not of the block that is divided: its paragraphs hold the lines of both parts.
        """
        types, noted = self._in_measure(measure)
        paragraphs = self._paragraphs([block])
        if not may_vary or len(paragraphs) != 1:
            return types[block].setting
        self._bring_back([block], noted)
        return self._variants[measure].setting(block, paragraphs[0], types[block])

    def vary(self, wanted: Collection[Varied]) -> bool:
        """Set paragraphs longer or shorter; return whether all of them came out as planned."""
        widths = {
            Measure.COLUMN: self._geometry.column_width,
            Measure.FRONT: self._geometry.first_width,
        }
        are_sound = True
        for measure, variants in self._variants.items():
            blocks = {one.block: one.by for one in wanted if one.measure is measure}
            self._bring_back(blocks, self._in_measure(measure)[1])
            set_blocks = partial(self._set_again, measure=widths[measure])
            are_sound &= variants.set_wanted(blocks, set_blocks)
        return are_sound

    def varied(self, varied: Varied) -> Ruled:
        """Return a block that was set longer or shorter."""
        return self._variants[varied.measure].type_of(varied.block, varied.by)

    def _in_measure(
        self, measure: Measure
    ) -> tuple[Mapping[Element, Ruled], Mapping[Element, Lines]]:
        """Return the type of blocks in a measure, and the lines of those that hold others now."""
        if measure is Measure.FRONT:
            return self.front, self._for_front
        return self.column, self._for_columns

    # -- the front page

    def set_for_front(self, lines: int) -> None:
        """Set for the front page what may stand there.

        Args:
            lines: how many of the grid it has for the text.
        """
        flow = self.flows[0]
        candidates = list(self._candidates(flow, lines))
        paragraphs = self._paragraphs(candidates)
        self._for_columns = self._noted(paragraphs)
        for block in candidates:
            self._choose(block, [self._geometry.first_width])
        self.front = self._set_again(candidates, self._geometry.first_width)
        self._correct(self.front, self._geometry.first_width)
        self._for_front = self._noted(paragraphs)
        left = set(paragraphs) - self._for_front.keys()
        self._refresh([block for block in candidates if not left.isdisjoint(block.iter())])

    def _candidates(self, flow: Flow, lines: int) -> Iterator[Element]:
        """Give the blocks that may stand on the front page, where they are set otherwise."""
        ratio = self._geometry.column_width / self._geometry.first_width
        room = lines + 12.0
        for block in flow.text:
            if room < 0:
                return
            room -= self.column[block].lines * ratio
            if not has_class(block, Class.COLUMN):
                yield block

    def _noted(self, elements: Sequence[Element]) -> dict[Element, Lines]:
        """Return the lines of paragraphs as they are now."""
        if self._lines is None:
            return {}
        return {one: self._lines.lines_of(one) for one in elements if one in self._lines}

    def _bring_back(self, blocks: Iterable[Element], noted: Mapping[Element, Lines]) -> None:
        """Give paragraphs of some blocks lines again that they had before."""
        for element in self._paragraphs(blocks):
            if element in noted:
                assert self._lines is not None
                self._lines.use(element, noted[element])

    def _refresh(self, blocks: Sequence[Element]) -> None:
        """Set blocks again in each measure, since we no longer choose the lines of all in them."""
        self._bring_back(blocks, self._for_columns)
        self.column |= self._set_again(blocks, self._geometry.column_width)
        on_front = [block for block in blocks if block in self.front]
        self._bring_back(on_front, self._for_front)
        self.front |= self._set_again(on_front, self._geometry.first_width)

    def divide(self, block: Element, lines: int) -> None:
        """Set the block in which the front page ends in two parts.

        Args:
            block: in the first flow.
            lines: how many of its lines stand on the front page.
        """
        self.divided = None
        for _ in range(_MOST_DIVISIONS):
            ours = self._paragraphs([block])
            left = lines
            for element in ours:
                left -= self._choose_divided(block, element, left)
            parts = self._set_divided(block, lines)
            if parts:
                self._leave_wrong(block, parts)
            if ours == self._paragraphs([block]):
                self.divided = Divided(block, lines, *parts) if parts else None
                return
            self._refresh([block])

    def _choose_divided(self, block: Element, element: Element, left: int) -> int:
        """Choose a paragraph's lines where some are left on the front page; return their number."""
        assert self._lines is not None
        wide, narrow = self._geometry.first_width, self._geometry.column_width
        if not self._choose_one(block, element, [wide] if left > 0 else [narrow]):
            return 0
        count = len(self._lines.lines_of(element).lines)
        if 0 < left < count:
            self._choose_one(block, element, [wide] * left + [narrow])
        return count

    def _set_divided(self, block: Element, lines: int) -> tuple[Ruled, ...]:
        """Return a block as it is set now, in two parts; none if it is not divided there."""
        geometry = self._geometry
        known = self._known[block]
        state = self._state(block, (geometry.first_width, geometry.column_width, lines))
        if state not in known.types:
            column = self._columns[block]
            before = column.text[: column.text.index(block) + 1]
            known.types[state] = tuple(
                map(
                    self._ruled,
                    self._galley.set_divided(
                        replace(column, measure=geometry.first_width, blocks=[block], text=before),
                        geometry.column_width,
                        lines * geometry.baseline,
                    )
                    or (),
                )
            )
        return known.types[state]

    def settle(self, on_front: Iterable[Element], varied: Collection[Varied]) -> None:
        """Let the document hold the lines that stand on its pages.

        Args:
            on_front: the blocks of which anything stands on the front page.
            varied: the blocks that are longer or shorter.
        """
        if self._lines is None:
            return
        front = set(self._paragraphs(on_front))
        divided = set(self._paragraphs([self.divided.block] if self.divided else []))
        for element in self._for_columns.keys() & self._lines.elements - divided:
            noted = self._for_front if element in front else self._for_columns
            self._lines.use(element, noted[element])
        for one in varied:
            self._variants[one.measure].use(one.block, one.by)


def _known(cache: BlockCache | None, root: Element) -> dict[Element, KnownBlock]:
    """Return what is known of the blocks of a document; without a cache, nothing is."""
    flows = read_flows(next(root.iter("body")))
    if cache is not None:
        return cache.take_over(root, flows)
    return {block: KnownBlock(block) for flow in flows for block in flow.blocks}
