"""Typography that the author types plainly: quotes, dashes, ellipses, spaces that hold.

Quotes are decided on the text of a whole block, so that emphasis, links and notes inside or beside
a quotation do not turn its marks the wrong way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from typeset.languages import Language
from typeset.markdown.trees import BLOCK_TAGS

__all__ = ["curl_quotes", "set_typography"]

_NO_BREAK_SPACE = "\u00a0"
_LITERAL_TAGS = frozenset({"code", "pre"})
_OPENERS = "([{\u2014\u2013-/\u201c\u2018\u00ab\u201e\u201a\u00a1\u00bf\u300c\uff08"
_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"


@dataclass(slots=True)
class _Text:
    """A piece of text in a tree, by where it hangs."""

    owner: Element
    is_tail: bool
    literal: bool
    """Whether it is code, or a note's call: seen by what stands beside it, never changed."""

    @property
    def value(self) -> str:
        return (self.owner.tail if self.is_tail else self.owner.text) or ""

    @value.setter
    def value(self, text: str) -> None:
        if self.is_tail:
            self.owner.tail = text
        else:
            self.owner.text = text


def set_typography(root: Element, language: Language) -> None:
    """Set quotes, dashes, ellipses and no-break spaces in every block of a tree.

    Args:
        root: the tree.
        language: whose marks and rules are used.
    """
    for texts in _blocks(root):
        changed = [text for text in texts if not text.literal]
        for text in changed:
            text.value = _dashes_and_spaces(text.value, language)
        _set_quotes(texts, language)


def curl_quotes(text: str, language: Language) -> str:
    """Return a plain text (such as an alternative text) with its typography set."""
    holder = Element("p")
    holder.text = text
    set_typography(holder, language)
    return holder.text or ""


def _blocks(root: Element) -> list[list[_Text]]:
    """Return the texts of each block; a block inside another (a list's item) is its own."""
    blocks: list[list[_Text]] = []

    def visit(element: Element, texts: list[_Text], literal: bool) -> None:
        if element.tag in BLOCK_TAGS:
            texts = []
            blocks.append(texts)
        literal = literal or element.tag in _LITERAL_TAGS or element.get("class") == "call"
        texts.append(_Text(element, False, literal))
        for child in element:
            visit(child, texts, literal)
            texts.append(_Text(child, True, literal))

    visit(root, [], False)
    return blocks


def _dashes_and_spaces(text: str, language: Language) -> str:
    text = re.sub(r"(?<!-)---(?!-)", "\u2014", text)
    text = re.sub(r"(?<!-)--(?!-)", "\u2013", text)
    text = re.sub(r"(?<!\.)\.\.\.(?!\.)", "\u2026", text)
    text = re.sub(rf"(?<=[{_CJK}])\n(?=[{_CJK}])", "", text)
    text = re.sub(r" (?=\u2013(?:\s|$))", _NO_BREAK_SPACE, text)
    for pattern in language.glue:
        text = re.sub(pattern, lambda match: _hold(match[0]), text)
    return text


def _hold(text: str) -> str:
    """Make the last space of a text one that never breaks."""
    before, _, after = text.rpartition(" ")
    return f"{before}{_NO_BREAK_SPACE}{after}"


def _set_quotes(texts: list[_Text], language: Language) -> None:
    """Turn straight quotes by what stands before and after them, calls left aside."""
    seen = [text for text in texts if text.owner.get("class") != "call" or text.is_tail]
    joined = "".join("x" * len(text.value) if text.literal else text.value for text in seen)
    if '"' not in joined and "'" not in joined:
        return
    turned = _turn(joined, language)
    position = 0
    for text in seen:
        end = position + len(text.value)
        if not text.literal:
            text.value = "".join(turned[position:end])
        position = end


def _turn(text: str, language: Language) -> list[str]:
    """Return the characters of a text, its straight quotes turned; one may become two."""
    outer_open, outer_close, inner_open, inner_close = language.quotes
    result = list(text)
    open_inner = 0
    for position, mark in enumerate(text):
        if mark not in "\"'":
            continue
        before = text[position - 1] if position else " "
        after = text[position + 1] if position + 1 < len(text) else " "
        opens = _opens(before, after, mark)
        if mark == '"':
            result[position] = outer_open if opens else outer_close
        elif before.isalnum() and after.isalnum():
            result[position] = "\u2019"
        elif opens and not after.isdigit():
            open_inner += 1
            result[position] = inner_open
        elif not opens and open_inner:
            open_inner -= 1
            result[position] = inner_close
        else:
            result[position] = "\u2019"  # an apostrophe: dogs', '90s
    return result


def _opens(before: str, after: str, mark: str) -> bool:
    """Tell whether a quote opens: after a space or an opening mark, and before a word."""
    if after.isspace():
        return False
    other = "'" if mark == '"' else '"'
    if before == other:
        # Nested quotes: `"'` before a word opens both, after a word closes both.
        return after not in ".,;:!?)]}\u2014\u2013\u2026"
    return before.isspace() or before in _OPENERS
