"""What the README shows is what a reader gets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from typeset.cli import main

README = Path(__file__).parents[1] / "README.md"


@pytest.fixture
def gazette(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write the README's publication into an empty folder, which becomes the current one."""
    blocks = re.findall(
        r"`(gazette/[^`]+)`[^\n]*\n\n```\w+\n(.*?)```", README.read_text(), re.DOTALL
    )
    assert len(blocks) == 3
    for name, text in blocks:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "gazette"


def test_own_publication_builds_without_a_complaint(
    gazette: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The three files that the README shows make a PDF where it says."""
    assert main(["build", "gazette/2026-12-02"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.strip() in README.read_text()
    assert (gazette.parent / out.strip()).read_bytes().startswith(b"%PDF")


def test_mistakes_are_told_as_shown(gazette: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two slips in two files give, in one run, the very lines that the README shows."""
    (shown,) = re.findall(r"```text\n(.*? errors?.*?\n)```", README.read_text(), re.DOTALL)
    for path, right, wrong in (
        (gazette / "publication.yaml", "accent:", "acent:"),
        (gazette / "2026-12-02/articles/01-quay.md", "[^office] ", "[^ofice] "),
    ):
        text = path.read_text()
        assert right in text
        path.write_text(text.replace(right, wrong))
    assert main(["build", "gazette/2026-12-02"]) == 1
    assert capsys.readouterr().err == shown
