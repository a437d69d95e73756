"""Mistakes of authors: each small project is reported at its place, or set well.

The projects are in ``fixtures/bad/``, with tabs, other encodings and line ends, and truncated
images.  What a repository cannot hold (a pipe, a link that leads out) is added to a copy.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest

from tests.pages import HANGING, MAIN, SECOND, Pages, lay_out_issue, paragraph, plain, with_css
from tests.publications import ISSUE_FOLDER, PARAGRAPH, article, said, write_publication
from typeset.diagnostics import Diagnostic, Report
from typeset.errors import ContentError
from typeset.layout.protocol import Box
from typeset.pipeline.build import load_issue

BAD = Path(__file__).parent / "fixtures" / "bad"
PLACES = {
    "publication": "publication.yaml",
    "issue": f"{ISSUE_FOLDER}/issue.yaml",
    "article": f"{ISSUE_FOLDER}/articles/01-tides.md",
}
"""The short names below for the three files that every project has."""


SetProject = Callable[[str], Pages]


class Expected(NamedTuple):
    """A diagnostic: its place, its code, and words of its message or hint."""

    place: str
    severity: str
    code: str
    words: str


def error(place: str, code: str, words: str) -> Expected:
    return Expected(place, "error", code, words)


def warning(place: str, code: str, words: str) -> Expected:
    return Expected(place, "warning", code, words)


REFUSED: dict[str, list[Expected]] = {
    "accent-light": [error("publication:3:9", "setting-invalid", "choose a darker one")],
    "accent-unquoted": [error("publication:3:9", "yaml-comment-only", "put the value in quotes")],
    "article-outside": [
        error("issue:6:5", "article-outside", "move the file into the publication's folder"),
        error(
            "issue:7:5",
            "article-outside",
            "write a path relative to the article or the issue, with forward slashe",
        ),
    ],
    "article-twice": [
        error("issue:6:5", "article-duplicate", "the first time on line 5; keep one of the two"),
        error("issue:7:5", "article-duplicate", "the first time on line 5; keep one of the two"),
    ],
    "articles-empty": [
        error(
            "issue:4:11", "setting-invalid", "`articles`: expected at least one article, found none"
        )
    ],
    "articles-none": [
        error(
            "issue:4:1", "setting-missing", "`articles` has no value; write one after `articles: `"
        )
    ],
    "blank-article": [
        error(
            "article",
            "article-empty",
            "begin it with ---, then `title:` and `authors:`, then --- and the text",
        )
    ],
    "control-character-in-yaml": [
        error(
            "publication:3:16", "yaml-character", "the character U+0007 is not allowed; remove it"
        )
    ],
    "date-impossible": [
        error("issue:3:7", "setting-invalid", "`date`: there is no such day as 2026-02-30")
    ],
    "date-other-order": [
        error(
            "issue:3:7",
            "setting-invalid",
            "`date`: `14.01.2026` is not a date; write it as 2026-11-25",
        )
    ],
    "duplicate-keys": [
        error("article:4:1", "duplicate-key", "the first time on line 2; keep one of the two"),
        error("issue:6:1", "duplicate-key", "the first time on line 1; keep one of the two"),
    ],
    "empty-article": [
        error(
            "article",
            "article-empty",
            "begin it with ---, then `title:` and `authors:`, then --- and the text",
        )
    ],
    "empty-issue-yaml": [
        error("issue:1", "setting-missing", "`volume` is missing; add a line `volume: …`"),
        error("issue:1", "setting-missing", "`number` is missing; add a line `number: …`"),
        error("issue:1", "setting-missing", "`date` is missing; add a line `date: …`"),
        error("issue:1", "setting-missing", "`articles` is missing; add a line `articles: …`"),
    ],
    "empty-publication-yaml": [
        error("publication:1", "setting-missing", "`schema` is missing; add a line `schema: …`"),
        error("publication:1", "setting-missing", "`name` is missing; add a line `name: …`"),
    ],
    "endnotes": [
        error("article:5:23", "endnote-undefined", "add a line `[^missing]: …` at the end"),
        error(
            "article:7:10",
            "endnote-undefined",
            "the note `c` is not defined; add a line `[^c]: …` at the end",
        ),
        error(
            "article:9:5",
            "endnote-undefined",
            "the note `c` is not defined; add a line `[^c]: …` at the end",
        ),
        error(
            "article:13:1",
            "endnote-duplicate",
            "first on line 11; give one of the two another name",
        ),
        warning("article:15:1", "endnote-unused", "call it with [^unused], or remove it"),
    ],
    "fence-unclosed": [
        error(
            "article:7:1",
            "fence-unclosed",
            "a block of code is not closed; close it with a line of ```",
        )
    ],
    "front-matter-broken": [
        error(
            "article:2:26",
            "yaml-syntax",
            "or check the indentation, and the colon of the line above for a space ",
        )
    ],
    "front-matter-no-yaml": [
        error(
            "article:2:1",
            "yaml-not-a-mapping",
            "write settings as `name: value`, one a line, with a space after the co",
        )
    ],
    "heading-jump": [
        warning("article:7:5", "heading-jump", "begin with ## and use ### only below it"),
        error("article:11:7", "heading-deep", "there is no third level"),
    ],
    "html-named-png": [
        error("article:7", "image-corrupt", "download the image itself, not the page that shows it")
    ],
    "image-empty": [
        error(
            "article:7",
            "image-corrupt",
            "images/gauge.png is empty; export it again, or copy it again",
        )
    ],
    "image-folder": [
        error(
            "article:7",
            "image-not-a-file",
            "images/gauge.png is a folder, not a file; name a file in it",
        )
    ],
    "image-huge": [error("article:7", "image-too-large", "scale it down")],
    "image-missing": [error("article:7", "image-missing", "did you mean images/gauge.png?")],
    "jpeg-cut-short": [
        error(
            "article:7", "image-corrupt", "copy it again from an undamaged copy, or export it again"
        )
    ],
    "language-odd": [
        error(
            "publication:3:11",
            "setting-invalid",
            "`language`: `english_US!` is not a language tag such as en-US, de or z",
        )
    ],
    "latin-1-article": [
        error("article:7", "article-encoding", "save the file with the encoding UTF-8")
    ],
    "latin-1-publication": [
        error("publication:3", "manifest-encoding", "save the file with the encoding UTF-8")
    ],
    "lists-thirteen-deep": [
        error("article:19", "markdown-too-deep", "write the inner ones as paragraphs")
    ],
    "no-body": [error("article:5", "article-empty", "this article has no text")],
    "not-a-mapping": [
        error(
            "issue:1:1",
            "yaml-not-a-mapping",
            "write settings as `name: value`, one a line, with a space after the co",
        )
    ],
    "nul-byte": [
        error("article:5", "article-encoding", "holds binary data; is this the right file?")
    ],
    "png-16-bit-gray": [
        error("article:7", "image-too-deep", "export it again with 8 bits per channel")
    ],
    "png-cut-short": [
        error(
            "article:7", "image-corrupt", "copy it again from an undamaged copy, or export it again"
        )
    ],
    "schema-future": [
        error("publication:1:9", "setting-invalid", "`schema`: expected `1`, found `2`")
    ],
    "svg-not-well-formed": [error("article:7", "image-corrupt", "export it again as plain SVG")],
    "svg-with-data-image": [
        error("article:7", "image-foreign", "export it as PNG, or without pictures inside")
    ],
    "svg-with-file-reference": [
        error("article:7", "image-foreign", "export it again with everything inside")
    ],
    "svg-with-references": [
        error("article:7", "image-foreign", "export it again with everything inside")
    ],
    "svg-with-script": [error("article:7", "image-foreign", "export it again as plain SVG")],
    "svg-with-style-import": [
        error("article:7", "image-foreign", "export it again with everything inside")
    ],
    "tab-in-front-matter": [
        error("article:4:1", "yaml-syntax", "indent with spaces; YAML does not take tabs")
    ],
    "tab-in-yaml": [
        error("publication:4:1", "yaml-syntax", "indent with spaces; YAML does not take tabs")
    ],
    "table-forty-columns": [error("article:13", "table-too-large", "make several tables of it")],
    "table-head-ragged": [
        error("article:7", "table-rule-cells", "write as many --- as there are cells")
    ],
    "table-in-list": [
        error("article:7", "table-nested", "give it a paragraph of its own, without indentation")
    ],
    "table-ragged": [
        warning("article:9", "table-ragged", "end the row with empty cells: | |"),
        error(
            "article:10",
            "table-overfull",
            "add a column to the head, or write a bar within a cell as \\|",
        ),
    ],
    "text-named-jpg": [error("article:7", "image-corrupt", "export it again as PNG, JPEG or SVG")],
    "theme-unknown": [
        error("publication:3:8", "theme-unknown", "unknown theme `breif`; did you mean brief?")
    ],
    "utf-16-article": [
        error("article:1", "article-encoding", "save the file with the encoding UTF-8")
    ],
    "windows-line-ends-mistake": [
        error("article:7:8", "endnote-undefined", "add a line `[^none]: …` at the end"),
        error(
            "publication:3:1", "setting-unknown", "unknown setting `acent`; did you mean accent?"
        ),
    ],
}
"""Projects that cannot be read, with all of their diagnostics."""

SET: dict[str, tuple[list[Expected], tuple[str, ...]]] = {
    "article-only-heading": (
        [warning("article:5", "heading-alone", "write its text, or remove it")],
        ("Spring tides",),
    ),
    "byte-order-mark": ([], ("How Tides Are Told",)),
    "control-characters": (
        [
            warning("article:5:9", "character-unprintable", "remove it; it occurs here once"),
            warning("article:5:16", "character-unprintable", "remove it; it occurs here once"),
        ],
        ("The tide rises[31m and falls.", "a form feed"),
    ),
    "figure-tall-png": ([], ()),
    "figure-tall-svg": ([], ()),
    "figure-tall-wide": ([], ()),
    "gif-animated": ([], ()),
    "image-tiny": (
        [warning("article:7", "figure-low-resolution", "take a picture at least 338 pixels wide")],
        ("The tide gauge.",),
    ),
    "jpeg-cmyk": ([], ()),
    "language-unknown": ([warning("publication:3:11", "language-unknown", "en-GB")], ()),
    "list-item-heading": (
        [
            warning(
                "article:7:5",
                "heading-nested",
                "write it in **bold**, or give it a paragraph of its own",
            ),
            warning(
                "article:8:6",
                "heading-nested",
                "write it in **bold**, or give it a paragraph of its own",
            ),
        ],
        ("Neap tides",),
    ),
    "lists-twelve-deep": ([], ("level 12 goes on",)),
    "masthead-long-word": ([], ("Gezeiten" * 6, "tidewater" * 6)),
    "name-long": ([], ("Soundings on All the Northern Coasts",)),
    "name-one-word": ([], ("Gezeitenvorhersagemaschinenzahnradverzeichnis",)),
    "nine-articles": ([], ("The Moon Pulls More Strongly", "Are Turned by Hand")),
    "only-figure": ([], ("The tide gauge.",)),
    "png-16-bit": (
        [warning("article:7", "figure-low-resolution", "take a picture at least 338 pixels wide")],
        (),
    ),
    "png-with-alpha": ([], ()),
    "publisher-long": ([], ()),
    "quotes-twelve-deep": ([], ("Sailors call these neap tides.",)),
    "table-address": (
        [
            warning(
                "article:13",
                "table-crowded",
                "write width=wide in its caption, or make two tables of it",
            )
        ],
        ("x" * 120, "y" * 90),
    ),
    "table-long": ([], ()),
    "table-long-word": ([], ("24 and 12",)),
    "table-twelve-columns": (
        [
            warning(
                "article:13",
                "table-crowded",
                "write width=wide in its caption, or make two tables of it",
            )
        ],
        ("High water at twelve ports.",),
    ),
    "table-twelve-columns-long-word": (
        [
            warning(
                "article:13",
                "table-crowded",
                "write width=wide in its caption, or make two tables of it",
            )
        ],
        (),
    ),
    "title-long": ([], ("The Moon Pulls More Strongly Than the Sun", "tidewater" * 9)),
    "title-one-word": ([], ("Gezeitenvorhersage" * 6, "Wasserstand" * 10, "Almanach" * 12)),
    "url-long": ([], ()),
    "windows-line-ends": ([], ("Spring tides", "12:25", "A note.")),
    "word-long": ([], ("y" * 90, "z" * 120)),
}
"""Projects that are set, with their diagnostics, and texts that their pages must show."""

ADDED = (
    "arabic-word",
    "article-symlink-outside",
    "emoji",
    "emoji-unassigned",
    "figure-caption-long",
    "figure-fifo",
    "figure-symlink-outside",
    "hebrew-word",
    "masthead-long",
    "table-long-row",
)
"""Projects with their own test below."""


def assert_reported(report: Report, expected: Sequence[Expected]) -> None:
    diagnostics = report.sorted()
    assert [heard(diagnostic)[:3] for diagnostic in diagnostics] == [
        reported[:3] for reported in expected
    ]
    for diagnostic, reported in zip(diagnostics, expected, strict=True):
        assert reported.words in said(diagnostic)


def heard(diagnostic: Diagnostic) -> tuple[str, str, str, str]:
    place = str(diagnostic.location or "")
    for short, path in PLACES.items():
        place = place.replace(path, short)
    return place, str(diagnostic.severity), diagnostic.code, said(diagnostic)


def test_every_project_on_disk_is_looked_at() -> None:
    assert {path.name for path in BAD.iterdir()} == {*REFUSED, *SET, *ADDED}


@pytest.mark.parametrize("name", REFUSED)
def test_a_mistake_is_reported_at_its_place(name: str) -> None:
    with pytest.raises(ContentError) as caught:
        load_issue(BAD / name / ISSUE_FOLDER)
    assert_reported(caught.value.report, REFUSED[name])


@pytest.fixture(scope="module")
def set_project(tmp_path_factory: pytest.TempPathFactory) -> SetProject:
    """Return a function that lays out a project by its name, once."""
    output = tmp_path_factory.mktemp("pages")
    return cache(lambda name: lay_out_issue(BAD / name / ISSUE_FOLDER, output=output))


@pytest.mark.slow
@pytest.mark.parametrize("name", SET)
def test_what_can_be_set_is_set_well(name: str, set_project: SetProject) -> None:
    expected, texts = SET[name]
    pages = set_project(name)
    assert_reported(pages.report, expected)
    assert pages.laid_out.losses == ()
    assert sticking_out(pages) == []
    assert below_the_foot(pages) == ""
    for text in texts:
        assert pages.find(text), f"{text!r} stands nowhere"


def sticking_out(pages: Pages) -> list[Box]:
    """The ink of text that reaches into the gap between columns, or into a side margin."""
    geometry = pages.geometry
    lead = pages.box("a1")
    wide = [
        box
        for boxes in pages.laid_out.boxes.values()
        for box in boxes
        if box.page > 1 and box.right - box.left > geometry.column_width + geometry.gap
    ]
    found = []
    for ink in pages.ink:
        start = geometry.left(ink.page)
        if ink.right > start + geometry.content_width + HANGING or ink.left < start - HANGING:
            found.append(ink)
        if ink.page == 1 and ink.top < lead.top - 1:
            continue  # nameplate and contents are as wide as the page
        if any(box.page == ink.page and box.top <= ink.top <= box.bottom for box in wide):
            continue
        if not pages.is_text_area(ink.page, (ink.top + ink.bottom) / 2):
            continue
        right = pages.edges(ink.page, MAIN)[1]
        left = pages.sidebar_left if ink.page == 1 else pages.edges(ink.page, SECOND)[0]
        if ink.right > right + HANGING and ink.left < left - HANGING:
            found.append(ink)
    return found


def below_the_foot(pages: Pages) -> str:
    """The text below the text area of pages, without folios."""
    foot = pages.geometry.height - pages.geometry.bottom
    low = "".join(
        glyph.character
        for page in range(1, pages.laid_out.pages + 1)
        for glyph in pages.running(page)
        if glyph.baseline > foot
    )
    folios = "".join(str(number) for number in range(2, pages.laid_out.pages + 1))
    return "" if low == folios else low


def test_a_long_address_gets_no_hyphens(set_project: SetProject) -> None:
    pages = set_project("url-long")
    text = "".join(row.text.strip() for row in pages.rows)
    for hyphen in "\u00ad\u2010\x02\ufffe":
        text = text.replace(hyphen, "-")
    address = (BAD / "url-long" / PLACES["article"]).read_text("utf-8").split("The table: ")[1]
    assert text.count(address.strip().removesuffix(".")) == 2


def test_a_long_word_stands_wherever_it_was_written(set_project: SetProject) -> None:
    assert len(set_project("word-long").find("tidewater" * 10)) == 6


def test_a_long_name_is_set_smaller_and_a_word_in_it_is_never_divided(
    set_project: SetProject,
) -> None:
    word, words = (
        pages.across(pages.box("name"))
        for pages in map(set_project, ("name-one-word", "name-long"))
    )
    assert len(word) == 1
    assert len(words) > 1
    assert not any(row.is_hyphenated for row in words)
    assert max(row.glyphs[0].size for row in (*word, *words)) < 30


@pytest.mark.parametrize("name", ["gif-animated", "jpeg-cmyk", "png-16-bit", "png-with-alpha"])
def test_a_picture_of_an_unusual_kind_is_seen(name: str, set_project: SetProject) -> None:
    pages = set_project(name)
    figure = next(
        box
        for name, (box,) in pages.laid_out.boxes.items()
        if f"{name}-caption" in pages.laid_out.boxes
    )
    with pypdfium2.PdfDocument(pages.path) as document:
        image = document[figure.page - 1].render(scale=1).to_pil()
    middle = (int(figure.left + figure.right) // 2, int(figure.top + figure.bottom) // 2)
    assert image.getpixel(middle) != (255, 255, 255)


@pytest.mark.parametrize("name", ["figure-tall-png", "figure-tall-svg", "figure-tall-wide"])
def test_a_tall_figure_keeps_to_its_page(name: str, set_project: SetProject) -> None:
    pages = set_project(name)
    figures = [id_ for id_ in pages.laid_out.boxes if f"{id_}-caption" in pages.laid_out.boxes]
    assert len(figures) == 1
    box = pages.box(figures[0])
    assert pages.is_text_area(box.page, box.top + 1)
    assert box.bottom <= pages.geometry.height - pages.geometry.bottom + 1
    assert pages.the("The tide gauge.")[0].page == box.page


@pytest.mark.slow
def test_a_long_table_goes_on_below_its_head(set_project: SetProject) -> None:
    pages = set_project("table-long")
    for day in range(1, 141):
        assert pages.find(f"Day {day}")
    columns = {(row.page, row.column) for row in pages.rows if row.text.startswith("Day ")}
    heads = [row for row in pages.rows if plain(row.text).startswith("DayHighLow")]
    assert len(columns) > 2
    assert {(row.page, row.column) for row in heads} == columns


def test_a_long_word_in_a_cell_is_hyphenated_and_numbers_stay_whole(
    set_project: SetProject,
) -> None:
    pages = set_project("table-long-word")
    rows = [row.text for row in pages.rows]
    assert any("1872" in row for row in rows)
    assert any("24 and" in row for row in rows)


@pytest.mark.parametrize(
    ("name", "word"), [("hebrew-word", "\u05d9\u05dd"), ("arabic-word", "\u0628\u062d\u0631")]
)
def test_a_word_from_right_to_left_is_set_or_reported(
    name: str, word: str, set_project: SetProject
) -> None:
    pages = set_project(name)
    set_ = bool(pages.find(word) or pages.find(word[::-1]))
    reported = [str(diagnostic.location) for diagnostic in pages.report if diagnostic.hints]
    assert set_ or reported == [f"{PLACES['article']}:7"]


@pytest.mark.parametrize(
    ("name", "characters"),
    [("emoji", "\U0001f9ff\U0001fae8"), ("emoji-unassigned", "\ue0a0\U00016800")],
)
def test_a_character_that_no_font_has_is_reported_at_its_place(
    name: str, characters: str, set_project: SetProject
) -> None:
    pages = set_project(name)
    reported = "".join(said(d) for d in pages.report if d.code == "glyph-missing" and d.hints)
    places = {str(diagnostic.location).split(":")[1] for diagnostic in pages.report}
    for character in characters:
        assert f"U+{ord(character):04X}" in reported or pages.find(character)
    assert places <= {"7"}


def test_a_masthead_that_is_too_long_is_reported_once(set_project: SetProject) -> None:
    pages = set_project("masthead-long")
    assert_reported(
        pages.report, [error("publication:4:3", "masthead-long", "too long; shorten it")]
    )


def test_a_pipe_is_no_image(tmp_path: Path) -> None:
    issue = copy("figure-fifo", tmp_path)
    (issue / "images").mkdir()
    os.mkfifo(issue / "images" / "gauge.png")
    assert_refused(issue, error("article:7", "image-not-a-file", "is not an ordinary file"))


def test_an_image_outside_is_not_read(tmp_path: Path) -> None:
    issue = copy("figure-symlink-outside", tmp_path / "publication")
    (tmp_path / "gauge.png").write_bytes(b"secret")
    (issue / "images").mkdir()
    (issue / "images" / "gauge.png").symlink_to(tmp_path / "gauge.png")
    hint = "move the file into the publication's folder"
    assert_refused(issue, error("article:7", "image-outside", hint))


def test_an_article_outside_is_not_read(tmp_path: Path) -> None:
    issue = copy("article-symlink-outside", tmp_path / "publication")
    (tmp_path / "secret.md").write_text(article("A secret."), "utf-8")
    (issue / "articles" / "02-link.md").symlink_to(tmp_path / "secret.md")
    hint = "move the file into the publication's folder"
    assert_refused(issue, error("issue:6:5", "article-outside", hint))


def copy(name: str, to: Path) -> Path:
    """Copy a project, and return the copy's issue."""
    return shutil.copytree(BAD / name, to, dirs_exist_ok=True) / ISSUE_FOLDER


