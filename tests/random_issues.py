"""Random issues: figures of all formats and widths, tables, lists, notes, both flows and themes.

``python -m tests.random_issues --count 50 --seed 1`` lays them out one after the other in this
process, and prints what overlaps on the pages of each, and which captions are apart from their
pictures.  That is measured on the finished PDF without code of the package, by the places of glyphs
and images that PDFium finds.  The command fails if something overlaps without an error; with
``--sound`` it fails if any issue has errors.

``--keep FOLDER`` leaves the issues and their PDFs there, to be looked at.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from tests.measures.glyphs import Glyph, glyphs_of
from tests.pages import paragraph
from tests.publications import article, png, write_publication
from typeset.diagnostics import Report
from typeset.layout.lay_out import lay_out
from typeset.layout.protocol import Box, LaidOut, LayoutJob, silent
from typeset.layout.renderer import Renderer
from typeset.pipeline.build import layout_job, load_issue
from typeset.preflight import Subject, preflight

__all__ = ["Outcome", "Press", "found_apart", "found_overlaps", "write_random"]

CODES = frozenset({"overlap", "caption-apart", "content-lost"})
"""The errors that report it, or that leave no PDF to measure."""
_FORMATS = ((900, 600), (1200, 675), (700, 700), (600, 900), (500, 1100), (1200, 400), (1600, 500))
_PAGES = ("letter", "a4", ["170 mm", "240 mm"])
_TOLERANCE = 0.5
_LEADING = 13.0
_JOINED = 8
"""How many letters of one line may touch."""
_CAPTION = re.compile(r"Picture(\d+)begins")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a random issue."""

    seed: int
    title: str
    pages: int
    errors: tuple[str, ...]
    """The errors of the build, each with its code."""
    found: tuple[str, ...]
    """What was found in the PDF."""
    seconds: float

    @property
    def is_missed(self) -> bool:
        """Whether something overlaps, or is apart, without an error."""
        return bool(self.found) and not self.errors


# --- Making them ---------------------------------------------------------------------------------


def write_random(folder: Path, seed: int) -> Path:
    """Write a publication with one random issue, the same for the same seed.

    Args:
        folder: the publication's folder, which is made.
        seed: any number.

    Returns:
        The issue's folder.
    """
    choice = random.Random(seed)  # noqa: S311 - nothing secret
    maker = _Maker(choice)
    articles = {f"{n:02}.md": maker.article(n) for n in range(1, choice.choice((1, 1, 2, 3)) + 1)}
    masthead = [{"heading": "Desk", "text": paragraph(seed, choice.randint(8, 60))}]
    return write_publication(
        folder,
        publication={
            "theme": choice.choice(("brief", "ledger")),
            "page": choice.choices(_PAGES, (4, 4, 1))[0],
            "masthead": choice.choice((masthead, masthead, None)),
        },
        issue={"flow": choice.choice(("continuous", "new-page"))},
        articles=articles,
        files=maker.files,
    )


