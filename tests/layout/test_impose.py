"""Imposing: what the plan divides keeps its links, its places to lead to, and its order."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from tests.oracle.page_documents import windows_of
from tests.pages import Pages, lay_out_issue, paragraph, plain, prose
from tests.publications import article, write_publication
from typeset.layout.compose import compose
from typeset.layout.renderer import Renderer
from typeset.pipeline.build import layout_job, load_issue

LINKS, APART = 101, 5
LINKED = " ".join(
    word if number % APART else f"[{word}](https://example.org/{number // APART})"
    for number, word in enumerate(paragraph(77, (LINKS - 1) * APART + 1).rstrip(".").split())
)
"""A paragraph longer than a column, whose first word, last word and many between lead elsewhere."""
BODY = f"{prose(3)}\n\n## The heading\n\n{LINKED}\n\n{prose(3, 80)} End.[^1]\n\n[^1]: The note."


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_publication(
        tmp_path_factory.mktemp("impose"),
        articles={"1.md": article(BODY), "2.md": article(prose(4, 40), title="The other one")},
    )


@pytest.fixture(scope="module")
def pages(issue: Path) -> Pages:
    return lay_out_issue(issue)


def test_each_link_of_a_divided_paragraph_lies_where_its_word_stands(pages: Pages) -> None:
    links = [link for link in pages.links if link.uri and "example.org" in link.uri]
    places = {int(link.uri.rpartition("/")[2]): link for link in links if link.uri}
    assert len(places) == LINKS
    assert len({link.area.page for link in links}) > 1
    glyphs = pages.the(re.sub(r"\[(\w+)\]\([^)]*\)", r"\1", LINKED))
    first, last = places[0].area, places[LINKS - 1].area
    for area, glyph in ((first, glyphs[0]), (last, glyphs[-1])):
        assert area.page == glyph.page
        assert area.top < glyph.baseline < area.bottom
        assert area.left - 3 < glyph.x < area.right


@pytest.mark.slow
def test_a_divided_paragraph_is_led_to_where_it_begins(issue: Path) -> None:
    """Each part has the element's id; the first one counts."""
    job = layout_job(load_issue(issue))()
    renderer = Renderer(job)
    root = renderer.parse(job.html)
    composed = compose(job, renderer, root)
    windows = [*windows_of(root, composed.plans, job.geometry)]
    parts = [one for one in windows if one.block.tag == "p" and one.slice.first > 0]
    assert parts
    for part in parts:
        begin = next(one for one in windows if one.block is part.block)
        pages = composed.document.pages
        found = [n for n, page in enumerate(pages, 1) if part.block.get("id") in page.anchors]
        assert found[0] == begin.page
        place = pages[begin.page - 1].anchors[part.block.attrib["id"]]
        assert place[1] * 0.75 == pytest.approx(begin.top, abs=0.05)


def test_the_contents_lead_to_the_heads(pages: Pages) -> None:
    boxes = pages.laid_out.boxes
    inner = [link for link in pages.links if link.uri is None and link.area.page == 1]
    for name, link in zip(("a1", "a2"), inner[:2], strict=True):
        (head,) = boxes[name]
        assert link.page == head.page
        assert link.top == pytest.approx(head.top, abs=1)


def test_the_content_of_a_page_is_in_the_order_of_the_text(pages: Pages) -> None:
    """Notes and quotations too, which styles shift: a reader takes the stream as it comes."""
    with pypdfium2.PdfDocument(pages.path) as pdf:
        said = plain("".join(page.get_textpage().get_text_range() for page in pdf))
    order = [said.find(plain(text)) for text in ("The heading", paragraph(80), "The note.")]
    assert -1 not in order
    assert order == sorted(order)
    assert said.rfind("Theotherone") > order[-1]
