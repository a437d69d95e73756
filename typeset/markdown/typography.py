"""Typography that the author types plainly: quotes, dashes, ellipses, spaces that hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from typeset.languages import Language
from typeset.markdown.characters import STRAIGHT_QUOTES
from typeset.markdown.quotes import UNSPACED, turn_quotes
from typeset.markdown.text_runs import Run, blocks_of, joined, replace

__all__ = ["curl_quotes", "set_typography"]

_NO_BREAK_SPACE = "\u00a0"
_NARROW_SPACE = "\u202f"
"""Never breaks either, and stays as it is in a justified line."""
_SPACES = " \u00a0\u2009\u202f"
"""What an author may type where a narrow space belongs."""
_STRAIGHT = str.maketrans({sign: mark for mark, sign in STRAIGHT_QUOTES.items()})

_REPLACEMENTS = (
    # A line's end in the source is a space, or nothing where the script knows no spaces.
    (re.compile(rf"(?<=[{UNSPACED}])[ ]*\n[ ]*(?=[{UNSPACED}])"), ""),
    (re.compile(r"(?<! )[ ]*\n[ ]*"), " "),
    (re.compile(r"(?<!-)---(?!-)"), "\u2014"),
    (re.compile(r"(?<!-)--(?!-)"), "\u2013"),
    (re.compile(r"(?<!\.)\.\.\.(?!\.)"), "\u2026"),
    (re.compile(r"(?<=°)(\d{1,2}(?:\.\d+)?)'"), "\\1\u2032"),
    (re.compile(r"(?<=\u2032)(\d{1,2}(?:\.\d+)?)\""), "\\1\u2033"),
)
_BEFORE_DASH = re.compile(r" (?=\u2013(?:\s|$))")


def set_typography(root: Element, language: Language) -> None:
    """Set quotes, dashes, ellipses and no-break spaces in every block of a tree.

    Args:
        root: the tree.
        language: whose marks and rules are used.
    """
    for runs in blocks_of(root):
        for run in runs:
            if not run.literal:
                run.write(_replaced(run.text, language))
        text = joined(runs)
        characters = list(text)
        _hold_spaces(text, characters, language)
        turn_quotes(text, characters, language)
        _space_marks(characters, language)
        replace(runs, characters)
        _straighten(runs)


def curl_quotes(text: str, language: Language) -> str:
    """Return a plain text (such as an alternative text) with its typography set."""
    holder = Element("p")
    holder.text = text
    set_typography(holder, language)
    return holder.text or ""


def _replaced(text: str, language: Language) -> str:
    own = ((re.compile(pattern), replacement) for pattern, replacement in language.replacements)
    for pattern, replacement in (*own, *_REPLACEMENTS):
        text = pattern.sub(replacement, text)
    return text


def _hold_spaces(text: str, characters: list[str], language: Language) -> None:
    """Make the spaces that never break so."""
    for pattern in (_BEFORE_DASH, *map(re.compile, language.glue)):
        for match in pattern.finditer(text):
            space = match[0].rfind(" ")
            if space >= 0:
                characters[match.start() + space] = _NO_BREAK_SPACE


def _space_marks(characters: list[str], language: Language) -> None:
    """Put a narrow space before and after the marks that have one, once, whatever was typed."""
    text = "".join(characters)
    if language.spaced_before:
        for match in re.finditer(language.spaced_before, text):
            mark = match.start()
            gap = mark
            while gap and text[gap - 1] in _SPACES:
                gap -= 1
            if gap and text[gap - 1] != "\n":
                characters[gap:mark] = [""] * (mark - gap)
                characters[mark] = _NARROW_SPACE + characters[mark]
    if language.spaced_after:
        for match in re.finditer(language.spaced_after, text):
            mark = match.end() - 1
            gap = mark + 1
            while gap < len(text) and text[gap] in _SPACES:
                gap += 1
            # The mark behind the gap may have its space already.
            if gap < len(text) and text[gap] != "\n" and characters[gap][0] != _NARROW_SPACE:
                characters[mark + 1 : gap] = [""] * (gap - mark - 1)
                characters[mark] += _NARROW_SPACE


def _straighten(runs: Sequence[Run]) -> None:
    """Put straight quotes where the author asked for them."""
    for run in runs:
        if run.text:
            run.write(run.text.translate(_STRAIGHT))
