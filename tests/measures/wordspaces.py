"""Measures word spaces: the lines of paragraphs in a finished PDF.

Which words are a paragraph's is known from the document that was laid out.  Rows of glyphs are
matched with them in order, so that headings, captions and figures between them do not count, and so
that a paragraph's last line is known for certain.

By hand: ``python -m tests.measures.wordspaces ISSUE`` builds an issue and prints its figures.
"""

from __future__ import annotations

import argparse
import re
import statistics
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element

from fontTools.ttLib import TTFont
from weasyprint import HTML

from tests.measures.glyphs import Glyph, glyphs_of
from typeset import build_issue, load_issue
from typeset.geometry import PageGeometry
from typeset.layout.protocol import SetLine
from typeset.pipeline.build import layout_job
from typeset.reports.lines import render_lines

__all__ = [
    "Paragraph",
    "Row",
    "Unmatched",
    "columns_of",
    "paragraphs_of",
    "rows_of",
    "set_lines",
    "space_of",
    "words_of",
]

_SAME_LINE = 1.0
"""How far the baselines of one row may differ, in points; rows are at least 9 points apart."""
_HYPHENS = "-\u00ad\u2010\x02\ufffe"
"""PDFium gives a hyphen at the end of a line as U+0002, and once gave it as U+FFFE."""
_IGNORED = frozenset(_HYPHENS + "[]\u200b")
"""What line breaking and styles change besides spaces: hyphens, and brackets of note calls."""
_BREAKING = frozenset(" \n\t")
"""A word space; one that does not break is not stretched by every setter."""
_MARKER = re.compile(r"•|–|\d+\.")
"""The marker before a list item."""
_OWN_BLOCKS = frozenset(("blockquote", "dl", "figure", "ol", "p", "pre", "table", "ul"))
_ASIDE = frozenset(("head", "notes", "table"))
"""Classes of elements in the columns that are not running text."""

ColumnAt = Callable[[int, float], int]
"""Returns the column, from 1, of a page and a place on it, in points from the left."""


class Unmatched(Exception):
    """The pages do not show all words of a paragraph in order."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The words of a paragraph."""

    element_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """The glyphs on one baseline of one column, from left to right, spaces left out."""

    page: int
    column: int
    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """The characters."""
        return "".join(glyph.character for glyph in self.glyphs)

    @property
    def size(self) -> float:
        """The size in which most of it is set, in points."""
        return statistics.mode(glyph.size for glyph in self.glyphs)

    def without_marker(self) -> Row:
        """Return the row without a list item's mark."""
        mark = _MARKER.match(self.text)
        return Row(self.page, self.column, self.glyphs[mark.end() :]) if mark else self

    def gap_before(self, position: int) -> float:
        """Return the space between two glyphs in ems, by the position of the second one."""
        return (self.glyphs[position].x - self.glyphs[position - 1].end) / self.size


def _keys(text: str) -> list[tuple[str, int]]:
    """Return the characters by which rows are matched with words, and where each one stands."""
    return [
        (key, position)
        for position, character in enumerate(text)
        for key in unicodedata.normalize("NFKD", character)
        if not key.isspace() and key not in _IGNORED
    ]


def words_of(text: str) -> str:
    """Return the characters of a text by which rows are matched with it."""
    return "".join(key for key, _ in _keys(text))


def space_of(font: bytes) -> float:
    """Return the width of a font's own word space, in ems."""
    with TTFont(BytesIO(font), lazy=True) as opened:
        width, _ = opened["hmtx"][opened.getBestCmap()[ord(" ")]]
        return float(width / opened["head"].unitsPerEm)


def paragraphs_of(html: str) -> Iterator[Paragraph]:
    """Yield the justified paragraphs of a document: plain ones, quoted ones, items of lists."""
    root: Element = HTML(string=html).etree_element
    for columns in root.iterfind(".//main/*[@class='columns']"):
        for block in columns:
            if not _ASIDE.intersection(block.get("class", "").split()):
                yield from _paragraphs_in(block, block.get("id", ""))


def _paragraphs_in(element: Element, element_id: str) -> Iterator[Paragraph]:
    element_id = element.get("id", element_id)
    if element.tag in {"p", "li", "dd"} and (text := "".join(_own_text(element))).strip():
        yield Paragraph(element_id, text)
    for child in element:
        if child.tag in {"blockquote", "dl", "dd", "li", "ol", "p", "ul"}:
            yield from _paragraphs_in(child, element_id)


def _own_text(element: Element) -> Iterator[str]:
    """Yield the text of an element up to the first block within it."""
    yield element.text or ""
    for child in element:
        if child.tag in _OWN_BLOCKS:
            return
        yield from _own_text(child)
        yield child.tail or ""


def columns_of(page: PageGeometry) -> ColumnAt:
    """Return a function that finds the column: one of two, or on page 1 one and the sidebar."""
    edge = (page.inner + page.first_width + page.width - page.outer - page.sidebar) / 2

    def column_at(number: int, x: float) -> int:
        return 1 + (x >= (edge if number == 1 else page.middle(number)))

    return column_at


