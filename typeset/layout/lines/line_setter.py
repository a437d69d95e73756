"""Setting the lines of a document: chosen, rewritten, compared with the pages, and mended.

What the engine makes of a paragraph is compared with what was chosen for it, line by line.  One
that came out otherwise is chosen anew for the widths that its lines really have; if that does not
help, it is left to the engine.  So nothing that goes wrong here breaks a build.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint import Document

from typeset.geometry import PageGeometry
from typeset.languages.east_asian import is_east_asian
from typeset.layout.document import GRID, flows_of
from typeset.layout.engine.styles import StyleFor
from typeset.layout.figures.plan import Block, Break, Kind, kind_of, places_within
from typeset.layout.lines.estimate import estimated_lines
from typeset.layout.lines.font_book import FontBook
from typeset.layout.lines.paragraphs import edges_of, indent_of, read_paragraph
from typeset.layout.lines.rewrite import Content
from typeset.layout.lines.set_paragraph import LEAST_TEXT, SETTINGS, SetParagraph
from typeset.layout.lines.verify import FoundLine, agrees, found_lines

__all__ = ["LineSetter"]

_MOST_ROUNDS = 3
_PIXELS = 4 / 3
"""In a point."""


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
        self._settings: dict[Element, SetParagraph] = {}
        for flow in flows_of(body):
            for element, inset in self._candidates(flow, 0.0):
                self._read(element, inset)

    def _candidates(self, parent: Element, inset: float) -> Iterator[tuple[Element, float]]:
        """Give the elements that hold justified text, and how much narrower than a column."""
        for element in parent:
            computed = self._style_for(element)
            if computed is None or GRID in element.attrib:
                continue
            within = edges_of(computed)
            if computed["display"][0] != "block" or within is None:
                continue
            if computed["text_align_all"] == "justify" and not is_east_asian(
                computed["lang"] or ""
            ):
                yield element, inset + within
            yield from self._candidates(element, inset + within)

    def _read(self, element: Element, inset: float) -> None:
        paragraph = read_paragraph(element, self._style_for, self._book)
        parts = None if paragraph is None else paragraph.parts(self._book, SETTINGS)
        if paragraph is not None and parts:
            content = Content.of(element)
            self._settings[element] = SetParagraph(paragraph, parts, content, inset)

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

    def _line_before(self, place: Break) -> tuple[SetParagraph | None, int]:
        """Return the paragraph that a column ends in, and the number of its last line there."""
        left = place.before
        for element in place.element.iter():
            setting = self._settings.get(element)
            if setting is not None and left <= len(setting.lines):
                return setting, left - 1
            left -= self._left_lines(element) if setting is None else len(setting.lines)
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
            here = min(left, count - LEAST_TEXT)
            widths = [wide] * here + [narrow] if here >= LEAST_TEXT else [narrow]
        if not setting.choose(self._book, widths):
            self._give_up(element)
            failed.append(element)
        return 0

    def _height_beside_text(self, element: Element, heights: Mapping[str, float]) -> int:
        block = self._block(element, heights)
        text = sum(
            len(self._settings[one].lines) for one in element.iter() if one in self._settings
        )
        return block.lines + block.below - text

    def _paragraphs(self, element: Element) -> Iterator[tuple[Element, int]]:
        """Give each paragraph in an element, with its lines."""
        for one in element.iter():
            setting = self._settings.get(one)
            lines = self._left_lines(one) if setting is None else len(setting.lines)
            if lines:
                yield one, lines

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
        paragraphs = list(self._paragraphs(element))
        lines = sum(count for _, count in paragraphs)
        return Block(element, kind, lines, round(below / self._line), places_within(paragraphs))

    def _left_lines(self, element: Element) -> int:
        """Estimate the lines of an element that is left to the engine."""
        if element in self._settings:
            return 0
        return estimated_lines(element, self._style_for, self._book, self._column)

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
        found = found_lines(document, self._settings)
        changed, failed = False, []
        for element, setting in list(self._settings.items()):
            lines = found.get(element, [])
            if agrees(setting, lines):
                changed |= not give_up and self._spare_page_end(setting, lines)
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

    def _spare_page_end(self, setting: SetParagraph, lines: Sequence[FoundLine]) -> bool:
        """Divide no word at the end of a page that was planned otherwise; tell whether one was."""
        before = setting.lines
        for number, (line, after) in enumerate(pairwise(lines)):
            if line.page != after.page:
                setting.spare_hyphen(self._book, number, at_any_cost=True)
        return setting.lines != before


def _pixels(value: Any) -> float:
    return float(value.value) if value != "auto" and value.unit == "px" else 0.0
