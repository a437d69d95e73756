"""Setting the lines of a document: chosen, rewritten, compared with the pages, and mended.

What the engine makes of a paragraph is compared with what was chosen for it, line by line.  One
that came out otherwise is chosen anew for the widths that its lines really have; if that does not
help, it is left to the engine.  So nothing that goes wrong here breaks a build.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint import Document
from weasyprint.formatting_structure import boxes
from weasyprint.layout.inline import count_expandable_spaces

from typeset.eastasian import is_east_asian
from typeset.geometry import PageGeometry
from typeset.layout.floats import flows_of
from typeset.layout.lines.fonts import STEPS, FontBook
from typeset.layout.lines.measure import Uncovered
from typeset.layout.lines.paragraphs import (
    HYPHEN,
    Paragraph,
    StyleFor,
    edges_of,
    indent_of,
    read_paragraph,
)
from typeset.layout.lines.rebuild import SetLineOf, rebuild
from typeset.layout.lines.report import text_of
from typeset.layout.lines.totalfit import Settings, Word, break_paragraph
from typeset.layout.planner import Block, Break, Kind, kind_of

__all__ = ["LineSetter"]

_KEPT_FREE = 0.15
"""In pixels, of every line: what roundings may add up to."""
_TOLERANCE = 0.35
"""In pixels: by how much a line's width may differ from the chosen one."""
_NATURAL_TOLERANCE = 2.0
"""In pixels: by how much its width may do so before its spaces are stretched; fonts other than
those that it was measured with differ by far more."""
_MOST_ROUNDS = 3
_MARK = "\u200b"
"""What stands beside a lone space; the engine itself adds one, too."""
_PIXELS = 4 / 3
"""In a point."""
_FILLED = 0.96
"""The share of a ragged line that its text fills."""
_LEAST_TEXT = 2
"""Lines of a paragraph that stay together before and after a break."""
_SETTINGS = Settings(
    stretch=0.45,
    shrink=0.3,
    hyphen=35,
    capital_hyphen=110,
    double_hyphen=4000,
    uneven=1500,
)
"""Tried on the sample issues and on texts in five languages (``tests/benchmarks/lines.py``): of
many settings alike these leave the fewest wide spaces, without a ladder or a runt."""


@dataclass(slots=True)
class _Content:
    """What an element held before it was rewritten."""

    element: Element
    attributes: dict[str, str]
    text: str | None
    children: list[Element]

    @classmethod
    def of(cls, element: Element) -> _Content:
        return cls(element, dict(element.attrib), element.text, list(element))

    def restore(self) -> None:
        self.element[:] = self.children
        self.element.text = self.text
        self.element.attrib.clear()
        self.element.attrib.update(self.attributes)