def rows_of(glyphs: Iterable[Glyph], column_at: ColumnAt) -> list[Row]:
    """Group glyphs into rows, in the order of reading: page, column, from the top."""
    columns: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        columns.setdefault((glyph.page, column_at(glyph.page, glyph.x)), []).append(glyph)
    rows = []
    for (page, column), those in sorted(columns.items()):
        row: list[Glyph] = []
        for glyph in sorted(those, key=lambda glyph: glyph.baseline):
            if row and glyph.baseline - row[0].baseline > _SAME_LINE:
                rows.append(_row(page, column, row))
                row = []
            row.append(glyph)
        rows.append(_row(page, column, row))
    return rows


def _row(page: int, column: int, glyphs: list[Glyph]) -> Row:
    # The characters of a ligature stand at one place, and stay in their order.
    visible = [g for g in glyphs if not g.character.isspace() and g.character != "\u200b"]
    return Row(page, column, tuple(sorted(visible, key=lambda glyph: glyph.x)))


def set_lines(
    paragraphs: Iterable[Paragraph], rows: Sequence[Row], space: float | None = None
) -> list[SetLine]:
    """Find the lines of paragraphs on the pages.

    Args:
        paragraphs: the paragraphs, in order.
        rows: the rows of the pages, in order; there may be others between.
        space: the font's own word space in ems; None takes the median of last lines.

    Raises:
        Unmatched: if a paragraph is not found.
    """
    found: list[tuple[Paragraph, list[Row]]] = []
    keys = [words_of(row.text) for row in rows]
    start = 0
    for paragraph in paragraphs:
        places, shorn = _find(words_of(paragraph.text), rows, keys, start)
        if not places:
            raise Unmatched(f"{paragraph.element_id}: {paragraph.text[:60]}")
        those = [rows[place] for place in places]
        found.append((paragraph, [those[0].without_marker() if shorn else those[0], *those[1:]]))
        start = places[-1] + 1
    lines = [line for paragraph, those in found for line in _lines(paragraph, those)]
    if space is None:
        usual = [line.ratio for line in lines if line.last and line.ratio is not None]
        space = statistics.median(usual)
    return [
        replace(line, ratio=None if line.ratio is None else line.ratio / space) for line in lines
    ]


def _find(
    words: str, rows: Sequence[Row], keys: Sequence[str], start: int
) -> tuple[list[int], bool]:
    """Return which rows hold a paragraph, and whether a list's mark stands before the first."""
    for first in range(start, len(rows)):
        for shorn in (False, True):
            key = words_of(rows[first].without_marker().text) if shorn else keys[first]
            if key and words.startswith(key):
                places = _follow(words, keys, first, len(key))
                if places:
                    return places, shorn
    return [], False


def _follow(words: str, keys: Sequence[str], first: int, done: int) -> list[int]:
    """Return the rows that hold the words one after the other, others between them left out."""
    places = [first]
    for place in range(first + 1, len(keys)):
        if done == len(words):
            break
        if keys[place] and words.startswith(keys[place], done):
            places.append(place)
            done += len(keys[place])
    return places if done == len(words) else []


def _lines(paragraph: Paragraph, rows: Sequence[Row]) -> Iterator[SetLine]:
    """Yield a paragraph's lines, their word spaces in ems."""
    words = _keys(paragraph.text)
    done = 0
    for row in rows:
        keys = _keys(row.text)
        # Where a word begins is known from the words; the PDF need not have spaces as glyphs.
        gaps = [
            row.gap_before(keys[number][1])
            for number in range(1, len(keys))
            if _BREAKING.intersection(
                paragraph.text[words[done + number - 1][1] : words[done + number][1]]
            )
        ]
        start, done = words[done][1], done + len(keys)
        last = done == len(words)
        text = paragraph.text[start : None if last else words[done][1]].strip()
        hyphenated = row.text[-1] in _HYPHENS
        yield SetLine(
            page=row.page,
            column=row.column,
            element_id=paragraph.element_id,
            text=f"{text}-" if hyphenated and text[-1] not in _HYPHENS else text,
            ratio=statistics.fmean(gaps) if gaps else None,
            hyphenated=hyphenated,
            last=last,
        )


def main() -> None:
    """Build an issue and print how well its lines are set."""
    parser = argparse.ArgumentParser(
        description="Build an issue and print how well its lines are set.",
        prog="python -m tests.measures.wordspaces",
    )
    parser.add_argument("issue", type=Path)
    issue = parser.parse_args().issue
    loaded = load_issue(issue)
    with tempfile.TemporaryDirectory() as folder:
        build = build_issue(issue, output=folder)
        rows = rows_of(glyphs_of(build.outputs[0].path), columns_of(loaded.geometry))
    html = layout_job(loaded)().html
    space = space_of(loaded.design.theme.families[0].faces[0].data)
    lines = set_lines(paragraphs_of(html), rows, space)
    print(render_lines(lines, loaded.issue.place_of), end="")


if __name__ == "__main__":
    main()
