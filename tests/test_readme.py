"""What the README shows is what a reader gets."""

from __future__ import annotations

import io
import re
import shlex
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.commands import NOVEMBER_27
from typeset.cli import main

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
ARTICLE = "the-harbor-gazette/2026-12-02/articles/02-the-quay-is-open.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


class Followed(NamedTuple):
    """What a reader has who did all that the README says."""

    folder: Path
    pairs: list[tuple[str, str]]
    """What the README shows below each command, and what the command said."""


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Followed:
    """Run every command of the README's terminals in an empty folder, and write its article."""
    folder = tmp_path_factory.mktemp("followed")
    pairs = []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("SOURCE_DATE_EPOCH", NOVEMBER_27)
        patch.setattr(sys, "stdin", io.StringIO())
        for words, shown in re.findall(
            r"\$ typeset-press (.*)\n((?:(?!\$).*\n)*)", "".join(blocks("console"))
        ):
            said = io.StringIO()
            with redirect_stdout(said), redirect_stderr(said):
                main(shlex.split(words))
            pairs.append((shown, said.getvalue()))
    (text,) = blocks("markdown")
    assert (folder / ARTICLE).is_file()
    (folder / ARTICLE).write_text(text, "utf-8")
    return Followed(folder, pairs)


@pytest.fixture
def shown_and_said(
    followed: Followed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> list[tuple[str, str]]:
    """Go to a copy of the folder in which the README was followed."""
    copy = shutil.copytree(followed.folder, tmp_path / "copy")
    monkeypatch.chdir(copy)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOVEMBER_27)
    return followed.pairs


def test_every_command_says_what_is_shown(shown_and_said: list[tuple[str, str]]) -> None:
    assert len(shown_and_said) == 3
    for shown, said in shown_and_said:
        assert said == shown


def test_the_settings_that_are_shown_stand_in_the_manifest(
    shown_and_said: list[tuple[str, str]],
) -> None:
    (excerpt,) = blocks("yaml")
    text = Path("the-harbor-gazette/publication.yaml").read_text("utf-8")
    for setting in excerpt.split("\n\n"):
        assert setting.strip() in text


def test_the_article_keeps_the_title_that_it_was_begun_with(
    shown_and_said: list[tuple[str, str]],
) -> None:
    title = re.search(r"new article \"(.*?)\"", README)
    assert title is not None
    assert f"\ntitle: {title[1]}\n" in Path(ARTICLE).read_text("utf-8")


def test_the_publication_builds_without_a_complaint(
    shown_and_said: list[tuple[str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "the-harbor-gazette", "--strict"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out in README
    assert Path(out.strip()).read_bytes().startswith(b"%PDF")


def test_the_lines_of_python_build_an_issue(
    shown_and_said: list[tuple[str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    """With another issue than the sample, which takes longer."""
    (code,) = blocks("python")
    sample = "issues/2026-11-25"
    assert sample in code
    exec(code.replace(sample, "the-harbor-gazette"), {})  # noqa: S102 - the README's own
    path, pages = capsys.readouterr().out.split()
    assert Path(path).read_bytes().startswith(b"%PDF")
    assert int(pages) > 0


def test_mistakes_are_reported_as_shown(
    shown_and_said: list[tuple[str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Two mistakes in two files give, in one run, exactly the lines that the README shows."""
    (shown,) = blocks("text")
    for path, right, wrong in (
        ("the-harbor-gazette/publication.yaml", "theme:", "teme:"),
        (ARTICLE, "[^office] ", "[^ofice] "),
    ):
        text = Path(path).read_text("utf-8")
        assert right in text
        Path(path).write_text(text.replace(right, wrong), "utf-8")
    assert main(["build", "the-harbor-gazette"]) == 1
    assert capsys.readouterr().err == shown
