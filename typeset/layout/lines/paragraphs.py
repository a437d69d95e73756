"""Reads paragraphs as words, among which line ends are chosen, from elements and their styles.

What cannot be divided or is framed (a note's call, a link back) is an atom: it has a width, and no
line ends within it.  What is not understood at all leaves its paragraph to the engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from typeset.layout.engine.styles import ComputedStyle, StyleFor
from typeset.layout.lines.break_points import InnerBreak, Word
from typeset.layout.lines.demerits import DemeritSettings
from typeset.layout.lines.font_book import FontBook
from typeset.layout.lines.hanging import hanging_left, hanging_right
from typeset.layout.lines.hyphenation import divisions, penalty_of
from typeset.layout.lines.shaping import Style, Uncovered

__all__ = [
    "ATOM",
    "HYPHEN",
    "KnownWords",
    "Paragraph",
    "Piece",
    "edges_of",
    "indent_of",
    "read_paragraph",
]

ATOM = "\ufffc"
"""The character for an atom in a paragraph's text."""
HYPHEN = "-"
_BREAK = "\n"
"""The character for a forced line break in a paragraph's text."""
_SPACES = " \u00a0"
"""The spaces that the engine makes wider to justify a line."""
_WHITE = re.compile("[ \t\n\r\f]+")
_UNKNOWN = frozenset({"img", "svg", "table", "ul", "ol", "dl", "pre", "hr", "div", "p"})
_INHERITED = ("white-space", "text-align-last", "hyphens", "overflow-wrap", "widows")
"""What a paragraph is given for its lines, and hands down."""
KnownWords = dict[tuple[object, ...], Word]
"""Words measured already, by their texts and all of their styles that counts."""
_EDGES = tuple(
    f"{kind}_{side}{suffix}"
    for side in ("left", "right")
    for kind, suffix in (("margin", ""), ("padding", ""), ("border", "_width"))
)


class _NotUnderstood(Exception):
    """A paragraph has content that we cannot set."""


