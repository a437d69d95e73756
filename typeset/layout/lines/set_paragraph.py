"""A paragraph that is set by us: its lines chosen and put in the place of its content."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
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


@dataclass(frozen=True, eq=False, slots=True)
class Lines:
    """The lines of a paragraph, with the elements that they are."""

    widths: tuple[float, ...]
    """Of its lines, in pixels; the last one holds for all that follow."""
    barred: frozenset[int]
    """The places in the text where no word was to be divided."""
    lines: tuple[SetLineOf, ...]
    naturals: tuple[float, ...]
    """The width of each line before its spaces are stretched, with what stays empty at its end."""
    content: Content


@dataclass(eq=False, slots=True)
class SetParagraph:
    """A paragraph that is set by us.

    All lines that were chosen for it are kept, so that none are chosen twice.
    """

    paragraph: Paragraph
    parts: list[list[Word]]
    """Its words; each part ends a line."""
    content: Content
    """What it held at first."""
    styles: LineStyles
    """Takes the styles of its lines."""
    inset: float
    """By how much it is narrower than its column, in pixels."""
    held: Lines | None = None
    """The lines that it holds now; None if it holds what it held at first."""
    _known: dict[object, Lines | None] = field(default_factory=dict)
    """The lines that were chosen, by what they were chosen for; None if none can be set."""
    _variants: dict[Lines, dict[int, Variant]] = field(default_factory=dict)

    def use(self, lines: Lines) -> None:
        """Have lines that were chosen before."""
        self.held = lines
        lines.content.restore()
        for below in self.paragraph.below:
            below.settle()

    def choose(self, book: FontBook, widths: Sequence[float]) -> bool:
        """Choose the lines for some widths and rewrite the paragraph; return whether that went.

        Args:
            book: the fonts.
            widths: of the first lines in turn, the last one holding for all that follow.
        """
        key = tuple(widths)
        if key not in self._known:
            self._known[key] = self._made(key, frozenset(), self._chosen(book, key, frozenset()))
        return self._used(self._known[key])

    def spare_hyphen(self, book: FontBook, number: int, *, at_any_cost: bool) -> bool:
        """Choose the lines again so that one does not end in a hyphen; return whether that went.

        Args:
            book: the fonts.
            number: the line, from 0.
            at_any_cost: whether to do so even if the paragraph then has more lines, or fewer.
        """
        held = self.held
        if held is None or not 0 <= number < len(held.lines) or not held.lines[number].hyphen:
            return False
        key = held, number, at_any_cost
        if key not in self._known:
            self._known[key] = self._spared(book, held, number, at_any_cost=at_any_cost)
        return self._used(self._known[key])

    def _spared(
        self, book: FontBook, held: Lines, number: int, *, at_any_cost: bool
    ) -> Lines | None:
        barred = set(held.barred)
        lines: Sequence[SetLineOf] = held.lines
        chosen = None
        # Without one hyphen there the line may end in another.
        while len(lines) == len(held.lines) and lines[number].hyphen:
            barred.add(lines[number].end)
            chosen = self._chosen(book, held.widths, barred)
            if chosen is None:
                return None
            lines = chosen[0]
        is_good = len(lines) == len(held.lines) or at_any_cost
        return self._made(held.widths, frozenset(barred), chosen) if is_good else None

    def variants(self, book: FontBook) -> dict[int, Variant]:
        """Return the best ways to set it with one line more (1) and with one fewer (-1).

        There are none if it is short, or has forced ends of lines, or lines of several widths.
        """
        held = self.held
        if (
            held is None
            or len(self.parts) > 1
            or len(held.widths) > 1
            or len(held.lines) < _LEAST_VARIED
        ):
            return {}
        if held not in self._variants:
            (words,) = self._words(held.barred)
            self._variants[held] = vary_paragraph(
                words,
                held.widths[0] - _KEPT_FREE,
                len(held.lines),
                indent=self.paragraph.indent,
                settings=SETTINGS,
                expansion_steps=self._steps(book),
            )
        return dict(self._variants[held])

    def vary(self, book: FontBook, variant: Variant) -> None:
        """Have the lines of a variant, if they can be set."""
        held = self.held
        assert held is not None, "variants are those of lines"
        key = held, variant
        if key not in self._known:
            fitted = [(line, line is variant.lines[-1]) for line in variant.lines]
            chosen = self._measured(book, held.widths, fitted)
            self._known[key] = self._made(held.widths, held.barred, chosen)
        self._used(self._known[key])

    def _used(self, lines: Lines | None) -> bool:
        """Have some lines, if there are any; return whether there are."""
        if lines is not None:
            self.use(lines)
        return lines is not None

    def _made(
        self,
        widths: tuple[float, ...],
        barred: frozenset[int],
        chosen: tuple[list[SetLineOf], list[float]] | None,
    ) -> Lines | None:
        """Return lines as elements, which the paragraph then holds; None if there are none."""
        if chosen is None:
            return None
        lines, naturals = chosen
        self.content.restore()
        rebuild(self.paragraph, lines, self.styles)
        content = Content.of(self.paragraph.element)
        return Lines(widths, barred, tuple(lines), tuple(naturals), content)

    def _words(self, barred: Collection[int]) -> Iterator[list[Word]]:
        """Give the words of each part, without the places that are barred."""
        for part in self.parts:
            yield [
                replace(
                    word,
                    breaks=tuple(one for one in word.breaks if one.position not in barred),
                )
                if barred
                else word
                for word in part
            ]

    def _chosen(
        self, book: FontBook, widths: Sequence[float], barred: Collection[int]
    ) -> tuple[list[SetLineOf], list[float]] | None:
        """Return the best lines for some widths, and how wide they are; None if none fit."""
        fitted = self._fitted(book, widths, barred)
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

    def _fitted(
        self, book: FontBook, widths: Sequence[float], barred: Collection[int]
    ) -> list[tuple[Line, bool]] | None:
        """Return the lines, and of each whether it is the last of its part; None if none fit."""
        fitted: list[tuple[Line, bool]] = []
        for words in self._words(barred):
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
        assert self.held is not None
        return [
            "".join(self._texts_of(line)).replace("\u00ad", "").replace(_MARK, "")
            + (HYPHEN if line.hyphen else "")
            for line in self.held.lines
        ]

    def _texts_of(self, line: SetLineOf) -> Iterator[str]:
        for piece, first, last in self.paragraph.segments(line.start, line.end):
            if piece.atom is None:
                yield self.paragraph.text[first:last]
            else:
                yield "".join(piece.atom.itertext())
