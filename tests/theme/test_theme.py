"""Themes are found by name, complete, and legible on every page size."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import typeset.theme.load
from tests.publications import write_publication
from typeset import build_issue, load_issue
from typeset.diagnostics import Report, Severity
from typeset.errors import ContentError, EnvironmentFault
from typeset.files.assets import styles_folder
from typeset.files.workspace import Workspace
from typeset.geometry import PageGeometry, PageSize
from typeset.source import Location
from typeset.theme.load import load_theme
from typeset.theme.theme import Theme

NAMES = sorted(path.parent.name for path in styles_folder().glob("*/theme.yaml"))
PAGES = {"letter": PageSize(612, 792), "a4": PageSize(595.28, 841.89), "book": PageSize(482, 680)}
HERE = Location("publication.yaml", 3, 8)
NOWHERE = Workspace.at(Path(__file__).parents[1] / "no such folder")
"""The folder of a publication without a theme of its own."""


@pytest.fixture(params=NAMES)
def theme(request: pytest.FixtureRequest) -> Theme:
    return load_theme(request.param, NOWHERE, HERE, Report())


@pytest.fixture
def styles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the styles that a test may damage."""
    copy = tmp_path / "styles"
    shutil.copytree(styles_folder(), copy)
    for module in ("typeset.theme.load", "typeset.html.templates"):
        monkeypatch.setattr(f"{module}.styles_folder", lambda: copy)
    typeset.theme.load.installed_theme.cache_clear()
    yield copy
    typeset.theme.load.installed_theme.cache_clear()


def test_the_theme_brief_is_there() -> None:
    assert "brief" in NAMES


def test_an_unknown_theme_is_an_error_with_the_nearest_known_one() -> None:
    report = Report()
    load_theme("breif", NOWHERE, HERE, report)
    (found,) = report
    assert (found.severity, found.code, found.location) == (Severity.ERROR, "theme-unknown", HERE)
    assert "did you mean brief?" in found.hints


@pytest.mark.parametrize("name", ["..", "../brief", "", "brief/../brief", "/etc"])
def test_a_theme_s_name_is_no_path(name: str) -> None:
    report = Report()
    load_theme(name, NOWHERE, HERE, report)
    assert [found.code for found in report] == ["theme-unknown"]


def test_an_issue_with_an_unknown_theme_says_where(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        load_issue(write_publication(tmp_path, publication={"theme": "breif"}))
    (found,) = caught.value.report
    assert found.code == "theme-unknown"
    assert found.location is not None
    assert (found.location.path, found.location.line) == ("publication.yaml", 4)


def test_every_family_has_four_static_faces(theme: Theme) -> None:
    families = {face.family for face in theme.faces}
    assert families
    for family in families:
        styles = {face.style for face in theme.faces if face.family == family}
        assert styles == {(False, False), (True, False), (False, True), (True, True)}
    for face in theme.faces:
        with TTFont(io.BytesIO(face.data)) as font:
            assert "fvar" not in font, f"{face.name} is a variable font"


def test_coverage_is_what_every_text_font_can_show(theme: Theme) -> None:
    for style, covered in theme.coverage.items():
        for face in theme.faces:
            if face.style == style:
                with TTFont(io.BytesIO(face.data)) as font:
                    assert covered <= set(font.getBestCmap())
    assert set(map(ord, "Azäß“”–—’")) <= theme.coverage[False, False]
    assert ord("港") not in theme.coverage[False, False]


def test_coverage_differs_by_style(theme: Theme) -> None:
    """The italics lack characters that the upright face has."""
    assert theme.coverage[False, False] != theme.coverage[False, True]


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_its_columns_fit_the_page_and_the_front_page_has_one(theme: Theme, page: PageSize) -> None:
    geometry = PageGeometry.of(page, theme.metrics)
    assert geometry.column_width < geometry.first_width
    assert 2 * geometry.column_width + geometry.gap == pytest.approx(geometry.content_width)
    assert geometry.first_width + geometry.sidebar < geometry.content_width


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_page_holds_whole_lines_in_one_phase(theme: Theme, page: PageSize) -> None:
    geometry = PageGeometry.of(page, theme.metrics)
    text = geometry.height - geometry.top - geometry.bottom
    assert text / geometry.baseline == pytest.approx(geometry.lines)
    rise = (geometry.top - geometry.first_top) / geometry.baseline
    assert rise == pytest.approx(round(rise))
    assert geometry.bottom >= theme.metrics.bottom
    assert geometry.bottom - theme.metrics.bottom < geometry.baseline


def test_its_styles_name_no_font(theme: Theme) -> None:
    """The theme's file assigns families, since the fonts for other scripts depend on them."""
    for css in theme.styles:
        assert re.findall(r"font-family:(?!\s*var\(--font-\d\))[^;}]*", css) == []
        assert re.findall(r"(?<![-\w])font:", css) == []


def test_a_theme_whose_file_is_wrong_is_a_fault_of_the_machine(styles: Path) -> None:
    file = styles / "brief" / "theme.yaml"
    file.write_text(file.read_text("utf-8").replace("baseline: 13", "baselin: 13"), "utf-8")
    with pytest.raises(EnvironmentFault, match="brief"):
        load_theme("brief", NOWHERE, HERE, Report())


def test_a_font_that_is_not_installed_is_a_fault_with_a_hint(styles: Path) -> None:
    file = styles / "brief" / "theme.yaml"
    text = file.read_text("utf-8").replace("font_source_serif_pro", "font_of_nobody")
    file.write_text(text, "utf-8")
    with pytest.raises(EnvironmentFault) as caught:
        load_theme("brief", NOWHERE, HERE, Report())
    assert "pip install font-of-nobody" in caught.value.hint


@pytest.fixture
def misspelt(styles: Path) -> Path:
    file = styles / "brief" / "print.css"
    file.write_text(file.read_text("utf-8") + "\nmain { colour: navy }\n", "utf-8")
    return styles


def test_a_style_that_nobody_knows_is_a_warning_and_no_error(
    misspelt: Path, tmp_path: Path
) -> None:
    build = build_issue(write_publication(tmp_path / "p"), output=tmp_path / "out")
    (found,) = build.report
    assert (found.severity, found.code) == (Severity.WARNING, "engine")
    assert "colour" in found.message
    assert build.outputs[0].path.exists()


def test_a_strict_build_does_not_pass_such_a_style(misspelt: Path, tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        build_issue(write_publication(tmp_path / "p"), output=tmp_path / "out", strict=True)
    assert not (tmp_path / "out").exists()
