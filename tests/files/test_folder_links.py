"""Links to folders outside: nothing behind them is read, listed, written, or named in a message.

A publication with such links may come from an outside author.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from tests.publications import article, png, write_publication
from typeset.diagnostics import Diagnostic
from typeset.errors import ContentError, EnvironmentFault, TypesetError, UsageError
from typeset.files.atomic_write import write_whole
from typeset.files.output_folder import output_folder
from typeset.files.workspace import Workspace
from typeset.manifest.discovery import find_issue, issue_folders
from typeset.pipeline.build import load_issue
from typeset.scaffold.article import start_article
from typeset.scaffold.issue import start_issue

FOREIGN = "salaries-of-the-board"
"""The name of everything outside."""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder outside of every publication."""
    folder = tmp_path / "elsewhere"
    for inner in ("", "web", "print", FOREIGN):
        (folder / inner).mkdir(exist_ok=True, parents=True)
        for end in ("md", "png", "yaml", "html.j2"):
            (folder / inner / f"{FOREIGN}.{end}").write_text("x")
    (folder / FOREIGN / "theme.yaml").write_text("version: 1\nextends: brief\n")
    (folder / FOREIGN / "issue.yaml").write_text("volume: 1\n")
    return folder


def said(error: TypesetError) -> str:
    """Everything that a failure says."""
    reported = [error.message, error.hint]
    if isinstance(error, ContentError):
        reported += [" ".join((str(d.location), d.message, *d.hints)) for d in error.report]
    return "\n".join(reported)


def faults(issue: Path) -> list[Diagnostic]:
    """Return what is wrong with an issue; no message may name what is outside."""
    with pytest.raises(ContentError) as caught:
        load_issue(issue)
    assert FOREIGN not in said(caught.value)
    return caught.value.report.sorted()


def test_names_behind_a_link_are_no_guesses_for_images_and_articles(
    tmp_path: Path, elsewhere: Path
) -> None:
    issue = write_publication(
        tmp_path / "p",
        issue={"articles": ["articles/01-harbor.md", "texts/salaries-of-the-bord.md"]},
        articles={"01-harbor.md": article("![A.](images/salaries-of-the-bord.png){alt=A}")},
    )
    (issue / "images").symlink_to(elsewhere)
    (issue / "texts").symlink_to(elsewhere)
    (issue.parent / "images").symlink_to(elsewhere)
    assert [one.code for one in faults(issue)] == ["image-outside", "article-outside"]
    workspace = Workspace.at(issue.parent)
    assert workspace.names("images") == []
    assert workspace.names(f"{issue.name}/images") == []
    assert not [name for name in workspace.names(issue.name) if FOREIGN in name]


def test_an_article_behind_a_link_guesses_nothing_there(tmp_path: Path, elsewhere: Path) -> None:
    """A link inside the publication is followed, one from there to elsewhere is not."""
    issue = write_publication(
        tmp_path / "p",
        articles={"1.md": article("![A.](pictures/salaries-of-the-bord.png){alt=A}")},
    )
    (issue / "shared").mkdir()
    (issue / "shared" / "pictures").symlink_to(elsewhere)
    (issue / "articles" / "pictures").symlink_to(issue / "shared" / "pictures")
    assert [one.code for one in faults(issue)] == ["image-outside"]


def test_a_link_within_the_publication_is_as_good_as_a_folder(tmp_path: Path) -> None:
    issue = write_publication(
        tmp_path / "p",
        articles={"1.md": article("![A.](../images/port.png){alt=A}")},
        files={"../shared/port.png": png(40, 40)},
    )
    (issue / "images").symlink_to("../shared")
    assert load_issue(issue).issue.articles[0].images
    assert Workspace.at(issue.parent).names(f"{issue.name}/images") == ["port.png"]


@pytest.mark.parametrize("target", [".git", "loop", "missing"])
def test_a_link_to_a_hidden_folder_or_to_nothing_lists_nothing(target: str, tmp_path: Path) -> None:
    issue = write_publication(tmp_path / "p")
    (tmp_path / "p" / ".git").mkdir()
    (tmp_path / "p" / ".git" / "config").write_text("x")
    (tmp_path / "p" / "loop").symlink_to(target if target == "loop" else f"../p/{target}")
    assert Workspace.at(issue.parent).names("loop") == []
    assert load_issue(issue).issue.articles


def test_a_folder_of_templates_elsewhere_is_reported_and_not_listed(
    tmp_path: Path, elsewhere: Path
) -> None:
    issue = write_publication(tmp_path / "p")
    (tmp_path / "p" / "templates").symlink_to(elsewhere)
    (one,) = faults(issue)
    assert (one.code, str(one.location)) == ("template-outside", "templates")
    assert one.hints


@pytest.mark.parametrize("theme", ["salaries-of-the-bord", FOREIGN, "brieff"])
@pytest.mark.parametrize("link", ["themes", "themes/own"])
def test_themes_elsewhere_are_no_themes(
    link: str, theme: str, tmp_path: Path, elsewhere: Path
) -> None:
    issue = write_publication(tmp_path / "p", publication={"theme": theme})
    path = tmp_path / "p" / link
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(elsewhere if link == "themes" else elsewhere / FOREIGN)
    with pytest.raises(ContentError) as caught:
        load_issue(issue)
    (one,) = caught.value.report
    assert one.code == ("theme-outside" if link == "themes" else "theme-unknown")
    assert FOREIGN not in said(caught.value).replace(theme, "")


