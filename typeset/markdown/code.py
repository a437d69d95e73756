"""Code: blocks between fences, indented blocks, and spans between backticks.

Fenced blocks are removed from the text before anything else reads it, so that what they hold
(empty lines, tables, definitions of notes) can never be taken for the article's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.markdown.account import Account, Why
from typeset.markdown.characters import CODE_SIGN, ELSEWHERE
from typeset.markdown.indentation import QUOTE, Indentation
from typeset.markdown.inline_patterns import Found, Pattern
from typeset.markdown.trees import LINE
from typeset.source import SourceFile

__all__ = ["CodeBlock", "register_code_blocks", "register_code_spans", "take_code"]

_FENCE = re.compile(
    rf"(?P<quote>{QUOTE.pattern})"
    r"(?P<lead>[ ]*(?:(?:[-*+]|\d{1,9}[.)])[ ]+)*)"
    r"(?P<fence>`{3,}(?=[^`]*$)|~{3,})"
)
_TICKS = r"(?<!\\)(?:\\\\)*(?P<ticks>`+)"
_CONTAINER = re.compile(r"[ ]*(?:>|(?:[-*+]|\d{1,9}[.)])[ ])")
_SIGN = re.compile(f"^(?P<lead>.*?){CODE_SIGN}(?P<number>\\d+){CODE_SIGN}[ ]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A block of code that was removed from a text."""

    text: str
    line: int
    """The line of its opening fence in the file."""


def take_code(
    lines: Sequence[str],
    first_line: int,
    source: SourceFile,
    account: Account,
    report: Report,
) -> tuple[list[str], list[CodeBlock]]:
    """Remove the fenced blocks from a text.

    Args:
        lines: the lines of the text.
        first_line: the number of the first of them in the file, from 1.
        source: the file.
        account: receives what stands beside a fence.
        report: receives a fence that is not closed.

    Returns:
        The lines, in which signs stand for those of each block, the first with the block's number;
        and the blocks.
    """
    rest = list(lines)
    blocks: list[CodeBlock] = []
    number, indentation = 0, Indentation()
    while number < len(rest):
        line = rest[number]
        opening = _opening(line, in_list=indentation.in_list)
        indentation.take(line)
        if opening is None:
            number += 1
            continue
        inside, closed = _inside(rest, number + 1, opening)
        if not closed:
            place = source.at(first_line + number, opening.start("fence") + 1)
            hint = f"close it with a line of {opening['fence']}"
            report.add(Code.FENCE_UNCLOSED, "a block of code is not closed", place, hint)
        account.take_spans(number, [(opening.end("fence"), len(line))], Why.INFO)
        lead = opening["quote"] + opening["lead"]
        end = min(number + 1 + len(inside) + closed, len(rest))
        rest[number:end] = [
            f"{lead}{CODE_SIGN}{len(blocks)}{CODE_SIGN}",
            *[opening["quote"] + ELSEWHERE] * (end - number - 1),
        ]
        blocks.append(CodeBlock("\n".join(inside), first_line + number))
        number = end
    return rest, blocks


def _opening(line: str, *, in_list: bool) -> re.Match[str] | None:
    """Return the fence that a line opens; outside lists, four spaces make code by themselves."""
    match = _FENCE.match(line)
    if match is None or (line[match.end("quote") :].startswith("    ") and not in_list):
        return None
    return match


def _inside(lines: Sequence[str], start: int, opening: re.Match[str]) -> tuple[list[str], bool]:
    """Return the lines of a block without what surrounds it, and whether it is closed."""
    depth = opening["quote"].count(">")
    quote = re.compile(rf"[ ]{{0,3}}>(?:[ ]{{0,4}}>){{{depth - 1}}}[ ]?" if depth else "")
    closing = re.compile(rf"[ ]*{re.escape(opening['fence'])}{re.escape(opening['fence'][0])}*[ ]*")
    indent = re.compile(rf"[ ]{{0,{len(opening['lead'])}}}")
    inside: list[str] = []
    for line in lines[start:]:
        prefix = quote.match(line)
        if prefix is None:
            return inside, False
        text = line[prefix.end() :]
        if closing.fullmatch(text):
            return inside, True
        inside.append(indent.sub("", text, count=1))
    return inside, False


class _Fenced(BlockProcessor):
    """Replaces the sign of a block of code by the block."""

    def __init__(self, md: Markdown, blocks: Sequence[CodeBlock]) -> None:
        super().__init__(md.parser)
        self._blocks = blocks

    def test(self, parent: Element, block: str) -> bool:
        """Return whether a sign is here, and not inside a list or quotation yet to be parsed."""
        sign = _SIGN.search(block)
        if sign is None or sign["lead"].strip():
            return False
        return not any(map(_CONTAINER.match, block[: sign.start()].split("\n")))

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Remove the sign, and the text before and after it, from the blocks."""
        block = blocks.pop(0)
        sign = _SIGN.search(block)
        if sign is None:
            return
        before, after = block[: sign.start()].rstrip("\n"), block[sign.end() :].lstrip("\n")
        if before:
            self.parser.parseBlocks(parent, [before])
        if after:
            blocks.insert(0, after)
        code = self._blocks[int(sign["number"])]
        # A tag of its own until the tree is whole: the parser adds to any code that it knows.
        element = SubElement(parent, "fenced", {LINE: str(code.line)})
        element.text = AtomicString(code.text)


class _PlainCode(Treeprocessor):
    """Undoes the parser's escapes in indented code, as our serializer escapes it."""

    def run(self, root: Element) -> None:
        """Make every block of code a ``pre`` whose text is the author's."""
        for element in root.iter():
            if element.tag == "pre":
                for code in element:
                    code.text = AtomicString(_without_escapes(code.text or "").rstrip())
            elif element.tag == "fenced":
                text, element.text = element.text, None
                element.tag = "pre"
                SubElement(element, "code").text = text


def _without_escapes(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _span(match: re.Match[str], data: str) -> Found:
    """Make a span of code of what stands between two equal runs of backticks."""
    close = re.compile(rf"(?<!`){match['ticks']}(?!`)").search(data, match.end())
    if close is None:
        return match["ticks"], match.start("ticks"), match.end()
    code = Element("code")
    text = data[match.end() : close.start()]
    code.text = AtomicString(text.replace("\n", " ").strip())
    return code, match.start("ticks"), close.end()


def register_code_blocks(md: Markdown, blocks: Sequence[CodeBlock]) -> None:
    """Set a parser up for the blocks that were removed from a text, and for indented ones."""
    md.parser.blockprocessors.register(_Fenced(md, blocks), "fenced", 84)
    md.treeprocessors.register(_PlainCode(md), "plain_code", 30)


def register_code_spans(md: Markdown) -> None:
    """Set a parser up for spans of code between backticks."""
    md.inlinePatterns.register(Pattern(_TICKS, md, _span), "backtick", 190)