@dataclass(slots=True)
class _Setting:
    """A paragraph that is set by us."""

    paragraph: Paragraph
    words: list[Word]
    content: _Content
    inset: float
    """By how much it is narrower than its column, in pixels."""
    widths: list[float] = field(default_factory=list)
    """Of its lines, in pixels; the last one holds for all that follow."""
    lines: list[SetLineOf] = field(default_factory=list)
    naturals: list[float] = field(default_factory=list)
    """The width of each line before its spaces are stretched, with what stays empty at its end."""
    rounds: int = 0
    barred: set[int] = field(default_factory=set)
    """The places in the text where no word is to be divided."""

    def _words(self) -> list[Word]:
        if not self.barred:
            return self.words
        return [
            replace(
                word,
                breaks=tuple(one for one in word.breaks if one.position not in self.barred),
            )
            for word in self.words
        ]

    def spare_hyphen(self, book: FontBook, number: int, *, at_any_cost: bool) -> bool:
        """Choose anew so that a line does not end in a hyphen; tell whether that takes other lines.

        Args:
            book: the fonts.
            number: the line, from 0.
            at_any_cost: whether to do so even if the paragraph then takes more lines, or fewer.
        """
        if not 0 <= number < len(self.lines) or not self.lines[number].hyphen:
            return False
        count, place = len(self.lines), self.lines[number].end
        self.barred.add(place)
        if self.choose(book, self.widths):
            if len(self.lines) == count:
                return False
            if at_any_cost and len(self.widths) == 1:
                return True
        self.barred.discard(place)
        self.choose(book, self.widths)
        return False

    def choose(self, book: FontBook, widths: Sequence[float]) -> bool:
        """Choose the lines for some widths and rewrite the paragraph; tell whether that went.

        Args:
            book: the fonts.
            widths: of the first lines in turn, the last one holding for all that follow.
        """
        paragraph = self.paragraph
        family = paragraph.computed["font_family"][0]
        fitted = break_paragraph(
            self._words(),
            [width - _KEPT_FREE for width in widths],
            indent=paragraph.indent,
            settings=_SETTINGS,
            expansion_steps=STEPS if family in book.expandable else (),
        )
        if fitted is None:
            return False
        lines, naturals = [], []
        for number, line in enumerate(fitted):
            room = widths[min(number, len(widths) - 1)] - _KEPT_FREE
            room -= 0 if number else paragraph.indent
            mark = HYPHEN if line.hyphen else ""
            try:
                natural = paragraph.width(
                    book, line.start, line.end, step=line.expansion, after=mark
                )
            except Uncovered:
                return False
            is_last = number == len(fitted) - 1
            spaces = paragraph.spaces(line.start, line.end)
            if natural > room and not spaces:
                return False
            spacing = (room - natural) / spaces if natural > room else 0.0
            rest = room - natural if is_last and natural < room else 0.0
            lines.append(
                SetLineOf(line.start, line.end, line.hyphen, line.expansion, spacing, rest)
            )
            naturals.append(min(natural, room) + rest)
        self.widths, self.lines, self.naturals = list(widths), lines, naturals
        self.content.restore()
        rebuild(paragraph, lines)
        # Where lines of two widths meet at the end of a page, the engine is to break just there.
        behind = len(lines) - len(widths) + 1
        if len(widths) > 1 and behind > 0:
            paragraph.element.set("style", f"widows: {max(behind, _LEAST_TEXT)}")
        return True

    def texts(self) -> list[str]:
        """Return the text of each line as the engine should have set it."""
        return [
            "".join(self._texts_of(line)).replace("\u00ad", "").replace(_MARK, "")
            + (HYPHEN if line.hyphen else "")
            for line in self.lines
        ]

    def _texts_of(self, line: SetLineOf) -> Iterator[str]:
        for piece, first, last in self.paragraph.segments(line.start, line.end):
            if piece.atom is None:
                yield self.paragraph.text[first:last]
            else:
                yield "".join(piece.atom.itertext())


@dataclass(frozen=True, slots=True)
class _Found:
    """A line on the pages."""

    text: str
    width: float
    natural: float
    """Its width before its spaces were stretched."""
    room: float
    """The width of the block that it stands in."""