@dataclass(slots=True)
class _Maker:
    """Makes articles, and the pictures that they show."""

    choice: random.Random
    files: dict[str, str | bytes] = field(default_factory=dict)
    paragraphs: int = 0

    def article(self, number: int) -> str:
        choice = self.choice
        blocks = [self._block() for _ in range(choice.randint(1, 12))]
        body = [self._paragraph(), *blocks]
        notes = [self._note(n, body) for n in range(1, choice.randint(0, 6) + 1)]
        return article(
            "\n\n".join([*body, *notes]),
            title=f"Number {number}, {self._words(choice.randint(1, 9))}",
            kicker=choice.choice((None, self._words(2))),
            standfirst=choice.choice((None, self._words(14))),
            takeaway=choice.choice((None, self._words(20))),
        )

    def _block(self) -> str:
        kinds = (self._paragraph, self._figure, self._table, self._list, self._heading, self._quote)
        return self.choice.choices(kinds, (10, 5, 2, 2, 2, 1))[0]()

    def _paragraph(self) -> str:
        return self._words(round(self.choice.lognormvariate(3.8, 0.7)) + 3)

    def _words(self, count: int) -> str:
        self.paragraphs += 1
        return paragraph(self.paragraphs, count)

    def _heading(self) -> str:
        level = self.choice.choice(("##", "##", "###"))
        return f"{level} {self._words(self.choice.randint(2, 9))}\n\n{self._paragraph()}"

    def _quote(self) -> str:
        return f"> {self._words(self.choice.randint(10, 60))}"

    def _list(self) -> str:
        mark = self.choice.choice(("- ", "1. "))
        items = range(self.choice.randint(2, 9))
        return "\n".join(mark + self._words(self.choice.randint(2, 30)) for _ in items)

    def _figure(self) -> str:
        number = len(self.files) + 1
        width, height = self.choice.choice(_FORMATS)
        # All pictures differ in width, so that each can be found in the PDF.
        name = f"images/{number}.png"
        colors = ("steelblue", "tan", "seagreen", "salmon", "slategray")
        self.files[name] = png(width + number, height, colors[number % len(colors)])
        more = "" if self.choice.random() < 0.6 else self._words(self.choice.randint(3, 40))
        words = f"Picture {number} begins {more}"
        wide = " width=wide" if self.choice.random() < 0.4 else ""
        return f"![{words}]({name}){{alt=x{wide}}}"

    def _table(self) -> str:
        columns = self.choice.randint(2, 6)
        rows = self.choice.choice((3, 3, 5, 8, 14, 40))
        lines = ["| " + " | ".join(self._words(1) for _ in range(columns)) + " |"]
        lines.append("|" + "---|" * columns)
        for _ in range(rows):
            cells = (self._words(self.choice.choice((1, 1, 2, 6))) for _ in range(columns))
            lines.append("| " + " | ".join(cells) + " |")
        wide = " width=wide" if self.choice.random() < 0.3 else ""
        source = f' source="{self._words(3)}"' if self.choice.random() < 0.5 else ""
        return "\n".join([*lines, f"Table: {self._words(5)} {{{source}{wide} }}"])

    def _note(self, number: int, body: list[str]) -> str:
        position = self.choice.randrange(len(body))
        if not body[position].startswith(("|", "!")):
            body[position] += f"[^{number}]"
        else:
            body[0] += f"[^{number}]"
        return f"[^{number}]: {self._words(self.choice.randint(4, 40))}"


# --- Measuring them ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Picture:
    number: int
    box: Box


def found_overlaps(path: Path, files: int) -> list[str]:
    """Return what overlaps on the pages of a PDF: pictures, and letters of different lines.

    Args:
        path: the PDF.
        files: how many pictures it shows.
    """
    pictures, glyphs = list(_pictures(path)), _by_page(path)
    found = [
        f"page {one.box.page}: pictures {one.number} and {other.number}"
        for one, other in combinations(pictures, 2)
        if one.box.page == other.box.page and _meet(one.box, other.box)
    ]
    for picture in pictures:
        under = [g for g in glyphs.get(picture.box.page, ()) if _meet(picture.box, _box(g))]
        if under:
            text = "".join(g.character for g in under)[:40]
            found.append(f"page {picture.box.page}: picture {picture.number} and `{text}`")
    for page, those in glyphs.items():
        found += [f"page {page}: `{text}`" for text in _colliding(those)]
    if len(pictures) != files:
        found.append(f"{len(pictures)} pictures of {files}")
    return found


def found_apart(path: Path) -> list[str]:
    """Return the pictures of a PDF below which their captions do not begin."""
    glyphs = [g for page in _by_page(path).values() for g in page]
    text = "".join(g.character for g in glyphs)
    begins = {int(match[1]): glyphs[match.start()] for match in _CAPTION.finditer(text)}
    return [
        f"page {picture.box.page}: picture {picture.number} without its caption"
        for picture in _pictures(path)
        if (first := begins.get(picture.number)) is None
        or first.page != picture.box.page
        or not 0 < first.baseline - picture.box.bottom < 2 * _LEADING
    ]


def _pictures(path: Path) -> Iterator[_Picture]:
    widths = {width: width for width, _ in _FORMATS}
    with pypdfium2.PdfDocument(path) as document:
        for number, page in enumerate(document, 1):
            height = page.get_height()
            for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
                left, bottom, right, top = image.get_bounds()
                pixels, _ = image.get_px_size()
                name = min(
                    (pixels - width for width in widths if pixels > width), key=abs, default=0
                )
                yield _Picture(name, Box(number, left, height - top, right, height - bottom))