def assert_refused(issue: Path, *expected: Expected) -> None:
    with pytest.raises(ContentError) as caught:
        load_issue(issue)
    assert_reported(caught.value.report, expected)


@pytest.mark.slow
def test_two_hundred_articles_are_an_issue_and_one_more_is_not(tmp_path: Path) -> None:
    articles = {f"{number:03}.md": article(PARAGRAPH) for number in range(1, 202)}
    paths = [f"articles/{name}" for name in articles]
    issue = write_publication(tmp_path, issue={"articles": paths[:200]}, articles=articles)
    assert len(load_issue(issue).issue.articles) == 200
    write_publication(tmp_path, issue={"articles": paths}, articles=articles)
    assert_refused(issue, error("issue:5:1", "setting-invalid", "at most 200 articles"))


def test_what_sticks_out_of_a_column_is_reported(tmp_path: Path) -> None:
    pages = lay_out_issue(
        BAD / "word-long" / ISSUE_FOLDER,
        output=tmp_path,
        change=with_css("main { overflow-wrap: normal; hyphens: none } p { hyphens: none }"),
    )
    assert sticking_out(pages)
    codes = ("overset", "overset-cut")
    reported = [diagnostic for diagnostic in pages.report if diagnostic.code in codes]
    lines = {diagnostic.location.line for diagnostic in reported if diagnostic.location}
    assert {13, 17, 19, 21, 23} <= lines
    assert all(diagnostic.page and diagnostic.page.page == 2 for diagnostic in reported[:1])
    assert all("shorten the longest word" in said(diagnostic) for diagnostic in reported)


