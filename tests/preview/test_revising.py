"""After an edit the pages that it touches are shown at once, and look as a build makes them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest

from tests.pages import not_told, prose
from tests.publications import article, png, write_publication
from typeset.preview.desk import Desk
from typeset.workshop import Workshop

ADDRESS = "[the court](https://example.org/court)"
TEXT = f"{prose(14)}\n\nAs {ADDRESS} said.[^1]\n\n{prose(4, 30)}\n\n[^1]: A note.\n"


def pictures(pdf: bytes) -> list[bytes]:
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            data = io.BytesIO()
            page.render(scale=0.6).to_pil().save(data, "PPM")
            found.append(data.getvalue())
    return found


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_publication(
        tmp_path_factory.mktemp("revising"),
        articles={"1.md": article(TEXT, title="One"), "2.md": article(prose(9, 50), title="Two")},
        files={"images/x.png": png(90, 60)},
    )


@pytest.fixture(scope="module")
def workshop(issue: Path) -> Iterator[Workshop]:
    workshop = Workshop(issue)
    assert workshop.build(not_told) is not None
    yield workshop
    workshop.close()


@pytest.fixture
def edit(issue: Path, workshop: Workshop) -> Iterator[Callable[[str, str, str], None]]:
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
    workshop.build(not_told)


Edit = Callable[[str, str, str], None]


def test_a_revised_issue_is_what_a_build_makes_of_it(workshop: Workshop, edit: Edit) -> None:
    edit("1.md", prose(1, 30)[-60:], prose(1, 31)[-60:])
    revised = workshop.revise()
    assert revised is not None
    assert revised.issue is not None
    assert 0 < len(revised.touched) < revised.issue.laid_out.pages
    assert not revised.is_final
    built = workshop.build(not_told)
    assert built is not None
    assert built.issue is not None
    assert built.is_final
    assert pictures(revised.issue.pdf) == pictures(built.issue.pdf)
    assert set(revised.issue.laid_out.boxes) == set(built.issue.laid_out.boxes)


@pytest.mark.slow
def test_links_to_the_web_stay_on_a_revised_page(workshop: Workshop, edit: Edit) -> None:
    edit("1.md", "A note.", "A hint.")
    revised = workshop.revise()
    assert revised is not None
    assert revised.issue is not None
    desk = Desk(lambda: None)
    try:
        desk.show(revised)
        assert desk.edition is not None
        pages = [sheet.digest for sheet in desk.edition.sheets.sheets]
        links = [link["address"] for digest in pages for link in desk.text(digest)["links"]]
        assert "https://example.org/court" in links
    finally:
        desk.close()


@pytest.mark.slow
def test_a_page_that_the_build_confirms_is_the_same_page(workshop: Workshop, edit: Edit) -> None:
    """The browser need not load it again, and does not mark it twice."""
    desk = Desk(lambda: None)
    try:
        before = workshop.build(not_told)
        assert before is not None
        desk.show(before)
        edit("1.md", prose(1, 31)[-60:], prose(1, 30)[-60:])
        revised = workshop.revise()
        assert revised is not None
        desk.show(revised)
        assert desk.edition is not None
        assert list(desk.edition.changed) == list(revised.touched)
        assert desk.busy
        built = workshop.build(not_told)
        assert built is not None
        desk.show(built)
        assert desk.edition.changed == ()
        assert not desk.busy
    finally:
        desk.close()


@pytest.mark.slow
def test_edits_are_revised_one_after_another_without_a_build(
    workshop: Workshop, edit: Edit
) -> None:
    edit("1.md", prose(1, 30)[-60:], prose(1, 31)[-60:])
    assert workshop.revise() is not None
    edit("2.md", prose(1, 52)[-60:], prose(1, 53)[-60:])
    second = workshop.revise()
    assert second is not None
    assert second.issue is not None
    built = workshop.build(not_told)
    assert built is not None
    assert built.issue is not None
    assert pictures(second.issue.pdf) == pictures(built.issue.pdf)


@pytest.mark.slow
def test_what_touches_other_pages_waits_for_the_build(workshop: Workshop, edit: Edit) -> None:
    edit("1.md", prose(1, 2), f"{prose(1, 2)} {prose(1, 60, 60)}")
    first = workshop.revise()
    assert first is not None
    edit("1.md", prose(1, 5)[-60:], prose(1, 6)[-60:])
    assert workshop.revise() is None
    assert workshop.build(not_told) is not None
    edit("1.md", prose(1, 6)[-60:], prose(1, 7)[-60:])
    assert workshop.revise() is not None


def test_a_mistake_is_left_to_the_build_to_tell(workshop: Workshop, edit: Edit) -> None:
    edit("1.md", "[^1]: A note.", "![x](images/missing.png)")
    assert workshop.revise() is None
    built = workshop.build(not_told)
    assert built is not None
    assert built.report.failed


def test_a_save_that_changes_nothing_shows_nothing(workshop: Workshop) -> None:
    assert workshop.revise() is None
