"""Reads the lines of a finished document, with their word spaces, for reports.

A word space is compared with that of its font as it is made, not expanded: a copy of the font that
is a little wider has wider spaces too, and a reader sees them as such.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from xml.etree.ElementTree import Element

from weasyprint import Document, Page

from typeset.geometry import PageGeometry
from typeset.languages.east_asian import is_east_asian
from typeset.layout.engine.boxes import (
    BlockContainerBox,
    LineBox,
    TextBox,
    blocks_in,
    is_generated,
    is_last,
    lines_of,
    root_of,
    texts_of,
    walk,
)
from typeset.layout.engine.page_memo import PageMemo
from typeset.layout.engine.texts import width_of
from typeset.layout.engine.units import POINTS_PER_PIXEL
from typeset.layout.lines.font_book import STEPS, family_at
from typeset.layout.lines.rewrite import ends_part
from typeset.layout.protocol import SetLine

__all__ = ["justified_lines", "text_of"]

_SPACES = " \u00a0"
"""The spaces that the engine makes wider to justify a line."""
_UNSEEN = {ord("\u200b"): None, ord("\u00ad"): None}
"""Invisible characters, and soft hyphens, which are now visible hyphens."""
_HYPHENS = ("-", "\u2010")

_Block = tuple[Element, tuple[SetLine, ...]]
"""A part of a paragraph that stands in one column."""
_BLOCKS: PageMemo[tuple[_Block, ...]] = PageMemo()


def justified_lines(
    body: Element, document: Document, geometry: PageGeometry
) -> tuple[SetLine, ...]:
    """Return every line of justified text, paragraph by paragraph, in the order of reading.

    Args:
        body: the document as it was laid out.
        document: its pages.
        geometry: the page.
    """
    ids = dict(_ids_in(body, ""))
    reader = _Reader(geometry)
    # What stands at the foot of a page must not part the lines of the paragraph that goes on.
    found: dict[Element, list[SetLine]] = {}
    for number, page in enumerate(document.pages, 1):
        read = partial(reader.read, page, number, ids)
        for element, lines in _BLOCKS.on(page, (number, geometry), read):
            if element in ids:
                found.setdefault(element, []).extend(_named(lines, ids[element]))
    return tuple(line for lines in found.values() for line in lines)


def _named(lines: Sequence[SetLine], element_id: str) -> Iterator[SetLine]:
    """Give the lines of a paragraph that may have another id than when they were read."""
    for line in lines:
        yield line if line.element_id == element_id else replace(line, element_id=element_id)


def _ids_in(element: Element, element_id: str) -> Iterator[tuple[Element, str]]:
    """Yield every element with its id, or that of the nearest element around it that has one."""
    element_id = element.get("id") or element_id
    yield element, element_id
    for child in element:
        yield from _ids_in(child, element_id)


class _Reader:
    """Reads the lines of blocks.

    Args:
        geometry: the page.
    """

    def __init__(self, geometry: PageGeometry) -> None:
        self._geometry = geometry
        self._spaces: dict[tuple[object, ...], float] = {}
        """The width in pixels of a space, by what it depends on."""

    def read(self, page: Page, number: int, ids: Mapping[Element, str]) -> tuple[_Block, ...]:
        """Return the parts of justified paragraphs on a page.

        Args:
            page: the page.
            number: its number, from 1.
            ids: those of the document's elements.
        """
        return tuple(
            (block.element, tuple(self._lines(block, number, ids[block.element])))
            for block in blocks_in(root_of(page))
            if block.element in ids and block.style["text_align_all"] == "justify"
        )

    def _lines(self, block: BlockContainerBox, page: int, element_id: str) -> Iterator[SetLine]:
        """Give the lines of a part of a paragraph that stands in one column."""
        # East Asian lines are spread between their characters, and not at spaces.
        has_word_spaces = not is_east_asian(block.style["lang"] or "")
        for line in lines_of(block):
            text = text_of(line)
            if not text:
                continue
            middle = self._geometry.middle(page) / POINTS_PER_PIXEL
            yield SetLine(
                page=page,
                column=1 + (line.position_x >= middle),
                element_id=element_id,
                text=text,
                ratio=self._ratio(line) if has_word_spaces else None,
                hyphenated=text.endswith((*_HYPHENS, block.style["hyphenate_character"])),
                last=is_last(line) or _is_cut_off(line),
            )

    def _ratio(self, line: LineBox) -> float | None:
        """Return the mean word space of a line relative to the fonts' own."""
        texts = [(box, box.text.translate(_UNSEEN)) for box in texts_of(line)]
        # Spaces at the end of a line are not set.
        while texts and not (end := texts[-1][1].rstrip(" \n")):
            texts.pop()
        if texts:
            texts[-1] = (texts[-1][0], end)
        natural = as_set = 0.0
        for box, text in texts:
            count = sum(map(text.count, _SPACES))
            if count:
                natural += count * self._space(box, _unexpanded(box.style["font_family"]))
                width = self._space(box, tuple(box.style["font_family"]))
                as_set += count * (width + box.style["word_spacing"] + box.justification_spacing)
        return as_set / natural if natural else None

    def _space(self, text: TextBox, families: tuple[str, ...]) -> float:
        """Return the width in pixels of the space of some families, in the style of a text."""
        key = (families, *(text.style[name] for name in ("font_size", "font_weight", "font_style")))
        if key not in self._spaces:
            plain = text.style.copy()
            plain["font_family"], plain["word_spacing"] = families, 0
            self._spaces[key] = width_of(" ", plain)
        return self._spaces[key]


def _is_cut_off(line: LineBox) -> bool:
    """Return whether a line ends because its author wanted it, and not because it is full."""
    return any(
        box.element is not None and (box.element.tag == "br" or ends_part(box.element))
        for box in walk(line)
    )


def _unexpanded(families: Sequence[str]) -> tuple[str, ...]:
    """Return the families of a style without the expanded copy that may stand before its own."""
    own = families[1:]
    is_copy = bool(own) and families[0] in {family_at(own[0], step) for step in STEPS}
    return tuple(own if is_copy else families)


def text_of(line: LineBox) -> str:
    """Return the text of a line, without markers and other content of styles."""
    texts = (box.text for box in walk(line) if isinstance(box, TextBox) and not is_generated(box))
    return "".join(texts).translate(_UNSEEN).strip("\n ")
