"""The sample issue: long and varied enough to show what the program can do, and without a fault.

Slow, because it is laid out in full.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from pathlib import Path

import pytest

from tests.benchmarks.grid import lines_of, measure_grid
from tests.pages import MAIN, SECOND, Pages, lay_out_issue
from typeset import build_issue
from typeset.model import Figure, Prose, Table
from typeset.pages import Box
from typeset.pipeline import LoadedIssue, load_issue

CHECKOUT = Path(__file__).parents[1]
ISSUE = CHECKOUT / "issues" / "2026-11-25"
DATA = sorted((CHECKOUT / "issues" / "figures" / "data").glob("*.csv"))
KANA = "\u3041-\u30ff\u31f0-\u31ff"
HAN = "\u3400-\u9fff"
HANGUL = "\uac00-\ud7a3"


class Sample:
    """The issue's values and all of its text as HTML."""

    loaded: LoadedIssue = load_issue(ISSUE)

    @cached_property
    def html(self) -> str:
        parts = []
        for article in self.loaded.issue.articles:
            parts += [article.title.html, article.standfirst.html, article.takeaway.html]
            for block in article.blocks:
                if not isinstance(block, Figure):
                    parts.append(block.html)
                parts += [
                    getattr(block, name).html
                    for name in ("caption", "credit", "unit", "source")
                    if hasattr(block, name)
                ]
            parts += [note.html for note in article.notes]
        return "\n".join(parts)

    def blocks(self, kind: type) -> int:
        return sum(
            isinstance(block, kind)
            for article in self.loaded.issue.articles
            for block in article.blocks
        )

    def count(self, pattern: str) -> int:
        return sum(
            len(re.findall(pattern, block.html))
            for article in self.loaded.issue.articles
            for block in article.blocks
            if isinstance(block, Prose)
        )


@pytest.fixture(scope="module")
def sample() -> Sample:
    return Sample()


def test_it_has_no_diagnostics(sample: Sample) -> None:
    assert list(sample.loaded.report) == []


def test_it_is_long_enough(sample: Sample) -> None:
    articles = sample.loaded.issue.articles
    assert len(articles) == 5
    assert sum(article.words for article in articles) >= 13_000


def test_its_notes_figures_tables_and_quotations_are_many_enough(sample: Sample) -> None:
    assert sum(len(article.notes) for article in sample.loaded.issue.articles) >= 25
    assert sample.blocks(Figure) == 10
    assert sample.blocks(Table) == 2
    assert sample.count(r"<blockquote\b") >= 4
    assert sample.count(r"<ul\b") >= 1
    assert sample.count(r"<ol\b") >= 1


def test_every_article_has_a_takeaway_a_byline_and_a_summary(sample: Sample) -> None:
    for article in sample.loaded.issue.articles:
        assert article.takeaway
        assert article.authors
        assert article.summary


def test_terms_of_east_asia_stand_in_their_scripts(sample: Sample) -> None:
    runs = [
        ("".join(re.findall(r'lang="([\w-]+)"', attributes)), text)
        for attributes, text in re.findall(r"<span ([^>]*\bcjk\b[^>]*)>([^<]+)<", sample.html)
    ]
    assert len(runs) >= 40
    assert len({text for _, text in runs}) >= 40
    assert len({language.split("-")[0] for language, _ in runs if language}) >= 2
    for language, text in runs:
        if re.search(f"[{KANA}]", text):
            assert language == "ja", text
        if re.search(f"[{HANGUL}]", text):
            assert language == "ko", text
    assert any(re.search(f"[{HAN}]", text) for _, text in runs)


def test_its_links_lead_to_many_addresses(sample: Sample) -> None:
    addresses = set(re.findall(r'href="(https?://[^"]+)"', sample.html))
    assert len(addresses) >= 60
    hosts = Counter(re.sub(r"https?://([^/]+).*", r"\1", address) for address in addresses)
    assert len(hosts) >= 15
    assert "example.org" not in hosts


def test_every_figure_has_a_credit_and_an_alternative_text(sample: Sample) -> None:
    for article in sample.loaded.issue.articles:
        for block in article.blocks:
            if isinstance(block, Figure):
                assert block.credit, block.image.path
                assert len(block.alt) > 40, block.image.path
                assert block.alt != block.caption.text


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)
def test_figures_are_drawn_from_tables_that_name_their_source_and_year(path: Path) -> None:
    comment = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
    text = " ".join(comment)
    assert re.search(r"\bSources?\b", text)
    assert re.search(r"\b(1[89]|20)\d\d\b", text)
    assert "http" in text


def test_there_are_tables_to_draw_from() -> None:
    assert len(DATA) >= 10


# On its pages.


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """The pages of the issue itself, whose folder stays as it is."""
    return lay_out_issue(ISSUE, output=tmp_path_factory.mktemp("sample"))


@pytest.mark.slow
def test_it_builds_without_a_diagnostic(tmp_path: Path) -> None:
    build = build_issue(ISSUE, output=tmp_path, strict=True)
    assert list(build.report) == []
    assert 18 <= build.outputs[0].pages <= 30


@pytest.mark.slow
def test_every_line_of_it_stands_on_the_grid(pages: Pages) -> None:
    page = pages.geometry
    lines = lines_of(
        pages.glyphs, middle=page.width / 2, top=page.top, bottom=page.height - page.bottom
    )
    figures = measure_grid(lines, page.baseline)
    assert figures.off == ()
    assert figures.worst <= 0.1
    assert figures.lines > 1500


def floating(pages: Pages, page: int, width: str) -> list[Box]:
    """Where the figures and tables of a width stand on a page."""
    return [
        box
        for article in pages.loaded.issue.articles
        for block in article.blocks
        if getattr(block, "width", "") == width
        for name in (block.id, f"{block.id}-table")
        for box in pages.laid_out.boxes.get(name, ())
        if box.page == page
    ]


@pytest.mark.slow
def test_no_column_of_it_is_more_than_a_quarter_empty(pages: Pages) -> None:
    """The last page excepted; what stands at the foot of a page fills it too."""
    foot = pages.geometry.height - pages.geometry.bottom
    for number in range(2, pages.laid_out.pages):
        end = min([foot, *(box.top for box in floating(pages, number, "wide"))])
        for column in (MAIN, SECOND):
            ends = [row.baseline for row in pages.rows_in(number, column) if row.baseline <= end]
            ends += [
                box.bottom
                for box in floating(pages, number, "column")
                if pages.column_of(number, box.left) == column
            ]
            where = f"page {number}, column {column + 1}"
            assert end - max(ends) < (foot - pages.geometry.top) / 4, where


@pytest.mark.slow
def test_every_link_of_it_is_in_its_pdf(pages: Pages, sample: Sample) -> None:
    addresses = set(re.findall(r'href="(https?://[^"]+)"', sample.html))
    found = {link.uri for link in pages.links}
    assert {address.replace("&amp;", "&") for address in addresses} <= found
