"""Whole issues in five languages and both themes have no faults, and are on the grid.

These tests are slow, as each lays out an issue.  The publications are in ``fixtures/languages``.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.measures.grid import measure_grid
from tests.pages import FONTS, Pages, lay_out_issue, lines_of_pages

LANGUAGES = Path(__file__).parents[1] / "fixtures" / "languages"
TAGS = sorted(path.name for path in LANGUAGES.iterdir())
DAY = "2026-12-02"
CHARACTERS = {"brief": "Noto-Serif-CJK-TC", "ledger": "Noto-Sans-CJK-TC"}

SAID = {
    "de": ("In dieser Ausgabe", "2. Dezember 2026", "Das Wichtigste:", "Anmerkungen", "Von "),
    "en-GB": ("In This Issue", "2 December 2026", "The main point:", "Notes", "By "),
    "es": ("Sumario", "2 de diciembre de 2026", "Lo esencial:", "Notas", "Por "),
    "fr": ("2 décembre 2026", "L’essentiel", "Notes", "Par "),
    "zh-Hant": ("本期目錄", "2026年12月2日", "本文重點：", "註釋", "文／"),
}

pytestmark = pytest.mark.slow


@pytest.fixture(
    scope="module",
    params=[(tag, theme) for tag in TAGS for theme in FONTS],
    ids="-".join,
)
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    tag, theme = request.param
    folder = tmp_path_factory.mktemp("languages") / tag
    shutil.copytree(LANGUAGES / tag, folder)
    with (folder / "publication.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\ntheme: {theme}\n")
    return lay_out_issue(folder / DAY)


def test_there_are_all_languages() -> None:
    assert set(SAID) == set(TAGS)


def test_it_is_set_without_a_diagnostic(pages: Pages) -> None:
    assert list(pages.report) == []


def test_it_speaks_its_language(pages: Pages) -> None:
    for words in SAID[pages.loaded.issue.language]:
        assert pages.find(words), words


def test_every_line_stands_on_the_grid(pages: Pages) -> None:
    lines = lines_of_pages(pages, CHARACTERS[pages.loaded.design.theme.name])
    figures = measure_grid(lines, pages.geometry.baseline)
    assert figures.off == ()
    assert figures.lines > 80