def test_a_theme_elsewhere_is_reported_by_its_name(tmp_path: Path, elsewhere: Path) -> None:
    issue = write_publication(tmp_path / "p", publication={"theme": "own"})
    (tmp_path / "p" / "themes").mkdir()
    (tmp_path / "p" / "themes" / "own").symlink_to(elsewhere / FOREIGN)
    (one,) = faults(issue)
    assert (one.code, str(one.location)) == ("theme-outside", "themes/own/theme.yaml")
    assert one.hints


def test_an_installed_theme_is_found_whatever_a_link_leads_to(
    tmp_path: Path, elsewhere: Path
) -> None:
    issue = write_publication(tmp_path / "p", publication={"theme": "ledger"})
    (tmp_path / "p" / "themes").symlink_to(elsewhere)
    assert load_issue(issue).design.theme.name == "ledger"


def test_issues_elsewhere_are_no_candidates(
    tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = write_publication(tmp_path / "p")
    (issue.parent / "more").symlink_to(elsewhere)
    (issue.parent / "deep").mkdir()
    (issue.parent / "deep" / "more").symlink_to(elsewhere / FOREIGN)
    (issue.parent / "again").symlink_to(issue.name)
    (issue.parent / "round").symlink_to("round")
    monkeypatch.chdir(issue.parent)
    assert issue_folders(Workspace.at(issue.parent)).count(issue.name) >= 1
    assert set(issue_folders(Workspace.at(issue.parent))) == {issue.name}
    with pytest.raises(UsageError) as caught:
        find_issue(Path("nothing"))
    assert issue.name in caught.value.hint
    assert FOREIGN not in said(caught.value)


# --- Writing -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("build", "../elsewhere"),
        ("build", "../nothing"),
        ("build", ".."),
        ("build", "build"),
        ("build/x", "../../elsewhere"),
        ("build/x", "../../nothing"),
    ],
)
def test_nothing_is_built_through_a_link(
    link: str, target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    (here / link).parent.mkdir(parents=True)
    (here / link).symlink_to(target)
    monkeypatch.chdir(here)
    with pytest.raises(EnvironmentFault) as caught:
        output_folder("x")
    assert "build/x" in caught.value.message
    assert "--output" in caught.value.hint
    assert target not in caught.value.message.replace("build/x", "")


def test_a_link_within_the_current_folder_may_be_built_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "build").symlink_to("outputs")
    monkeypatch.chdir(tmp_path)
    assert output_folder("x") == Path("build/x")


def test_a_build_goes_to_the_folder_that_its_user_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert output_folder("x") == Path("build/x")
    assert not Path("build").exists()


@pytest.mark.slow
def test_a_build_ends_without_a_file_where_its_folder_is_a_link(
    tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from typeset.pipeline.build import build_issue

    issue = write_publication(tmp_path / "p")
    (issue.parent / "build").symlink_to(elsewhere)
    before = sorted(os.walk(elsewhere))
    monkeypatch.chdir(issue.parent)
    with pytest.raises(EnvironmentFault):
        build_issue(issue, editions=["html"])
    assert sorted(os.walk(elsewhere)) == before
    # A link on the command line is followed, as the user chose it.
    (output,) = build_issue(issue, editions=["html"], output="build").outputs
    assert output.path.resolve().parent == elsewhere


def test_a_link_in_a_file_s_place_is_replaced_and_not_followed(tmp_path: Path) -> None:
    secret, file = tmp_path / "secret", tmp_path / "issue.pdf"
    secret.write_text("x")
    file.symlink_to(secret)
    write_whole(file, b"pages")
    assert secret.read_text() == "x"
    assert not file.is_symlink()
    assert file.read_bytes() == b"pages"


def test_a_new_article_is_not_written_elsewhere(tmp_path: Path, elsewhere: Path) -> None:
    issue = write_publication(
        tmp_path / "p",
        issue={"articles": ["../texts/1.md"]},
        articles={},
        files={"../texts/1.md": article()},
    )
    (issue / "articles").symlink_to(elsewhere)
    before = sorted(os.walk(elsewhere))
    with pytest.raises(UsageError) as caught:
        start_article("Salt", issue)
    assert "outside" in caught.value.message
    assert caught.value.hint
    assert sorted(os.walk(elsewhere)) == before


@pytest.mark.parametrize("target", ["elsewhere", "nothing"])
def test_a_new_issue_is_not_written_elsewhere(target: str, tmp_path: Path, elsewhere: Path) -> None:
    issue = write_publication(tmp_path / "p")
    (issue.parent / "2026-01-28").symlink_to(tmp_path / target)
    before = sorted(os.walk(tmp_path))
    with pytest.raises((UsageError, EnvironmentFault)):
        start_issue(issue.parent, date(2026, 1, 14), day=date(2026, 1, 28))
    assert sorted(os.walk(tmp_path)) == before
    assert sorted(os.walk(elsewhere))
