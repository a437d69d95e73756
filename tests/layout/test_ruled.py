"""Type on the grid: how many lines it takes, and after which of them it may be divided."""

from __future__ import annotations

import pytest

from tests.layout.engine.rendering import type_of
from typeset.layout.makeup.values import Break
from typeset.layout.ruled import Ruled

BASELINE = 9.0
"""Points: the lines of the small documents."""
THREE = "<p id=x style='orphans: 1; widows: 1; {}'>a-<br>b<br>c</p>"
TABLE = "<div id=x><table><thead><tr><th>h</thead><tr><td>a<br>b<tr><td>c</table></div>"
ON_GRID = "table { border-spacing: 0 } td, th { padding: 0 }"


def ruled(body: str, css: str = "") -> Ruled:
    return Ruled(type_of(body, css), BASELINE)


def test_lines_of_text_are_lines_of_the_grid() -> None:
    setting = ruled(THREE.format("")).setting
    assert setting.lines == 3
    assert setting.breaks == (Break(1, hyphen=True), Break(2))


def test_a_height_that_is_rounded_by_the_engine_is_whole_lines() -> None:
    assert ruled("<div id=x style='height: 36.01px'></div>").lines == 3
    assert ruled("<div id=x style='height: 36.03px'></div>").lines == 4


def test_edges_of_its_own_are_counted_up_to_whole_lines() -> None:
    """Three lines and half a line of padding above."""
    block = ruled(THREE.format("padding-top: 6px"))
    assert block.lines == 4
    assert [one.line for one in block.setting.breaks] == [2, 3]


def test_parts_may_take_more_than_the_whole() -> None:
    """Two thirds of a line of padding: the whole takes four lines, its parts two and three."""
    block = ruled(THREE.format("padding: 4px 0"))
    assert block.type.height == pytest.approx(33)
    assert block.lines == 5
    assert block.leaves_above(5) == 3


def test_leaves_are_counted_by_the_lines_above_which_they_end() -> None:
    block = ruled(TABLE, ON_GRID)
    assert [block.leaves_above(line) for line in range(5)] == [0, 1, 1, 2, 3]
    before = block.leaf_before(3)
    assert before is block.type.leaves[1]
    assert block.leaf_before(0) is None


def test_a_table_goes_on_below_its_head_but_not_within_a_row() -> None:
    block = ruled(TABLE, ON_GRID)
    assert block.repeat == 1
    assert [one.line for one in block.setting.breaks] == [3]


def test_what_stays_whole_has_no_places_to_divide_it() -> None:
    assert ruled(THREE.format("break-inside: avoid")).setting.breaks == ()


def test_the_space_below_is_in_lines() -> None:
    assert ruled(THREE.format("margin-bottom: 24px")).below == 2
    assert ruled(THREE.format("")).below == 0


def test_a_row_higher_than_a_page_counts_as_what_its_head_leaves_of_one() -> None:
    """It sticks out and is reported; the rows below it do not, and stand on the next page."""
    tall = TABLE.replace("a<br>b", "<br>".join("abcdefgh"))
    block = Ruled(type_of(tall, ON_GRID), BASELINE, most=5)
    assert [one.line for one in block.setting.breaks] == [5]
    assert block.lines == 6
    assert [block.leaves_above(line) for line in (1, 4, 5, 6)] == [1, 1, 2, 3]
