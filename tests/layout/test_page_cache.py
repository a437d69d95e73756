"""A page that an edit leaves as it was is that of the last layout, and the file a new layout's."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import pytest
from weasyprint import Document

from tests.pages import prose
from tests.publications import article, png, write_publication
from typeset.layout import compose as compose_module
from typeset.layout.compose import compose
from typeset.layout.engine.marked_content import MarkedPage
from typeset.layout.impose import Piece, impose
from typeset.layout.lay_out import Engine
from typeset.layout.lines.report import justified_lines
from typeset.layout.pdf.write import write_all
from typeset.layout.protocol import LayoutJob, silent
from typeset.layout.renderer import Renderer
from typeset.layout.skeleton import Skeleton, front_matter
from typeset.pipeline.build import layout_job, load_issue

PICTURE = "https://typeset.invalid/picture.png"
NOTES = "\n\n[^1]: A note, with [a link](https://example.org/)."


def publication(folder: Path, **settings: object) -> Path:
    return write_publication(
        folder,
        publication={"masthead": [{"heading": "Desk", "text": "The *Test* Desk"}], **settings},
        articles={
            "1.md": article(prose(14) + " A call.[^1]" + NOTES),
            "2.md": article(prose(14, 40), title="The Second Article"),
        },
    )


def job_of(issue: Path) -> LayoutJob:
    return replace(layout_job(load_issue(issue))(), sight=1)


@dataclass(slots=True)
class Layout:
    """A document that is imposed and written again and again."""

    job: LayoutJob
    renderer: Renderer
    pieces: list[Piece]
    root: Element
    beds: int
    anchors: dict[str, int]
    first: Document

    def again(self, pieces: list[Piece], *, fresh: bool = False) -> tuple[Document, bytes]:
        """The pages and the file of some pieces, as after another layout."""
        pages = self.renderer.pages
        if fresh:
            self.renderer.pages = None
        try:
            skeleton = Skeleton(self.renderer, self.root)
            skeleton.begin()
            document = impose(
                skeleton.render(self.beds, self.anchors), [*pieces], self.renderer.pages
            )
            painter = self.renderer.pages.painter if self.renderer.pages else None
            body = next(self.root.iter("body"))
            return document, write_all(document, body, self.job, painter)[0.0]
        finally:
            self.renderer.pages = pages


@pytest.fixture
def layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Layout:
    """A document that was laid out once, but not written."""
    job = job_of(publication(tmp_path))
    renderer = Renderer(job)
    root = renderer.parse(job.html)
    noted: dict[str, Any] = {}

    def imposing(skeleton: Document, pieces: list[Piece], cache: Any) -> Document:
        noted["pieces"] = [*pieces]
        return impose(skeleton, pieces, cache)

    render = Skeleton.render

    def rendering(skeleton: Skeleton, pages: int, anchors: dict[str, int]) -> Document:
        noted.update(beds=pages, anchors=anchors)
        return render(skeleton, pages, anchors)

    with monkeypatch.context() as patch:
        patch.setattr(compose_module, "impose", imposing)
        patch.setattr(Skeleton, "render", rendering)
        composed = compose(job, renderer, root)
    return Layout(job, renderer, root=root, first=composed.document, **noted)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[MarkedPage]:
    """The pages that were drawn, and not repeated."""
    pages: list[MarkedPage] = []
    draw = MarkedPage._draw

    def drawing(page: MarkedPage, stream: Any, scale: float) -> None:
        pages.append(page)
        draw(page, stream, scale)

    monkeypatch.setattr(MarkedPage, "_draw", drawing)
    return pages


def test_the_same_pieces_are_the_same_pages(layout: Layout, drawn: list[MarkedPage]) -> None:
    _, fresh = layout.again(layout.pieces, fresh=True)
    pages, data = layout.again(layout.pieces)
    assert len(pages.pages) > 3
    assert data == fresh
    drawn.clear()
    again, data = layout.again(layout.pieces)
    assert all(one is other for one, other in zip(again.pages, pages.pages, strict=True))
    assert drawn == []
    assert data == fresh


def test_a_piece_on_another_page_changes_these_two(layout: Layout, drawn: list[MarkedPage]) -> None:
    before, _ = layout.again(layout.pieces)
    moved = next(number for number, one in enumerate(layout.pieces) if one.spot.page == 3) - 1
    one = layout.pieces[moved]
    assert one.spot.page == 2
    pieces = [*layout.pieces]
    pieces[moved] = replace(one, spot=replace(one.spot, page=3))
    drawn.clear()
    after, data = layout.again(pieces)
    assert [
        number
        for number, (old, new) in enumerate(zip(before.pages, after.pages, strict=True), 1)
        if old is not new
    ] == [2, 3]
    assert {2, 3} <= {after.pages.index(page._page) + 1 for page in drawn}
    assert len(drawn) < len(after.pages)
    assert data == layout.again(pieces, fresh=True)[1]
    assert layout.again(layout.pieces)[1] == layout.again(layout.pieces, fresh=True)[1]


def test_a_page_more_leaves_the_others(layout: Layout) -> None:
    """The last one was as high as its text, and now goes on."""
    before, _ = layout.again(layout.pieces)
    layout.beds += 1
    after, data = layout.again(layout.pieces)
    same = [one is other for one, other in zip(before.pages, after.pages, strict=False)]
    assert same == [True] * (len(before.pages) - 1) + [False]
    assert data == layout.again(layout.pieces, fresh=True)[1]


def test_another_place_in_the_contents_changes_their_page(layout: Layout) -> None:
    before, _ = layout.again(layout.pieces)
    layout.anchors = {name: page + 1 for name, page in layout.anchors.items()}
    layout.beds += 1
    after, data = layout.again(layout.pieces)
    same = [one is other for one, other in zip(before.pages, after.pages, strict=False)]
    assert same == [False, *[True] * (len(before.pages) - 2), False]
    assert data == layout.again(layout.pieces, fresh=True)[1]


def test_a_changed_picture_in_the_front_matter_is_seen(layout: Layout) -> None:
    body = next(layout.root.iter("body"))
    layout.renderer.fetcher.add({PICTURE: ("image/png", png())})
    SubElement(front_matter(body)[0], "img", src=PICTURE, alt="A")
    before, _ = layout.again(layout.pieces)
    assert layout.renderer.pages is not None
    layout.renderer.pages.forget(["https://typeset.invalid/another.png"])
    same, _ = layout.again(layout.pieces)
    assert same.pages[0] is before.pages[0]
    layout.renderer.pages.forget([PICTURE])
    body[:] = [one if one.tag == "main" else deepcopy(one) for one in body]  # as it is read again
    after, _ = layout.again(layout.pieces)
    assert after.pages[0] is not before.pages[0]
    assert after.pages[1] is before.pages[1]


def test_what_is_around_the_pages_is_seen(layout: Layout) -> None:
    before, _ = layout.again(layout.pieces)
    next(layout.root.iter("main")).set("lang", "de")
    after, _ = layout.again(layout.pieces)
    assert not any(one is other for one, other in zip(before.pages, after.pages, strict=True))


def test_the_lines_of_a_page_are_named_as_the_document_now_has_it(layout: Layout) -> None:
    document, _ = layout.again(layout.pieces)
    body = next(layout.root.iter("body"))
    before = justified_lines(body, document, layout.job.geometry)
    assert justified_lines(body, document, layout.job.geometry) == before
    old = before[-1].element_id
    next(one for one in body.iter() if one.get("id") == old).set("id", "new")
    after = justified_lines(body, document, layout.job.geometry)
    named = [replace(one, element_id="new") if one.element_id == old else one for one in before]
    assert [*after] == named != [*before]


def word(issue: Path) -> None:
    """Change a word of the second article."""
    change(issue / "articles" / "2.md", " the ", " their ")


def title(issue: Path) -> None:
    """Change the title of the second article, which stands in the contents, too."""
    change(issue / "articles" / "2.md", "The Second Article", "The Other Article")


def masthead(issue: Path) -> None:
    """Change the front matter."""
    change(issue.parent / "publication.yaml", "Test* Desk", "Best* Desk")


def name(issue: Path) -> None:
    """Change every running head."""
    change(issue.parent / "publication.yaml", "name: ", "name: New ")


def paragraph(issue: Path) -> None:
    """Move the text of all later pages."""
    path = issue / "articles" / "1.md"
    path.write_text(path.read_text("utf-8").replace("\n\n", f"\n\n{prose(1, 90)}\n\n", 1), "utf-8")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.slow
def test_the_file_after_an_edit_is_that_of_a_new_layout(tmp_path: Path) -> None:
    issue = publication(tmp_path)
    engine = Engine()
    first = engine.lay_out(job_of(issue), silent).pdf
    seen = {first}
    for edit in (word, title, masthead, name, paragraph):
        edit(issue)
        job = job_of(issue)
        after = engine.lay_out(job, silent)
        fresh = Engine().lay_out(replace(job, sight=None), silent)
        assert after.pdf == fresh.pdf, edit.__name__
        assert (after.boxes, after.lines, after.findings) == (
            fresh.boxes,
            fresh.lines,
            fresh.findings,
        )
        assert after.pdf not in seen
        seen.add(after.pdf)
