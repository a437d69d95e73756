"""An issue that is read again is read as if for the first time, only faster."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publications import article, png, write_publication
from typeset.errors import ContentError
from typeset.pipeline import load_issue
from typeset.shelf import Shelf

BODY = 'One.[^9]\n\n![A port](port.png){alt="A port"}\n'


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    texts = {"1.md": article(BODY, title="One"), "2.md": article("Two.", title="Two")}
    return write_publication(tmp_path, articles=texts, files={"port.png": png(80, 60)})


def problems(issue: Path, shelf: Shelf) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load_issue(issue, shelf)
    return [diagnostic.message for diagnostic in caught.value.report.sorted()]


def test_mistakes_are_told_each_time(issue: Path) -> None:
    shelf = Shelf()
    first = problems(issue, shelf)
    assert any("9" in message for message in first)
    assert problems(issue, shelf) == first
    assert problems(issue, Shelf()) == first


def test_what_did_not_change_is_the_same_and_what_did_is_read_anew(issue: Path) -> None:
    (issue / "articles" / "1.md").write_text(article(BODY.replace("[^9]", ""), title="One"))
    shelf = Shelf()
    first = load_issue(issue, shelf).issue.articles
    second = load_issue(issue, shelf).issue.articles
    assert all(one is other for one, other in zip(first, second, strict=True))
    (issue / "articles" / "2.md").write_text(article("Three.", title="Two"))
    third = load_issue(issue, shelf).issue.articles
    assert third[0] is first[0]
    assert "Three." in third[1].blocks[0].html  # type: ignore[union-attr]


def test_another_image_a_missing_one_and_another_language_are_noticed(issue: Path) -> None:
    text = article(BODY.replace("[^9]", ""), title="One")
    (issue / "articles" / "1.md").write_text(text)
    shelf = Shelf()
    assert load_issue(issue, shelf).issue.articles[0].images[0].width == 80
    (issue / "port.png").write_bytes(png(90, 60))
    assert load_issue(issue, shelf).issue.articles[0].images[0].width == 90
    (issue / "port.png").unlink()
    assert any("port.png" in message for message in problems(issue, shelf))
    (issue / "port.png").write_bytes(png(90, 60))
    manifest = issue / "issue.yaml"
    manifest.write_text(manifest.read_text() + "language: de\n")
    assert load_issue(issue, shelf).issue.articles[0].language == "de"
