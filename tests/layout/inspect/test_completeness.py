"""Completeness: whatever the issue says is on its pages, once and in order, or nothing is written.

These tests change the engine's pages as a fault of it would: a box is removed, doubled or moved
before the pages are compared with the document.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import typeset.layout.lay_out
import typeset.pipeline.build
from tests.pages import Pages, lay_out_issue, paragraph, prose, with_css
from tests.publications import article, png, write_publication
from typeset import build_issue
from typeset.diagnostics import Diagnostic
from typeset.errors import ContentError
from typeset.layout.compose import Composed, compose
from typeset.layout.inspect.completeness import compare, missing_ids
from typeset.layout.process.parent import LayoutProcess
from typeset.layout.protocol import LaidOut, MakeJob, Progress
from typeset.pipeline.build import layout_job

LINES = """\
First of all comes a paragraph.

The second one has *emphasis*, [a link](https://example.org/) and a call.[^1]

## A heading of its own

- the first item
- the second item

> A quotation says this.

| Port | Depth |
|---|---|
| Kobe | sixteen |
Table: Depths of ports {source="The Desk"}

![A picture of it](images/x.png){credit="The Camera" alt="a picture"}

The last paragraph ends it.

[^1]: A note on the second.
"""
HEAD = {
    "kicker": "Harbors",
    "standfirst": "What is to come.",
    "authors": [{"name": "Ada Quay", "bio": "Ada writes on quays."}],
    "takeaway": "Quays last.",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_publication(
        tmp_path_factory.mktemp("complete"),
        publication={"masthead": [{"heading": "Editor", "text": "The Test Editor edits."}]},
        articles={
            "1.md": article(LINES, **HEAD),
            "2.md": article(prose(3, words=30), title="A Second Article", authors=["Ben Crane"]),
        },
        files={"images/x.png": png(60, 20)},
    )


@pytest.fixture(scope="module")
def whole(folder: Path) -> Pages:
    return lay_out_issue(folder)


def line_of(folder: Path, words: str) -> tuple[str, int]:
    """Where some words stand in the first article, as a diagnostic would say it."""
    path = folder / "articles" / "1.md"
    lines = path.read_text("utf-8").splitlines()
    (number,) = [n for n, line in enumerate(lines, 1) if words in line]
    return path.resolve().relative_to(folder.parent.resolve()).as_posix(), number


def id_of(whole: Pages, words: str) -> str:
    """The innermost element with an id that holds some words."""
    html = layout_job(whole.loaded)().html
    start = html.index("<main>")
    ids: list[str] = re.findall(r'\bid="([^"]+)"', html[start : html.index(words, start)])
    return ids[-1]


def lost(report: Any) -> list[Diagnostic]:
    return [diagnostic for diagnostic in report if diagnostic.code == "content-lost"]


def test_a_whole_issue_has_no_losses(whole: Pages) -> None:
    assert whole.laid_out.losses == ()
    assert lost(whole.report) == []
    assert whole.laid_out.pdf.startswith(b"%PDF")


LOSABLE = {
    "a paragraph": ("First of all comes", "First of all comes"),
    "a paragraph with markup": ("The second one has", "The second one has"),
    "a heading": ("A heading of its own", "## A heading of its own"),
    "an item": ("the second item", "- the second item"),
    "a quotation": ("A quotation says", "> A quotation says"),
    "a table": ("sixteen", "| Kobe | sixteen |"),
    "a table's caption": ("Depths of ports", "Table: Depths"),
    "a table's source": ("The Desk</p>", "Table: Depths"),
    "a figure's caption": ("A picture of it", "![A picture of it]"),
    "the last paragraph": ("The last paragraph", "The last paragraph"),
    "a note": ("A note on the second", "[^1]: A note"),
    "a kicker": ("Harbors", "kicker:"),
    "a title": ("A Harbor at Dawn", "title:"),
    "a standfirst": ("What is to come", "standfirst:"),
    "a bio": ("Ada writes on", "bio:"),
    "a takeaway": ("Quays last", "takeaway:"),
}
"""Words on the page by which an element is found, and the words of its place in the source."""


@pytest.fixture(scope="module")
def spoilt(folder: Path, whole: Pages) -> Pages:
    """The issue without any of these."""
    hidden = ", ".join(f"#{id_of(whole, words)}" for words, _ in LOSABLE.values())
    return lay_out_issue(folder, change=with_css(f"{hidden} {{ display: none }}"))


@pytest.mark.parametrize("source", [source for _, source in LOSABLE.values()], ids=LOSABLE)
def test_what_is_lost_is_told_with_its_place_in_the_source(
    folder: Path, spoilt: Pages, source: str
) -> None:
    assert line_of(folder, source) in {
        (diagnostic.location.path, diagnostic.location.line)
        for diagnostic in lost(spoilt.report)
        if diagnostic.location
    }


def test_nothing_is_lost_without_a_place_and_nothing_is_written(spoilt: Pages) -> None:
    assert [entry for entry in lost(spoilt.report) if entry.location is None] == []
    assert spoilt.laid_out.pdf == b""


def test_what_is_lost_beside_the_articles_fails_the_build_too(folder: Path) -> None:
    parts = {"masthead-1", "masthead-1-heading", "contents-2", "name"}
    hidden = ", ".join(f"#{part}" for part in parts)
    pages = lay_out_issue(folder, change=with_css(f"{hidden} {{ display: none }}"))
    assert pages.laid_out.pdf == b""
    assert {loss.element_id for loss in pages.laid_out.losses} == parts
    assert lost(pages.report)


def test_a_lost_word_inside_a_paragraph_is_told_by_the_words_that_follow(folder: Path) -> None:
    pages = lay_out_issue(folder, change=with_css("main em { display: none }"))
    (found,) = lost(pages.report)
    assert "emphasis" in found.message
    assert found.location is not None
    assert (found.location.path, found.location.line) == line_of(folder, "The second one")


# Faults inside the pages.


def blocks_of(document: Any, element_id: str) -> list[tuple[Any, Any]]:
    """The boxes of an element, each with the box that holds it."""
    found = []

    def visit(parent: Any) -> None:
        for child in getattr(parent, "children", ()):
            element = getattr(child, "element", None)
            if element is not None and element.get("id") == element_id:
                found.append((parent, child))
            else:
                visit(child)

    for page in document.pages:
        visit(page._page_box)
    return found


def drop(document: Any) -> None:
    ((parent, box),) = blocks_of(document, "a1-1")
    parent.children = [child for child in parent.children if child is not box]


def double(document: Any) -> None:
    ((parent, box),) = blocks_of(document, "a1-1")
    parent.children = [*parent.children, box]


def swap(document: Any) -> None:
    ((home, one),) = blocks_of(document, "a2-1")
    ((other_home, other),) = blocks_of(document, "a2-2")
    order = {id(one): other, id(other): one}
    for parent in {id(home): home, id(other_home): other_home}.values():
        parent.children = [order.get(id(child), child) for child in parent.children]


def drop_a_line(document: Any) -> None:
    ((_, box),) = blocks_of(document, "a2-2")
    box.children = [*box.children[:1], *box.children[2:]]


def swap_lines(document: Any) -> None:
    ((_, box),) = blocks_of(document, "a2-2")
    first, second, *rest = box.children
    box.children = [second, first, *rest]


def lose_an_id(document: Any) -> None:
    for page in document.pages:
        page.anchors.pop("a1-call-1", None)


def cut_a_word(document: Any) -> None:
    ((_, box),) = blocks_of(document, "a1-1")
    text = next(child for child in box.descendants() if hasattr(child, "text"))
    text.text = text.text[:-6]


FAULTS: dict[Callable[[Any], None], tuple[str, str, str]] = {
    drop: ("is not on the pages", "articles/1.md", "First of all"),
    double: ("is on the pages twice", "articles/1.md", "First of all"),
    swap: ("is out of order", "articles/2.md", "Paragraphaa"),
    drop_a_line: ("is not on the pages", "articles/2.md", "Paragraphaab"),
    swap_lines: ("is out of order", "articles/2.md", "Paragraphaab"),
    lose_an_id: ("is not on the pages", "articles/1.md", "The second one has"),
    cut_a_word: ("is not on the pages", "articles/1.md", "First of all"),
}


@pytest.fixture(params=FAULTS, ids=lambda fault: fault.__name__)
def fault(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Let the engine make a fault in every document that it lays out."""
    spoil: Callable[[Any], None] = request.param

    def spoiled(*arguments: Any) -> Composed:
        composed = compose(*arguments)
        spoil(composed.document)
        return composed

    monkeypatch.setattr(typeset.layout.lay_out, "compose", spoiled)
    return spoil


@pytest.mark.slow
def test_a_fault_of_the_engine_fails_the_build_and_leaves_the_last_output(
    folder: Path, fault: Callable[[Any], None], tmp_path: Path
) -> None:
    words, file, source = FAULTS[fault]
    last = tmp_path / "the-test-brief-vol-1-issue-1.pdf"
    last.write_bytes(b"the last good one")

    with pytest.raises(ContentError) as caught:
        build_issue(folder, output=tmp_path)

    found = lost(caught.value.report)
    assert any(words in diagnostic.message for diagnostic in found)
    lines = (folder / file).read_text("utf-8").splitlines()
    assert any(
        diagnostic.location is not None
        and diagnostic.location.path.endswith(file)
        and source in lines[diagnostic.location.line - 1]
        for diagnostic in found
    )
    assert [path.name for path in tmp_path.iterdir()] == [last.name]
    assert last.read_bytes() == b"the last good one"


@pytest.mark.slow
@pytest.mark.usefixtures("layout_in_a_child")
def test_content_lost_in_the_layout_process_fails_the_build_and_writes_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the command's end to the other, with a child process that really lost something."""

    run = LayoutProcess.run

    def hiding(
        process: LayoutProcess, make_job: MakeJob, on_progress: Callable[[Progress], None]
    ) -> LaidOut:
        job = make_job()
        hidden = (*job.stylesheets, "#a1-1 { display: none }")
        return run(process, partial(replace, job, stylesheets=hidden), on_progress)

    monkeypatch.setattr(LayoutProcess, "run", hiding)
    output = tmp_path / "out"

    with pytest.raises(ContentError) as caught:
        build_issue(folder, output=output)

    places = {
        (found.location.path, found.location.line)
        for found in lost(caught.value.report)
        if found.location
    }
    assert places == {line_of(folder, "First of all")}
    assert not output.exists()


# The comparison by itself.


def test_spaces_hyphens_and_case_do_not_count() -> None:
    expected = [("p1", "A well-known har\u00adbor  at dawn")]
    assert compare(expected, [("p1", "A WELL-"), ("p1", "known har-"), ("p1", "bor at dawn")]) == []


@pytest.mark.parametrize(
    ("found", "kind", "text"),
    [
        ([("p1", "One two")], "lost", "three"),
        ([("p1", "One two three three")], "doubled", "three"),
        ([("p1", "One three two")], "out of order", "wothree"),
        ([("p1", "One two thrae")], "lost", "ee"),
        ([], "lost", "onetwothree"),
    ],
)
def test_a_difference_is_named_by_its_kind_and_shown(
    found: list[tuple[str, str]], kind: str, text: str
) -> None:
    losses = compare([("p1", "One two three")], found)
    assert [(loss.element_id, loss.kind, loss.text) for loss in losses] == [("p1", kind, text)]


def test_whole_elements_in_another_order_are_noticed() -> None:
    expected = [("p1", "One"), ("p2", "Two")]
    (loss,) = compare(expected, [("p2", "Two"), ("p1", "One")])
    assert loss.kind == "out of order"


def test_text_that_nobody_wrote_is_noticed() -> None:
    (loss,) = compare([("p1", "One")], [("p1", "One"), ("p9", "Stray")])
    assert (loss.element_id, loss.kind) == ("p9", "doubled")


def test_ids_that_are_on_no_page_are_named() -> None:
    losses = missing_ids(["p1", "p2"], {"p1": object()})
    assert [(loss.element_id, loss.kind) for loss in losses] == [("p2", "lost")]


def test_a_paragraph_said_twice_by_its_author_is_no_fault(tmp_path: Path) -> None:
    body = f"{paragraph(1)}\n\n{paragraph(1)}\n\n- same\n- same"
    assert (
        lay_out_issue(write_publication(tmp_path, articles={"1.md": article(body)})).laid_out.losses
        == ()
    )
