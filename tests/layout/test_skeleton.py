"""The skeleton: front matter, running heads and folios, with beds for the type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import pypdfium2
import pytest
from weasyprint import Document

from tests.pages import prose
from tests.publications import article, write_publication
from typeset.geometry import PageGeometry
from typeset.layout.engine.boxes import children_of
from typeset.layout.renderer import Renderer
from typeset.layout.skeleton import Skeleton, bed_of, front_matter, pad_to_grid, targets_of
from typeset.pipeline.build import layout_job, load_issue


@dataclass(frozen=True, slots=True)
class Made:
    root: Element
    skeleton: Skeleton
    geometry: PageGeometry

    @property
    def body(self) -> Element:
        return next(self.root.iter("body"))


@pytest.fixture
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    issue = write_publication(
        tmp_path_factory.mktemp("skeleton"),
        publication={"masthead": [{"heading": "Desk", "text": "The Test Desk"}]},
        articles={"1.md": article(prose(2)), "2.md": article(prose(2), title="Other")},
    )
    job = layout_job(load_issue(issue))()
    renderer = Renderer(job)
    root = renderer.parse(job.html)
    return Made(root, Skeleton(renderer, root), job.geometry)


def texts(document: Document) -> list[str]:
    """The words on each page."""
    with pypdfium2.PdfDocument(document.write_pdf()) as pdf:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]


def test_the_text_begins_below_the_front_matter(made: Made) -> None:
    begin = made.skeleton.begin()
    assert begin.page == 1
    assert set(begin.heights) == {"nameplate", "contents", "masthead"}
    above = begin.heights["nameplate"] + begin.heights["contents"]
    assert begin.top == pytest.approx(
        made.geometry.first_top + above, abs=2 * made.geometry.baseline
    )


def test_parts_of_the_front_matter_are_padded_to_whole_lines(made: Made) -> None:
    before = made.skeleton.begin()
    added = pad_to_grid(made.body, before.heights, made.geometry.baseline)
    after = made.skeleton.begin()
    assert after.top == pytest.approx(before.top + added, abs=0.05)
    lines = (after.top - made.geometry.first_top) / made.geometry.baseline
    assert lines == pytest.approx(round(lines), abs=0.01)


def test_pages_have_a_bed_each_and_no_text(made: Made) -> None:
    document = made.skeleton.render(4, dict.fromkeys(targets_of(front_matter(made.body)), 0))
    beds = [bed_of(page) for page in document.pages]
    assert all(bed is not None for bed in beds)
    first, *others = texts(document)
    assert "Test Desk" in first
    assert "Paragraph" not in first
    assert len(others) == 3
    assert all("The Test Brief" in words for words in others)
    assert [words.split()[-1] for words in others] == ["2", "3", "4"]


def test_the_contents_name_the_page_of_the_bed_that_has_the_anchor(made: Made) -> None:
    names = [link[1:] for link in contents_of(made)]
    for bed, page in ((5, "6"), (2, "3")):
        words = texts(made.skeleton.render(7, dict(zip(names, (0, bed), strict=True))))[0]
        assert re.findall(r"Desk[ .]+(\d+)", words)[:2] == ["1", page]


def contents_of(made: Made) -> list[str]:
    contents = next(one for one in made.body.iter() if one.get("id") == "contents")
    return [link.attrib["href"] for link in contents.iter("a")]


def test_only_what_the_front_matter_names_is_a_target(made: Made) -> None:
    assert targets_of(front_matter(made.body)) == {link[1:] for link in contents_of(made)}


def test_a_bed_is_empty_but_for_its_anchors(made: Made) -> None:
    names = targets_of(front_matter(made.body))
    document = made.skeleton.render(2, dict.fromkeys(names, 1))
    beds = [bed_of(page) for page in document.pages]
    assert [len(children_of(bed)) > 0 for bed in beds if bed is not None] == [False, True]
    assert [names <= set(page.anchors) for page in document.pages] == [False, True]
