"""A lenient reading has stand-ins for what cannot be read; any other ends with the errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.in_process import InProcessReading
from tests.publications import article, png, write_publication
from typeset.diagnostics import Severity
from typeset.errors import ContentError
from typeset.images.measure import measure_image
from typeset.limits import Caps
from typeset.model import Figure, Prose
from typeset.pipeline.loaded import LoadedIssue
from typeset.pipeline.stand_ins import PICTURE

PICTURES = '![A port](port.png){alt="Ships"}\n\n![A quay](quay.png){alt="Cranes"}'


def load(issue: Path, *, lenient: bool = True) -> LoadedIssue:
    reader = InProcessReading(Caps.given())
    reader.open_issue(issue)
    return reader.load_issue(lenient=lenient)


def errors(loaded: LoadedIssue) -> list[str]:
    return [str(one.code) for one in loaded.diagnostics if one.severity is Severity.ERROR]


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    """An issue with a missing picture, a broken article, and one that is not there."""
    return write_publication(
        tmp_path,
        issue={"articles": ["articles/1.md", "articles/2.md", "articles/3.md"]},
        articles={"1.md": article(f"Text.\n\n{PICTURES}"), "2.md": "No front matter."},
        files={"articles/port.png": png(90, 60)},
    )


def test_a_missing_picture_is_a_frame_in_its_place_with_its_caption(issue: Path) -> None:
    _, port, quay = load(issue).issue.articles[0].blocks
    assert isinstance(port, Figure)
    assert isinstance(quay, Figure)
    assert port.image.width == 90
    assert quay.image == PICTURE
    assert measure_image(PICTURE.path, PICTURE.data) == PICTURE
    assert (quay.caption.text, quay.alt) == ("A quay", "Cranes")


def test_an_article_that_cannot_be_read_keeps_its_place_and_names_its_file(issue: Path) -> None:
    first, *others = load(issue).issue.articles
    assert first.title.text == "A Harbor at Dawn"
    assert [(one.id, one.title.text) for one in others] == [("a2", "2.md"), ("a3", "3.md")]
    for one in others:
        (block,) = one.blocks
        assert isinstance(block, Prose)
        assert "cannot be read" in block.html
        assert one.places[block.id].path == one.path == f"{issue.name}/articles/{one.title.text}"


def test_its_errors_are_those_of_any_other_reading(issue: Path) -> None:
    found = errors(load(issue))
    assert sorted(found) == ["article-missing", "front-matter-missing", "image-missing"]
    with pytest.raises(ContentError) as caught:
        load(issue, lenient=False)
    assert [one.code for one in caught.value.report] == [
        one.code for one in load(issue).diagnostics
    ]


def test_a_whole_issue_is_read_alike(tmp_path: Path) -> None:
    issue = write_publication(tmp_path)
    assert load(issue).equals(load(issue, lenient=False))


def test_a_page_without_room_ends_a_lenient_reading_too(tmp_path: Path) -> None:
    narrow = {"page": ["90 mm", "250 mm"]}
    with pytest.raises(ContentError) as caught:
        load(write_publication(tmp_path, publication=narrow))
    assert [str(one.code) for one in caught.value.report] == ["page-small"]
