"""Which issue, and which line of it, the words of a command mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publications import write_publication
from typeset.errors import UsageError
from typeset.finding import place_in_issue
from typeset.source import Location

ARTICLE = "2026-01-14/articles/01-harbor.md"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_publication(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "line"),
    [(ARTICLE, 0), (f"{ARTICLE}:12", 12), (f"{ARTICLE}:12:3", 12), (f"./{ARTICLE}:1", 1)],
)
def test_an_article_means_its_issue_and_a_line(root: Path, name: str, line: int) -> None:
    assert place_in_issue(name) == (root / "2026-01-14", Location(ARTICLE, line))


@pytest.mark.parametrize(
    "name", ["2026-01-14", "2026-01-14/issue.yaml", "publication.yaml", "no:12"]
)
def test_anything_else_is_an_issue_without_a_line(root: Path, name: str) -> None:
    assert place_in_issue(name) == (Path(name), None)


def test_nothing_is_the_newest_issue() -> None:
    assert place_in_issue(None) == (None, None)


def test_a_file_of_no_issue_is_told(root: Path) -> None:
    (root / "alone.md").write_text("x")
    with pytest.raises(UsageError, match="stands above alone"):
        place_in_issue("alone.md:3")