@dataclass(slots=True)
class Piece:
    """A run of text in one style, or an atom."""

    start: int
    text: str
    path: tuple[Element, ...]
    """The elements around it, from the paragraph's child inwards."""
    computed: ComputedStyle
    atom: Element | None = None
    width: float = 0.0
    """Of an atom, in pixels."""
    binds: bool = False
    """Whether no line ends at its spaces."""

    @property
    def end(self) -> int:
        """Where it ends in the paragraph's text."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Below:
    """A block that stands below the text in the same element."""

    element: Element
    style: str
    """Its own inline style with what else it must not inherit from lines that we set."""

    @classmethod
    def of(cls, element: Element, computed: ComputedStyle) -> Below:
        """Take note of a block and its style."""
        kept = [f"{name}: {computed[name.replace('-', '_')]}" for name in _INHERITED]
        return cls(element, "; ".join([*filter(None, [element.get("style")]), *kept]))

    def settle(self) -> None:
        """Let it stand below lines that we set."""
        # White space after it would be kept as an empty line.
        self.element.tail = None
        self.element.set("style", self.style)


@dataclass(slots=True)
class Paragraph:
    """A paragraph's text, in pieces."""

    element: Element
    pieces: list[Piece]
    text: str
    computed: ComputedStyle
    indent: float
    """Of its first line, in pixels; negative where that hangs."""
    below: tuple[Below, ...] = ()
    """The blocks that the element holds below its text, such as a list within an item."""

    def segments(self, start: int, end: int) -> Iterator[tuple[Piece, int, int]]:
        """Give the parts of pieces between two places of the text."""
        for piece in self.pieces:
            first, last = max(start, piece.start), min(end, piece.end)
            if first < last:
                yield piece, first, last

    def width(
        self, book: FontBook, start: int, end: int, *, step: int = 0, after: str = ""
    ) -> float:
        """Return the natural width of a part of the text.

        Args:
            book: the fonts.
            start: where it begins.
            end: where it ends.
            step: by how many thousandths letters of the paragraph's own family are expanded.
            after: what is added at its end, such as a hyphen.
        """
        total = 0.0
        parts = list(self.segments(start, end))
        for piece, first, last in parts:
            if piece.atom is not None:
                total += piece.width
                continue
            text = self.text[first:last] + (after if piece is parts[-1][0] else "")
            total += self.style(book, piece, step).width(text, spaces_apart=True)
        return total

    def hanging(
        self, book: FontBook, start: int, end: int, *, step: int = 0, after: str = ""
    ) -> tuple[float, float]:
        """Return what hangs over either edge, in pixels, if a line is a part of the text.

        Args:
            book: the fonts.
            start: where it begins.
            end: where it ends.
            step: by how many thousandths its letters are expanded.
            after: what is added at its end, such as a hyphen.
        """
        first, last = self.text[start], after or self.text[end - 1]
        left, right = hanging_left(first), hanging_right(last)
        if not start and "list-item" in self.computed["display"]:
            left = 0.0  # else it would touch the bullet
        if left:
            left *= self.style(book, self._piece_at(start), step).width(first)
        if right:
            right *= self.style(book, self._piece_at(end - 1), step).width(last)
        return left, right

    def style(self, book: FontBook, piece: Piece, step: int) -> Style:
        """Return what measures a piece, its letters expanded if they are the paragraph's own."""
        own = piece.computed["font_family"] == self.computed["font_family"]
        style = book.style(piece.computed, step if own else 0)
        if style is None:
            raise _NotUnderstood
        return style

    def spaces(self, start: int, end: int) -> int:
        """Count the spaces of a part of the text that the engine can widen."""
        return sum(self.text.count(space, start, end) for space in _SPACES)

    def parts(
        self, book: FontBook, settings: DemeritSettings, known: KnownWords
    ) -> list[list[Word]] | None:
        """Return the words with the places where they may be divided; None if that is unknown.

        Args:
            book: the fonts.
            settings: what the places cost.
            known: the words of other paragraphs with the same fonts and settings; gets more.

        Returns:
            The words by parts, between which a line's end is forced; each part has some.
        """
        try:
            return [
                [
                    self._known_word(book, settings, known, *places)
                    for places in self._word_places(start, end)
                ]
                for start, end in self._part_places()
            ]
        except (Uncovered, _NotUnderstood):
            return None

    def _part_places(self) -> Iterator[tuple[int, int]]:
        start = 0
        for part in self.text.split(_BREAK):
            yield start, start + len(part)
            start += len(part) + len(_BREAK)

    def _word_places(self, begin: int, end: int) -> Iterator[tuple[int, int]]:
        start = begin
        for place in range(begin, end):
            if self.text[place] == " " and not self._piece_at(place).binds:
                if place > start:
                    yield start, place
                start = place + 1
        if start < end:
            yield start, end

    def _piece_at(self, place: int) -> Piece:
        return next(piece for piece in self.pieces if piece.start <= place < piece.end)

    def _known_word(
        self, book: FontBook, settings: DemeritSettings, known: KnownWords, start: int, end: int
    ) -> Word:
        """Return a word, which is measured only where it stands for the first time."""
        space = 0.0
        if self.text[end : end + 1] == " ":
            space = self.style(book, self._piece_at(end), 0).width(" ")
        piece = self._piece_at(start)
        # What hangs depends on the paragraph where it begins.
        if not start or end > piece.end or piece.atom is not None or piece.binds:
            return self._word(book, settings, start, end).at(start, space)
        computed = piece.computed
        # The book keeps one object for each style.
        style = id(self.style(book, piece, 0))
        key = self.text[start:end], style, computed["hyphens"], computed["lang"]
        if key not in known:
            known[key] = self._word(book, settings, start, end)
        return known[key].at(start, space)

    def _word(self, book: FontBook, settings: DemeritSettings, start: int, end: int) -> Word:
        """Return a word without the space that follows it."""
        word = self.text[start:end]
        breaks = []
        for place, division in self._divisions(start, end, word):
            mark = HYPHEN if division.hyphen else ""
            _, before = self.hanging(book, start, place, after=mark)
            after, _ = self.hanging(book, place, end)
            breaks.append(
                InnerBreak(
                    position=place,
                    hyphen=division.hyphen,
                    ends_in_hyphen=division.ends_in_hyphen,
                    penalty=penalty_of(division.kind, settings),
                    before=self.width(book, start, place, after=mark) - before,
                    after=self.width(book, place, end) - after,
                )
            )
        left, right = self.hanging(book, start, end)
        return Word(
            start=start,
            end=end,
            hanging_left=left,
            hanging_right=right,
            width=self.width(book, start, end),
            space=0.0,
            breaks=tuple(breaks),
            letters=sum(map(str.isalnum, word)),
        )

    def _divisions(self, start: int, end: int, word: str) -> Iterator[tuple[int, Any]]:
        parts = list(self.segments(start, end))
        if any(piece.binds for piece, _, _ in parts):
            return
        computed = parts[0][0].computed
        auto = all(piece.computed["hyphens"] == "auto" for piece, _, _ in parts)
        language = computed["lang"] if auto else ""
        for division in divisions(word, language or ""):
            place = start + division.position
            # A hyphen is set in the style of what stands before it.
            if self._piece_at(place - 1).atom is None:
                yield place, division


def edges_of(computed: ComputedStyle) -> float | None:
    """Return the width of an element's margins, paddings and borders; None if it is not known."""
    try:
        return sum(_edge(computed[name]) for name in _EDGES)
    except _NotUnderstood:
        return None


def read_paragraph(element: Element, style_for: StyleFor, book: FontBook) -> Paragraph | None:
    """Return a paragraph's text in pieces, or None if it holds what we do not set.

    Args:
        element: the paragraph.
        style_for: gives the engine's styles.
        book: the fonts.
    """
    computed = style_for(element)
    if computed is None:
        return None
    reader = _Reader(style_for, book)
    try:
        reader.read(element, (), computed)
        reader.end_line()
    except (_NotUnderstood, Uncovered):
        return None
    text = "".join(piece.text for piece in reader.pieces)
    # A part without a word would be an empty line.
    if not all(text.split(_BREAK)):
        return None
    return Paragraph(
        element, reader.pieces, text, computed, indent_of(computed), tuple(reader.below)
    )


