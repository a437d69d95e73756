"""The Python interface: what ``typeset`` offers, and what it promises."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

import typeset
from tests.parameters import slow_after
from tests.publications import article, write_publication
from typeset import Diagnostic, build_issue, check_issue, load_issue
from typeset.diagnostics import Severity
from typeset.errors import ContentError, EnvironmentFault, TypesetError, UsageError

SLUG = "the-test-brief-vol-1-issue-1"


def test_the_public_names_are_few_and_all_there() -> None:
    assert set(typeset.__all__) == {
        "Diagnostic",
        "__version__",
        "build_issue",
        "check_issue",
        "load_issue",
    }
    for name in typeset.__all__:
        assert getattr(typeset, name) is not None
    for name in ("build_issue", "check_issue", "load_issue", "Diagnostic"):
        assert getattr(typeset, name).__doc__


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="build_isue"):
        typeset.build_isue  # noqa: B018


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, typeset; typeset.__version__; "
        "print({'weasyprint', 'pydantic', 'markdown', 'jinja2', 'click'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.slow
def test_neither_engine_nor_readers_are_loaded_into_the_caller_s_process(tmp_path: Path) -> None:
    issue = write_publication(tmp_path / "p")
    code = (
        "import sys; from typeset import build_issue; "
        f"build_issue({str(issue)!r}, output={str(tmp_path / 'out')!r}); "
        "print({'weasyprint', 'markdown', 'typeset.pipeline.loading'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_building_writes_the_file_and_says_all_about_it(tmp_path: Path) -> None:
    build = build_issue(write_publication(tmp_path / "p"), output=tmp_path / "out")
    (output,) = build.outputs
    data = output.path.read_bytes()
    assert output.path == tmp_path / "out" / f"{SLUG}.pdf"
    assert output.edition == "screen"
    assert output.size == len(data)
    assert output.sha256 == hashlib.sha256(data).hexdigest()
    with pikepdf.open(output.path) as pdf:
        assert output.pages == len(pdf.pages)
    assert build.issue.slug == SLUG
    assert list(build.report) == []
    assert set(build.seconds) == {"read", "layout"}
    assert all(seconds > 0 for seconds in build.seconds.values())
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"{SLUG}.pdf"]


def test_the_usual_output_is_below_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    build = build_issue(write_publication(tmp_path / "p"))
    assert build.outputs[0].path == Path("build", SLUG, f"{SLUG}.pdf")
    assert (tmp_path / build.outputs[0].path).is_file()


def test_building_twice_replaces_the_file(tmp_path: Path) -> None:
    issue = write_publication(tmp_path / "p")
    first = build_issue(issue, output=tmp_path / "out").outputs[0]
    write_publication(tmp_path / "p", articles={"01-harbor.md": article("Another text.")})
    second = build_issue(issue, output=tmp_path / "out").outputs[0]
    assert first.path == second.path
    assert first.sha256 != second.sha256
    assert hashlib.sha256(second.path.read_bytes()).hexdigest() == second.sha256
    assert len(list((tmp_path / "out").iterdir())) == 1


@pytest.mark.parametrize("name", ["folder", "file", "string"])
def test_an_issue_is_named_by_its_folder_or_its_manifest(tmp_path: Path, name: str) -> None:
    issue = write_publication(tmp_path)
    given = {"folder": issue, "file": issue / "issue.yaml", "string": str(issue)}[name]
    assert load_issue(given).issue.slug == SLUG


def test_without_a_name_the_newest_issue_around_the_current_folder_is_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = write_publication(tmp_path)
    for day, number in (("2025-12-31", 9), ("2026-02-11", 2)):
        other = tmp_path / f"issue-{number}"
        other.mkdir()
        text = (issue / "issue.yaml").read_text("utf-8")
        text = text.replace("2026-01-14", day).replace("number: 1", f"number: {number}")
        (other / "issue.yaml").write_text(text, "utf-8")
        (other / "articles").mkdir()
        (other / "articles" / "01-harbor.md").write_text(article(), "utf-8")
    monkeypatch.chdir(issue / "articles")
    assert load_issue().issue.number == 2


@pytest.mark.usefixtures("reading_in_a_child")
def test_loading_returns_the_issue_as_values(tmp_path: Path) -> None:
    loaded = load_issue(write_publication(tmp_path))
    (text,) = loaded.issue.articles
    assert text.title.text == "A Harbor at Dawn"
    assert loaded.issue.name.text == "The Test Brief"
    with pytest.raises(AttributeError):
        setattr(loaded.issue, "volume", 3)  # noqa: B010 - as a caller without types might


@pytest.mark.usefixtures("reading_in_a_child")
def test_loading_fails_with_every_error_at_once(tmp_path: Path) -> None:
    body = "Text.[^none]\n\n![x](images/none.png)\n\n[a](javascript:alert)"
    with pytest.raises(ContentError) as caught:
        load_issue(write_publication(tmp_path, articles={"1.md": article(body)}))
    codes = {diagnostic.code for diagnostic in caught.value.report}
    assert {"endnote-undefined", "image-missing", "link-target"} <= codes


def test_checking_returns_the_report_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    issue = write_publication(
        tmp_path / "p", articles={"1.md": article("Text.\n\n[^1]: Never called.")}
    )
    report = check_issue(issue)
    (found,) = report
    assert isinstance(found, Diagnostic)
    assert (found.severity, found.code) == (Severity.WARNING, "endnote-unused")
    assert not report.failed
    assert [path.name for path in tmp_path.iterdir()] == ["p"]


def test_checking_a_broken_issue_returns_its_errors(tmp_path: Path) -> None:
    report = check_issue(write_publication(tmp_path, articles={"1.md": article("Text.[^none]")}))
    assert report.failed


@pytest.mark.usefixtures("reading_in_a_child")
@pytest.mark.parametrize(
    "call", slow_after(1, [load_issue, check_issue, build_issue]), ids=lambda call: call.__name__
)
def test_an_issue_that_is_not_there_is_wrong_usage(call: object, tmp_path: Path) -> None:
    assert callable(call)
    with pytest.raises(UsageError):
        call(tmp_path / "nowhere")


def test_an_unknown_edition_is_wrong_usage_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="pres"):
        build_issue(tmp_path / "nowhere", editions=["pres"])


def test_warnings_do_not_stop_a_build_unless_it_is_strict(tmp_path: Path) -> None:
    body = "Text.\n\n[^1]: Never called."
    issue = write_publication(tmp_path / "p", articles={"1.md": article(body)})
    assert len(build_issue(issue, output=tmp_path / "one").report) == 1
    with pytest.raises(ContentError) as caught:
        build_issue(issue, output=tmp_path / "other", strict=True)
    assert len(caught.value.report) == 1
    assert not (tmp_path / "other").exists()


def test_a_folder_that_cannot_be_written_is_a_fault_of_the_machine(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with pytest.raises(EnvironmentFault, match="cannot be written"):
        build_issue(write_publication(tmp_path / "p"), output=tmp_path / "file")
    assert (tmp_path / "file").read_text("utf-8") == "in the way"


def test_failures_have_one_root() -> None:
    for kind in (ContentError, UsageError, EnvironmentFault):
        assert issubclass(kind, TypesetError)