def test_a_table_that_sticks_out_is_reported(tmp_path: Path) -> None:
    pages = lay_out_issue(
        BAD / "table-twelve-columns" / ISSUE_FOLDER,
        output=tmp_path,
        change=with_css(".broken :is(td, th) { overflow-wrap: normal }"),
    )
    crowded = warning("article:13", "table-crowded", "width=wide")
    overset = warning("article:13", "overset", "out of its column; shorten the longest word")
    assert_reported(pages.report, [overset, crowded])


def test_what_leaves_the_sheet_is_an_error(tmp_path: Path) -> None:
    pages = lay_out_issue(
        BAD / "name-one-word" / ISSUE_FOLDER,
        output=tmp_path,
        change=with_css(".nameplate .name { font-size: 60pt !important; overflow-wrap: normal }"),
    )
    assert_reported(pages.report, [error("publication:2:7", "overset-cut", "is cut off")])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "figure-caption-long",
            [
                error("article:13", "overset-cut", "out of the page's foot"),
                warning("article:13", "figure-long", "higher than a page; shorten"),
            ],
        ),
        ("table-long-row", [error("article:15", "overset-cut", "out of the page's foot")]),
    ],
)
def test_what_is_higher_than_a_page_and_cannot_be_divided_is_an_error(
    name: str, expected: Sequence[Expected], tmp_path: Path
) -> None:
    pages = lay_out_issue(BAD / name / ISSUE_FOLDER, output=tmp_path)
    assert_reported(pages.report, expected)
    assert pages.laid_out.losses == ()


@pytest.mark.parametrize("width", ["column", "wide"])
def test_of_a_table_with_a_row_higher_than_a_page_nothing_is_lost_and_one_row_sticks_out(
    width: str, tmp_path: Path
) -> None:
    rows = ["| a | b |", "|---|---|", f"| first | {paragraph(1, 2500)} |", *["| next | row |"] * 9]
    table = "\n".join([*rows, f"Table: Too much {{width={width}}}"])
    body = "\n\n".join([paragraph(2), table, paragraph(3)])
    write_publication(tmp_path / "pub", articles={"01.md": article(body)})
    pages = lay_out_issue(tmp_path / "pub" / ISSUE_FOLDER, output=tmp_path)
    cut = [one for one in pages.report if one.code == "overset-cut"]
    assert [one.location.line for one in cut if one.location] == [10]
    assert pages.laid_out.losses == ()


def test_an_image_below_the_foot_is_reported(tmp_path: Path) -> None:
    pages = lay_out_issue(
        BAD / "figure-tall-svg" / ISSUE_FOLDER,
        output=tmp_path,
        change=with_css("figure img { max-height: none; height: 900pt }"),
    )
    codes = {diagnostic.code for diagnostic in pages.report}
    assert "overset-cut" in codes
