"""The lines of justified paragraphs: chosen, written into the document, and compared with the type.

What the engine makes of a paragraph is compared with what was chosen for it, line by line.  One
that came out otherwise is left to the engine, so nothing that goes wrong here breaks a build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element

from typeset.languages.east_asian import is_east_asian
from typeset.layout.document import GRID
from typeset.layout.engine.boxes import Box
from typeset.layout.engine.styles import StyleFor
from typeset.layout.engine.units import PIXELS_PER_POINT
from typeset.layout.lines.font_book import FontBook
from typeset.layout.lines.line_styles import LineStyles
from typeset.layout.lines.paragraphs import KnownWords, edges_of, read_paragraph
from typeset.layout.lines.rewrite import Content
from typeset.layout.lines.set_paragraph import SETTINGS, Lines, SetParagraph
from typeset.layout.lines.total_fit import Variant
from typeset.layout.lines.verify import agrees, lines_in

__all__ = ["LineSetter", "read_paragraphs"]


class LineSetter:
    """Chooses the lines of justified paragraphs.

    Args:
        paragraphs: as they were read, without lines.
        book: the fonts.
    """

    def __init__(self, paragraphs: Iterable[SetParagraph], book: FontBook) -> None:
        self._book = book
        self._paragraphs = {one.paragraph.element: one for one in paragraphs}

    @property
    def elements(self) -> frozenset[Element]:
        """The paragraphs whose lines we choose."""
        return frozenset(self._paragraphs)

    def __contains__(self, element: object) -> bool:
        """Whether an element is a paragraph whose lines we choose."""
        return element in self._paragraphs

    def choose(self, element: Element, measures: Sequence[float]) -> bool:
        """Choose the lines of a paragraph; return whether there are any.

        Args:
            element: the paragraph.
            measures: the width in points of the column of each line in turn, the last one holding
                for all that follow.
        """
        paragraph = self._paragraphs[element]
        widths = [measure * PIXELS_PER_POINT - paragraph.inset for measure in measures]
        return paragraph.choose(self._book, widths)

    def lines_of(self, element: Element) -> Lines:
        """Return the lines that a paragraph has now, with the elements that they are.

        Raises:
            ValueError: if it has none.
        """
        held = self._paragraphs[element].held
        if held is None:
            raise ValueError("this paragraph has no lines yet")
        return held

    def use(self, element: Element, lines: Lines) -> None:
        """Give a paragraph lines again that it had before."""
        self._paragraphs[element].use(lines)

    def spare_hyphen(self, element: Element, number: int, *, at_any_cost: bool) -> bool:
        """Choose the lines of a paragraph again so that one does not end in a hyphen.

        Args:
            element: the paragraph.
            number: the line, from 0.
            at_any_cost: whether to do so even if the paragraph then has more lines, or fewer.

        Returns:
            Whether its lines are others now.
        """
        return self._paragraphs[element].spare_hyphen(self._book, number, at_any_cost=at_any_cost)

    def variants(self, element: Element) -> dict[int, Variant]:
        """Return the ways to set a paragraph with one line more (1) and with one fewer (-1)."""
        return self._paragraphs[element].variants(self._book)

    def vary(self, element: Element, variant: Variant) -> None:
        """Give a paragraph the lines of a variant, if they can be set."""
        self._paragraphs[element].vary(self._book, variant)

    def wrong(self, elements: Iterable[Element], type_: Sequence[Box]) -> list[Element]:
        """Return the paragraphs that the engine set otherwise than they were chosen.

        Args:
            elements: paragraphs whose lines we choose.
            type_: the boxes in which all their lines stand, in order.
        """
        found = lines_in(type_, frozenset(elements))
        return [
            element
            for element in elements
            if not agrees(self._paragraphs[element], found.get(element, []))
        ]

    def give_up(self, element: Element) -> None:
        """Leave a paragraph to the engine, with what it held at first."""
        paragraph = self._paragraphs.pop(element)
        paragraph.held = None
        paragraph.content.restore()


def read_paragraphs(
    block: Element,
    style_for: StyleFor,
    book: FontBook,
    styles: LineStyles,
    words: KnownWords,
) -> tuple[SetParagraph, ...]:
    """Return the justified paragraphs in a block whose lines can be chosen.

    Args:
        block: as yet without any change of its spaces.
        style_for: gives the engine's styles.
        book: the fonts.
        styles: takes the styles of the lines.
        words: those that were measured for other blocks; gets more.
    """
    found = []
    for element, inset in _candidates([block], style_for, 0.0):
        paragraph = read_paragraph(element, style_for, book)
        parts = None if paragraph is None else paragraph.parts(book, SETTINGS, words)
        if paragraph is not None and parts:
            found.append(SetParagraph(paragraph, parts, Content.of(element), styles, inset))
    return tuple(found)


def _candidates(
    elements: Iterable[Element], style_for: StyleFor, inset: float
) -> Iterator[tuple[Element, float]]:
    """Give the elements that hold justified text, and how much narrower than a column."""
    for element in elements:
        computed = style_for(element)
        if computed is None or GRID in element.attrib:
            continue
        within = edges_of(computed)
        if computed["display"][0] != "block" or within is None:
            continue
        if computed["text_align_all"] == "justify" and not is_east_asian(computed["lang"] or ""):
            yield element, inset + within
        yield from _candidates(element, style_for, inset + within)
