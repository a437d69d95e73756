"""A block that somebody adds: an address to write to, between ``::: contact`` and ``:::``."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor

from typeset.diagnostic_codes import Code
from typeset.markdown.account import Account
from typeset.markdown.features import Feature, Manuscript, Text
from typeset.markdown.trees import with_lines
from typeset.model import ElementKind

__all__ = ["CONTACTS"]

_OPENING, _CLOSING = "::: contact", ":::"
_OPEN = "@open"


class _Contact(BlockProcessor):
    def __init__(self, md: Markdown, account: Account) -> None:
        super().__init__(md.parser)
        self._account = account

    def test(self, parent: Element, block: str) -> bool:
        return block.startswith(f"{_OPENING}\n")

    def run(self, parent: Element, blocks: list[str]) -> None:
        inside: list[str] = []
        is_closed = False
        while blocks and not is_closed:
            block = blocks.pop(0).strip("\n")
            is_closed = block.split("\n")[-1] == _CLOSING
            inside.append(block.removesuffix(_CLOSING) if is_closed else block)
        inside[0] = inside[0].removeprefix(_OPENING)
        contact = SubElement(parent, "address", {} if is_closed else {_OPEN: ""})
        self._account.take_before(contact, ("contact", "the word that begins a contact"))
        self.parser.parseBlocks(contact, [text for block in inside if (text := block.strip("\n"))])


def _parse(md: Markdown, text: Manuscript) -> None:
    md.parser.blockprocessors.register(_Contact(md, text.account), "contact", 72)


def _check(root: Element, text: Text) -> None:
    locate = text.seeker()
    for element, line in with_lines(root):
        if element.attrib.pop(_OPEN, None) is not None:
            # The code is borrowed: one of its own would be a row of the table of diagnostics.
            text.report.add(Code.FENCE_UNCLOSED, "a contact is not closed", locate(line, ""))


CONTACTS = Feature(
    "contacts",
    "block",
    parse=_parse,
    check=_check,
    element=ElementKind(
        tag="address",
        role=("Sect",),
        is_inline=False,
        styles="address { padding-left: 1em; font-style: normal }",
    ),
)
