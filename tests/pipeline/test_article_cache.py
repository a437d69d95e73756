"""Reading an issue again gives the same result as the first time, only faster."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.in_process import InProcessReading
from tests.publications import article, png, write_publication
from typeset.errors import ContentError
from typeset.pipeline.loaded import LoadedIssue

BODY = 'One.[^9]\n\n![A port](port.png){alt="A port"}\n'


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    texts = {"1.md": article(BODY, title="One"), "2.md": article("Two.", title="Two")}
    return write_publication(tmp_path, articles=texts, files={"port.png": png(80, 60)})


def load(issue: Path, reader: InProcessReading) -> LoadedIssue:
    reader.open_issue(issue)
    return reader.load_issue()


def problems(issue: Path, reader: InProcessReading) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load(issue, reader)
    return [diagnostic.message for diagnostic in caught.value.report.sorted()]


def test_mistakes_are_reported_each_time(issue: Path) -> None:
    reader = InProcessReading()
    first = problems(issue, reader)
    assert any("9" in message for message in first)
    assert problems(issue, reader) == first
    assert problems(issue, InProcessReading()) == first


def test_what_did_not_change_is_the_same_and_what_did_is_read_anew(issue: Path) -> None:
    (issue / "articles" / "1.md").write_text(article(BODY.replace("[^9]", ""), title="One"))
    reader = InProcessReading()
    first = load(issue, reader).issue.articles
    second = load(issue, reader).issue.articles
    assert all(one is other for one, other in zip(first, second, strict=True))
    (issue / "articles" / "2.md").write_text(article("Three.", title="Two"))
    third = load(issue, reader).issue.articles
    assert third[0] is first[0]
    assert "Three." in third[1].blocks[0].html  # type: ignore[union-attr]


def test_another_image_a_missing_one_and_another_language_are_noticed(issue: Path) -> None:
    text = article(BODY.replace("[^9]", ""), title="One")
    (issue / "articles" / "1.md").write_text(text)
    reader = InProcessReading()
    assert load(issue, reader).issue.articles[0].images[0].width == 80
    (issue / "port.png").write_bytes(png(90, 60))
    assert load(issue, reader).issue.articles[0].images[0].width == 90
    (issue / "port.png").unlink()
    assert any("port.png" in message for message in problems(issue, reader))
    (issue / "port.png").write_bytes(png(90, 60))
    manifest = issue / "issue.yaml"
    manifest.write_text(manifest.read_text() + "language: de\n")
    assert load(issue, reader).issue.articles[0].language == "de"
