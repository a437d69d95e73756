"""Lays out small issues in this process, and finds what is where on their pages.

:func:`lay_out_issue` lays out once; a module keeps the pages in a fixture of its own scope::

    @pytest.fixture(scope="module")
    def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
        return lay_out_issue(write_publication(tmp_path_factory.mktemp("issue")))

The places of glyphs are read from the finished PDF.  :attr:`LaidOut.boxes` comes from the engine,
and serves only to find the part of a page that a test examines.
"""

from __future__ import annotations

import ctypes
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count, islice
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from tests.in_process import lay_out_here
from tests.measures.glyphs import Glyph, glyphs_of
from tests.measures.grid import Line, lines_of
from typeset.diagnostics import Report
from typeset.editions import offprints_of
from typeset.geometry import PageGeometry
from typeset.html import print_job
from typeset.layout.protocol import (
    Box,
    LaidOut,
    LayoutJob,
)
from typeset.model import Offprint
from typeset.pipeline.build import LoadedIssue, layout_job, load_issue
from typeset.preflight import Subject, preflight

__all__ = [
    "FONTS",
    "HANGING",
    "MAIN",
    "SECOND",
    "SIDEBAR",
    "Link",
    "Pages",
    "Row",
    "Shape",
    "lay_out_issue",
    "lay_out_offprint",
    "lines_of_pages",
    "paragraph",
    "plain",
    "prose",
    "with_css",
]

MAIN, SECOND, SIDEBAR = 0, 1, 2
"""Columns: the first (on page 1 the only one), the second, and the front page's sidebar."""

HANGING = 2.6
"""How far a hyphen or a stop may hang over the edge of justified text, in points."""
_SAME_LINE = 1.0
"""How far the baselines of one row may differ, in points; rows are at least 10 points apart."""
_HYPHENS = "-\u00ad\u2010\x02\ufffe"
"""PDFium gives a hyphen at the end of a line as U+0002, and once gave it as U+FFFE."""
_GAP = re.compile(rf"[{_HYPHENS}\s\u200b]+")


def plain(text: str) -> str:
    """Return a text without spaces and hyphens, which line breaking changes."""
    return _GAP.sub("", text)


@dataclass(frozen=True, slots=True)
class Row:
    """The glyphs on one baseline of one column, from left to right."""

    page: int
    column: int
    baseline: float
    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """The characters, spaces included."""
        return "".join(glyph.character for glyph in self.glyphs)

    @property
    def is_hyphenated(self) -> bool:
        """Whether the row ends with a hyphen."""
        return self.text.rstrip()[-1] in _HYPHENS

    @property
    def left(self) -> float:
        """Where the first glyph begins."""
        return self.glyphs[0].x


@dataclass(frozen=True, slots=True)
class Shape:
    """A painted path, with the color that fills it."""

    box: Box
    color: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Link:
    """An annotation that leads somewhere: to the web, or to a place on a page."""

    area: Box
    said: str
    """The text for screen readers."""
    uri: str | None
    page: int
    """The page that it leads to; 0 where it leads to the web."""
    top: float
    """The height that it leads to, in points from the top of that page."""

    def is_beside(self, glyph: Glyph) -> bool:
        """Return whether the area is on the line of a glyph."""
        middle = (self.area.top + self.area.bottom) / 2
        return glyph.page == self.area.page and abs(glyph.baseline - 3 - middle) < 4.5

    def covers(self, glyph: Glyph) -> bool:
        """Return whether the area covers a glyph."""
        return self.is_beside(glyph) and self.area.left - 1 <= glyph.x <= self.area.right + 1


