"""The screen PDF as a file: what readers, search and screen readers find in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from tests.pages import Pages, lay_out_issue, paragraph, plain, prose
from tests.publications import article, png, write_publication

PICTURE = (
    "![A *picture* ([source](https://example.org/picture))](x.png)"
    '{credit="[A camera](https://example.org/camera)" alt="Cranes at dawn"}'
)
FIRST = f"""\
{paragraph(1)} See [the law](https://example.org/law?a=1&b=2#part) and
[a rather long link of many words that has to run over the end of its line somewhere on the
page](https://example.org/long).[^1]

## The first section

{prose(3, 10)}

### A part of it

Read <https://example.org/plain> and write to <desk@example.org> (神戶).

## The second section

{prose(6, 20)} [Here](#the-goal) it goes.

{PICTURE}

| Port | Depth |
|---|---|
| [Kobe](https://example.org/kobe) | 16 |
Table: Depths {{source="[The Desk](https://example.org/depths)"}}

## The goal of a link {{#the-goal}}

The last words.

[^1]: As [the court](https://example.org/court) said.
"""
LINKS = {
    "https://example.org/law?a=1&b=2#part",
    "https://example.org/long",
    "https://example.org/plain",
    "mailto:desk@example.org",
    "https://example.org/picture",
    "https://example.org/camera",
    "https://example.org/kobe",
    "https://example.org/depths",
    "https://example.org/court",
    "https://example.org/about",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_publication(
        tmp_path_factory.mktemp("pdf"),
        publication={
            "name": "The “Test” & Brief",
            "subject": "Ports & straits",
            "language": "en-GB",
            "masthead": [{"text": "About [us](https://example.org/about)."}],
        },
        issue={"volume": 7, "number": 12},
        articles={
            "1.md": article(FIRST, title="A *Harbor* & Its 港", authors=["Ada Quay", "Ben Crane"]),
            "2.md": article(prose(4, 40), title="The Second", authors=["Cy Lamp", "Ada Quay"]),
        },
        files={"x.png": png(600, 300)},
    )


@pytest.fixture(scope="module")
def pages(folder: Path) -> Pages:
    pages = lay_out_issue(folder)
    assert list(pages.report) == []
    return pages


@pytest.fixture
def pdf(pages: Pages) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(pages.path) as pdf:
        yield pdf


def xmp(pdf: pikepdf.Pdf) -> str:
    return bytes(pdf.Root.Metadata.read_bytes()).decode("utf-8")


def test_it_is_titled_by_the_publication_and_the_issue(pdf: pikepdf.Pdf) -> None:
    title = "The “Test” & Brief, Vol.\u00a07, Issue\u00a012"
    assert str(pdf.docinfo["/Title"]) == title
    assert title.replace("&", "&amp;") in xmp(pdf)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_it_names_every_author_once_in_order(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.docinfo["/Author"]) == "Ada Quay, Ben Crane, Cy Lamp"
    creators = re.findall(r"<rdf:li>([^<]+)</rdf:li>", xmp(pdf).partition("dc:creator")[2])
    assert creators[:3] == ["Ada Quay", "Ben Crane", "Cy Lamp"]


def test_it_says_its_subject_and_language(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.docinfo["/Subject"]) == "Ports & straits"
    assert str(pdf.Root.Lang) == "en-GB"


def test_it_is_dated_by_the_issue(pdf: pikepdf.Pdf) -> None:
    for key in ("/CreationDate", "/ModDate"):
        assert str(pdf.docinfo[key]).startswith("D:20260114")
    dates = re.findall(r"<xmp:\w+Date>([^<]+)<", xmp(pdf))
    assert len(dates) >= 2
    assert {date[:10] for date in dates} == {"2026-01-14"}


@pytest.mark.parametrize(
    ("epoch", "day"),
    [("1000000000", "20010909"), ("0", "19700101"), ("", "20260114")],
)
def test_a_reproducible_build_s_date_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, epoch: str, day: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pikepdf.open(lay_out_issue(write_publication(tmp_path)).path) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith(f"D:{day}")
        assert str(pdf.docinfo["/ModDate"]).startswith(f"D:{day}")


def outline(items: Any) -> list[Any]:
    return [(str(item.title), outline(item.children)) for item in items]


def test_the_outline_has_the_articles_and_below_them_their_headings(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as found:
        assert outline(found.root) == [
            (
                "A Harbor & Its 港",
                [
                    ("The first section", [("A part of it", [])]),
                    ("The second section", []),
                    ("The goal of a link", []),
                ],
            ),
            ("The Second", []),
        ]


def test_entries_of_the_outline_lead_to_their_headings(pdf: pikepdf.Pdf, pages: Pages) -> None:
    with pdf.open_outline() as found:
        first, second = found.root
        entries = [first, *first.children, *first.children[0].children, second]
    numbers: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
    for entry in entries:
        target: Any = entry.destination
        page, top = numbers[target[0].objgen], 792 - float(target[3])
        near = [row for row in pages.rows if row.page == page and 0 < row.baseline - top < 25]
        assert any(plain(str(entry.title)) in plain(row.text) for row in near), entry.title


def test_pages_are_labelled_with_their_folios(pages: Pages) -> None:
    with pypdfium2.PdfDocument(pages.path) as document:
        labels = [document.get_page_label(number) for number in range(len(document))]
    assert labels == [str(number) for number in range(1, pages.laid_out.pages + 1)]


def fonts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            yield item


def test_every_font_is_embedded_as_a_subset(pdf: pikepdf.Pdf) -> None:
    found = list(fonts(pdf))
    assert len(found) >= 6
    for font in found:
        assert any(key in font for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        assert re.match(r"/[A-Z]{6}\+", str(font.FontName))
    names = {str(font.FontName).partition("+")[2] for font in found}
    assert {name for name in names if not name.startswith(("Source-Ser", "Source-San"))} <= {
        "Noto-Serif-CJK-TC",
        "Noto-Serif-CJK-TC-Bold",
    }


def test_it_is_tagged_with_articles_headings_lists_tables_figures_and_notes(
    pdf: pikepdf.Pdf,
) -> None:
    kinds = Counter(
        str(item.S)
        for item in pdf.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem"
    )
    assert bool(pdf.Root.MarkInfo.Marked)
    assert kinds["/H1"] == 1
    assert kinds["/H2"] == 2
    assert kinds["/H3"] == 3 + 1  # the sections', and that of the notes
    assert kinds["/H4"] == 1
    for kind in ("/P", "/Table", "/TR", "/TH", "/TD", "/Figure", "/Link"):
        assert kinds[kind] > 0, kind


def test_a_figure_has_its_alternative_text(pdf: pikepdf.Pdf) -> None:
    texts = [
        str(item.get("/Alt", ""))
        for item in pdf.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
    ]
    assert texts == ["Cranes at dawn"]


def test_every_link_of_the_source_is_there_with_its_address(pages: Pages) -> None:
    assert {link.uri for link in pages.links if link.uri} == LINKS


def test_a_link_has_one_area_a_line_and_no_other(pages: Pages) -> None:
    areas = Counter(
        (link.uri, link.area.page, pages.column_of(link.area.page, link.area.left), link.area.top)
        for link in pages.links
        if link.uri
    )
    words = pages.the(
        "a rather long link of many words that has to run over the end of its line somewhere on "
        "the page"
    )
    lines = {(glyph.page, pages.column_of(glyph.page, glyph.x), glyph.baseline) for glyph in words}
    assert len(lines) >= 2
    assert sum(uri == "https://example.org/long" for uri, *_ in areas) == len(lines)
    assert set(areas.values()) == {1}


def test_a_link_lies_on_its_words(pages: Pages) -> None:
    for uri, words in (
        ("https://example.org/law?a=1&b=2#part", "the law"),
        ("https://example.org/plain", "https://example.org/plain"),
        ("https://example.org/camera", "A camera"),
        ("https://example.org/kobe", "Kobe"),
        ("https://example.org/about", "us"),
    ):
        (link,) = [link for link in pages.links if link.uri == uri]
        assert any(all(link.covers(glyph) for glyph in found) for found in pages.find(words)), uri


@pytest.mark.parametrize("which", ["web", "inside"])
def test_a_link_can_be_hit(pages: Pages, which: str) -> None:
    """Its area is as high as the letters that it lies on."""
    areas = [link.area for link in pages.links if bool(link.uri) == (which == "web")]
    assert areas
    assert [area for area in areas if area.bottom - area.top < 6] == []
    assert [area for area in areas if area.bottom - area.top > 20] == []


def test_a_link_within_an_article_leads_to_its_goal(pages: Pages) -> None:
    goal = pages.the("The goal of a link")[0]
    here = next(found for found in pages.find("Here it goes"))
    (link,) = [link for link in pages.links if link.covers(here[0])]
    assert link.page == goal.page
    assert 0 < goal.baseline - link.top < 14


def test_entries_of_the_contents_lead_to_their_articles(pages: Pages) -> None:
    box = pages.box("contents")
    links = [
        link
        for link in pages.links
        if link.area.page == 1 and box.top < (link.area.top + link.area.bottom) / 2 < box.bottom
    ]
    titles = [
        next(found[0] for found in pages.find(title) if found[0].size == 15)
        for title in ("A Harbor & Its 港", "The Second")
    ]
    assert [link.page for link in links] == [title.page for title in titles]
    for link, title in zip(links, titles, strict=True):
        assert 0 < title.baseline - link.top < 30


def test_phrases_are_found_by_search(pages: Pages) -> None:
    """PDFium is what Chrome and Edge search with."""
    with pypdfium2.PdfDocument(pages.path) as document:
        text = document[0].get_textpage()
        for words in (paragraph(1, 4)[:-1], "See the law and", "The Second"):
            assert text.search(words).get_next() is not None, words


def test_spaces_are_read_as_spaces(pages: Pages) -> None:
    spaces = Counter(g.character for g in pages.glyphs if g.character.isspace())
    assert set(spaces) <= {" ", "\u00a0"}
    assert spaces[" "] > 100 * spaces["\u00a0"]


def test_a_word_before_a_link_or_emphasis_is_parted_from_it_by_a_space(tmp_path: Path) -> None:
    """Copied and searched text has the words apart, and nothing invisible between them."""
    body = "So see *this* and read [the law](https://example.org/) of `code` too."
    pages = lay_out_issue(write_publication(tmp_path, articles={"1.md": article(body)}))
    with pypdfium2.PdfDocument(pages.path) as document:
        said = document[0].get_textpage().get_text_range()
    assert "So see this and read the law of code too." in said


def test_a_word_hyphenated_at_the_end_of_a_line_is_distinguished_from_a_hyphen(
    pages: Pages,
) -> None:
    """A hyphen of the layout is copied as a soft hyphen."""
    ends = [row for row in pages.rows if row.is_hyphenated and row.glyphs[0].size == 10]
    assert ends
    with pypdfium2.PdfDocument(pages.path) as document:
        text = document[ends[0].page - 1].get_textpage().get_text_range()
    word = re.search(r"(\w+)\W*$", ends[0].text.rstrip())
    assert word is not None
    assert re.search(rf"{word[1]}[\u00ad\x02\ufffe-]", text)


def test_nothing_of_this_machine_is_in_the_file(pages: Pages, folder: Path) -> None:
    data = pages.path.read_bytes()
    with pikepdf.open(pages.path) as pdf:
        streams = b"".join(
            item.read_bytes()
            for item in pdf.objects
            if isinstance(item, pikepdf.Stream)
            and "/Filter" in item
            and "/Image" not in str(item.get("/Subtype"))
        )
    for word in (str(folder.parent), "typeset.invalid", "file://", "/tmp/"):  # noqa: S108
        assert word.encode() not in data
        assert word.encode() not in streams
