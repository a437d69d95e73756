"""An edit, and the pages that it touches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element, tostring

from weasyprint import Document

from typeset.layout.compose import Composition, boxes_of
from typeset.layout.document import flows_of
from typeset.layout.figures.plan import Break, Kind, kind_of
from typeset.layout.grid import measured_blocks
from typeset.layout.incremental.chunk import Chunk, front_chunk, inner_chunk, neighbor, shell
from typeset.layout.incremental.column_breaks import column_breaks
from typeset.layout.incremental.cut_block import cut
from typeset.layout.incremental.diff import Change, Fingerprint
from typeset.layout.incremental.page_starts import PageStart, page_starts
from typeset.layout.incremental.reparse import Edited, read_block, read_whole
from typeset.layout.incremental.snapshot import Snapshot, design_of
from typeset.layout.inspect.overlaps import find_overlaps
from typeset.layout.lines.cjk_justification import spread_lines
from typeset.layout.lines.line_setter import LineSetter
from typeset.layout.pdf.write import write_plain
from typeset.layout.protocol import LayoutJob, Relaid
from typeset.layout.renderer import Renderer

__all__ = ["rehearse", "relay"]

_MOST_PAGES = 4
"""Pages that are laid out anew for an edit; one that touches more is better laid out as a whole."""
_MOST_ROUNDS = 2
"""Layouts of these pages after the first: each spares the hyphens at the ends of columns."""
_LEAST_FILLING, _FILLING = 1, 4
"""Blocks behind the last page that is wanted, so that it is filled as it was: as many as do if the
next page starts where it did, and as many as do if that page gives away some of its text."""
_MOVED = (Kind.FIGURE, Kind.WIDE)
"""What stands where there is room for it, so that one more changes the order of the others."""


def relay(
    snapshot: Snapshot, job: LayoutJob, renderer: Renderer
) -> tuple[Relaid | None, Snapshot | None]:
    """Lay out anew the pages that an edit touches.

    Args:
        snapshot: the document as it was laid out before; it is used up.
        job: the document as it is now.
        renderer: tools that suit it.

    Returns:
        The pages, or None if the edit touches so much that all must be laid out; and the document
        as it has become, for the next edit, or None if pages behind these may have changed too.
    """
    if renderer.book is None or snapshot.design != design_of(job):
        return None, None
    read = read_block(snapshot.fingerprint, snapshot.html, job.html, renderer.parse)
    edit = None if read is None else _Edit.of(snapshot, read)
    if edit is None or _Relaying(job, renderer, snapshot, edit).first == 1:
        # On the front page, all lines are chosen anew.
        read = read_whole(snapshot.fingerprint, job.html, renderer.parse)
        if read.fingerprint == snapshot.fingerprint:
            return Relaid(
                first=1, pages=0, pdf=b"", boxes={}, renamed={}, is_settled=True
            ), snapshot
        edit = _Edit.of(snapshot, read)
    return (None, None) if edit is None else _Relaying(job, renderer, snapshot, edit).relay()


def rehearse(snapshot: Snapshot, job: LayoutJob, renderer: Renderer) -> None:
    """Do once what an edit takes, so that the first one finds all tools warm.

    Args:
        snapshot: the document as it was laid out.
        job: what it was asked for with.
        renderer: tools that suit it.
    """
    if renderer.book is None or snapshot.design != design_of(job):
        return
    renderer.draw(snapshot.drawings)
    renderer.parse(job.html)
    start = snapshot.starts[len(snapshot.starts) // 2]
    _Relaying(job, renderer, snapshot, _Edit.of_nothing(snapshot, start)).relay()


@dataclass(frozen=True, slots=True)
class _Edit:
    """A change of a document as it was set: other blocks in the place of some."""

    fingerprint: Fingerprint
    """The document as it has become, before anything is set."""
    change: Change
    came: list[Element]
    """The flow's children as they came; none where the front page is not touched."""
    position: int
    """Where the first of the new blocks stands in its flow, as it is set."""
    last: int
    """Where the last of the old ones stood; before the first, if there were none."""
    blocks: list[Element]
    """The flow's children, as they are to be set."""
    order: list[int]
    """The positions at which they came."""
    renamed: dict[str, str]
    """New ids of what did not change otherwise, by their old ones."""

    @classmethod
    def of(cls, snapshot: Snapshot, edited: Edited) -> _Edit | None:
        """Return the edit that makes one document of another.

        Args:
            snapshot: the document as it was set.
            edited: what it has become.

        Returns:
            The edit; None if more than blocks of one flow changed, or if it moves figures.
        """
        change, new = edited.change, edited.new
        if change is None:
            return None
        blocks = list(flows_of(snapshot.root)[change.flow])
        order = list(snapshot.order[change.flow])
        old = range(change.start, change.old_end)
        kinds = [kind_of(blocks[order.index(one)]) for one in old]
        if _moves(kinds, [kind_of(block) for block in new]):
            return None
        places = sorted(order.index(one) for one in old)
        before = order.index(change.start - 1) if change.start else -1
        position = places[0] if places else before + 1
        kept_order = [one if one < change.start else one + change.shift for one in order]
        if len(new) == len(places):
            for number, one in enumerate(old):
                blocks[order.index(one)] = new[number]
            order = kept_order
        else:
            rest = [n for n, one in enumerate(order) if one not in old]
            blocks = [blocks[n] for n in rest]
            order = [kept_order[n] for n in rest]
            blocks[position:position] = new
            order[position:position] = range(change.start, change.new_end)
        last = places[-1] if places else position - 1
        renamed = dict(_renamed(snapshot.fingerprint, edited.fingerprint, change))
        came = edited.came or []
        return cls(edited.fingerprint, change, came, position, last, blocks, order, renamed)

    @classmethod
    def of_nothing(cls, snapshot: Snapshot, start: PageStart) -> _Edit:
        """Return the edit that changes nothing on a page.

        Args:
            snapshot: the document as it was set.
            start: where that page starts.
        """
        here, order = start.block, snapshot.order[start.flow]
        change = Change(start.flow, here, here, here)
        blocks = list(flows_of(snapshot.root)[start.flow])
        return cls(snapshot.fingerprint, change, [], here, here - 1, blocks, list(order), {})


