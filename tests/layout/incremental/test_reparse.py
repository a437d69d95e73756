"""Of an edited document that one block is read which differs, as if the whole had been read."""

from __future__ import annotations

from xml.etree.ElementTree import Element, tostring

import pytest
from weasyprint import HTML

from typeset.layout.incremental.diff import Fingerprint
from typeset.layout.incremental.reparse import Edited, read_block, read_whole

BLOCKS = [
    '<h2 id="b1">One</h2>',
    '<p id="b2">Two <em>and</em> more.</p>',
    '<div id="b3"><p id="b4">Three.</p><img src="x.png" alt=""></div>',
    '<p id="b5">Four.</p>',
    '<p id="b6">Five.</p>',
]


def document(blocks: list[str]) -> str:
    flow = "\n".join(blocks)
    return f'<!doctype html><title>x</title><body><div class="columns">{flow}</div><p id="z">End'


def parse(html: str) -> Element:
    root: Element = HTML(string=html).etree_element
    return root


BEFORE = Fingerprint.of(parse(document(BLOCKS)))


def read(blocks: list[str]) -> Edited | None:
    return read_block(BEFORE, document(BLOCKS), document(blocks), parse)


def changed(position: int, block: str) -> list[str]:
    return [*BLOCKS[:position], block, *BLOCKS[position + 1 :]]


@pytest.mark.parametrize(
    "blocks",
    [
        changed(0, '<h2 id="b1">Once</h2>'),
        changed(1, '<p id="b2">Two <em>and</em> <strong>some</strong> more.</p>'),
        changed(2, '<div id="b3"><p id="b4">Three, or<br>four.</p><img src="x.png" alt=""></div>'),
        changed(3, '<blockquote id="b5">Four.</blockquote>'),
    ],
)
def test_it_is_as_if_the_whole_had_been_read(blocks: list[str]) -> None:
    one, whole = read(blocks), read_whole(BEFORE, document(blocks), parse)
    assert one is not None
    assert (one.fingerprint, one.change) == (whole.fingerprint, whole.change)
    assert [tostring(block).strip() for block in one.new] == [
        tostring(block).strip() for block in whole.new
    ]


@pytest.mark.parametrize(
    "blocks",
    [
        changed(0, '<h2 id="b1">Once</h2>')[:3] + changed(3, '<p id="b5">Fore.</p>')[3:],
        changed(1, '<p id="b2">Two</p><p id="b7">and more.</p>'),
        changed(1, "Two and more."),
        changed(1, '<p id="b2">Two <em>and more.</p>'),
        changed(1, '<div id="b2">Two and more.'),
        BLOCKS[:3] + BLOCKS[4:],
    ],
    ids=["two blocks", "one more", "no block", "no end", "what follows is in it", "one less"],
)
def test_all_else_is_read_as_a_whole(blocks: list[str]) -> None:
    assert read(blocks) is None


def test_what_stands_outside_of_the_flow_is_read_as_a_whole() -> None:
    old = document(BLOCKS)
    assert read_block(BEFORE, old, old.replace("End", "Finis"), parse) is None


def test_a_block_whose_id_is_further_in_is_read_as_a_whole() -> None:
    blocks = [*BLOCKS[:2], '<section><p id="b4">Three.</p></section>', *BLOCKS[3:]]
    before, old = Fingerprint.of(parse(document(blocks))), document(blocks)
    assert read_block(before, old, old.replace("Three.", "Thrice."), parse) is None