@dataclass(frozen=True)
class Pages:
    """An issue's finished pages."""

    loaded: LoadedIssue
    laid_out: LaidOut
    path: Path
    """The PDF file."""

    offprint: Offprint | None = None
    """The article, if it was printed by itself."""

    @property
    def geometry(self) -> PageGeometry:
        return self.loaded.geometry

    @property
    def lead(self) -> str:
        """The id of the first article."""
        return self.loaded.issue.articles[0].id

    @cached_property
    def report(self) -> Report:
        """Every diagnostic, as a build would report it."""
        report = Report(list(self.loaded.report))
        preflight(
            Subject(
                self.loaded.manifest,
                self.loaded.issue,
                self.geometry,
                self.laid_out,
                self.offprint,
            ),
            report,
        )
        return report

    @cached_property
    def glyphs(self) -> tuple[Glyph, ...]:
        """Every glyph, in the order of the file's content."""
        return tuple(glyphs_of(self.path))

    def box(self, element_id: str) -> Box:
        """Return where an element stands that is on one page only."""
        (box,) = self.laid_out.boxes[element_id]
        return box

    def column_of(self, page: int, x: float) -> int:
        """Return the column that a place on a page belongs to."""
        geometry = self.geometry
        if page == 1:
            edge = (
                geometry.inner + geometry.first_width + (self.sidebar_left - self.first_right) / 2
            )
            return SIDEBAR if x >= edge else MAIN
        return SECOND if x >= geometry.middle(page) else MAIN

    def edges(self, page: int, column: int) -> tuple[float, float]:
        """Return where a column begins and ends."""
        geometry = self.geometry
        if page == 1:
            right = geometry.width - geometry.outer
            return (
                (self.sidebar_left, right)
                if column == SIDEBAR
                else (geometry.inner, self.first_right)
            )
        left = geometry.left(page) + (geometry.column_width + geometry.gap) * (column == SECOND)
        return left, left + geometry.column_width

    @property
    def first_right(self) -> float:
        """Where the front page's one column ends."""
        return self.geometry.inner + self.geometry.first_width

    @property
    def sidebar_left(self) -> float:
        """Where the sidebar begins."""
        return self.geometry.width - self.geometry.outer - self.geometry.sidebar

    def is_text_area(self, page: int, y: float) -> bool:
        """Return whether a height is between the top and bottom margins of a page."""
        geometry = self.geometry
        top = geometry.first_top if page == 1 else geometry.top
        return top <= y <= geometry.height - geometry.bottom

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows of the text area, in the order of reading: page, column, from the top."""
        within = [g for g in self.glyphs if self.is_text_area(g.page, g.baseline)]
        return tuple(_rows(within, self.column_of))

    def across(self, box: Box) -> list[Row]:
        """Return the rows inside a box, each over its whole width, from the top."""
        within = [
            g
            for g in self.glyphs
            if g.page == box.page
            and box.top < g.baseline < box.bottom
            and box.left - 1 < g.x < box.right
        ]
        return list(_rows(within, lambda _page, _x: MAIN))

    def end_of(self, row: Row) -> float:
        """Return where the ink of a row ends."""
        limit = self.edges(row.page, row.column)[1]
        return max(
            ink.right
            for ink in self.ink
            if ink.page == row.page
            and row.left - 1 < ink.left < limit
            and ink.top < row.baseline < ink.bottom + row.glyphs[0].size / 2
            and row.baseline > ink.bottom - row.glyphs[0].size / 2
        )

    def rows_in(self, page: int, column: int) -> list[Row]:
        """Return the rows of one column of one page, from the top."""
        return [row for row in self.rows if (row.page, row.column) == (page, column)]

    def running(self, page: int) -> list[Glyph]:
        """Return what stands above and below the text area of a page."""
        return [
            g
            for g in self.glyphs
            if g.page == page
            and not g.character.isspace()
            and not self.is_text_area(page, g.baseline)
        ]

    def find(self, text: str) -> list[list[Glyph]]:
        """Return the glyphs of each occurrence of a text, which ignores spaces and hyphens."""
        wanted = plain(text)
        glyphs, string = self._stream
        return [
            list(glyphs[match.start() : match.end()])
            for match in re.finditer(re.escape(wanted), string)
        ]

    def the(self, text: str) -> list[Glyph]:
        """Return the glyphs of a text that occurs once only."""
        found = self.find(text)
        assert len(found) == 1, f"{text!r} stands on the pages {len(found)} times"
        return found[0]

    @cached_property
    def _stream(self) -> tuple[tuple[Glyph, ...], str]:
        """The text without spaces and without what is in the margins.

        What stands above and beside the lead article comes first: it is painted after the text
        that flows on from there.
        """
        lead = self.laid_out.boxes[self.lead][0]
        kept = sorted(
            (
                g
                for g in self.glyphs
                if self.is_text_area(g.page, g.baseline) and not _GAP.fullmatch(g.character)
            ),
            key=lambda g: (
                g.page,
                g.page == lead.page == 1 and g.baseline > lead.top and g.x < self.sidebar_left,
            ),
        )
        return tuple(kept), "".join(g.character for g in kept)

    @cached_property
    def ink(self) -> tuple[Box, ...]:
        """The box that each visible glyph paints."""
        return tuple(_ink_of(self.path))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every link, in the order of the pages."""
        with pikepdf.open(self.path) as pdf:
            return tuple(_links_of(pdf))

    def shapes(self, page: int) -> list[Shape]:
        """Return the filled paths on a page."""
        with pypdfium2.PdfDocument(self.path) as document:
            return list(_shapes_on(document[page - 1], page))