def _moves(old: list[Kind], new: list[Kind]) -> bool:
    """Tell whether figures come or go."""
    return old != new and any(kind in _MOVED for kind in (*old, *new))


def _renamed(old: Fingerprint, new: Fingerprint, change: Change) -> Iterator[tuple[str, str]]:
    before, after = old.ids[change.flow], new.ids[change.flow]
    for position in range(change.old_end, len(before)):
        pairs = zip(before[position], after[position + change.shift], strict=True)
        yield from (pair for pair in pairs if pair[0] != pair[1])


@dataclass(frozen=True, slots=True)
class _Fresh:
    """Blocks whose lines have been chosen anew."""

    blocks: list[Element]
    setter: LineSetter

    def spare_hyphens(self, breaks: Sequence[Break]) -> bool:
        """Divide no word where these blocks go on in another column; tell whether any was."""
        before = [tostring(block) for block in self.blocks]
        self.setter.spare_hyphens([one for one in breaks if one.element in self.blocks])
        return before != [tostring(block) for block in self.blocks]


@dataclass(frozen=True, slots=True)
class _Laid:
    """Pages that were laid out."""

    document: Document
    starts: list[PageStart]
    """Where each of them starts, in the whole document."""
    is_settled: bool
    """Whether the page behind them starts where it did."""


