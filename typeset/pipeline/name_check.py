"""Checks that a name has the same East Asian characters in the whole issue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.languages.east_asian import HAN, language_in_words, writing_of
from typeset.model import Article, GivenName
from typeset.source import Location

__all__ = ["check_names"]


def check_names(glossary: Iterable[GivenName], articles: Sequence[Article], report: Report) -> None:
    """Report a name that has different characters, or a different language, at a later place.

    Args:
        glossary: the publication's names; they come first.
        articles: the articles in their order.
        report: receives a warning at each later place.
    """
    first: dict[tuple[str, bool], GivenName] = {}
    for one in (*glossary, *(name for article in articles for name in article.names)):
        # A name may have both Chinese characters and hangul or kana, so compare them separately.
        key = one.name, HAN.search(one.characters) is not None
        _compare(first.setdefault(key, one), one, report)


def _compare(first: GivenName, one: GivenName, report: Report) -> None:
    there = _place(first.location, one.location)
    if first.characters == one.characters:
        if writing_of(first.language) != writing_of(one.language):
            here, before = (language_in_words(each.language) for each in (one, first))
            message = f"`{one.characters}` is set as {here}, but as {before} {there}"
            hint = f"mark it, as [{one.characters}]{{lang={first.language}}}"
            report.add(Code.CJK_LANGUAGE, message, one.location, hint)
    elif first.characters not in one.characters and one.characters not in first.characters:
        message = f"`{one.name}` is {one.characters} here, but {first.characters} {there}"
        hint = "write it with the same characters in both places"
        report.add(Code.NAME_CHARACTERS, message, one.location, hint)


def _place(there: Location, here: Location) -> str:
    """Return a place in words, short if both are in the same file."""
    return f"on line {there.line}" if there.path == here.path else f"at {there}"
