"""Files of every kind that cannot be read are reported with the code of that kind."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.publications import ISSUE_FOLDER, article, write_publication
from typeset import load_issue
from typeset.diagnostics import Report
from typeset.errors import ContentError
from typeset.files.workspace import MAX_BINARY_BYTES, MAX_TEXT_BYTES, Workspace
from typeset.manifest.load import load_manifest
from typeset.source import Location
from typeset.theme.load import load_theme, read_templates

THEME = "version: 1\nextends: brief\n"
FACES = "".join(f"      {style}: a.ttf\n" for style in ("regular", "bold", "italic", "bold_italic"))

Spoil = Callable[[Path], None]


def absent(path: Path) -> None:
    path.symlink_to("nothing")


def elsewhere(path: Path) -> None:
    outside = path.parents[len(path.parents) - 2] / "etc" / "hostname"
    path.symlink_to(outside)


def folder(path: Path) -> None:
    path.mkdir()


def pipe(path: Path) -> None:
    os.mkfifo(path)


def circle(path: Path) -> None:
    path.symlink_to(path.name)


def long_text(path: Path) -> None:
    _long(path, MAX_TEXT_BYTES)


def long_data(path: Path) -> None:
    _long(path, MAX_BINARY_BYTES)


def latin(path: Path) -> None:
    path.write_bytes(b"caf\xe9")


def _long(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.truncate(size + 1)  # a file with a hole takes no room


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (absent, "manifest-missing"),
        (folder, "manifest-not-a-file"),
        (circle, "manifest-unreadable"),
        (long_text, "manifest-too-large"),
        (latin, "manifest-encoding"),
    ],
)
def test_manifests(spoil: Spoil, code: str, tmp_path: Path) -> None:
    write_publication(tmp_path)
    assert_reported(tmp_path, f"{ISSUE_FOLDER}/issue.yaml", spoil, code, _read_manifest)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (folder, "theme-not-a-file"),
        (circle, "theme-unreadable"),
        (long_text, "theme-too-large"),
        (latin, "theme-encoding"),
    ],
)
@pytest.mark.parametrize("name", ["print.css", "web.css"])
def test_styles_of_themes(spoil: Spoil, code: str, name: str, tmp_path: Path) -> None:
    _write_theme(tmp_path, THEME)
    assert_reported(tmp_path, f"themes/own/{name}", spoil, code, _read_theme)


@pytest.mark.parametrize(
    ("spoil", "code"), [(long_text, "theme-too-large"), (latin, "theme-encoding")]
)
def test_themes(spoil: Spoil, code: str, tmp_path: Path) -> None:
    _write_theme(tmp_path, THEME)
    assert_reported(tmp_path, "themes/own/theme.yaml", spoil, code, _read_theme)


def test_a_theme_that_extends_none_needs_styles(tmp_path: Path) -> None:
    _write_theme(tmp_path, "version: 1\n")
    report = Report()
    _read_theme(Workspace.at(tmp_path), report)
    assert "theme-missing" in {problem.code for problem in report}


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (elsewhere, "font-outside"),
        (folder, "font-not-a-file"),
        (circle, "font-unreadable"),
        (long_data, "font-too-large"),
    ],
)
def test_fonts(spoil: Spoil, code: str, tmp_path: Path) -> None:
    _write_theme(tmp_path, f"{THEME}fonts:\n  - family: House\n    faces:\n{FACES}")
    assert_reported(tmp_path, "themes/own/a.ttf", spoil, code, _read_theme)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (absent, "template-missing"),
        (elsewhere, "template-outside"),
        (pipe, "template-not-a-file"),
        (circle, "template-unreadable"),
        (long_text, "template-too-large"),
        (latin, "template-encoding"),
    ],
)
def test_templates(spoil: Spoil, code: str, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    assert_reported(tmp_path, "templates/article.j2", spoil, code, _read_templates)


def test_images(tmp_path: Path) -> None:
    text = article('Text.\n\n![The quay.](quay.png){alt="A quay"}')
    issue = write_publication(tmp_path, articles={"1.md": text})
    circle(issue / "quay.png")
    with pytest.raises(ContentError) as caught:
        load_issue(issue)
    assert [problem.code for problem in caught.value.report] == ["image-unreadable"]


def assert_reported(
    root: Path, name: str, spoil: Spoil, code: str, read: Callable[[Workspace, Report], object]
) -> None:
    path = root / name
    path.unlink(missing_ok=True)
    spoil(path)
    report = Report()
    read(Workspace.at(root), report)
    assert {str(problem.code) for problem in report} == {code}


def _read_manifest(workspace: Workspace, report: Report) -> None:
    load_manifest(workspace, ISSUE_FOLDER, report)


def _read_theme(workspace: Workspace, report: Report) -> None:
    load_theme("own", workspace, Location("publication.yaml"), report)


def _read_templates(workspace: Workspace, report: Report) -> None:
    read_templates(workspace, "templates", report)


def _write_theme(root: Path, text: str) -> None:
    home = root / "themes" / "own"
    home.mkdir(parents=True)
    (home / "theme.yaml").write_text(text)
