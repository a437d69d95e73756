"""The sample issues: long and varied, and without faults.

These tests are slow, as each lays out an issue.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from functools import cached_property
from pathlib import Path

import pytest

from tests.measures.grid import measure_grid
from tests.pages import FONTS, MAIN, SECOND, Pages, lay_out_issue, lines_of_pages
from typeset import build_issue
from typeset.layout.protocol import Box
from typeset.model import Figure, Prose, Table
from typeset.pipeline.build import LoadedIssue, load_issue

CHECKOUT = Path(__file__).parents[1]
ISSUE = CHECKOUT / "issues" / "2026-11-25"
DATA = sorted((CHECKOUT / "tools" / "figures" / "data").glob("*.csv"))
KANA = "\u3041-\u30ff\u31f0-\u31ff"
HAN = "\u3400-\u9fff"
HANGUL = "\uac00-\ud7a3"


class Sample:
    """The issue's values and all of its text as HTML."""

    def __init__(self, loaded: LoadedIssue) -> None:
        self.loaded = loaded

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
    return Sample(load_issue(ISSUE))


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


BUILT = [(issue, theme) for issue in ("2026-11-25", "2026-12-09") for theme in FONTS]
"""Both samples, in both themes."""


@pytest.fixture(scope="module", params=BUILT, ids="-".join)
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """The pages of a sample in a theme; its own folder stays as it is."""
    day, theme = request.param
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(ISSUE.parent / day, folder / day)
    settings = (ISSUE.parent / "publication.yaml").read_text("utf-8")
    assert "theme: brief\n" in settings
    (folder / "publication.yaml").write_text(
        settings.replace("theme: brief\n", f"theme: {theme}\n"), "utf-8"
    )
    return lay_out_issue(folder / day)


@pytest.mark.slow
@pytest.mark.parametrize(("day", "least", "most"), [("2026-11-25", 18, 30), ("2026-12-09", 7, 10)])
def test_it_builds_without_a_diagnostic(day: str, least: int, most: int, tmp_path: Path) -> None:
    build = build_issue(ISSUE.parent / day, output=tmp_path, strict=True)
    assert list(build.report) == []
    assert least <= build.outputs[0].pages <= most


@pytest.mark.slow
def test_it_is_set_without_a_diagnostic_in_either_theme(pages: Pages) -> None:
    assert list(pages.report) == []


@pytest.mark.slow
def test_every_line_of_it_stands_on_the_grid(pages: Pages) -> None:
    figures = measure_grid(lines_of_pages(pages), pages.geometry.baseline)
    assert figures.off == ()
    assert figures.worst <= 0.1
    assert figures.lines > 300


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


def last_pages(pages: Pages) -> set[int]:
    """The pages on which a flow ends, and with it text that is balanced there."""
    ends = [
        max(
            box.page
            for name, boxes in pages.laid_out.boxes.items()
            if name.startswith(f"{article.id}-")
            for box in boxes
        )
        for article in pages.loaded.issue.articles
    ]
    return set(ends) if pages.loaded.design.flow == "new-page" else {max(ends)}


@pytest.mark.slow
def test_no_column_of_it_is_more_than_a_quarter_empty(pages: Pages) -> None:
    """Except on the last page of a flow; what is at the foot of a page counts as filled.

    In the theme that the samples are not made for, a figure that is called at the end of its
    article may leave a little more, as it must not come after the takeaway.
    """
    foot = pages.geometry.height - pages.geometry.bottom
    share = 1 / 4 if pages.loaded.design.theme.name == "brief" else 1 / 3
    for number in set(range(2, pages.laid_out.pages)) - last_pages(pages):
        wide = [box.top for box in floating(pages, number, "wide")]
        # One at the head of the page stands above the columns.
        end = min([foot, *(top for top in wide if top > foot / 2)])
        for column in (MAIN, SECOND):
            ends = [row.baseline for row in pages.rows_in(number, column) if row.baseline <= end]
            ends += [
                box.bottom
                for box in floating(pages, number, "column")
                if pages.column_of(number, box.left) == column
            ]
            where = f"page {number}, column {column + 1}"
            assert end - max(ends) < (foot - pages.geometry.top) * share, where


@pytest.mark.slow
def test_every_link_of_it_is_in_its_pdf(pages: Pages) -> None:
    html = Sample(pages.loaded).html
    addresses = set(re.findall(r'href="(https?://[^"]+)"', html))
    found = {link.uri for link in pages.links}
    assert {address.replace("&amp;", "&") for address in addresses} <= found