def _by_page(path: Path) -> dict[int, list[Glyph]]:
    pages: dict[int, list[Glyph]] = {}
    for glyph in glyphs_of(path):
        if not glyph.character.isspace():
            pages.setdefault(glyph.page, []).append(glyph)
    return pages


def _colliding(glyphs: list[Glyph]) -> list[str]:
    """Return the texts that are printed over text of another line."""
    found: dict[tuple[float, float], str] = {}
    ordered = sorted(glyphs, key=lambda g: g.baseline)
    for n, one in enumerate(ordered):
        for other in ordered[n + 1 :]:
            if other.baseline - one.baseline > other.size:
                break
            same_line = other.baseline - one.baseline < _TOLERANCE
            if _meet(_box(one), _box(other)) and not (same_line and _is_kerned(one, other)):
                rows = round(one.baseline, 1), round(other.baseline, 1)
                found[rows] = found.get(rows, "") + one.character
    # Joined letters touch on one line, here and there.
    return [text for (one, other), text in found.items() if one != other or len(text) > _JOINED]


def _is_kerned(one: Glyph, other: Glyph) -> bool:
    return min(one.end, other.end) - max(one.x, other.x) < one.size / 4


def _box(glyph: Glyph) -> Box:
    """Return a box in which a letter certainly has ink: as high as an x."""
    top = glyph.baseline - 0.45 * glyph.size
    return Box(glyph.page, glyph.x, top, glyph.end, glyph.baseline)


def _meet(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return min(across, down) > _TOLERANCE


# --- The press -----------------------------------------------------------------------------------


class Press:
    """Lays out issues one after the other, and caches the tools of each design."""

    def __init__(self) -> None:
        self._benches: list[Renderer] = []

    def run(self, folder: Path, seed: int) -> Outcome:
        """Write a random issue into a folder, lay it out, and measure its pages."""
        started = time.perf_counter()
        loaded = load_issue(write_random(folder, seed))
        job = layout_job(loaded)()
        pages = self._lay_out(job)
        report = Report()
        preflight(Subject(loaded.manifest, loaded.issue, loaded.geometry, pages), report)
        found: list[str] = []
        if pages.pdf:
            path = folder / "issue.pdf"
            path.write_bytes(pages.pdf)
            files = sum(len(one.images) for one in loaded.issue.articles)
            found = [*found_overlaps(path, files), *found_apart(path)]
        title = f"{loaded.design.theme.name}, {loaded.design.flow}, {loaded.geometry.width:.0f} pt"
        errors = tuple(
            f"{one.location}: {one.code}: {one.message}" for one in report if one.code in CODES
        )
        seconds = time.perf_counter() - started
        return Outcome(seed, title, pages.pages, errors, tuple(found), seconds)

    def _lay_out(self, job: LayoutJob) -> LaidOut:
        bench = next((one for one in self._benches if one.suits(job)), None)
        if bench is None:
            bench = Renderer(job)
            self._benches.append(bench)
        return lay_out(job, silent, bench)


def main() -> int:
    """Try random issues, and print the results."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=20, help="how many issues")
    parser.add_argument("--seed", type=int, default=1, help="the seed of the first one")
    parser.add_argument("--keep", type=Path, help="a folder in which to leave the issues")
    parser.add_argument("--sound", action="store_true", help="fail if any issue has errors")
    options = parser.parse_args()
    press, missed, faulty = Press(), 0, 0
    with tempfile.TemporaryDirectory() as scratch:
        for seed in range(options.seed, options.seed + options.count):
            outcome = press.run((options.keep or Path(scratch)) / str(seed), seed)
            missed += outcome.is_missed
            faulty += bool(outcome.errors)
            _print(outcome)
    silent = f"{missed} with faults of which no error tells"
    print(f"{options.count} issues: {faulty} with errors, {silent}")
    return 1 if missed or (options.sound and faulty) else 0


def _print(outcome: Outcome) -> None:
    mark = "MISSED" if outcome.is_missed else "error" if outcome.errors else "sound"
    print(
        f"{outcome.seed}: {mark}: {outcome.title}, {outcome.pages} pages, {outcome.seconds:.1f} s"
    )
    for text in outcome.errors:
        print(f"    errors   {text}")
    for text in outcome.found:
        print(f"    found  {text}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
