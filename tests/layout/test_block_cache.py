"""The cache of blocks: after an edit only what changed is set, and pages are those of a build."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pypdfium2
import pytest

from tests.pages import paragraph
from tests.publications import article, png, write_publication
from typeset.layout.block_cache import BlockCache, Snapshot
from typeset.layout.galley import Galley, GalleyColumn
from typeset.layout.lay_out import Engine
from typeset.layout.manuscript import read_flows
from typeset.layout.protocol import LaidOut, LayoutJob, Progress, silent
from typeset.pipeline.build import layout_job, load_issue

PARAGRAPHS = [paragraph(number, 60 + 9 * number) for number in range(1, 25)]
TABLE = "| A | B |\n|---|---|\n" + "| one | two words |\n" * 4 + "\nTable: Words {}\n"
NOTED = f"{PARAGRAPHS[3]}[^1]"
FIRST = article(
    "\n\n".join(
        [
            *PARAGRAPHS[:3],
            NOTED,
            "## A heading",
            *PARAGRAPHS[4:9],
            '![A picture](images/one.png){alt="One." width=wide}',
            "- an item that is rather short\n- another one",
            TABLE,
            *PARAGRAPHS[9:14],
            "[^1]: A note.",
        ]
    ),
    takeaway="What is to be taken away from it.",
)
SECOND = article("\n\n".join(PARAGRAPHS[14:]), title="Another")

Change = Callable[[Path], None]


def replaced(old: str, new: str, name: str = "01.md") -> Change:
    def change(issue: Path) -> None:
        file = issue / "articles" / name
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")

    return change


def in_turn(*changes: Change) -> Change:
    def change(issue: Path) -> None:
        for one in changes:
            one(issue)

    return change


def another_picture(issue: Path) -> None:
    (issue / "images" / "one.png").write_bytes(png(640, 900, "tan"))


def words(number: int, start: int, count: int) -> str:
    return " ".join(PARAGRAPHS[number].split()[start : start + count])


CHANGES: dict[str, tuple[Change, ...]] = {
    "a word": (replaced(words(6, 20, 2), "these those"),),
    "a word on the front page": (replaced(words(0, 10, 2), "these those"),),
    "three lines": (replaced(words(1, 20, 1), paragraph(90, 30)),),
    "a paragraph more": (replaced("## A heading", f"{paragraph(91, 50)}\n\n## A heading"),),
    "a paragraph less": (replaced(f"{PARAGRAPHS[7]}\n\n", ""),),
    "a heading": (replaced("## A heading", "## Another heading that is longer"),),
    "a heading that is text": (replaced("## A heading", "A heading"),),
    "a figure more": (
        replaced("- an item", '![More](images/two.png){alt="Two."}\n\n- an item'),
        replaced('![More](images/two.png){alt="Two."}\n\n', ""),
    ),
    "another picture": (another_picture,),
    "a note more": (
        in_turn(
            replaced("[^1]: A note.", "[^1]: A note.\n\n[^2]: Another."),
            replaced(words(11, 20, 1), f"{words(11, 20, 1)}[^2]"),
        ),
    ),
    "a longer table": (replaced("| one | two words |\n", "| one | two words |\n" * 60),),
    "another title": (replaced("Another", "A second article", "02.md"),),
    "and back": (
        replaced(words(6, 20, 2), "these those"),
        replaced("these those", words(6, 20, 2)),
    ),
}
FEW = {"a word on the front page", "a paragraph more", "a figure more"}


def job_of(issue: Path, sight: int | None = 1) -> LayoutJob:
    return replace(layout_job(load_issue(issue))(), sight=sight)


def publication(folder: Path, **settings: object) -> Path:
    theme = settings.pop("theme", "brief")
    return write_publication(
        folder,
        publication={"theme": theme},
        issue=settings,
        articles={"01.md": FIRST, "02.md": SECOND},
        files={
            "images/one.png": png(900, 500, "steelblue"),
            "images/two.png": png(500, 400, "tan"),
        },
    )


def build(job: LayoutJob) -> LaidOut:
    return Engine().lay_out(replace(job, sight=None), silent)


def shown(laid_out: LaidOut) -> tuple[object, ...]:
    return laid_out.pdf, laid_out.boxes, laid_out.lines, laid_out.findings, laid_out.made_up


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in FEW else pytest.mark.slow) for name in CHANGES],
)
def test_an_edit_gives_the_pages_of_a_build(name: str, tmp_path: Path) -> None:
    issue = publication(tmp_path)
    engine = Engine()
    engine.lay_out(job_of(issue), silent)
    for change in CHANGES[name]:
        before = job_of(issue)
        change(issue)
        job = job_of(issue)
        assert (job.html, job.resources) != (before.html, before.resources)
        assert shown(engine.lay_out(job, silent)) == shown(build(job))


@pytest.mark.slow
@pytest.mark.parametrize(
    "settings",
    [{"line_breaking": "greedy"}, {"flow": "new-page"}, {"theme": "ledger"}],
    ids=["greedy", "new-page", "ledger"],
)
def test_edits_one_after_the_other_give_the_pages_of_a_build(
    settings: dict[str, object], tmp_path: Path
) -> None:
    issue = publication(tmp_path, **settings)
    engine = Engine()
    engine.lay_out(job_of(issue), silent)
    for name in ("a word", "a paragraph more", "a figure more", "a note more", "a longer table"):
        for change in CHANGES[name]:
            change(issue)
            job = job_of(issue)
            assert shown(engine.lay_out(job, silent)) == shown(build(job)), name


@pytest.fixture
def set_blocks(monkeypatch: pytest.MonkeyPatch) -> list[Element]:
    """The blocks that the engine was given to set."""
    seen: list[Element] = []
    set_columns = Galley.set_columns

    def watched(self: Galley, columns: list[GalleyColumn]) -> object:
        seen.extend(block for column in columns for block in column.blocks)
        return set_columns(self, columns)

    monkeypatch.setattr(Galley, "set_columns", watched)
    return seen


def test_only_what_changed_is_set_again(tmp_path: Path, set_blocks: list[Element]) -> None:
    issue = publication(tmp_path)
    engine = Engine()
    engine.lay_out(job_of(issue), silent)
    assert len(set_blocks) > 30
    set_blocks.clear()
    engine.lay_out(job_of(issue), silent)
    assert set_blocks == []
    replaced(words(6, 20, 2), "these those")(issue)
    engine.lay_out(job_of(issue), silent)
    assert set_blocks
    assert {"these those" in "".join(one.itertext()) for one in set_blocks} == {True}


def test_a_build_keeps_no_blocks(tmp_path: Path, set_blocks: list[Element]) -> None:
    """They would only take memory."""
    issue = publication(tmp_path)
    engine = Engine()
    engine.lay_out(job_of(issue, None), silent)
    count = len(set_blocks)
    engine.lay_out(job_of(issue, None), silent)
    assert len(set_blocks) == 2 * count


class Interrupted(BaseException):
    """A layout whose pages nobody waits for any more."""


def interrupted_at(number: int) -> Callable[[Progress], None]:
    """Interrupt a layout at one of its steps."""
    seen = count(1)

    def on_progress(_progress: Progress) -> None:
        if next(seen) == number:
            raise Interrupted

    return on_progress


@pytest.mark.slow
@pytest.mark.parametrize("number", [2, 9, 12, 18, 20])
def test_after_a_layout_that_was_interrupted_the_pages_are_those_of_a_build(
    number: int, tmp_path: Path
) -> None:
    """Whatever it left behind, of a first layout and of one after an edit."""
    issue = publication(tmp_path)
    engine = Engine()
    with pytest.raises(Interrupted):
        engine.lay_out(job_of(issue), interrupted_at(number))
    assert shown(engine.lay_out(job_of(issue), silent)) == shown(build(job_of(issue)))
    replaced("## A heading", f"{paragraph(91, 50)}\n\n## A heading")(issue)
    with pytest.raises(Interrupted):
        engine.lay_out(job_of(issue), interrupted_at(number // 4 + 1))
    assert shown(engine.lay_out(job_of(issue), silent)) == shown(build(job_of(issue)))


def test_the_page_in_sight_is_given_before_all_are_written(tmp_path: Path) -> None:
    steps: list[Progress] = []
    laid_out = Engine().lay_out(job_of(publication(tmp_path), 2), steps.append)
    names = [one.step for one in steps]
    assert names.index("sight") < names.index("write")
    (step,) = [one for one in steps if one.step == "sight"]
    assert step.page == 2
    alone, whole = (pypdfium2.PdfDocument(data) for data in (step.pdf, laid_out.pdf))
    assert len(alone) == 1
    texts = [
        document[page].get_textpage().get_text_range()
        for document, page in ((alone, 0), (whole, 1))
    ]
    assert texts[0] == texts[1]
    images = [bytes(document[page].render().buffer) for document, page in ((alone, 0), (whole, 1))]
    assert images[0] == images[1]


def test_a_page_that_is_no_longer_there_is_the_last_one(tmp_path: Path) -> None:
    steps: list[Progress] = []
    laid_out = Engine().lay_out(job_of(publication(tmp_path), 99), steps.append)
    assert [one.page for one in steps if one.step == "sight"] == [laid_out.pages]


# --- What is taken over --------------------------------------------------------------------------


def document(*blocks: str) -> Element:
    main = f"<main class='columns'>{''.join(blocks)}</main>"
    return fromstring(f"<html><body>{main}</body></html>")  # noqa: S314 - our own


def taken(cache: BlockCache, root: Element) -> list[bool]:
    """Of each block, whether it is one of the last document."""
    flows = read_flows(next(root.iter("body")))
    new = {id(one) for one in next(root.iter("main"))}
    known = cache.take_over(root, flows)
    for one in known.values():
        if one.is_new:
            one.begin()
    assert [*known] == [*next(root.iter("main"))]
    return [id(one) not in new for one in known]


def blocks(count: int) -> list[str]:
    return [f"<p>{number}</p>" for number in range(count)]


def test_a_block_is_taken_over_if_it_is_as_it_was() -> None:
    cache = BlockCache([])
    assert taken(cache, document(*blocks(3))) == [False] * 3
    assert taken(cache, document("<p>0</p>", "<p>1<b/></p>", "<p>2</p>")) == [True, False, True]


def test_its_neighbors_are_of_the_same_kind() -> None:
    """As styles may depend on them."""
    cache = BlockCache([])
    taken(cache, document(*blocks(12)))
    found = taken(cache, document(*[*blocks(6), "<h3>6</h3>", *blocks(12)[7:]]))
    assert found == [True, True, *[False] * 9, True]


@pytest.mark.parametrize("rule", ["p:nth-child(2n) {}", "h3 ~ p {}"])
def test_where_rules_look_further_all_are_as_they_were(rule: str) -> None:
    cache = BlockCache([rule])
    taken(cache, document(*blocks(12)))
    assert taken(cache, document(*blocks(13))) == [False] * 13


def test_what_is_around_it_is_as_it_was() -> None:
    cache = BlockCache([])
    taken(cache, document(*blocks(3)))
    root = document(*blocks(3))
    next(root.iter("main")).set("lang", "de")
    assert taken(cache, root) == [False] * 3


def test_a_snapshot_restores_what_was_in_an_element() -> None:
    element = document("<p id='x'>One <b>two</b> three</p>")
    snapshot = Snapshot(element)
    bold = next(element.iter("b"))
    paragraph_ = next(element.iter("p"))
    paragraph_.remove(bold)
    paragraph_.attrib.clear()
    bold.text, paragraph_.text = "2", ""
    snapshot.restore()
    assert [one is bold for one in paragraph_] == [True]
    assert (paragraph_.get("id"), "".join(paragraph_.itertext())) == ("x", "One two three")
