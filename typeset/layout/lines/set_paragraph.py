"""A paragraph that is set by us: its lines chosen and put in the place of its content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import ceil

from typeset.layout.lines.break_points import Word
from typeset.layout.lines.demerits import DemeritSettings
from typeset.layout.lines.font_book import STEPS, FontBook
from typeset.layout.lines.line_styles import LineStyles
from typeset.layout.lines.paragraphs import HYPHEN, Paragraph
from typeset.layout.lines.rewrite import Content, SetLineOf, rebuild
from typeset.layout.lines.shaping import Uncovered
from typeset.layout.lines.total_fit import Line, Variant, break_paragraph, vary_paragraph

__all__ = ["SETTINGS", "Lines", "SetParagraph"]

_KEPT_FREE = 0.15
"""In pixels, of every line: what roundings may add up to."""
_SPACING_STEP = 0.035
"""In pixels: spaces are made narrower by whole steps, so that lines share styles.  The engine makes
them wider again by the rest, as it justifies the line.  Few steps make half a pixel, or a multiple
of it, of which Pango loses a half where a text begins or ends with a space."""
_LEAST_VARIED = 4
"""A paragraph of fewer lines is never set longer or shorter."""
_MARK = "\u200b"
"""What stands beside a lone space; the engine itself adds one, too."""
SETTINGS = DemeritSettings(
    stretch=0.45,
    shrink=0.3,
    hyphen=35,
    capital_hyphen=110,
    double_hyphen=4000,
    uneven=1500,
)
"""Tried on the sample issues and on texts in five languages (``tests/benchmarks/lines.py``): of
many settings alike these leave the fewest wide spaces, without a ladder or a runt."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a paragraph, with the elements that they are."""

    widths: list[float]
    lines: list[SetLineOf]
    naturals: list[float]
    content: Content


