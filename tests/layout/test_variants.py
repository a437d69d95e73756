"""Paragraphs a line longer or shorter than is best for them stand where pages gain by it."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from tests.pages import Pages, lay_out_issue, prose
from tests.publications import article, write_publication
from typeset.layout.lines.line_setter import LineSetter
from typeset.layout.protocol import SetLine

pytestmark = pytest.mark.slow

LOOSEST = 1.65
"""Word spaces of a paragraph that is longer, relative to the font's own."""


def issue_in(folder: Path, start: int = 40) -> Path:
    """Four pages of plain paragraphs."""
    return write_publication(folder, articles={"1.md": article(prose(24, start, 90))})


def paragraphs_of(pages: Pages) -> dict[str, list[SetLine]]:
    paragraphs: dict[str, list[SetLine]] = defaultdict(list)
    for line in pages.laid_out.lines:
        paragraphs[line.element_id].append(line)
    return paragraphs


def words_of(lines: list[SetLine]) -> str:
    return "".join(line.text.rstrip("-") if line.hyphenated else f"{line.text} " for line in lines)


def empty_lines(pages: Pages) -> int:
    return sum(pages.laid_out.made_up.empty.values())


def test_a_longer_paragraph_fills_its_column(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = issue_in(tmp_path)
    varied = lay_out_issue(folder)
    monkeypatch.setattr(LineSetter, "variants", lambda *_: {})
    usual = lay_out_issue(folder)
    assert varied.laid_out.losses == ()
    assert varied.laid_out.made_up.costs["vary"] > 0
    assert empty_lines(varied) < empty_lines(usual)
    before, after = paragraphs_of(usual), paragraphs_of(varied)
    assert before.keys() == after.keys()
    assert all(words_of(before[name]) == words_of(after[name]) for name in before)
    others = [name for name in before if len(before[name]) != len(after[name])]
    assert others
    for name in others:
        assert abs(len(after[name]) - len(before[name])) == 1
        assert all(line.ratio is None or line.ratio < LOOSEST for line in after[name])


def test_nothing_is_lost_where_the_front_page_ends_within_a_paragraph(tmp_path: Path) -> None:
    """Its lines are not those of a paragraph in one measure."""
    pages = lay_out_issue(issue_in(tmp_path, 90))
    assert pages.laid_out.made_up.costs["vary"] > 0
    assert pages.laid_out.losses == ()


def test_a_variant_that_comes_out_otherwise_does_not_stand_on_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LineSetter, "vary", lambda *_: False)
    pages = lay_out_issue(issue_in(tmp_path))
    assert "vary" not in pages.laid_out.made_up.costs
    assert pages.laid_out.losses == ()
