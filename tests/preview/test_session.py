"""A session builds what a build gives, with warm processes, and only where something changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.pages import prose
from tests.publications import article, png, write_publication
from typeset import build_issue
from typeset.errors import EnvironmentFault
from typeset.layout.process.parent import LayoutProcess
from typeset.layout.protocol import Progress, silent
from typeset.pipeline.reading import ReadingProcess
from typeset.preview.proof import LaidOutIssue, Proof
from typeset.preview.session import PreviewSession

pytestmark = pytest.mark.slow

PICTURE = '![A port.](images/port.png){alt="A port."}'
TEXT = f"{prose(6)}\n\nAs the court said.[^1]\n\n{PICTURE}\n\n{prose(4, 30)}\n\n[^1]: A note.\n"


def built(session: PreviewSession) -> Proof:
    proof = session.build(silent)
    assert proof is not None
    return proof


def pages_of(proof: Proof) -> LaidOutIssue:
    assert proof.issue is not None
    return proof.issue


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_publication(
        tmp_path_factory.mktemp("session"),
        articles={"1.md": article(TEXT, title="One"), "2.md": article(prose(4, 50), title="Two")},
        files={"images/port.png": png(800, 500)},
    )


@pytest.fixture(scope="module")
def session(issue: Path) -> Iterator[PreviewSession]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("typeset.pipeline.build.ReadingProcess", ReadingProcess)
        patch.setattr("typeset.pipeline.build.LayoutProcess", LayoutProcess)
        session = PreviewSession(issue)
        yield session
        session.close()


Edit = Callable[[str, str], None]


@pytest.fixture
def edit(issue: Path) -> Iterator[Edit]:
    """Change the first article, which is as it was once the test is over."""
    path = issue / "articles" / "1.md"
    whole = path.read_text("utf-8")

    def edit(old: str, new: str) -> None:
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    yield edit
    path.write_text(whole, "utf-8")


def test_what_a_warm_process_lays_out_is_what_a_build_writes(
    issue: Path, session: PreviewSession, edit: Edit, tmp_path: Path
) -> None:
    before = pages_of(built(session))
    process = session._process
    edit(prose(1, 3)[-60:], prose(1, 31)[-60:])
    after = pages_of(built(session))
    assert session._process is process
    assert after.pdf != before.pdf
    assert after.pdf == build_issue(issue, output=tmp_path).outputs[0].path.read_bytes()


def test_the_page_in_sight_is_drawn_before_the_pages_are_written(
    session: PreviewSession, edit: Edit
) -> None:
    edit(prose(1, 3)[-60:], prose(1, 33)[-60:])
    progress: list[Progress] = []
    proof = session.build(progress.append, 2)
    assert proof is not None
    steps = [one.step for one in progress]
    (early,) = (one for one in progress if one.step == "sight")
    assert steps.index("sight") < steps.index("write")
    assert early.page == 2
    assert early.pdf.startswith(b"%PDF")


def test_the_web_page_comes_after_the_pages_and_is_that_of_a_build(
    issue: Path, session: PreviewSession, edit: Edit, tmp_path: Path
) -> None:
    edit(prose(1, 3)[-60:], prose(1, 32)[-60:])
    pages = built(session)
    assert pages_of(pages).html is None
    complete = session.with_web_page(pages)
    assert complete is not None
    build = build_issue(issue, editions=["html"], output=tmp_path)
    assert pages_of(complete).html == build.outputs[0].path.read_bytes()
    assert pages_of(complete).pdf == pages_of(pages).pdf
    assert session.with_web_page(complete) is None
    assert pages_of(built(session)).html == pages_of(complete).html  # a save that changes nothing


def test_an_abandoned_build_keeps_the_processes_that_did_not_work_at_it(
    session: PreviewSession,
) -> None:
    built(session)
    processes = session._reader, session._process
    session.abandon()
    assert session.build(silent) is None
    assert (session._reader, session._process) == processes
    assert built(session).issue is not None


def test_a_save_that_changes_nothing_needs_no_build(session: PreviewSession) -> None:
    proof = built(session)
    progress: list[Progress] = []
    again = session.build(progress.append)
    assert progress == []
    assert again is not None
    assert again.issue is proof.issue
    assert again.report is proof.report


def test_nor_does_a_mistake_that_is_undone(session: PreviewSession, edit: Edit) -> None:
    good = built(session)
    edit("[^1]: A note.", "![x](images/missing.png)")
    broken = built(session)
    assert broken.issue is None
    assert broken.report.failed
    edit("![x](images/missing.png)", "[^1]: A note.")
    assert built(session).issue is good.issue


def test_a_moved_line_is_built(session: PreviewSession, edit: Edit) -> None:
    """The pages are the same, but not the lines that diagnostics and clicks lead to."""
    before = pages_of(built(session))
    edit(prose(1, 30), "\n" + prose(1, 30))
    after = pages_of(built(session))
    assert after.pdf == before.pdf
    blocks = [one.loaded.issue.articles[0].blocks for one in (before, after)]
    moved = [new.location.line - old.location.line for old, new in zip(*blocks, strict=True)]
    assert set(moved) == {0, 1}


def test_a_reading_process_that_was_ended_is_replaced(session: PreviewSession) -> None:
    proof = built(session)
    assert session._reader is not None
    session._reader.kill()
    again = built(session)
    assert again.issue is proof.issue


def test_until_there_are_good_pages_errors_leave_what_can_be_set(
    issue: Path, edit: Edit, tmp_path: Path
) -> None:
    edit("images/port.png", "images/prot.png")
    session = PreviewSession(issue)
    try:
        first = built(session)
        assert pages_of(first).is_partial
        assert [str(one.code) for one in first.report] == ["image-missing"]
        assert built(session).issue is first.issue  # a save that changes nothing

        edit("images/prot.png", "images/port.png")
        good = pages_of(built(session))
        assert not good.is_partial
        assert good.pdf == build_issue(issue, output=tmp_path).outputs[0].path.read_bytes()

        edit("images/port.png", "images/prot.png")
        assert built(session).issue is None
    finally:
        session.close()


def test_if_what_can_be_set_fails_its_errors_are_reported_and_not_the_machine(
    issue: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise EnvironmentFault("the layout engine has ended")

    monkeypatch.setattr("typeset.pipeline.render.EditionRenderer.render_editions", fail)
    edit("images/port.png", "images/prot.png")
    session = PreviewSession(issue)
    proof = built(session)
    session.close()
    assert proof.issue is None
    assert [str(one.code) for one in proof.report] == ["image-missing"]


def test_a_machine_that_lacks_something_is_reported(
    issue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise EnvironmentFault("the layout engine cannot start", hint="install Pango")

    monkeypatch.setattr("typeset.preview.session.render_loaded", fail)
    session = PreviewSession(issue)
    proof = session.build(silent)
    session.close()
    assert proof is not None
    (problem,) = proof.report
    assert (problem.code, problem.hints) == ("layout-failed", ("install Pango",))