@dataclass(slots=True)
class SetParagraph:
    """A paragraph that is set by us."""

    paragraph: Paragraph
    parts: list[list[Word]]
    """Its words; each part ends a line."""
    content: Content
    styles: LineStyles
    """Takes the styles of its lines."""
    inset: float
    """By how much it is narrower than its column, in pixels."""
    widths: list[float] = field(default_factory=list)
    """Of its lines, in pixels; the last one holds for all that follow."""
    lines: list[SetLineOf] = field(default_factory=list)
    naturals: list[float] = field(default_factory=list)
    """The width of each line before its spaces are stretched, with what stays empty at its end."""
    barred: set[int] = field(default_factory=set)
    """The places in the text where no word is to be divided."""

    def taken(self) -> Lines:
        """Return its lines as they are now."""
        content = Content.of(self.paragraph.element)
        return Lines(self.widths, self.lines, self.naturals, content)

    def use(self, lines: Lines) -> None:
        """Have lines again that were taken before."""
        self.widths, self.lines, self.naturals = lines.widths, lines.lines, lines.naturals
        lines.content.restore()

    def _words(self) -> Iterator[list[Word]]:
        """Give the words of each part, without the places that are barred."""
        for part in self.parts:
            yield [
                replace(
                    word,
                    breaks=tuple(one for one in word.breaks if one.position not in self.barred),
                )
                if self.barred
                else word
                for word in part
            ]

    def spare_hyphen(self, book: FontBook, number: int, *, at_any_cost: bool) -> bool:
        """Choose the lines again so that one does not end in a hyphen; return whether that went.

        Args:
            book: the fonts.
            number: the line, from 0.
            at_any_cost: whether to do so even if the paragraph then has more lines, or fewer.
        """
        if not 0 <= number < len(self.lines) or not self.lines[number].hyphen:
            return False
        count, barred = len(self.lines), set(self.barred)
        lines, naturals = self.lines, self.naturals
        # Without one hyphen there the line may end in another.
        while len(lines) == count and lines[number].hyphen:
            self.barred.add(lines[number].end)
            chosen = self._chosen(book, self.widths)
            if chosen is None:
                break
            lines, naturals = chosen
        else:
            if len(lines) == count or at_any_cost:
                self._take(self.widths, lines, naturals)
                return True
        self.barred = barred
        return False

    def choose(self, book: FontBook, widths: Sequence[float]) -> bool:
        """Choose the lines for some widths and rewrite the paragraph; return whether that went.

        Args:
            book: the fonts.
            widths: of the first lines in turn, the last one holding for all that follow.
        """
        chosen = self._chosen(book, widths)
        if chosen is None:
            return False
        self._take(widths, *chosen)
        return True

    def variants(self, book: FontBook) -> dict[int, Variant]:
        """Return the best ways to set it with one line more (1) and with one fewer (-1).

        There are none if it is short, or has forced ends of lines, or lines of several widths.
        """
        if len(self.parts) > 1 or len(self.widths) > 1 or len(self.lines) < _LEAST_VARIED:
            return {}
        (words,) = self._words()
        return vary_paragraph(
            words,
            self.widths[0] - _KEPT_FREE,
            len(self.lines),
            indent=self.paragraph.indent,
            settings=SETTINGS,
            expansion_steps=self._steps(book),
        )

    def vary(self, book: FontBook, variant: Variant) -> None:
        """Have the lines of a variant, if they can be set."""
        fitted = [(line, line is variant.lines[-1]) for line in variant.lines]
        chosen = self._measured(book, self.widths, fitted)
        if chosen is not None:
            self._take(self.widths, *chosen)

    def _chosen(
        self, book: FontBook, widths: Sequence[float]
    ) -> tuple[list[SetLineOf], list[float]] | None:
        """Return the best lines for some widths, and how wide they are; None if none fit."""
        fitted = self._fitted(book, widths)
        return None if fitted is None else self._measured(book, widths, fitted)

    def _measured(
        self, book: FontBook, widths: Sequence[float], fitted: Sequence[tuple[Line, bool]]
    ) -> tuple[list[SetLineOf], list[float]] | None:
        """Return lines as they are set, and how wide they are; None if one does not fit.

        Args:
            book: the fonts.
            widths: of the first lines in turn, the last one holding for all that follow.
            fitted: the lines, and of each whether it is the last of its part.
        """
        paragraph = self.paragraph
        lines, naturals = [], []
        for number, (line, is_last) in enumerate(fitted):
            room = widths[min(number, len(widths) - 1)] - _KEPT_FREE
            room -= 0 if number else paragraph.indent
            mark = HYPHEN if line.hyphen else ""
            try:
                natural = paragraph.width(
                    book, line.start, line.end, step=line.expansion, after=mark
                )
                left, right = paragraph.hanging(
                    book, line.start, line.end, step=line.expansion, after=mark
                )
            except Uncovered:
                return None
            natural -= left + right
            spaces = paragraph.spaces(line.start, line.end)
            if natural > room and not spaces:
                return None
            spacing = 0.0
            if natural > room:
                spacing = -_SPACING_STEP * ceil((natural - room) / spaces / _SPACING_STEP)
            rest = room - natural if is_last and natural < room else 0.0
            lines.append(
                SetLineOf(
                    start=line.start,
                    end=line.end,
                    hyphen=line.hyphen,
                    step=line.expansion,
                    word_spacing=spacing,
                    margins=(-left, rest - right),
                    is_last=is_last,
                )
            )
            naturals.append(natural + spacing * spaces + rest)
        return lines, naturals

    def _take(self, widths: Sequence[float], lines: list[SetLineOf], naturals: list[float]) -> None:
        """Rewrite the paragraph with the lines that were chosen."""
        self.widths, self.lines, self.naturals = list(widths), lines, naturals
        self.content.restore()
        rebuild(self.paragraph, lines, self.styles)

    def _fitted(self, book: FontBook, widths: Sequence[float]) -> list[tuple[Line, bool]] | None:
        """Return the lines, and of each whether it is the last of its part; None if none fit."""
        fitted: list[tuple[Line, bool]] = []
        for words in self._words():
            lines = break_paragraph(
                words,
                [width - _KEPT_FREE for width in widths[min(len(fitted), len(widths) - 1) :]],
                indent=0 if fitted else self.paragraph.indent,
                settings=SETTINGS,
                expansion_steps=self._steps(book),
            )
            if lines is None:
                return None
            fitted += [(line, line is lines[-1]) for line in lines]
        return fitted

    def _steps(self, book: FontBook) -> tuple[int, ...]:
        """Return by how many thousandths its letters may be scaled."""
        return STEPS if self.paragraph.computed["font_family"][0] in book.expandable else ()

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