def lay_out_issue(
    folder: Path,
    *,
    change: Callable[[LayoutJob], LayoutJob] = lambda job: job,
    output: Path | None = None,
    cold: bool = False,
) -> Pages:
    """Lay out the issue in a folder, without a child process.

    Args:
        folder: the issue's folder.
        change: makes another job of the issue's own.
        output: the folder for the PDF; None means the publication's.
        cold: whether to do so with an engine of its own, as if nothing had been laid out before.
    """
    loaded = load_issue(folder)
    job = change(layout_job(loaded)())
    laid_out = lay_out_here(job, cold=cold)
    path = _free(output or folder.parent, folder.name)
    path.write_bytes(laid_out.pdf)
    return Pages(loaded, laid_out, path)


def lay_out_offprint(pages: Pages, number: int) -> Pages:
    """Lay out an article of an issue by itself.

    Args:
        pages: those of the whole issue, which give the folios.
        number: the article's position, from 1.
    """
    loaded = pages.loaded
    *_, offprint = islice(offprints_of(loaded.issue, pages.laid_out), number)
    job = print_job(offprint.issue, loaded.design, loaded.issue.date, (), offprint)
    laid_out = lay_out_here(job)
    path = _free(pages.path.parent, f"{pages.path.stem}-offprint")
    path.write_bytes(laid_out.pdf)
    return Pages(replace(loaded, issue=offprint.issue), laid_out, path, offprint)


def _free(folder: Path, name: str) -> Path:
    """Return an unused path, since earlier pages are read only when they are first used."""
    names = (f"{name}-{number}.pdf" for number in count(1))
    return next(path for path in map(folder.joinpath, names) if not path.exists())


FONTS = {
    "brief": (("Source-Serif-Pro", "Source-Serif-Pro-Italic"), (8.5, 9.5, 10.0)),
    "ledger": (("Source-Sans-Pro", "Source-Sans-Pro-Italic"), (9.5,)),
}
"""The fonts of running text in each theme, and its sizes."""


def lines_of_pages(pages: Pages, *fonts: str) -> list[Line]:
    """Return the lines of running text, as the grid is measured on them.

    Args:
        pages: the pages.
        fonts: fonts of running text besides those of the theme.
    """
    geometry = pages.geometry
    usual, sizes = FONTS[pages.loaded.design.theme.name]
    return [
        line
        for number in range(1, pages.laid_out.pages + 1)
        for line in lines_of(
            (glyph for glyph in pages.glyphs if glyph.page == number),
            middle=geometry.middle(number),
            top=pages.laid_out.boxes[f"{pages.lead}-1"][0].top if number == 1 else geometry.top,
            bottom=geometry.height - geometry.bottom,
            fonts=(*usual, *fonts),
            sizes=sizes,
        )
    ]


