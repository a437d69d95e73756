"""After an edit the pages that it touches are shown at once, and look as a build makes them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import PIL.Image
import pypdfium2
import pytest

from tests.pages import not_told, prose
from tests.publications import article, write_publication
from typeset.errors import EnvironmentFault
from typeset.pipeline.reading import ReadingProcess
from typeset.preview.proof import Proof
from typeset.preview.session import PreviewSession
from typeset.preview.state import PreviewState

ADDRESS = "[the court](https://example.org/court)"
NAMES = "高雄港與基隆港、台北港、花蓮港、安平港都是國際商港。"
PICTURE = '![A port.](images/port.png){alt="A port."}'
TEXT = (
    f"{prose(14)}\n\nAs {ADDRESS} said of {NAMES}[^1]\n\n{PICTURE}\n\n{prose(4, 30)}\n\n"
    "[^1]: A note.\n"
)


def photograph(width: int, height: int) -> bytes:
    """A PNG with as many colors as pixels, so that an edition makes it smaller."""
    data = io.BytesIO()
    size = (width, height)
    noise = [PIL.Image.effect_noise(size, 90) for _ in range(3)]
    PIL.Image.merge("RGB", noise).save(data, "PNG")
    return data.getvalue()


def pictures(pdf: bytes) -> list[bytes]:
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            data = io.BytesIO()
            page.render(scale=0.6).to_pil().save(data, "PPM")
            found.append(data.getvalue())
    return found


def built(session: PreviewSession) -> Proof:
    """Build the issue, as the preview does."""
    proof = session.build(not_told)
    assert proof is not None
    session.prepare()
    return proof


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_publication(
        tmp_path_factory.mktemp("revising"),
        articles={"1.md": article(TEXT, title="One"), "2.md": article(prose(9, 50), title="Two")},
        files={"images/port.png": photograph(800, 500)},
    )


@pytest.fixture(scope="module")
def session(issue: Path) -> Iterator[PreviewSession]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("typeset.pipeline.build.ReadingProcess", ReadingProcess)
        session = PreviewSession(issue)
        built(session)
        yield session
        session.close()


@pytest.fixture
def edit(issue: Path, session: PreviewSession) -> Iterator[Callable[[str, str, str], None]]:
    """Change an article, which is built as it was once the test is over."""
    texts = {path: path.read_text("utf-8") for path in issue.glob("articles/*.md")}

    def edit(name: str, old: str, new: str) -> None:
        path = issue / "articles" / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    yield edit
    for path, text in texts.items():
        path.write_text(text, "utf-8")
    built(session)


Edit = Callable[[str, str, str], None]


def test_a_revised_issue_is_what_a_build_makes_of_it(session: PreviewSession, edit: Edit) -> None:
    edit("1.md", prose(1, 30)[-60:], prose(1, 31)[-60:])
    revised = session.revise()
    assert revised is not None
    assert revised.issue is not None
    assert 0 < len(revised.touched) < revised.issue.laid_out.pages
    assert not revised.is_final
    proof = built(session)
    assert proof.issue is not None
    assert proof.is_final
    assert pictures(revised.issue.pdf) == pictures(proof.issue.pdf)
    assert set(revised.issue.laid_out.boxes) == set(proof.issue.laid_out.boxes)


@pytest.mark.slow
def test_links_to_the_web_stay_on_a_revised_page(session: PreviewSession, edit: Edit) -> None:
    """The others are there again once it is built, though the page looks the same."""
    edit("1.md", "A note.", "A hint.")
    revised = session.revise()
    assert revised is not None
    state = PreviewState(lambda: None)

    def links() -> list[str]:
        assert state.revision is not None
        number = state.revision.number
        pages = [state.links(number, page) for page in revised.touched]
        return [link["address"] for page in pages for link in page]

    try:
        state.show(revised)
        assert "https://example.org/court" in links()
        assert "" not in links()
        state.show(built(session))
        assert "https://example.org/court" in links()
        assert "" in links()
    finally:
        state.close()


@pytest.mark.slow
def test_a_page_that_the_build_confirms_is_the_same_page(
    session: PreviewSession, edit: Edit
) -> None:
    """The browser need not load it again, and does not mark it twice."""
    state = PreviewState(lambda: None)
    try:
        state.show(built(session))
        ending = prose(1, 2)[-30:]
        edit("1.md", ending, ending.replace("beyond", "dnoyeb"))
        revised = session.revise()
        assert revised is not None
        state.show(revised)
        assert state.revision is not None
        assert list(state.revision.changed) == list(revised.touched)
        assert state.busy
        state.show(built(session))
        assert state.revision.changed == ()
        assert not state.busy
        edit("2.md", prose(1, 52)[-60:], prose(1, 53)[-60:])
        second = session.revise()
        assert second is not None
        assert set(revised.touched) - set(second.touched)
        state.show(second)
        state.show(built(session))
        assert state.revision.changed == ()
    finally:
        state.close()


@pytest.mark.slow
def test_edits_are_revised_one_after_another_without_a_build(
    session: PreviewSession, edit: Edit
) -> None:
    edit("1.md", prose(1, 30)[-60:], prose(1, 31)[-60:])
    assert session.revise() is not None
    edit("2.md", prose(1, 52)[-60:], prose(1, 53)[-60:])
    second = session.revise()
    assert second is not None
    assert second.issue is not None
    proof = built(session)
    assert proof.issue is not None
    assert pictures(second.issue.pdf) == pictures(proof.issue.pdf)


@pytest.mark.slow
def test_what_touches_other_pages_waits_for_the_build(session: PreviewSession, edit: Edit) -> None:
    edit("1.md", prose(1, 2), f"{prose(1, 2)} {prose(1, 60, 60)}")
    first = session.revise()
    assert first is not None
    edit("1.md", prose(1, 5)[-60:], prose(1, 6)[-60:])
    assert session.revise() is None
    built(session)
    edit("1.md", prose(1, 6)[-60:], prose(1, 7)[-60:])
    assert session.revise() is not None


def test_a_mistake_is_left_to_the_build_to_tell(session: PreviewSession, edit: Edit) -> None:
    good = built(session)
    edit("1.md", "[^1]: A note.", "![x](images/missing.png)")
    assert session.revise() is None
    assert built(session).report.failed
    edit("1.md", "![x](images/missing.png)", "[^1]: A note.")
    mended = session.revise()
    assert mended is not None, "it is mended at once"
    assert mended.is_final
    assert mended.issue is good.issue
    edit("1.md", "A note.", "A hint.")
    assert session.revise() is not None


def test_a_save_that_changes_nothing_needs_no_build(session: PreviewSession) -> None:
    proof = built(session)
    again = session.revise()
    assert again is not None
    assert again.is_final
    assert again.issue is proof.issue


def test_what_is_undone_shows_the_pages_that_were_built(
    session: PreviewSession, edit: Edit
) -> None:
    proof = built(session)
    edit("1.md", "A note.", "A hint.")
    assert session.revise() is not None
    edit("1.md", "A hint.", "A note.")
    undone = session.revise()
    assert undone is not None
    assert undone.is_final
    assert undone.issue is proof.issue
    edit("1.md", "A note.", "A word.")
    assert session.revise() is not None, "it can be edited from there"


def test_a_reading_process_that_was_ended_is_replaced(session: PreviewSession) -> None:
    proof = built(session)
    assert session._reader is not None
    session._reader.kill()
    again = session.revise()
    assert again is not None
    assert again.issue is proof.issue


def test_a_moved_line_is_built(session: PreviewSession, edit: Edit) -> None:
    """The pages are the same, but not the lines that diagnostics and clicks lead to."""
    built(session)
    edit("1.md", prose(1, 30)[-60:], prose(1, 30)[-60:] + "\n")
    revised = session.revise()
    assert revised is None or not revised.is_final


def test_a_machine_that_lacks_something_is_reported(
    issue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise EnvironmentFault("the layout engine cannot start", hint="install Pango")

    monkeypatch.setattr("typeset.preview.session.render_issue", fail)
    session = PreviewSession(issue)
    proof = session.build(not_told)
    session.close()
    assert proof is not None
    (problem,) = proof.report
    assert (problem.code, problem.hints) == ("layout-failed", ("install Pango",))
