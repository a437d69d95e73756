"""Compares the letters of a text in the source, the tree and the model, which must be equal.

Marks and spaces are not compared: typography changes them.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markdown.treeprocessors import UnescapeTreeprocessor
from markdown.util import STX

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.markdown.trees import CAPTION_TAG, TABLE_TAG, line_of
from typeset.model import Article, Figure, Prose
from typeset.source import Location

__all__ = [
    "ADDED",
    "Loss",
    "Piece",
    "block_pieces",
    "first_difference",
    "letters",
    "lost_piece",
    "pieces",
    "report_lost",
    "text_pieces",
    "unescaped",
]

ADDED = "@added"
"""On an element whose text no author wrote."""

_PARTED = frozenset({"figure", CAPTION_TAG, TABLE_TAG})
"""Blocks whose parts are read by themselves."""
_NO_LETTERS = re.compile(r"[\W_]+")
_TAG = re.compile(r"<[^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*>")
_SHOWN = 30
"""How many characters of the source a diagnostic quotes."""


class Piece(NamedTuple):
    """The letters of one part of a text, such as a paragraph or a caption."""

    line: int
    letters: str


class Loss(NamedTuple):
    """The first place at which a text differs from what its author wrote."""

    line: int
    words: str
    """What stands there in the source, as far as that is known."""


def letters(text: str) -> str:
    """Return the letters and figures of a text, without their accents."""
    return _NO_LETTERS.sub("", text if text.isascii() else unicodedata.normalize("NFD", text))


def unescaped(text: str) -> str:
    """Return a text without the codes that stand for escaped marks until all is parsed."""
    return UnescapeTreeprocessor.RE.sub("", text) if STX in text else text


def first_difference(source: str, found: str, first_line: int) -> Loss | None:
    """Return where the letters of two texts differ first, or None if they do not.

    Args:
        source: the first text.
        found: the second.
        first_line: the number of the first line of the first text, from 1.
    """
    one, other = letters(source), letters(found)
    if one == other:
        return None
    pairs = enumerate(zip(one, other, strict=False))
    position = next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
    for number, line in enumerate(source.split("\n"), first_line):
        for column, character in enumerate(line):
            position -= len(letters(character))
            if position < 0:
                return Loss(number, line[column : column + _SHOWN])
    return Loss(first_line + source.count("\n"), "")


def pieces(blocks: Iterable[Element], *, added: bool = False) -> list[Piece]:
    """Return the letters of each block of a text.

    Args:
        blocks: the text.
        added: whether numbers of notes and other things that no author wrote count, as they do in
            the model.
    """
    found = []
    for block in blocks:
        for part in block if block.tag in _PARTED else [block]:
            text = "".join(_said(part, added=added))
            found.append(Piece(line_of(part) or line_of(block), letters(unescaped(text))))
        if block.tag == "figure":
            alt = block.get("alt", "")
            if not alt.strip():  # the caption stands in for it
                alt = "".join(_said(block[0], added=False))
            found.append(Piece(line_of(block), letters(unescaped(alt))))
    return found


def _said(element: Element, *, added: bool) -> Iterator[str]:
    if ADDED in element.attrib and not added:
        return
    yield element.text or ""
    for child in element:
        yield from _said(child, added=added)
        yield child.tail or ""


def block_pieces(article: Article) -> list[Piece]:
    """Return the letters of an article's blocks in the model, as :func:`pieces` does."""
    found = []
    for block in article.blocks:
        match block:
            case Prose():
                texts = [_text_of(block.html)]
            case Figure():
                texts = [_text_of(block.caption.html), _text_of(block.credit.html), block.alt]
            case _:
                parts = (block.caption, block.unit, block.source)
                texts = [_text_of(block.html), *(_text_of(part.html) for part in parts)]
        found += [Piece(block.location.line, letters(text)) for text in texts]
    return found


def text_pieces(article: Article) -> list[Piece]:
    """Return the letters of an article's other texts in the model, each by itself."""
    authors = [text for author in article.authors for text in (author.name, author.bio)]
    head = (article.title, article.kicker, article.standfirst, article.takeaway, *authors)
    texts = [note.html for note in article.notes] + [text.html for text in head]
    return [Piece(0, letters(_text_of(text))) for text in texts]


def _text_of(markup: str) -> str:
    return html.unescape(_TAG.sub("", markup))


def lost_piece(before: Sequence[Piece], after: Sequence[Piece]) -> Loss | None:
    """Return the first piece that is not the same in two readings of a text, or None.

    Their order may change: captions are written below their tables and read above them.
    """
    for some, others in ((before, after), (after, before)):
        left = Counter(piece.letters for piece in others)
        for piece in some:
            if piece.letters and not left[piece.letters]:
                return Loss(piece.line, "")
            left[piece.letters] -= 1
    return None


def report_lost(loss: Loss | None, location: Location, report: Report) -> None:
    """Report that text is lost, if it is: a fault of ours, not the author's.

    Where there are other errors, nothing is written, and what stands in place of those is not what
    the author wrote.
    """
    if loss is None or report.failed:
        return
    where = f"from `{loss.words}` on, " if loss.words else ""
    message = f"{where}letters were lost or doubled while this text was read"
    hint = "this is a fault of typeset: report it, and use less markup in these lines meanwhile"
    report.add(Code.TEXT_LOST, message, location, hint)
