"""After an edit, the pages that are laid out again look like those of the whole document."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pypdfium2
import pytest

from tests.pages import not_told, prose
from tests.publications import article, png, write_publication
from typeset.layout.lay_out import Engine
from typeset.layout.protocol import LaidOut, LayoutJob, Relaid
from typeset.pipeline.build import layout_job, load_issue

LIST = "\n".join(f"- Item {n} of a list. " + prose(1, 900 + n, 30) for n in range(9))
NOTES = "\n".join(f"[^{n}]: A note. " + prose(1, 800 + n, 25) for n in range(1, 9))
CALLS = " ".join(f"Called[^{n}] here." for n in range(1, 9))
FIRST = f"{prose(16)}\n\n{LIST}\n\n{prose(6, 60)}\n\n{CALLS}\n\n{NOTES}\n"
SECOND = (
    f"{prose(7, 20)}\n\n## A heading\n\n{prose(5, 30)}\n\n"
    '![The port.](images/port.png){alt="A port."}\n\n'
    f"{prose(6, 40)}\n"
)
SCALE = 0.7
"""Of the pictures that are compared, in pixels a point."""


def picture(pdf: bytes, page: int) -> bytes:
    """A page as it looks; pages count from 0."""
    image = pypdfium2.PdfDocument(pdf)[page].render(scale=SCALE).to_pil()
    data = io.BytesIO()
    image.save(data, "PPM")
    return data.getvalue()


def pictures(pdf: bytes) -> list[bytes]:
    return [picture(pdf, page) for page in range(len(pypdfium2.PdfDocument(pdf)))]


@dataclass
class Harness:
    """An issue that was laid out, and can be edited."""

    issue: Path
    engine: Engine = field(default_factory=Engine)

    def __post_init__(self) -> None:
        self.texts = {path: path.read_text("utf-8") for path in self.issue.rglob("*.md")}
        self.before, self.made_of = self.lay_out(), self.job()

    def job(self) -> LayoutJob:
        return replace(layout_job(load_issue(self.issue))(), keep=True)

    def lay_out(self) -> LaidOut:
        return self.engine.lay_out(self.job(), not_told)

    def relay(self) -> Relaid | None:
        """Lay out what an edit of the issue as it was at first touches."""
        self.engine.take_up(self.before.snapshot, self.made_of)
        return self.relay_more()

    def relay_more(self) -> Relaid | None:
        """Lay out what another edit touches."""
        return self.engine.relay(self.job(), not_told)

    def edit(self, name: str, change: Callable[[str], str]) -> None:
        """Change an article's text, as it was at first."""
        for path, text in self.texts.items():
            path.write_text(change(text) if path.name == name else text, "utf-8")


def build(folder: Path, flow: str) -> Harness:
    articles = {"1.md": article(FIRST, title="One"), "2.md": article(SECOND, title="Two")}
    files = {"images/port.png": png()}
    return Harness(write_publication(folder, issue={"flow": flow}, articles=articles, files=files))


@pytest.fixture(scope="module")
def harness(tmp_path_factory: pytest.TempPathFactory) -> Harness:
    return build(tmp_path_factory.mktemp("issue"), "continuous")


@pytest.fixture(scope="module")
def paged_harness(tmp_path_factory: pytest.TempPathFactory) -> Harness:
    return build(tmp_path_factory.mktemp("issue"), "new-page")


def swapped(number: int) -> Callable[[str], str]:
    """Another word, as long, in the midst of a paragraph."""

    def change(text: str) -> str:
        old = prose(1, number)
        assert old in text
        words = old.split(" ")
        words[40] = words[40][::-1]
        return text.replace(old, " ".join(words))

    return change


def longer(number: int) -> Callable[[str], str]:
    """Three lines more in a paragraph."""

    def change(text: str) -> str:
        old = prose(1, number)
        assert old in text
        return text.replace(old, f"{old} {prose(1, 700, 28)}")

    return change


