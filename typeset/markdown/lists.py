"""Python-Markdown's rules for lists; the one for numbers also declares the removed numbers."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.sane_lists import SaneOListProcessor

from typeset.markdown.account import Account, Why

__all__ = ["register_definition_lists", "register_lists"]


class _NumberedList(SaneOListProcessor):
    """Makes a list of numbered lines; the numbers are printed by the list."""

    def __init__(self, md: Markdown, account: Account) -> None:
        super().__init__(md.parser)
        self._account = account

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Remove the items from the blocks."""
        found = map(self.CHILD_RE.match, blocks[0].split("\n"))
        numbers = [match[1] for match in found if match]
        super().run(parent, blocks)
        items = parent if parent.tag in ("ol", "ul") else parent[-1]
        for item, number in zip(items[-len(numbers) :], numbers, strict=True):
            self._account.take_before(item, (number, Why.NUMBER))


def register_lists(md: Markdown, account: Account) -> None:
    """Set a parser up for lists, the numbers of which the account receives."""
    md.registerExtensions(["sane_lists"], {})
    md.parser.blockprocessors.register(_NumberedList(md, account), "olist", 40)


def register_definition_lists(md: Markdown) -> None:
    """Set a parser up for terms, each with its definitions below it."""
    md.registerExtensions(["def_list"], {})
