"""Suggests the name that an author may have meant by an unknown one."""

from __future__ import annotations

from collections.abc import Collection

from typeset.diagnostics import Report, nearest

__all__ = ["guess"]

_MOST_COMPARISONS = 50_000


def guess(word: str, known: Collection[str], report: Report) -> str:
    """Return a hint with the known name most like a word, or nothing.

    A comparison is slow: in an article with hundreds of mistakes, the later ones go without.

    Args:
        word: the name that is not there.
        known: the names that are.
        report: the problems found so far.
    """
    return nearest(word, known) if len(known) * (len(report) + 1) <= _MOST_COMPARISONS else ""