class LineSetter:
    """Sets the justified paragraphs of a document.

    Args:
        body: the document, as yet without any change of its spaces.
        style_for: gives the engine's styles.
        book: the fonts.
        geometry: the page.
    """

    def __init__(
        self, body: Element, style_for: StyleFor, book: FontBook, geometry: PageGeometry
    ) -> None:
        self._body = body
        self._style_for = style_for
        self._book = book
        self._column = geometry.column_width * _PIXELS
        self._first = geometry.first_width * _PIXELS
        self._line = geometry.baseline * _PIXELS
        self._settings: dict[Element, _Setting] = {}
        for flow in flows_of(body):
            for element, inset in self._candidates(flow, 0.0):
                self._read(element, inset)

    def _candidates(self, parent: Element, inset: float) -> Iterator[tuple[Element, float]]:
        """Give the elements that hold justified text, and how much narrower than a column."""
        for element in parent:
            computed = self._style_for(element)
            if computed is None or "data-grid" in element.attrib:
                continue
            within = edges_of(computed)
            if computed["display"][0] != "block" or within is None:
                continue
            children = [self._style_for(child) for child in element]
            if any(child is not None and child["display"][0] == "block" for child in children):
                yield from self._candidates(element, inset + within)
            elif computed["text_align_all"] == "justify" and not is_east_asian(
                computed["lang"] or ""
            ):
                yield element, inset + within

    def _read(self, element: Element, inset: float) -> None:
        paragraph = read_paragraph(element, self._style_for, self._book)
        words = None if paragraph is None else paragraph.words(self._book, _SETTINGS)
        if paragraph is not None and words:
            content = _Content.of(element)
            self._settings[element] = _Setting(paragraph, words, content, inset)

    def spare_hyphens(self, breaks: Sequence[Break]) -> bool:
        """Divide no word at the end of a page; nor at that of a column, where that costs no line.

        Args:
            breaks: where the blocks of a flow go on in another column.

        Returns:
            Whether a paragraph takes another number of lines, so that all must be planned anew.
        """
        for place in breaks:
            setting, number = self._line_before(place)
            if setting is not None and setting.spare_hyphen(
                self._book, number, at_any_cost=place.ends_page
            ):
                return True
        return False

    def _line_before(self, place: Break) -> tuple[_Setting | None, int]:
        """Return the paragraph that a column ends in, and the number of its last line there."""
        left = place.before
        for element in place.element.iter():
            setting = self._settings.get(element)
            if setting is not None and left <= len(setting.lines):
                return setting, left - 1
            left -= self._other_lines(element) if setting is None else len(setting.lines)
        return None, 0

    def restyle(self, style_for: StyleFor) -> None:
        """Take note of new styles: what stands before a paragraph decides on its indent.

        Args:
            style_for: gives the engine's styles, computed anew.
        """
        self._style_for = style_for
        for element, setting in self._settings.items():
            computed = style_for(element)
            if computed is not None:
                setting.paragraph.indent = indent_of(computed)

    @property
    def elements(self) -> frozenset[Element]:
        """The paragraphs that are set by us."""
        return frozenset(self._settings)

    def set_lines(self, front_lines: int, heights: Mapping[str, float]) -> list[Element]:
        """Choose the lines of every paragraph.

        Args:
            front_lines: how many lines of the grid the front page has for the text.
            heights: of blocks that were measured by themselves, in points, by id.

        Returns:
            The paragraphs that could not be set.
        """
        failed: list[Element] = []
        left = front_lines
        for number, flow in enumerate(flows_of(self._body)):
            for block in flow:
                elements = [one for one in block.iter() if one in self._settings]
                below = self._block(block, heights).below if left > 0 else 0
                for element in elements:
                    space = below if element is elements[-1] else 0
                    left = self._set_first(element, left if number == 0 else 0, space, failed)
                if number == 0 and left > 0:
                    left -= self._height_beside_text(block, heights)
        return failed

    def _set_first(self, element: Element, left: int, below: int, failed: list[Element]) -> int:
        """Set a paragraph where some lines of the front page are left; return how many then are.

        It ends there only if the space below it, in lines, fits too.
        """
        setting = self._settings[element]
        wide, narrow = self._first - setting.inset, self._column - setting.inset
        widths = [narrow]
        if left > 0 and setting.choose(self._book, [wide]):
            count = len(setting.lines)
            if count + below <= left:
                return left - count
            here = min(left, count - _LEAST_TEXT)
            widths = [wide] * here + [narrow] if here >= _LEAST_TEXT else [narrow]
        if not setting.choose(self._book, widths):
            self._give_up(element)
            failed.append(element)
        return 0

    def _height_beside_text(self, element: Element, heights: Mapping[str, float]) -> int:
        block = self._block(element, heights)
        return block.lines + block.below - sum(self._lines_in(element))

    def _lines_in(self, element: Element) -> Iterator[int]:
        """Give the lines of each paragraph in an element."""
        for one in element.iter():
            if one in self._settings:
                yield len(self._settings[one].lines)

    def blocks(self, flow: Element, heights: Mapping[str, float]) -> list[Block]:
        """Return the children of a flow, as high as they will be.

        Args:
            flow: a container whose paragraphs are set.
            heights: of the blocks that were measured by themselves, in points, by id.
        """
        return [self._block(element, heights) for element in flow]

    def _block(self, element: Element, heights: Mapping[str, float]) -> Block:
        kind = kind_of(element)
        measured = heights.get(element.get("id", ""))
        if measured is not None and kind is not Kind.TEXT:
            return Block(element, kind, math.ceil(measured * _PIXELS / self._line - 0.01))
        computed = self._style_for(element)
        below = 0.0 if computed is None else _pixels(computed["margin_bottom"])
        lines = sum(self._lines_in(element)) + sum(map(self._other_lines, element.iter()))
        return Block(element, kind, lines, round(below / self._line))

    def _other_lines(self, element: Element) -> int:
        """Estimate the lines of an element's own text, if that is left to the engine."""
        if element in self._settings:
            return 0
        computed = self._style_for(element)
        if element.tag == "hr":
            return 1
        if computed is None or computed["display"][0] != "block":
            return 0
        blocks = {child for child in element if self._is_block(child)}
        own = "".join(self._own_text(element, blocks)).strip()
        measure = self._book.style(computed)
        lines = 0
        if own and measure is not None:
            try:
                width = measure.width(own)
            except Uncovered:
                width = len(own) * computed["font_size"] / 2
            lines += math.ceil(width / (_FILLED * self._column))
        return lines

    def _is_block(self, element: Element) -> bool:
        computed = self._style_for(element)
        return computed is not None and computed["display"][0] == "block"

    def _own_text(self, element: Element, blocks: set[Element]) -> Iterator[str]:
        """Give the text of an element besides that of the blocks in it."""
        yield element.text or ""
        for child in element:
            if child not in blocks:
                yield from child.itertext()
            yield child.tail or ""

    def _give_up(self, element: Element) -> None:
        self._settings.pop(element).content.restore()

    def mend(self, document: Document, *, give_up: bool = False) -> tuple[bool, list[Element]]:
        """Compare the pages with what was chosen, and set anew what came out otherwise.

        Args:
            document: the pages.
            give_up: whether to leave it to the engine instead.

        Returns:
            Whether the document must be laid out again, and the paragraphs that are left to the
            engine from now on.
        """
        found = _lines_of(document, self._settings)
        changed, failed = False, []
        for element, setting in list(self._settings.items()):
            lines = found.get(element, [])
            if _agree(setting, lines):
                continue
            changed = True
            setting.rounds += 1
            rooms = [line.room for line in lines] or [self._column - setting.inset]
            while len(rooms) > 1 and rooms[-1] == rooms[-2]:
                rooms.pop()
            before = setting.widths, setting.lines
            # The same lines once more would come out as they did.
            if (
                give_up
                or setting.rounds > _MOST_ROUNDS
                or not setting.choose(self._book, rooms)
                or (setting.widths, setting.lines) == before
            ):
                self._give_up(element)
                failed.append(element)
        return changed, failed