def indent_of(computed: ComputedStyle) -> float:
    """Return the indent of a paragraph's first line, in pixels."""
    indent = computed["text_indent"]
    return float(indent.value) if indent.unit == "px" else 0.0


class _Reader:
    """Goes through a paragraph and collects its pieces, white space collapsed."""

    def __init__(self, style_for: StyleFor, book: FontBook) -> None:
        self._style_for = style_for
        self._book = book
        self._place = 0
        self._after_space = True
        self.pieces: list[Piece] = []
        self.below: list[Below] = []

    def read(self, element: Element, path: tuple[Element, ...], computed: ComputedStyle) -> None:
        self._take(element.text, path, computed)
        for child in element:
            style = self._style_for(child)
            if not path and self._stands_below(child, style):
                continue
            if child.tag == "br":
                self.end_line()
                self._add(_BREAK, path, computed)
                self._after_space = True
                self._take(child.tail, path, computed)
                continue
            if style is None or child.tag in _UNKNOWN or not isinstance(child.tag, str):
                raise _NotUnderstood
            if style["display"] == ("inline", "flow") and not self._is_framed(child, style):
                if not len(child) and not child.text:
                    raise _NotUnderstood
                self.read(child, (*path, child), style)
            elif style["display"] in (("inline", "flow"), ("inline", "flow-root")):
                self._add(ATOM, path, computed, child, self._width_of(child, style))
                self._after_space = False
            else:
                raise _NotUnderstood
            self._take(child.tail, path, computed)

    def _stands_below(self, child: Element, style: ComputedStyle | None) -> bool:
        """Return whether a child is a block below the text, and take note of it if so."""
        if style is None or style["display"][0] != "block" or child.tag == "p":
            if self.below:
                raise _NotUnderstood
            return False
        if (child.tail or "").strip():
            raise _NotUnderstood
        self.below.append(Below.of(child, style))
        return True

    def end_line(self) -> None:
        """Remove the white space before the end of a line, where it is never set."""
        while self.pieces and self.pieces[-1].atom is None:
            last = self.pieces[-1]
            last.text = last.text.rstrip(" ")
            if last.text:
                break
            self.pieces.pop()
        self._place = self.pieces[-1].end if self.pieces else 0

    def _take(self, text: str | None, path: tuple[Element, ...], computed: ComputedStyle) -> None:
        if not text:
            return
        if computed["letter_spacing"] != "normal" or computed["position"] not in (
            "static",
            "relative",
        ):
            raise _NotUnderstood
        text = _WHITE.sub(" ", text)
        if self._after_space:
            text = text.removeprefix(" ")
        if text:
            self._after_space = text.endswith(" ")
            self._add(text, path, computed)

    def _add(
        self,
        text: str,
        path: tuple[Element, ...],
        computed: ComputedStyle,
        atom: Element | None = None,
        width: float = 0.0,
    ) -> None:
        binds = computed["white_space"] == "nowrap"
        self.pieces.append(Piece(self._place, text, path, computed, atom, width, binds))
        self._place += len(text)

    def _is_framed(self, element: Element, style: ComputedStyle) -> bool:
        return any(map(_edge, (style[name] for name in _EDGES))) or any(
            self._pseudo(element, kind) is not None for kind in ("before", "after")
        )

    def _pseudo(self, element: Element, kind: str) -> ComputedStyle | None:
        style = self._style_for(element, kind)
        if style is None or style["content"] in ("none", "normal", "inhibit"):
            return None
        return style

    def _width_of(self, element: Element, style: ComputedStyle) -> float:
        """Return the width of an atom, with its margins."""
        edges = sum(_edge(style[name]) for name in _EDGES)
        if style["display"][1] == "flow-root":
            width = style["width"]
            if width == "auto" or width.unit != "px":
                raise _NotUnderstood
            return edges + float(width.value)
        return (
            edges
            + self._text_width(element, style)
            + sum(self._pseudo_width(element, kind) for kind in ("before", "after"))
        )

    def _text_width(self, element: Element, style: ComputedStyle) -> float:
        if len(element):
            raise _NotUnderstood
        measure = self._book.style(style)
        if measure is None:
            raise _NotUnderstood
        return measure.width(_WHITE.sub(" ", element.text or ""), spaces_apart=True)

    def _pseudo_width(self, element: Element, kind: str) -> float:
        style = self._pseudo(element, kind)
        if style is None:
            return 0.0
        measure = self._book.style(style)
        if measure is None or any(item[0] != "string" for item in style["content"]):
            raise _NotUnderstood
        edges = sum(_edge(style[name]) for name in _EDGES)
        text = "".join(item[1] for item in style["content"])
        return edges + measure.width(text, spaces_apart=True)


def _edge(value: Any) -> float:
    """Return the width in pixels of a margin, a padding or a border."""
    if isinstance(value, int | float):
        return float(value)
    if value == "auto":
        return 0.0
    if value.unit != "px":
        raise _NotUnderstood
    return float(value.value)
