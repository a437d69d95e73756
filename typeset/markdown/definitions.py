"""Definitions: ``[name]: address`` of links and pictures, ``*[TEU]: …`` of abbreviations.

They apply to the whole article, wherever they are, and are not part of the text, so they are
removed from it before anything else is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown import Markdown
from markdown.extensions.abbr import AbbrTreeprocessor

from typeset.markdown.account import Account, Why
from typeset.markdown.characters import ELSEWHERE

__all__ = ["Definitions", "label_of", "read_definitions", "register_abbreviations"]

_LEAD = r"(?:[ >]*>[ ]{0,4}|[ ]*)"
_LINK = re.compile(
    # A single word is not an address: [Smith]: No.
    rf"""{_LEAD}\[(?P<label>[^\[\]^][^\[\]]*)\]:[ ]*(?:\n[ ]*)?
    (?P<target><[^<>\n]+>|(?=\S*(?:[:/\#]|\.[^\W\d_]))[^\s<]\S*)
    (?:[ ]*(?:\n[ ]*)?(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)'|\((?P<round>[^()\n]*)\))[ ]*$
    |[ ]*$)""",
    re.VERBOSE | re.MULTILINE,
)
_ABBREVIATION = re.compile(rf"{_LEAD}\*\[(?P<short>[^\[\]\\]+)\][ ]?:[ ]*(?P<long>\S.*?)[ ]*")
_ITEM = re.compile(r"[ ]{0,3}(?:(?:[-*+]|\d{1,9}[.)])[ ]|:[ ]{1,3})")
_LINES = 3
"""The most lines of the definition of a link: its name, its address, its title."""


@dataclass(frozen=True, slots=True)
class Definitions:
    """What is defined in an article."""

    links: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Address and title by label."""
    abbreviations: dict[str, str] = field(default_factory=dict)
    """The long form of each abbreviation."""


def label_of(text: str) -> str:
    """Return the label that a text is as a name of an address: case and spaces do not matter."""
    return " ".join(text.lower().split())


def read_definitions(lines: Sequence[str], account: Account) -> tuple[list[str], Definitions]:
    """Remove the definitions of addresses and abbreviations from a text.

    Args:
        lines: the lines of the text, without blocks of code.
        account: receives the definitions.

    Returns:
        The lines, with a sign for each that held a definition, and what is defined.
    """
    rest = list(lines)
    found = Definitions()
    in_list = False
    number = 0
    while number < len(rest):
        line = rest[number]
        taken = 0
        if "]" in line and (in_list or not line.startswith("    ")):
            taken = _take(rest[number : number + _LINES], found)
        if taken:
            account.take_lines(number, number + taken, Why.DEFINITION)
            rest[number : number + taken] = [ELSEWHERE] * taken
        elif line.strip() and not line.startswith(" "):
            in_list = _ITEM.match(line) is not None
        number += taken or 1
    return rest, found


def _take(lines: Sequence[str], found: Definitions) -> int:
    """Note the definition that a text begins with, and return how many lines it takes."""
    if link := _LINK.match("\n".join(lines)):
        title = next(filter(None, link.group("double", "single", "round")), "")
        address = link["target"].removeprefix("<").removesuffix(">")
        found.links[label_of(link["label"])] = (address, title)
        return link[0].count("\n") + 1
    if abbreviation := _ABBREVIATION.fullmatch(lines[0]):
        found.abbreviations[abbreviation["short"].strip()] = abbreviation["long"]
        return 1
    return 0


def register_abbreviations(md: Markdown, definitions: Definitions) -> None:
    """Set a parser up to say what each abbreviation stands for that is defined."""
    abbreviations = AbbrTreeprocessor(md, definitions.abbreviations)
    md.treeprocessors.register(abbreviations, "abbr", 7)
