"""Checks that the pages have all content of the document, once and in order.

The engine has been seen to drop the rest of an issue without a word, so every build compares the
text of the document with the text of the laid-out boxes before anything is written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from itertools import zip_longest

from typeset.layout.findings import Loss

__all__ = ["Run", "compare", "missing_ids"]

Run = tuple[str, str]
"""The id of the nearest element that has one, and a piece of its text."""

_SPACE_AND_HYPHENS = re.compile("[\\s\u00ad\u200b\u2060\u2010-]+")
_SHOWN = 60


def missing_ids(expected: Sequence[str], found: Container[str]) -> list[Loss]:
    """Return the elements that are on no page."""
    return [Loss(name, "lost", "") for name in expected if name not in found]


def compare(expected: Sequence[Run], found: Sequence[Run]) -> list[Loss]:
    """Compare the text of a part of the document with that on the pages.

    Spaces, hyphens and case are ignored, since line breaking and styles change them.

    Args:
        expected: the document's text in its order.
        found: the pages' text in reading order.
    """
    wanted, got = _by_element(expected), _by_element(found)
    losses = []
    for element_id in {**wanted, **got}:
        want, have = wanted.get(element_id, ""), got.get(element_id, "")
        if want == have:
            continue
        difference = Counter(want)
        difference.subtract(Counter(have))
        if any(count > 0 for count in difference.values()):
            kind = "lost"
        else:
            kind = "doubled" if any(difference.values()) else "out of order"
        losses.append(Loss(element_id, kind, _first_difference(want, have)))
    if losses:
        return losses
    for (wanted_id, text), (found_id, _) in zip_longest(
        _merged(expected), _merged(found), fillvalue=("", "")
    ):
        if wanted_id != found_id:
            return [Loss(wanted_id or found_id, "out of order", text[:_SHOWN])]
    return []


def _normal(text: str) -> str:
    return _SPACE_AND_HYPHENS.sub("", text).casefold()


def _by_element(runs: Sequence[Run]) -> dict[str, str]:
    texts: dict[str, list[str]] = {}
    for element_id, text in runs:
        texts.setdefault(element_id, []).append(text)
    return {
        element_id: normal
        for element_id, parts in texts.items()
        if (normal := _normal("".join(parts)))
    }


def _merged(runs: Sequence[Run]) -> list[Run]:
    """Join the runs of one element that follow one another; drop those that say nothing."""
    merged: list[Run] = []
    for element_id, text in runs:
        if not _normal(text):
            continue
        if merged and merged[-1][0] == element_id:
            merged[-1] = (element_id, merged[-1][1] + text)
        else:
            merged.append((element_id, text))
    return merged


def _first_difference(want: str, have: str) -> str:
    same = next((n for n, (one, other) in enumerate(zip_longest(want, have)) if one != other), 0)
    return (want if len(want) >= len(have) else have)[same : same + _SHOWN]
