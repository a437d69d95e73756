"""Total fit on the pages: lines as chosen, markup and text kept, and the engine's lines if not."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pypdfium2
import pytest

from tests.layout.lines.reading import FLUSH, end_of, folder_of, lines_of, run, structure
from tests.layout.lines.watching import Watched, greedy, lay_out_watched
from tests.measures.glyphs import Glyph
from tests.measures.wordspaces import columns_of, paragraphs_of, rows_of, set_lines, space_of
from tests.pages import Pages, lay_out_issue, paragraph, plain, prose
from tests.pages import rows_of as rows_with
from tests.publications import article, write_publication
from typeset.layout import renderer, typesetter
from typeset.layout.document import Class, flows_of, has_class
from typeset.layout.findings import OVERSET
from typeset.layout.lines import font_book
from typeset.layout.lines.expand_font import CannotExpand, expanded
from typeset.layout.lines.font_book import FontBook
from typeset.layout.protocol import JobFace, SetLine
from typeset.pipeline.build import layout_job
from typeset.reports.line_statistics import line_figures

pytestmark = pytest.mark.slow

LINK = "turns above the roofs of the old quarter and of the new one beside it, beyond the quays"
ITALIC = "Trieste and its long breakwater"
BOLD = "old and stubborn"
GERMAN = "Seezeichenversuchsfelder liegen an der Ostsee und dienen der Verwaltung"
QUOTED = (
    "A quotation of *several* lines, which goes on and on about the sea, the quays and the office "
    "of the harbormaster, until at last it comes to its end."
)
ITEM = "An item with **heavy words** and a note that goes on for more than one line of text.[^a]"
TAKEAWAY = "It was worth the while, and more so than one line of a takeaway could ever tell you."
NOTE = "See *The Law of Quays*, [section 3](https://example.org/law), and [港則法]{lang=ja} on it"
CALLED = "in their books.[^a][^b]"
RICH = f"""\
The harbor of *{ITALIC}* lies at the head of the **Adriatic Sea**, and *the **{BOLD}** light* \
there, built in 1833, still [{LINK}](https://example.org/trieste) every night; pilots call it \
`LOW-LIGHT` {CALLED} Ships from [神戸]{{lang=ja}} and 上海 were seen there.

- {ITEM}
- Another item, with an address, <https://example.org/a/rather/long/path/to/a/page/of/words.html>.

1. First
2. Second of two, which is a list with numbers, and it goes on over the end of its first line too.

> {QUOTED}

The abbreviations HTML and NATO stand beside [{GERMAN}]{{lang=de}}, from 1914–1918 and/or later; \
the port-side lamp was lit, and "nobody" knew of 250 km or so of cable under the sea.[^b]

[^a]: {NOTE}, in a note that is longer than one line of the notes at the end of its article.
[^b]: Another note.
"""


RESTLESS = [f"Restless{word}{' tide **heavy**' * 20}." for word in ("", " old", " old and grey")]
"""Paragraphs alike, of which not all have their lines end at the same words."""


def rich_articles() -> dict[str, str]:
    """Articles on the front page and in columns, with every kind of text."""
    return {
        "1.md": article(f"{RICH}\n\n{prose(6)}", takeaway=TAKEAWAY),
        "2.md": article("\n\n".join([*RESTLESS, prose(5, 20)]), title="The Second"),
    }


@pytest.fixture(scope="module", params=["brief", "ledger"])
def rich(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Watched:
    folder = tmp_path_factory.mktemp(request.param)
    issue = write_publication(
        folder, publication={"theme": request.param}, articles=rich_articles()
    )
    return lay_out_watched(issue)


@pytest.fixture(scope="module")
def by_engine(rich: Watched) -> Pages:
    """The same issue with the engine's own lines."""
    return lay_out_issue(folder_of(rich.pages), change=greedy)


def measured(pages: Pages) -> list[SetLine]:
    """The lines of running text, with their word spaces."""
    job = layout_job(pages.loaded)()
    rows = rows_of(pages.glyphs, columns_of(pages.geometry))
    regular = pages.loaded.design.theme.families[0].faces[0].data
    return set_lines(paragraphs_of(job.html), rows, space_of(regular))


def stripped(markdown: str) -> str:
    """Return a text without the marks of emphasis and notes."""
    return re.sub(r"\[\^\w\]|\*", "", markdown)


def test_every_paragraph_comes_out_as_chosen(rich: Watched) -> None:
    assert rich.watch.given_up == []
    texts = [
        element
        for flow in flows_of(rich.watch.bodies[0])
        for element in flow.iter()
        if element.tag in ("p", "li") and "byline" not in element.get("class", "")
    ]
    assert len(texts) == 2 + 4 + 1 + 6 + 1 + 2 + 8
    assert [element for element in texts if element not in rich.set_by_us] == []


def test_no_diagnostic_is_new(rich: Watched, by_engine: Pages) -> None:
    assert list(rich.pages.report) == list(by_engine.report)
    assert rich.pages.laid_out.losses == ()


def test_emphasis_keeps_its_faces(rich: Watched) -> None:
    for text, ending in (
        (ITALIC, "Italic"),
        ("Adriatic Sea", "Bold"),
        (BOLD, "Bold-Italic"),
        ("heavy words", "Bold"),
        ("The Law of Quays", "Italic"),
    ):
        assert {glyph.font.endswith(f"-{ending}") for glyph in rich.pages.the(text)} == {True}
    for text in ("lies at the head of the", "there, built in 1833", "and a note that"):
        assert not any(g.font.endswith(("Italic", "Bold")) for g in rich.pages.the(text))


def step_of(glyph: Glyph) -> str:
    """The width of a glyph's face in thousandths."""
    found = re.search(r"-X(\d{3,4})(-|$)", glyph.font)
    return found[1] if found else "1000"


def test_letters_are_expanded_with_their_line(rich: Watched) -> None:
    """All faces of a line have the same step, up to two per cent."""
    theme = rich.pages.loaded.design.theme
    name = theme.families[0].name.replace(" ", "-")
    lines = [
        {
            step_of(glyph)
            for glyph in row.glyphs
            if glyph.font.startswith(name) and glyph.character not in "•– "
        }
        for text in (ITALIC, LINK, stripped(ITEM), stripped(QUOTED))
        for row in lines_of(rich.pages, text)
    ]
    assert {len(steps) for steps in lines} == {1}
    every = {step_of(glyph) for glyph in rich.pages.glyphs}
    assert every == {"980", "990", "1000", "1010", "1020"}


def test_a_link_has_an_area_on_each_of_its_lines(rich: Watched) -> None:
    pages = rich.pages
    glyphs = pages.the(LINK)
    areas = [link for link in pages.links if link.uri == "https://example.org/trieste"]
    lines = rows_with(pages.rows, glyphs)
    assert len(areas) == len(lines) >= 2
    for row, area in zip(lines, areas, strict=True):
        own = [glyph for glyph in row.glyphs if glyph in glyphs]
        assert area.is_beside(own[0])
        assert area.area.left == pytest.approx(own[0].x, abs=1)
        assert area.area.right == pytest.approx(own[-1].end, abs=1)


def test_calls_lead_to_notes_and_back(rich: Watched) -> None:
    pages = rich.pages
    inner = [link for link in pages.links if link.uri is None]
    notes = {words: pages.the(words)[0] for words in ("See The Law of Quays", "Another note.")}
    calls = [pages.the(stripped(CALLED))[-1], pages.the("more than one line of text.")[-1]]
    for note in notes.values():
        leading = [
            link for link in inner if link.page == note.page and 0 < note.baseline - link.top < 14
        ]
        assert len(leading) >= 2
        assert any(link.is_beside(calls[0]) for link in leading)
    for call in calls:
        back = [
            link for link in inner if link.page == call.page and 0 < call.baseline - link.top < 14
        ]
        assert any(link.is_beside(notes["See The Law of Quays"]) for link in back)


def test_no_id_stands_twice(rich: Watched) -> None:
    ids = [element.get("id") for element in rich.watch.bodies[0].iter() if element.get("id")]
    assert max(Counter(ids).values()) == 1
    assert all(len(boxes) >= 1 for boxes in rich.pages.laid_out.boxes.values())


def words_of(text: str) -> list[str]:
    """Words, those divided at a line's end whole again."""
    joined = re.sub(r"(?<=\w)[-\x02\ufffe]\r?\n(?=\w)", "", text)
    return joined.replace("\x02", "").replace("\ufffe", "").split()


def whole(pages: Pages) -> list[str]:
    """The paragraphs that stand on one page each."""
    texts = [paragraph(n) for n in (*range(6), *range(20, 25))]
    kept = [text for text in texts if pages.find(text)]
    assert len(kept) >= len(texts) - 2
    return kept


def test_copied_words_are_apart_over_line_ends(rich: Watched) -> None:
    """Poppler and PDFium give the same words as were written, the divided ones whole."""
    copied = run("pdftotext", str(rich.pages.path), "-").split("\f")
    with pypdfium2.PdfDocument(rich.pages.path) as document:
        ranges = [page.get_textpage().get_text_range() for page in document]
    for page_texts in (copied, ranges):
        words = [words_of(text) for text in page_texts]
        for text in whole(rich.pages):
            places = {(row.page, row.column) for row in lines_of(rich.pages, text)}
            assert len(places) > 1 or any(has(page, text.split()) for page in words), text


def has(words: Sequence[str], wanted: Sequence[str]) -> bool:
    return f" {' '.join(wanted)} " in f" {' '.join(words)} "


def test_a_reader_of_the_structure_meets_the_same_words(rich: Watched, by_engine: Pages) -> None:
    ours, theirs = (structure(pages.path) for pages in (rich.pages, by_engine))
    # A block that goes on in another column or on another page begins again there.
    assert plain("".join(ours)) == plain("".join(theirs))


def test_words_before_an_element_do_not_run_into_it_at_a_line_s_end(rich: Watched) -> None:
    read = " ".join(" ".join(structure(rich.pages.path)).split())
    rows = [row for text in RESTLESS for row in lines_of(rich.pages, stripped(text))[:-1]]
    assert any(row.text.strip().endswith("tide") for row in rows)
    assert read.count("tide heavy") == 20 * len(RESTLESS)


def test_lines_end_at_the_edge_of_their_column(rich: Watched) -> None:
    pages, full = rich.pages, 0
    notes = stripped(NOTE).replace("[section 3](https://example.org/law)", "section 3")
    for text in (
        *whole(pages),
        stripped(ITEM),
        TAKEAWAY,
        notes.replace("[港則法]{lang=ja}", "港則法"),
    ):
        rows = lines_of(pages, text)
        for row in rows[:-1]:
            full += 1
            edge = pages.edges(row.page, row.column)[1]
            assert end_of(row) == pytest.approx(edge, abs=FLUSH), row.text
        assert end_of(rows[-1]) < pages.edges(rows[-1].page, rows[-1].column)[1] + FLUSH
    assert full > 60


def test_lines_of_a_quotation_end_at_one_edge(rich: Watched) -> None:
    rows = lines_of(rich.pages, stripped(QUOTED))
    ends = [end_of(row) for row in rows[:-1]]
    assert len(rows) >= 2
    assert ends == pytest.approx([ends[0]] * len(ends), abs=FLUSH)


def test_spaces_keep_their_bounds(rich: Watched) -> None:
    lines = [line for line in measured(rich.pages) if line.ratio is not None]
    justified = [line.ratio for line in lines if not line.last]
    assert len(justified) > 80
    # As they look: an f reaches over into the space behind it.
    assert min(ratio for ratio in justified if ratio) >= 0.63
    said = [line.ratio for line in rich.pages.laid_out.lines if line.ratio and not line.last]
    assert min(said) >= 0.69


def test_last_lines_have_the_font_s_own_space(rich: Watched) -> None:
    pages = rich.pages
    checked = 0
    for text in whole(pages):
        row = lines_of(pages, text)[-1]
        if end_of(row) > pages.edges(row.page, row.column)[1] - 3:
            continue  # it may have been shrunk to fit
        for space, after in zip(row.glyphs, row.glyphs[1:], strict=False):
            if space.character == " ":
                checked += 1
                # Kerning with the space counts as part of it.
                ratio = (after.x - space.x) / (space.end - space.x)
                assert ratio == pytest.approx(1, abs=0.03), row.text
    assert checked > 15


def plain_issue(folder: Path, **issue: object) -> Path:
    """An issue of paragraphs alone."""
    articles = {"1.md": article(prose(9)), "2.md": article(prose(3, 20), title="The Second")}
    return write_publication(folder, issue=issue, articles=articles)


def is_set(element: Element) -> bool:
    return has_class(element, Class.SET)


class WrongBook(FontBook):
    """Measures with fonts that are not those of the pages."""

    step = 0

    def __init__(
        self,
        faces: Sequence[JobFace],
        resources: Mapping[str, tuple[str, bytes]],
        cache: Path | None,
    ) -> None:
        own = {face.address for face in faces}
        wrong = {
            address: (kind, expanded(data, self.step, "Wrong", cache) if address in own else data)
            for address, (kind, data) in resources.items()
        }
        super().__init__(faces, wrong, cache)
        self.resources = FontBook(faces, resources, cache).resources


@pytest.mark.parametrize("step", [60, -60])
def test_wrong_widths_leave_the_lines_to_the_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    monkeypatch.setattr(WrongBook, "step", step)
    monkeypatch.setattr(renderer, "FontBook", WrongBook)
    watched = lay_out_watched(plain_issue(tmp_path), cold=True)
    pages = watched.pages
    assert len(watched.watch.given_up) >= 11
    assert not any(is_set(element) for element in watched.watch.given_up)
    assert pages.laid_out.pdf
    assert list(pages.report) == []
    assert pages.laid_out.found(OVERSET) == ()
    for row in lines_of(pages, paragraph(5)):
        assert end_of(row) < pages.edges(row.page, row.column)[1] + FLUSH


def test_a_family_that_cannot_be_expanded_is_set_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One stiff face is enough: the faces of a line are to go together."""
    tried = []

    def stiff(font: bytes, *_rest: Any) -> bytes:
        tried.append(font)
        if len(tried) > 4:
            raise CannotExpand
        return expanded(font, *_rest)

    monkeypatch.setattr(font_book, "expanded", stiff)
    watched = lay_out_watched(plain_issue(tmp_path), cold=True)
    assert watched.watch.given_up == []
    assert len(watched.set_by_us) == 12
    assert {step_of(glyph) for glyph in watched.pages.glyphs} == {"1000"}
    row = lines_of(watched.pages, paragraph(3))[0]
    edge = watched.pages.edges(row.page, row.column)[1]
    assert end_of(row) == pytest.approx(edge, abs=FLUSH)


LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
UNRULY = {
    "a word wider than a column": f"Mind the {LONG}{LONG.lower()} there.",
    "a long address": f"See <https://example.org/{'a-long-path/' * 25}> there.",
    "unbroken letters": f"Type {'abcdefghij' * 30} there.",
    "one letter": "A",
    "an empty item": "- one\n-\n- three",
    "a forced line": f"A first line\\\n{paragraph(90, 30)}",
    "a list in an item": f"- {paragraph(91, 20)}\n    - {paragraph(92, 20)}\n    - inner\n- outer",
    "a character of no font": f"A sign, \u13a3, stands in this. {paragraph(93, 30)}",
    "words that hold together": f"Of {'&nbsp;'.join('abcdefgh')} and others. {paragraph(94, 30)}",
    "soft hyphens": f"Of the har\u00adbor\u00admas\u00adter {paragraph(95, 40)}",
}


@pytest.fixture(scope="module")
def unruly(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    parts = [part for n, text in enumerate(UNRULY.values()) for part in (paragraph(60 + n), text)]
    body = "\n\n".join([prose(6), *parts, paragraph(80)])
    issue = write_publication(tmp_path_factory.mktemp("unruly"), articles={"1.md": article(body)})
    return lay_out_watched(issue)


def test_texts_that_no_rule_fits_are_set_somehow(unruly: Watched) -> None:
    by_engine = lay_out_issue(folder_of(unruly.pages), change=greedy)
    ours, theirs = (
        Counter((said.code, said.message) for said in pages.report)
        for pages in (unruly.pages, by_engine)
    )
    assert ours - theirs == Counter()
    assert unruly.pages.laid_out.losses == ()
    assert len(unruly.pages.laid_out.found(OVERSET)) <= len(by_engine.laid_out.found(OVERSET))


def test_what_stands_beside_them_is_set_as_ever(unruly: Watched) -> None:
    known = [*range(6), *range(60, 60 + len(UNRULY)), 80]
    texts = {" ".join("".join(element.itertext()).split()) for element in unruly.set_by_us}
    words = " ".join(texts)
    assert [n for n in known if paragraph(n, 1)[:-1] not in words] == []
    assert any(text == "A" for text in texts)


def test_the_engine_s_own_lines_know_nothing_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_arguments: object) -> None:
        raise AssertionError

    folder = plain_issue(tmp_path, line_breaking="greedy")
    monkeypatch.setattr(typesetter, "LineSetter", never)
    monkeypatch.setattr(renderer, "FontBook", never)
    pages = lay_out_issue(folder)
    assert pages.laid_out.pdf == lay_out_issue(folder, change=greedy).laid_out.pdf
    assert {step_of(glyph) for glyph in pages.glyphs} == {"1000"}


@pytest.mark.parametrize(
    ("theme", "before", "wide"),
    [
        ("brief", 0, 8),
        ("brief", 5, 3),
        ("brief", 6, 0),
        ("brief", 7, 0),
        ("brief", 8, 0),
        ("ledger", 0, 11),
        ("ledger", 2, 9),
        ("ledger", 9, 2),
        ("ledger", 10, 0),
    ],
)
def test_a_paragraph_goes_from_the_front_page_into_columns(
    tmp_path: Path, theme: str, before: int, wide: int
) -> None:
    """With more and more lines before it, fewer of its lines are wide: two or none at the least."""
    short = "\n\n".join(f"Line {'abcdefghijklm'[n]}." for n in range(before))
    body = "\n\n".join([short, *(paragraph(n, 150) for n in range(3)), prose(2, 30)])
    issue = write_publication(
        tmp_path, publication={"theme": theme}, articles={"1.md": article(body)}
    )
    watched = lay_out_watched(issue)
    pages = watched.pages
    assert watched.watch.given_up == []
    rows = lines_of(pages, paragraph(2, 150))
    assert [row.page for row in rows].count(1) == wide
    assert len(rows) >= wide + 2
    for row in rows[:-1]:
        edge = pages.edges(row.page, row.column)[1]
        assert end_of(row) == pytest.approx(edge, abs=FLUSH), row.text


def test_no_word_is_divided_at_the_end_of_a_page(tmp_path: Path) -> None:
    folder = write_publication(tmp_path, articles={"1.md": article(prose(24))})
    assert line_figures(lay_out_issue(folder).laid_out.lines).page_end_hyphens == 0


def digest(folder: Path, **environment: str) -> str:
    """The hash of an issue's PDF, laid out in a process of its own."""
    program = (
        "import hashlib, sys; from pathlib import Path; from tests.pages import lay_out_issue;"
        "print(hashlib.sha256(lay_out_issue(Path(sys.argv[1])).laid_out.pdf).hexdigest())"
    )
    command = [sys.executable, "-c", program, str(folder)]
    found = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=True
    )
    return found.stdout.strip()


def test_the_same_bytes_with_any_cache_and_hash_seed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, kept = plain_issue(tmp_path / "issue"), tmp_path / "cache"
    monkeypatch.setenv("TYPESET_CACHE", str(kept))
    cold = lay_out_issue(folder, cold=True).laid_out.pdf
    assert any(path.is_file() for path in kept.rglob("*"))
    warm = lay_out_issue(folder, cold=True).laid_out.pdf
    assert warm == cold
    without = digest(folder, TYPESET_CACHE="", PYTHONHASHSEED="3")
    assert without == hashlib.sha256(cold).hexdigest()
