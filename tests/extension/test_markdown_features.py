"""A feature of Markdown is a row: two new ones need only their rows to reach every page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from markdown import Markdown

from tests.extension.block import CONTACTS
from tests.extension.inline_mark import INSERTIONS
from tests.markdown.reading import BODY_LINE, read
from tests.publications import article, write_publication
from typeset.html import print_job
from typeset.html.web_document import web_page
from typeset.layout.lay_out import lay_out
from typeset.layout.protocol import silent
from typeset.markdown import FEATURES, Feature
from typeset.markdown.features import Manuscript
from typeset.markdown.inline_patterns import Found, Pattern
from typeset.pipeline.loaded import LoadedIssue, LoadIssue, OpenIssue
from typeset.pipeline.loading import Reader

ROWS = (*FEATURES, INSERTIONS, CONTACTS)
BODY = """\
The harbor wakes ++long *before* the town++ does.

::: contact
The Desk, Pier 9

- by ++letter++
- by telephone
:::

Its cranes are the first to move.
"""


def load(folder: Path, features: tuple[Feature, ...]) -> LoadedIssue:
    """Read an issue that uses both features, in an article, its title and the masthead."""
    issue = write_publication(
        folder,
        publication={"masthead": [{"text": "Made ++by hand++"}]},
        articles={"1.md": article(BODY, title="A ++new++ harbor")},
    )
    reader = Reader(features)
    reader(OpenIssue(issue), silent)
    loaded = reader(LoadIssue(0), silent)
    assert isinstance(loaded, LoadedIssue)
    assert list(loaded.report) == []
    return loaded


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> LoadedIssue:
    return load(tmp_path_factory.mktemp("with rows"), ROWS)


def test_the_rows_are_what_makes_markup_of_the_text(tmp_path: Path) -> None:
    plain = load(tmp_path, FEATURES)
    html = print_job(plain.issue, plain.design, date(2026, 1, 14)).html
    assert "++long <em>before</em> the town++ does" in html
    assert "::: contact" in html
    assert "<ins>" not in html


def test_both_stand_in_the_printed_document(loaded: LoadedIssue) -> None:
    html = print_job(loaded.issue, loaded.design, date(2026, 1, 14)).html
    assert "wakes <ins>long <em>before</em> the town</ins> does" in html
    assert "A <ins>new</ins> harbor</h2>" in html
    assert "Made <ins>by hand</ins></p>" in html
    block = html[html.index("<address") : html.index("</address>")]
    assert ">The Desk, Pier 9</p>" in block
    assert "by <ins>letter</ins></li>" in block
    assert "contact" not in block
    assert ":::" not in html


def test_their_styles_stand_before_those_of_the_theme(loaded: LoadedIssue) -> None:
    job = print_job(loaded.issue, loaded.design, date(2026, 1, 14))
    added = [css for css in job.stylesheets if css not in loaded.design.theme.styles]
    assert job.stylesheets == (*added, *loaded.design.theme.styles)
    assert any("ins { text-decoration: overline }" in css for css in added)
    # An inline element has no height of its own, or lines would leave the grid.
    assert re.search(r"\bins\b[^{}]*{ line-height: 0 }", added[0])


@pytest.mark.slow
def test_both_stand_on_the_web_page_with_their_styles(loaded: LoadedIssue) -> None:
    page = web_page(loaded.issue, loaded.design, date(2026, 1, 14))
    assert "address { padding-left: 1em" in page
    assert "<ins>long" in page


def test_what_their_checks_find_is_reported_at_its_place() -> None:
    body = "Words ++left open.\n\n::: contact\nThe Desk\n"
    reading = read(body, features=ROWS)
    assert [(line, code) for line, *_, code in reading.problems] == [
        (BODY_LINE, "comment-unclosed"),
        (BODY_LINE + 3, "fence-unclosed"),
    ]
    head = 'kicker: "++Left open"\n'
    assert read("Words.", head=head, features=ROWS).codes == ["comment-unclosed"]
    assert not read(body, features=FEATURES).problems


def test_a_row_that_does_not_declare_what_it_takes_stops_the_article() -> None:
    def drop(match: re.Match[str], _data: str) -> Found:
        return "", match.start(), match.end()

    def careless(md: Markdown, _text: Manuscript) -> None:
        md.inlinePatterns.register(Pattern(r"\+\+\w+\+\+", md, drop), "insertion", 65)

    rows = (*FEATURES, replace(INSERTIONS, parse=careless))
    assert read("Some ++lost++ words", features=rows).codes == ["text-lost"]
    assert not read("Some ++lost++ words", features=ROWS).problems


def paths_of(written: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the types of the tags from the top to each tag."""
    path = (*above, str(written.S)[1:])
    yield path
    for kid in written.K:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from paths_of(kid, path)


@pytest.mark.slow
def test_their_elements_are_in_the_tags_of_the_pdf_as_the_rows_say(
    loaded: LoadedIssue, tmp_path: Path
) -> None:
    job = print_job(loaded.issue, loaded.design, date(2026, 1, 14))
    laid_out = lay_out(job, silent)
    assert not laid_out.losses
    assert not laid_out.records
    (tmp_path / "a.pdf").write_bytes(laid_out.pdf)
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        (top,) = pdf.Root.StructTreeRoot.K
        tags = {path[-2:] for path in paths_of(top)} | {path[-3:] for path in paths_of(top)}
    assert {("P", "Span"), ("H2", "Span"), ("P", "Span", "Em")} <= tags
    assert {("Art", "Sect", "P"), ("Art", "Sect", "L")} <= tags
