"""Tables: rows of cells between bars, the second row a rule, and a caption after the last."""

from __future__ import annotations

import re
from itertools import zip_longest
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor

from typeset.markdown.account import Account, Why
from typeset.markdown.attribute_lists import list_at_end, set_attributes
from typeset.markdown.trees import CAPTION_TAG

__all__ = ["CELLS", "begins_table", "register_tables"]

CELLS = "@cells"
"""On a table's row: how many cells the author wrote, where that is not what the head has."""

_RULE = re.compile(r"[ ]*+\|?[ ]*+:?-++:?[ ]*+(?:\|[ ]*+:?-++:?[ ]*+)*+\|?[ ]*+")
_PART = re.compile(
    r"\\.|(?P<code>(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))|(?P<bar>\|)|[^\\`|]+|`+|."
)


def begins_table(line: str, following: str) -> bool:
    """Return whether two lines are the head of a table."""
    return "|" in line and "|" in following and _RULE.fullmatch(following) is not None


def _cells(row: str, *, bordered: bool) -> list[str]:
    """Return the cells of a row; a bar in code, or after a backslash, is part of a cell."""
    row = row.strip()
    if bordered:
        row = row.removeprefix("|")
    cells = [""]
    for match in _PART.finditer(row):
        if match["bar"]:
            cells.append("")
        elif match["code"]:
            cells[-1] += match["code"].replace("\\|", "|")
        else:
            cells[-1] += match[0]
    if bordered and len(cells) > 1 and not cells[-1]:
        cells.pop()
    return [cell.strip() for cell in cells]


def _alignments(rule: str) -> list[str]:
    names = {(True, True): "center", (True, False): "left", (False, True): "right"}
    cells = _cells(rule, bordered=True)
    return [names.get((cell[:1] == ":", cell[-1:] == ":"), "") for cell in cells]


class _Table(BlockProcessor):
    """Makes a table of rows; one with too many or too few cells is noted, not corrected."""

    def test(self, parent: Element, block: str) -> bool:
        """Return whether a block begins as tables do."""
        head, _, rest = block.partition("\n")
        return begins_table(head, rest.partition("\n")[0])

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Remove the rows from the blocks."""
        head, rule, *rows = blocks.pop(0).strip("\n").split("\n")
        alignments = _alignments(rule)
        bordered = "|" in (head.strip()[:1], head.strip()[-1:])
        table = SubElement(parent, "table")
        _add_row(SubElement(table, "thead"), "th", _cells(head, bordered=bordered), alignments)
        body = SubElement(table, "tbody")
        for row in rows:
            _add_row(body, "td", _cells(row, bordered=bordered), alignments)


def _add_row(parent: Element, tag: str, cells: list[str], alignments: list[str]) -> None:
    row = SubElement(parent, "tr")
    if len(cells) != len(alignments):
        row.set(CELLS, str(len(cells)))
    # Cells beyond the last column are reported as an error, yet kept: nothing may be lost.
    for cell, alignment in zip_longest(cells, alignments, fillvalue=""):
        attributes = {"class": f"align-{alignment}"} if alignment else {}
        SubElement(row, tag, attributes).text = cell


class _Caption(BlockProcessor):
    """Makes a caption of ``Table: …``, to be joined to the table before it."""

    def __init__(self, md: Markdown, account: Account) -> None:
        super().__init__(md.parser)
        self._account = account

    def test(self, parent: Element, block: str) -> bool:
        """Return whether a block is a caption."""
        return block.startswith("Table:")

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Remove the caption from the blocks."""
        block = blocks.pop(0)
        text, attributes = list_at_end(block.removeprefix("Table:"))
        caption = SubElement(parent, CAPTION_TAG)
        self._account.take_before(caption, ("Table:", Why.CAPTION))
        SubElement(caption, "p", {"class": "caption"}).text = text.strip()
        if attributes:
            set_attributes(caption, attributes, ("unit", "source"), (), self._account)


def register_tables(md: Markdown, account: Account) -> None:
    """Set a parser up for tables, and for their captions, which declare to the account."""
    md.parser.blockprocessors.register(_Caption(md, account), "table_caption", 76)
    md.parser.blockprocessors.register(_Table(md.parser), "table", 75)