def _pixels(value: Any) -> float:
    return float(value.value) if value != "auto" and value.unit == "px" else 0.0


def _agree(setting: _Setting, found: list[_Found]) -> bool:
    texts = setting.texts()
    if texts != [line.text for line in found]:
        return False
    for number, line in enumerate(found):
        expected = setting.widths[min(number, len(setting.widths) - 1)]
        if abs(line.room - expected) > _TOLERANCE or line.width > line.room + _TOLERANCE:
            return False
        # The engine counts an indent as a part of its line.
        indent = 0 if number else setting.paragraph.indent
        if abs(line.natural - indent - setting.naturals[number]) > _NATURAL_TOLERANCE:
            return False
        is_full = number < len(found) - 1 and " " in line.text
        if is_full and line.width < line.room - _TOLERANCE:
            return False
    return True


def _lines_of(document: Document, settings: dict[Element, _Setting]) -> dict[Element, list[_Found]]:
    found: dict[Element, list[_Found]] = {}
    for page in document.pages:
        # The engine shows its boxes nowhere else; a test holds what we rely on.
        for block in page._page_box.descendants():  # noqa: SLF001
            if isinstance(block, boxes.BlockContainerBox) and block.element in settings:
                for line in block.children:
                    if isinstance(line, boxes.LineBox):
                        entry = _Found(
                            text_of(line), line.width, line.width - _stretched(line), block.width
                        )
                        found.setdefault(block.element, []).append(entry)
    return found


def _stretched(line: boxes.LineBox) -> float:
    """Return by how much the spaces of a line were made wider together, in pixels."""
    total: float = sum(
        box.justification_spacing * count_expandable_spaces(box)
        for box in line.descendants()
        if isinstance(box, boxes.TextBox)
    )
    return total