EDITS = {
    "a word on the front page": ("1.md", swapped(1), True),
    "a word in the paragraph that leaves the front page": ("1.md", swapped(4), True),
    "a word on an inner page": ("1.md", swapped(12), True),
    "a word in a list": ("1.md", lambda text: text.replace("Item 4 of", "Item 5 of"), True),
    "a word in a note": ("1.md", lambda text: text.replace("[^6]: A note", "[^6]: A hint"), True),
    "a word beside a figure": ("2.md", swapped(33), True),
    "a caption": ("2.md", lambda text: text.replace("The port.", "The dock."), True),
    "a word on the last page": ("2.md", swapped(45), True),
    "lines added on the front page": ("1.md", longer(1), False),
    "lines added on the last page": ("2.md", longer(44), True),
}


QUICK = {"a word on the front page", "a word in a list"}


@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=() if one in QUICK else pytest.mark.slow) for one in EDITS]
)
def test_the_pages_that_an_edit_touches_look_as_in_the_whole_document(
    harness: Harness, name: str
) -> None:
    check(harness, name)


@pytest.mark.slow
@pytest.mark.parametrize("name", EDITS)
def test_so_they_do_where_each_article_begins_a_page(paged_harness: Harness, name: str) -> None:
    check(paged_harness, name)


def check(harness: Harness, name: str) -> None:
    file, change, settles = EDITS[name]
    harness.edit(file, change)
    relaid = harness.relay()
    whole = harness.lay_out()
    assert relaid is not None
    assert relaid.pages >= 1
    shown = pictures(relaid.pdf)
    expected = pictures(whole.pdf)
    assert shown == expected[relaid.first - 1 : relaid.first - 1 + relaid.pages]
    before = pictures(harness.before.pdf)
    assert before != expected, "the edit shows nowhere"
    if settles:
        assert relaid.is_settled
        before[relaid.first - 1 : relaid.first - 1 + relaid.pages] = shown
        assert before == expected
    for element_id, boxes in relaid.boxes.items():
        there = [box for box in whole.boxes[element_id] if box in boxes]
        assert len(there) == len(boxes), element_id


@pytest.mark.slow
def test_edits_follow_one_another(harness: Harness) -> None:
    harness.edit("1.md", swapped(12))
    first = harness.relay()
    assert first is not None
    harness.edit("1.md", lambda text: swapped(13)(swapped(12)(text)))
    second = harness.relay_more()
    assert second is not None
    expected = pictures(harness.lay_out().pdf)
    assert pictures(second.pdf) == expected[second.first - 1 : second.first - 1 + second.pages]


def test_a_new_paragraph_renames_what_follows_it(harness: Harness) -> None:
    harness.edit("1.md", lambda text: text.replace(prose(1, 14), f"Short.\n\n{prose(1, 14)}"))
    relaid = harness.relay()
    assert relaid is not None
    whole = harness.lay_out()
    known = {relaid.renamed.get(name, name) for name in harness.before.boxes} | set(relaid.boxes)
    assert known >= set(whole.boxes)


def test_nothing_is_laid_out_where_nothing_changed(harness: Harness) -> None:
    harness.edit("1.md", lambda text: text + "\n\n")
    relaid = harness.relay()
    assert relaid is not None
    assert relaid.pages == 0
    assert relaid.is_settled
    harness.edit("1.md", swapped(12))
    relaid = harness.relay_more()
    assert relaid is not None
    assert relaid.pages


@pytest.mark.parametrize(
    ("file", "change"),
    [
        ("1.md", lambda text: text.replace("One", "Uno")),
        ("2.md", lambda text: text.replace('![The port.](images/port.png){alt="A port."}', "")),
    ],
    ids=["a title in the contents", "a figure taken away"],
)
def test_what_touches_more_is_left_to_the_whole_layout(
    harness: Harness, file: str, change: Callable[[str], str]
) -> None:
    harness.edit(file, change)
    assert harness.relay() is None


@pytest.mark.slow
def test_other_settings_are_left_to_the_whole_layout(tmp_path: Path) -> None:
    harness = build(tmp_path, "continuous")
    manifest = harness.issue / "issue.yaml"
    manifest.write_text(manifest.read_text("utf-8") + "page: a4\n", "utf-8")
    assert harness.relay() is None


@pytest.mark.slow
def test_an_engine_that_has_worked_before_gives_the_same_bytes(harness: Harness) -> None:
    harness.edit("1.md", swapped(3))
    warm = harness.lay_out().pdf
    assert warm == Engine().lay_out(harness.job(), not_told).pdf
