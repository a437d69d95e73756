"""Blocks beyond Python-Markdown's own: figures, table captions, strict tables, code fences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.attr_list import get_attrs_and_remainder
from markdown.extensions.tables import TableProcessor
from markdown.util import AtomicString

__all__ = ["CAPTION_TAG", "CELLS", "UNCLOSED", "BlockExtension"]

CAPTION_TAG = "table-caption"
"""The element that stands for a ``Table:`` line until it is joined to its table."""
CELLS = "data-cells"
"""On a table row: how many cells the author wrote, where that is not what the head has."""
UNCLOSED = "data-unclosed"
"""On a block of code: its fence is not closed."""

_FIGURE = re.compile(
    r"""!\[(?P<caption>(?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\])*\])*)\]   # the caption may hold [links]
        \((?P<path>[^()\s]+)\)[ ]*
        (?:\{(?P<attributes>.*)\})?[ ]*""",
    re.VERBOSE | re.DOTALL,
)
_CAPTION = re.compile(
    r"Table:[ ]*(?P<caption>.*?)[ ]*(?:\{(?P<attributes>[^{}]*)\})?[ ]*", re.DOTALL
)
_FENCE = re.compile(r"[ ]{0,3}(?P<fence>`{3,}|~{3,})[^`\n]*(?:\n|$)")


def _set_attributes(element: Element, text: str | None, inline: Sequence[str]) -> None:
    """Put an attribute list on an element; the inline ones become children, to be parsed."""
    attributes, _ = get_attrs_and_remainder((text or "").lstrip(":").replace("\n", " "))
    for name, value in attributes:
        if name in inline:
            SubElement(element, "p", {"class": name}).text = value
        else:
            element.set(name, value or "")


class _Figure(BlockProcessor):
    """An image on a paragraph of its own is a figure."""

    def test(self, parent: Element, block: str) -> bool:
        return _FIGURE.fullmatch(block.strip()) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        match = _FIGURE.fullmatch(blocks.pop(0).strip())
        assert match is not None
        figure = SubElement(parent, "figure", src=match["path"])
        SubElement(figure, "figcaption").text = match["caption"]
        _set_attributes(figure, match["attributes"], ("credit",))


class _TableCaption(BlockProcessor):
    """``Table: …`` is the caption of the table before it."""

    def test(self, parent: Element, block: str) -> bool:
        return block.startswith("Table:") and _CAPTION.fullmatch(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        match = _CAPTION.fullmatch(blocks.pop(0))
        assert match is not None
        caption = SubElement(parent, CAPTION_TAG)
        caption.text = match["caption"]
        _set_attributes(caption, match["attributes"], ("unit", "source"))


class _Table(TableProcessor):
    """Python-Markdown's tables, but a row of too many or too few cells is noted, not mended."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        rows, mark, caption = blocks[0].partition("\nTable:")
        if mark:
            blocks[0:1] = [rows, f"Table:{caption}"]
        super().run(parent, blocks)

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        super()._build_row(row, parent, align)
        count = len(self._split_row(row))
        if count != len(align):
            parent[-1].set(CELLS, str(count))
            for cell in self._split_row(row)[len(align) :]:
                # Reported as an error, yet kept: nothing that was written may be lost.
                SubElement(parent[-1], "td").text = cell.strip()


class _Fence(BlockProcessor):
    """Code between fences, which may hold blank lines and be left open by mistake."""

    def test(self, parent: Element, block: str) -> bool:
        return _FENCE.match(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        match = _FENCE.match(blocks[0])
        assert match is not None
        close = re.compile(rf"^[ ]{{0,3}}{re.escape(match['fence'])}[`~]*[ ]*$", re.MULTILINE)
        code = blocks.pop(0)[match.end() :]
        while (end := close.search(code)) is None and blocks:
            code += "\n\n" + blocks.pop(0)
        pre = SubElement(parent, "pre")
        if end is None:
            pre.set(UNCLOSED, "")
        elif rest := code[end.end() :].strip("\n"):
            blocks.insert(0, rest)
        SubElement(pre, "code").text = AtomicString(code[: end.start() if end else None].rstrip())


class BlockExtension(Extension):
    """Registers the blocks above."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Set the parser up."""
        processors = md.parser.blockprocessors
        processors.register(_Fence(md.parser), "fence", 95)
        processors.register(_Figure(md.parser), "figure", 77)
        processors.register(_TableCaption(md.parser), "table_caption", 76)
        table = _Table(md.parser, {"use_align_attribute": True})
        processors.register(table, "table", 75)
        if "|" not in md.ESCAPED_CHARS:
            md.ESCAPED_CHARS.append("|")
