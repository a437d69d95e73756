"""A row of the registry is all that a new inline element takes: each test adds one, ``<var>``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

import pikepdf
import pytest

from tests.markdown.reading import COVERAGE
from tests.measures.grid import measure_grid
from tests.pages import Pages, lay_out_issue, lines_of_pages, paragraph, prose, with_css
from tests.publications import article, write_publication
from typeset.layout.document import INLINE, InlineElement
from typeset.layout.lines.space_workaround import SPACE, detach_spaces
from typeset.layout.protocol import LayoutJob
from typeset.markdown.script_runs import Scripts, mark_runs

ROW = InlineElement(role=("Quote",), italic=True)


def add_row(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(INLINE, "var", ROW)


def with_large_var(job: LayoutJob) -> LayoutJob:
    html = job.html.replace("<strong>speed</strong>", "<var>speed</var>")
    assert "<var>" in html
    return replace(job, html=html, stylesheets=(*job.stylesheets, "var { font-size: 15pt }"))


def pages_with_var(folder: Path) -> Pages:
    """Return pages whose lines the engine sets: those that we choose are inline elements too."""
    body = f"{paragraph(1, 30)} The **speed** counts. {paragraph(2, 30)}\n\n{prose(6, 10)}"
    issue = write_publication(
        folder, publication={"line_breaking": "greedy"}, articles={"1.md": article(body)}
    )
    return lay_out_issue(issue, change=with_large_var)


def is_on_grid(pages: Pages) -> bool:
    return measure_grid(lines_of_pages(pages), pages.geometry.baseline).share == 100


def tags_of(pages: Pages) -> set[str]:
    with pikepdf.open(pages.path) as pdf:
        return {
            str(one.S)
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem"
        }


def test_its_font_and_size_move_no_line_off_the_grid_and_its_tag_says_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = pages_with_var(tmp_path / "before")
    add_row(monkeypatch)
    after = pages_with_var(tmp_path / "after")
    assert (is_on_grid(before), is_on_grid(after)) == (False, True)
    assert tags_of(after) - tags_of(before) == {"/Quote"}


def test_a_space_before_it_is_detached(monkeypatch: pytest.MonkeyPatch) -> None:
    def detached() -> str:
        paragraph = Element("p")
        paragraph.text = "One "
        SubElement(paragraph, "var").text = "x"
        detach_spaces(paragraph)
        return tostring(paragraph, encoding="unicode")

    assert "One <var>" in detached()
    add_row(monkeypatch)
    assert f"One<span>{SPACE}</span><var>" in detached()


def test_its_text_is_shown_by_a_font_that_has_its_characters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Here the text font has ``ǎ`` upright, and none that is slanted."""

    def marked() -> str:
        root = Element("p")
        SubElement(root, "var").text = "ǎ"
        mark_runs(root, Scripts(COVERAGE, "ja", "en"))
        return tostring(root, encoding="unicode")

    assert "fallback" not in marked()
    add_row(monkeypatch)
    assert '<var><span class="fallback">ǎ</span></var>' in marked()


def test_a_theme_has_the_last_word_on_its_line_height(tmp_path: Path) -> None:
    body = f"{paragraph(1)} Of *speed*.\n\n{prose(3)}"
    issue = write_publication(tmp_path, articles={"1.md": article(body)})
    assert not is_on_grid(lay_out_issue(issue, change=with_css("em { line-height: 20pt }")))
