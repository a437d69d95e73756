"""Where figures are called so that columns fill: they wait, keep their order, and pass no end."""

from __future__ import annotations

from itertools import pairwise
from xml.etree.ElementTree import Element

import pytest

from typeset.layout.figures.plan import Block, Kind, kind_of, places_within, plan

LINES = 20


def block(name: str, kind: Kind, lines: int, names: str = "", below: int = 0) -> Block:
    element = Element("p", {"id": name, "class": names})
    return Block(element, kind, lines, below, places_within([(element, lines)]))


def text(name: str, lines: int) -> Block:
    return block(name, Kind.TEXT, lines)


def figure(name: str, lines: int) -> Block:
    return block(name, Kind.FIGURE, lines)


def wide(name: str, lines: int) -> Block:
    return block(name, Kind.WIDE, lines)


def planned(*blocks: Block, front: int = 0) -> str:
    order = plan(blocks, lines=LINES, front=front).order
    return " ".join(element.attrib["id"] for element in order)


def test_a_figure_that_fits_stays_where_it_is_called() -> None:
    assert planned(text("a", 8), figure("F", 12), text("b", 30)) == "a F b"


def test_a_figure_waits_until_text_has_filled_its_column() -> None:
    blocks = (text("a", 10), figure("F", 12), text("b", 4), text("c", 6), text("d", 30))
    assert planned(*blocks) == "a b c F d"


def test_a_hole_that_is_hardly_seen_is_no_reason_to_wait() -> None:
    assert planned(text("a", 15), figure("F", 12), text("b", 30)) == "a F b"
    assert planned(text("a", 14), figure("F", 12), text("b", 30)) == "a b F"


def test_a_figure_that_waited_goes_behind_the_paragraph_that_crosses_into_the_next_column() -> None:
    assert planned(text("a", 10), figure("F", 12), text("b", 15), text("c", 30)) == "a b F c"


def test_a_figure_never_parts_a_heading_from_its_text() -> None:
    blocks = (
        text("a", 12),
        figure("F", 12),
        text("b", 3),
        block("h", Kind.HEADING, 2),
        text("c", 30),
    )
    assert planned(*blocks) == "a b F h c"
    nearly = (text("a", 10), figure("F", 12), text("b", 5), block("h", Kind.HEADING, 2, below=1))
    order = planned(*nearly, text("c", 30))
    assert order.index("F") < order.index("h") or order.index("F") > order.index("c")


def test_a_wide_figure_waits_until_the_page_can_take_it() -> None:
    """Its room at the foot must not be needed by the text before it."""
    blocks = (text("a", 30), wide("W", 8), text("b", 5), text("c", 8), text("d", 30))
    assert planned(*blocks) == "a b c W d"
    assert planned(text("a", 24), wide("W", 8), text("b", 40)) == "a W b"


def test_a_wide_figure_leaves_some_text_on_its_page() -> None:
    """One that would leave columns of a few lines is left to its call: no page is better."""
    assert planned(text("a", 2), wide("W", 13), text("b", 60), text("c", 5)) == "a b c W"


def test_a_wide_figure_called_on_the_front_page_waits_for_the_next() -> None:
    assert planned(text("a", 4), wide("W", 8), text("b", 4), text("c", 4), front=10) == "a b c W"
    assert planned(text("a", 4), wide("W", 8), text("b", 8), text("c", 4), front=10) == "a b W c"


def test_a_wide_figure_takes_lines_from_both_columns() -> None:
    """The column that is left over is so much shorter, and a second figure no longer fits."""
    blocks = (wide("W", 8), text("a", 4), figure("F", 9), text("b", 4), text("c", 30))
    assert planned(*blocks) == "W a b F c"
    assert planned(*blocks[1:]) == "a F b c"


@pytest.mark.parametrize("end", ["takeaway", "takeaway set", "notes", "between-articles", "head"])
def test_no_figure_is_moved_behind_the_end_of_its_article(end: str) -> None:
    blocks = (text("a", 10), figure("F", 12), wide("W", 9), text("b", 4))
    kind = Kind.WHOLE if end == "head" else Kind.TEXT
    order = planned(*blocks, block("end", kind, 3, end), text("c", 30))
    assert order.split()[-2:] == ["end", "c"]
    assert {"F", "W"} < set(order.split()[:-2])


def test_figures_keep_their_order_and_nothing_is_lost() -> None:
    """Whatever the lengths: text keeps its order, figures theirs, and none comes earlier."""
    moved = 0
    for seed in range(60):
        blocks = [
            [text, figure, text, wide, text][n % 5](f"{n}", 3 + (seed * 7 + n * 11) % 17)
            for n in range(24)
        ]
        before = [one.element for one in blocks]
        after = plan(blocks, lines=LINES, front=14 if seed % 2 else 0).order
        assert sorted(after, key=before.index) == before
        kinds = {one.element: one.kind is Kind.TEXT for one in blocks}
        for is_text in (True, False):
            numbers = [before.index(one) for one in after if kinds[one] is is_text]
            assert all(one < other for one, other in pairwise(numbers))
        for one in after:
            if not kinds[one]:
                texts = [other for other in after[: after.index(one)] if kinds[other]]
                called = [other for other in before[: before.index(one)] if kinds[other]]
                assert texts[: len(called)] == called
        moved += after != before
    assert moved >= 30


@pytest.mark.parametrize(
    ("tag", "names", "kind"),
    [
        ("figure", "figure wide", Kind.WIDE),
        ("figure", "figure column", Kind.FIGURE),
        ("div", "table column long", Kind.TEXT),
        ("h3", "", Kind.HEADING),
        ("hr", "", Kind.HEADING),
        ("div", "head", Kind.WHOLE),
        ("p", "", Kind.TEXT),
    ],
)
def test_what_an_element_is_tells_how_it_takes_its_place(tag: str, names: str, kind: Kind) -> None:
    assert kind_of(Element(tag, {"class": names})) is kind


@pytest.mark.parametrize("before", [4, 7, 8, 15])
def test_a_rule_stays_with_the_head_below_it_and_the_first_lines(before: int) -> None:
    """Where they do not fit together they begin the next column."""
    rule, head = block("rule", Kind.HEADING, 1, below=1), block("head", Kind.WHOLE, 9)
    first, *_ = plan((text("a", before), rule, head, text("b", 40)), lines=LINES).breaks
    assert first.element.attrib["id"] == "b"
    room = LINES - before - 11
    assert first.before == (room if room >= 2 else LINES - 11)