class _Relaying:
    """Lays out the pages that an edit touches."""

    def __init__(self, job: LayoutJob, renderer: Renderer, snapshot: Snapshot, edit: _Edit) -> None:
        self._job = job
        self._renderer = renderer
        self._snapshot = snapshot
        self._edit = edit
        self._number = edit.change.flow
        self._flow = flows_of(snapshot.root)[self._number]

    def relay(self) -> tuple[Relaid | None, Snapshot | None]:
        """Return the pages, and the document as it has become.

        There are no pages if there are too many, if none begins where one can be cut, or if
        something overlaps on them.
        """
        first, last = self.first, self._last
        start = self._snapshot.starts[first - 1]
        if last - first >= _MOST_PAGES or not start.is_clean:
            return None, None
        self._rename()
        fresh = self._set_new_blocks(self._front_end if first == 1 else 0)
        return self._lay_out(fresh, start, first, last)

    @property
    def first(self) -> int:
        """The first page that may show the edit."""
        return self._page_of(max(self._edit.position - 1, 0))

    @property
    def _last(self) -> int:
        last = max(self._page_of(max(self._edit.last, 0)), self.first)
        end = self._last_page
        return end if end <= last + 1 else last

    def _page_of(self, position: int) -> int:
        """Return the page on which a child of the flow ends, as it was set before."""
        place = (self._number, position)
        return sum(start.place <= place for start in self._snapshot.starts)

    @property
    def _last_page(self) -> int:
        return sum(start.flow <= self._number for start in self._snapshot.starts)

    def _rename(self) -> None:
        renamed = self._edit.renamed
        for element in self._snapshot.root.iter() if renamed else ():
            if (name := element.get("id")) in renamed:
                element.set("id", renamed[name])
            if (target := element.get("href", "").removeprefix("#")) in renamed:
                element.set("href", f"#{renamed[target]}")

    @property
    def _front_end(self) -> int:
        """How many of the flow's children, as they now are, begin on the front page at most."""
        behind = self._snapshot.starts[1:2]
        if not behind or behind[0].flow != self._number:
            return len(self._edit.blocks)
        end = behind[0].block + bool(behind[0].path)
        return max(end, self._edit.last + 1) + len(self._edit.blocks) - len(self._flow)

    def _set_new_blocks(self, front: int) -> _Fresh | None:
        """Choose the lines of the new blocks, and put them on the grid.

        Args:
            front: how many blocks begin on the front page; all their lines are chosen anew, since
                what moves from its column into the next has other lines there.
        """
        edit = self._edit
        blocks = edit.blocks
        new = range(edit.change.start, edit.change.new_end)
        for position in range(front):
            if kind_of(blocks[position]) is Kind.TEXT:
                blocks[position] = edit.came[edit.order[position]]
        places = [n for n, one in enumerate(edit.order) if n < front or one in new]
        if not places:
            return None
        first, end = places[0], places[-1] + 1
        root, flow = shell(self._snapshot.root, self._flow)
        flow.extend(map(neighbor, blocks[max(first - 1, 0) : first]))
        flow.extend(blocks[place] for place in places)
        flow.extend(map(neighbor, blocks[end : end + 2]))
        composition = Composition(self._job, self._renderer, root)
        composition.heights |= {
            self._edit.renamed.get(name, name): height
            for name, height in self._snapshot.heights.items()
        }
        if any(measured_blocks(blocks[place]) for place in places if edit.order[place] in new):
            composition.align()
        composition.set_lines_in_order(self._snapshot.front_lines if front else 0)
        if composition.lines is None:
            return None
        return _Fresh([blocks[place] for place in places], composition.lines)

    def _lay_out(
        self, fresh: _Fresh | None, start: PageStart, first: int, last: int
    ) -> tuple[Relaid | None, Snapshot | None]:
        laid = self._try(fresh, start, first, last, _LEAST_FILLING)
        if not laid.is_settled:
            laid = self._try(fresh, start, first, last, _FILLING)
        if find_overlaps(laid.document):
            return None, None  # the layout of the whole tells where, if it is so there too
        relaid = Relaid(
            first=first,
            pages=len(laid.document.pages),
            pdf=write_plain(laid.document, self._renderer.subsets),
            boxes=boxes_of(laid.document.pages, first),
            renamed=self._edit.renamed,
            is_settled=laid.is_settled,
        )
        return relaid, self._keep(laid.starts, first) if laid.is_settled else None

    def _try(
        self, fresh: _Fresh | None, start: PageStart, first: int, last: int, filling: int
    ) -> _Laid:
        """Lay the pages out with some blocks behind them."""
        edit, snapshot = self._edit, self._snapshot
        ends_flow = last == self._last_page
        end = len(edit.blocks)
        if not ends_flow:
            end = min(snapshot.starts[last].block + self._shift + filling, end)
        before = edit.blocks[max(start.block - 1, 0) : start.block] if not start.path else []
        blocks = [
            *map(neighbor, before),
            cut(edit.blocks[start.block], start.path),
            *edit.blocks[start.block + 1 : end],
            *map(neighbor, edit.blocks[end : end + 2]),
        ]
        # Only the last page of a flow is balanced, which takes the engine many tries.
        fill = "" if ends_flow else ".columns { column-fill: auto }"
        if first == 1:
            chunk = front_chunk(snapshot.root, blocks, snapshot.targets)
        else:
            strings = snapshot.strings[first - 1]
            chunk = inner_chunk(snapshot.root, self._flow, blocks, first, strings)
        count = last - first + 1
        document = self._render(chunk, fill)
        for _ in range(_MOST_ROUNDS):
            # What is balanced is not planned, and its hyphens stay.
            planned = slice(chunk.before, chunk.before + count - ends_flow)
            breaks = column_breaks(document.pages[planned])
            if fresh is None or not fresh.spare_hyphens(breaks):
                break
            document = self._render(chunk, fill)
        spread_lines(document)
        found = [
            _in_whole(one, start, start.block - len(before))
            for one in page_starts(document, next(chunk.root.iter("body")))[chunk.before :]
        ]
        behind = snapshot.starts[last : last + 1]
        expected = [replace(one, block=one.block + self._shift) for one in behind]
        return _Laid(
            document.copy(document.pages[chunk.before : chunk.before + count]),
            found[:count],
            len(found) == count if ends_flow else found[count : count + 1] == expected,
        )

    @property
    def _shift(self) -> int:
        """How many blocks more the flow has now."""
        return len(self._edit.blocks) - len(self._flow)

    def _render(self, chunk: Chunk, css: str) -> Document:
        return self._renderer.render(self._renderer.document(chunk.root), chunk.css + css)

    def _keep(self, found: Sequence[PageStart], first: int) -> Snapshot:
        snapshot, edit, shift = self._snapshot, self._edit, self._shift
        behind = [
            replace(one, block=one.block + shift) if one.flow == self._number else one
            for one in snapshot.starts[first - 1 + len(found) :]
        ]
        same_flow = [replace(one, flow=self._number) for one in found]
        self._flow[:] = edit.blocks
        order = list(snapshot.order)
        order[self._number] = tuple(edit.order)
        return replace(
            snapshot,
            fingerprint=edit.fingerprint,
            html=self._job.html,
            order=tuple(order),
            starts=(*snapshot.starts[: first - 1], *same_flow, *behind),
        )


def _in_whole(one: PageStart, start: PageStart, offset: int) -> PageStart:
    """Return a place in some pages as one in the whole document.

    Args:
        one: the place.
        start: where these pages start.
        offset: how many blocks stand before the first of theirs.
    """
    block = one.block + offset
    path = list(one.path)
    if block == start.block:
        # What stands before these pages was taken away from the block that goes on in them.
        for level, before in enumerate(start.path[: len(path)]):
            path[level] += before
            if one.path[level]:
                break
        path = path or list(start.path)
    return replace(one, flow=start.flow, block=block, path=tuple(path))
