"""The galley: a block's type depends on its own content and styles, whatever is set beside it."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest

from tests.pages import paragraph
from tests.publications import write_publication
from typeset.layout import galley as galley_module
from typeset.layout.engine.boxes import TextBox, walk
from typeset.layout.engine.set_type import Type
from typeset.layout.galley import Galley, GalleyColumn, in_batches
from typeset.layout.manuscript import stand_in
from typeset.layout.renderer import Renderer
from typeset.pipeline.build import layout_job, load_issue

MEASURE = 240.0
LINE = 13.0
HTML = "<html lang=en><body><main class=columns>{}</main></body></html>"
BLOCKS = (
    f"<p id=first>{paragraph(1)}</p><p id=second>{paragraph(2)}</p>"
    f"<ul id=list><li>{paragraph(3, 20)}</li></ul>"
    f"<h3 id=head>Heading</h3><p id=last>{paragraph(4)}</p>"
)


@pytest.fixture(scope="module")
def renderer(tmp_path_factory: pytest.TempPathFactory) -> Renderer:
    issue = write_publication(tmp_path_factory.mktemp("galley"), issue={"line_breaking": "greedy"})
    return Renderer(layout_job(load_issue(issue))())


@pytest.fixture
def root(renderer: Renderer) -> Element:
    return renderer.parse(HTML.format(BLOCKS))


def main_of(root: Element) -> Element:
    return next(root.iter("main"))


def column(root: Element, *blocks: Element, measure: float = MEASURE) -> GalleyColumn:
    return GalleyColumn((main_of(root),), measure, blocks)


def runs(type_: Type) -> list[tuple[str, float, float]]:
    """The runs of text in a block, from its top left."""
    top = type_.box.position_y
    texts = (one for one in walk(type_.box) if isinstance(one, TextBox))
    return [(one.text, round(one.position_x, 3), round(one.position_y - top, 3)) for one in texts]


def test_each_block_has_its_type(renderer: Renderer, root: Element) -> None:
    blocks = [*main_of(root)]
    types = Galley(renderer, root).set_columns([column(root, *blocks)])
    assert [*types] == blocks
    assert all(type_.box.element is block for block, type_ in types.items())


def test_nothing_to_set_is_no_layout(renderer: Renderer, root: Element) -> None:
    assert Galley(renderer, root).set_columns([column(root)]) == {}


def test_a_block_is_set_alike_whatever_stands_before_it(renderer: Renderer, root: Element) -> None:
    """But for what styles look at: a paragraph below a paragraph is indented."""
    galley = Galley(renderer, root)
    blocks = [*main_of(root)]
    together = galley.set_columns([column(root, *blocks)])
    for number, block in enumerate(blocks):
        near = [*map(stand_in, blocks[:number]), block, *map(stand_in, blocks[number + 1 :])]
        alone = galley.set_columns([column(root, *near)])
        assert [*alone] == [block]
        assert runs(alone[block]) == runs(together[block])
        assert alone[block].height == pytest.approx(together[block].height)
        assert alone[block].below == pytest.approx(together[block].below)
    second = blocks[1]
    bare = galley.set_columns([column(root, second)])
    assert runs(bare[second])[0] != runs(together[second])[0]


def test_columns_have_their_own_measures(renderer: Renderer, root: Element) -> None:
    first, second, *_ = main_of(root)
    types = Galley(renderer, root).set_columns(
        [column(root, first), column(root, second, measure=2 * MEASURE)]
    )
    widths = [type_.box.width * 0.75 for type_ in types.values()]
    assert widths == pytest.approx([MEASURE, 2 * MEASURE], abs=0.01)
    assert len(types[first].leaves) > 1.5 * len(types[second].leaves)


def test_a_column_has_no_end(renderer: Renderer, root: Element) -> None:
    main = main_of(root)
    main[:] = [Element("p") for _ in range(300)]
    for block in main:
        block.text = paragraph(1, 20)
    types = Galley(renderer, root).set_columns([column(root, *main)])
    assert len(types) == 300
    (count,) = {len(type_.leaves) for type_ in types.values()}
    assert 300 * count * LINE > 10 * 792  # more than ten pages


def test_a_stand_in_is_what_styles_look_at() -> None:
    block = Element("p", {"class": "lead", "id": "x", "lang": "de"})
    block.text = "Words"
    one = stand_in(block)
    assert (one.tag, one.get("class"), one.get("lang")) == ("p", "lead", "de")
    assert (one.get("id"), one.text) == (None, None)


def test_a_block_is_divided_between_two_measures(renderer: Renderer, root: Element) -> None:
    first, second, *_ = main_of(root)
    above = column(root, stand_in(first), second, measure=2 * MEASURE)
    parts = Galley(renderer, root).set_divided(above, MEASURE, 3 * LINE)
    assert parts is not None
    assert [part.box.width * 0.75 for part in parts] == pytest.approx(
        [2 * MEASURE, MEASURE], abs=0.01
    )
    assert len(parts[0].leaves) == 3
    said = "".join(text for part in parts for text, *_ in runs(part))
    assert "".join(said.split()).replace("-", "") == "".join(paragraph(2).split())
    assert all(part.box.element is second for part in parts)


def test_a_block_that_fits_has_no_second_part(renderer: Renderer, root: Element) -> None:
    block = main_of(root)[0]
    assert Galley(renderer, root).set_divided(column(root, block), MEASURE, 90 * LINE) is None


def test_blocks_are_set_alike_in_batches(
    renderer: Renderer, root: Element, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So a long issue looks as if it had been set at once."""
    galley = Galley(renderer, root)
    blocks = [*main_of(root)]
    together = galley.set_columns([column(root, *blocks)])
    monkeypatch.setattr(galley_module, "_MOST_BLOCKS", 2)
    whole = GalleyColumn((main_of(root),), MEASURE, blocks, blocks)
    batches = [*in_batches([whole, column(root, blocks[0])])]
    set_at_once = [[one for part in batch for one in part.blocks] for batch in batches]
    assert [len(one) for one in set_at_once] == [2, 2, 2]
    apart: dict[Element, Type] = {}
    for batch in batches:
        apart |= galley.set_columns(batch)
    assert set(apart) == set(blocks)
    for block in blocks:
        assert runs(apart[block]) == runs(together[block])
        assert apart[block].height == pytest.approx(together[block].height)


def test_a_rule_sees_all_blocks_where_not_all_are_set() -> None:
    text = [Element("p") for _ in range(20)]
    found = GalleyColumn((), MEASURE, [text[10]], text).content
    assert len(found) == 20
    assert found[10] is text[10]


def test_in_a_long_text_it_sees_those_near_and_the_first_and_last_of_a_kind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(galley_module, "_ALL_SEEN", 40)
    kinds = ["h3", *["p"] * 20, "h3", *["p"] * 20]
    text = [Element(kind) for kind in kinds]
    found = GalleyColumn((), MEASURE, [text[10]], text).content
    assert text[10] in found
    tags = [one.tag for one in found]
    place = found.index(text[10])
    assert tags == ["h3", "p", *["p"] * 9, "h3", "p"]
    assert 4 < place < len(found) - 3