def with_css(css: str) -> Callable[[LayoutJob], LayoutJob]:
    """Return a change of a job that adds styles to its own."""
    return lambda job: replace(job, stylesheets=(*job.stylesheets, css))


_WORDS = (
    "harbor crane quay tide vessel cargo pilot channel lamp fog mooring keel anchor berth ferry "
    "strait current sounding lighthouse breakwater of the and to at under over beyond between its "
    "a few twenty old grey northern morning slowly turned carried measured nevertheless "
    "administration responsible hydrographic navigational"
).split()


def paragraph(number: int, words: int = 80) -> str:
    """Return a paragraph of plain words, the same for the same number, and another for others."""
    choice = random.Random(number)  # noqa: S311 - nothing secret
    text = " ".join([f"Paragraph{_letters(number)}", *choice.choices(_WORDS, k=words - 1)])
    return f"{text}."


def prose(paragraphs: int, start: int = 0, words: int = 80) -> str:
    """Return the Markdown of several such paragraphs."""
    return "\n\n".join(paragraph(start + n, words) for n in range(paragraphs))


def _letters(number: int) -> str:
    """Write a number in three letters, as digits could be read as something else."""
    digits = (number // 676 % 26, number // 26 % 26, number % 26)
    return "".join(chr(ord("a") + digit) for digit in digits)


def rows_of(rows: Iterable[Row], glyphs: Sequence[Glyph]) -> list[Row]:
    """Return the rows that hold some of the given glyphs."""
    wanted = set(map(id, glyphs))
    return [row for row in rows if any(id(glyph) in wanted for glyph in row.glyphs)]


def _rows(glyphs: Sequence[Glyph], column_of: Callable[[int, float], int]) -> Iterator[Row]:
    keyed = sorted(
        ((g.page, column_of(g.page, g.x), g.baseline, n), g) for n, g in enumerate(glyphs)
    )
    rows: list[tuple[tuple[int, int, float], list[Glyph]]] = []
    for (page, column, baseline, _), glyph in keyed:
        if not rows or rows[-1][0][:2] != (page, column) or baseline - rows[-1][0][2] > _SAME_LINE:
            rows.append(((page, column, baseline), []))
        rows[-1][1].append(glyph)
    for key, row in rows:
        if any(not glyph.character.isspace() for glyph in row):
            yield Row(*key, tuple(sorted(row, key=lambda glyph: glyph.x)))


def _ink_of(path: Path) -> Iterator[Box]:
    with pypdfium2.PdfDocument(path) as document:
        for number, page in enumerate(document, 1):
            height = page.get_height()
            text = page.get_textpage()
            for index in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(index)
                if right > left and top > bottom:
                    yield Box(number, left, height - top, right, height - bottom)


def _links_of(pdf: pikepdf.Pdf) -> Iterator[Link]:
    numbers: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
    heights = [float(page.mediabox[3]) for page in pdf.pages]
    names = pikepdf.NameTree(pdf.Root.Names.Dests) if "/Names" in pdf.Root else {}
    for number, page in enumerate(pdf.pages, 1):
        for note in page.get("/Annots", ()):
            if note.get("/Subtype") != "/Link":
                continue
            left, bottom, right, top = (float(value) for value in note.Rect)
            height = heights[number - 1]
            area = Box(number, left, height - max(top, bottom), right, height - min(top, bottom))
            said = str(note.get("/Contents", ""))
            if "/Dest" in note:
                target = names[str(note.Dest)]
                goal = numbers[target[0].objgen]
                yield Link(area, said, None, goal, heights[goal - 1] - float(target[3]))
            else:
                yield Link(area, said, str(note.A.URI), 0, 0.0)


def _shapes_on(page: pypdfium2.PdfPage, number: int) -> Iterator[Shape]:
    height = page.get_height()
    for shape in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = shape.get_bounds()
        channels = [ctypes.c_uint() for _ in range(4)]
        pdfium.FPDFPageObj_GetFillColor(shape.raw, *channels)
        red, green, blue, _ = (channel.value for channel in channels)
        yield Shape(Box(number, left, height - top, right, height - bottom), (red, green, blue))
