"""The issue that a command means is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publications import ISSUE_FOLDER, write_publication
from typeset.errors import UsageError
from typeset.manifest.discovery import find_issue


def add_issue(publication: Path, folder: str, text: str | bytes) -> Path:
    path = publication / folder / "issue.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.fixture
def publication(tmp_path: Path) -> Path:
    """A publication of three issues, the newest neither first nor last by name."""
    folder = tmp_path / "brief"
    write_publication(folder)
    add_issue(folder, "autumn", "date: 2026-03-04")
    add_issue(folder, "2026/spring", "date: 2026-02-11")
    return folder


def found(path: Path | None) -> str:
    return find_issue(path)[1]


def refused(path: Path | None) -> UsageError:
    with pytest.raises(UsageError) as caught:
        find_issue(path)
    return caught.value


def test_an_issue_is_given_by_its_folder_or_its_manifest(publication: Path) -> None:
    issue = publication / ISSUE_FOLDER
    workspace, folder = find_issue(issue)
    assert (workspace.root, folder) == (publication.resolve(), ISSUE_FOLDER)
    assert found(issue / "issue.yaml") == ISSUE_FOLDER
    assert found(publication / "2026" / "spring") == "2026/spring"


def test_an_issue_is_given_by_a_relative_path(
    publication: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(publication / ISSUE_FOLDER)
    assert found(Path()) == ISSUE_FOLDER
    assert found(Path("issue.yaml")) == ISSUE_FOLDER
    assert found(Path("../autumn")) == "autumn"


def test_of_a_publication_the_newest_issue_is_meant(publication: Path) -> None:
    assert found(publication) == "autumn"
    assert found(publication / "publication.yaml") == "autumn"


@pytest.mark.parametrize("below", [".", ISSUE_FOLDER, f"{ISSUE_FOLDER}/articles", "2026"])
def test_without_a_path_it_is_the_newest_of_the_publication_around(
    below: str, publication: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(publication / below)
    assert found(None) == "autumn"


def test_an_issue_in_the_publications_own_folder_counts(publication: Path) -> None:
    add_issue(publication, ".", "date: 2026-12-02")
    assert found(publication / "publication.yaml") == "."
    assert found(publication) == "."


def test_of_two_issues_of_one_day_the_last_by_name_is_taken(publication: Path) -> None:
    add_issue(publication, "autumn-2", "date: 2026-03-04")
    assert found(publication) == "autumn-2"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("date: '2026", id="broken"),
        pytest.param("date: 2026-02-31", id="no-such-day"),
        pytest.param("date: soon", id="no-date"),
        pytest.param("volume: 1", id="without-a-date"),
        pytest.param("", id="empty"),
        pytest.param(b"date: 2020-01-01\n# \xe9", id="latin-1"),
    ],
)
def test_an_issue_without_a_readable_date_is_not_passed_over_in_silence(
    text: str | bytes, publication: Path
) -> None:
    add_issue(publication, "a-new-one", text)
    assert found(publication) == "a-new-one"


def test_an_issue_of_another_publication_within_does_not_count(publication: Path) -> None:
    write_publication(publication / "other", issue={"date": "2030-01-01"})
    assert found(publication) == "autumn"
    assert found(publication / "other" / ISSUE_FOLDER) == ISSUE_FOLDER


def test_an_issue_linked_from_elsewhere_does_not_count(publication: Path, tmp_path: Path) -> None:
    elsewhere = add_issue(tmp_path, "elsewhere", "date: 2030-01-01").parent
    (publication / "linked").symlink_to(elsewhere)
    assert found(publication) == "autumn"


def test_a_manifest_linked_from_elsewhere_stops_nothing_else(
    publication: Path, tmp_path: Path
) -> None:
    elsewhere = add_issue(tmp_path, "elsewhere", "date: 2010-01-01")
    (publication / "linked").mkdir()
    (publication / "linked" / "issue.yaml").symlink_to(elsewhere)
    assert found(publication / "autumn") == "autumn"
    # It counts as the newest, so that its mistake is reported.
    assert found(publication) == "linked"


def test_a_folder_that_is_not_there_is_wrong_usage(
    publication: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(publication)
    error = refused(Path("spring"))
    assert error.message == "there is no folder spring"
    assert error.hint == "there are issues in 2026-01-14, 2026/spring, autumn"


def test_a_folder_without_an_issue_is_wrong_usage(
    publication: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(publication)
    error = refused(Path("2026"))
    assert error.message == "2026 holds no issue.yaml"
    assert error.hint == "there are issues in 2026/spring"


def test_a_manifest_that_is_not_there_is_wrong_usage(publication: Path) -> None:
    error = refused(publication / ISSUE_FOLDER / "articles" / "issue.yaml")
    assert "holds no issue.yaml" in error.message


def test_another_file_is_wrong_usage(publication: Path) -> None:
    error = refused(publication / ISSUE_FOLDER / "articles" / "01-harbor.md")
    assert "01-harbor.md is neither an issue nor a publication" in error.message
    assert "issue.yaml" in error.hint


def test_an_issue_without_a_publication_is_wrong_usage(tmp_path: Path) -> None:
    issue = add_issue(tmp_path, "alone", "date: 2026-01-14").parent
    error = refused(issue)
    assert "no publication.yaml" in error.message
    assert "publication.yaml" in error.hint


def test_a_publication_without_an_issue_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "publication.yaml").write_text("schema: 1\n", "utf-8")
    error = refused(tmp_path)
    assert "no issue yet" in error.message
    assert "issue.yaml" in error.hint


def test_above_a_publication_the_hint_names_its_issues(
    publication: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(publication.parent)
    error = refused(None)
    assert "no publication.yaml" in error.message
    assert "brief/2026-01-14, brief/autumn" in error.hint


def test_a_hint_names_only_some_of_many_issues(publication: Path) -> None:
    for number in range(30):
        add_issue(publication, f"issue-{number}", "")
    error = refused(publication / "2027" / "issue.yaml")
    assert "there is no folder" in error.message
    assert len(error.hint) < 400


def test_nothing_anywhere_is_wrong_usage_without_a_guess(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "publication.yaml" in refused(None).hint
    assert refused(Path("x")).hint == ""
