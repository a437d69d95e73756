"""Makes strings for which a regular expression may take very long, from repeated parts of it.

The time of a backtracking engine grows with the square of a text's length, or worse, if a part of
it can be matched in many ways, or from many starts, and the match then fails.  Such a text consists
of a beginning that leads to a repetition, many repetitions of a part of the pattern, and an end
that does not match.
"""

from __future__ import annotations

import math
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise, product
from types import FrameType
from typing import Any

__all__ = ["Attack", "attacks", "slow_attack"]

_parser: Any = vars(re)["_parser"]
_MOST_CHARACTERS = 6
_MOST_PUMPS = 24
_MOST_LEADS = 4
_TYPICAL = "a1 \n#"
_CATEGORIES = {
    "CATEGORY_DIGIT": "1",
    "CATEGORY_NOT_DIGIT": "a",
    "CATEGORY_SPACE": " ",
    "CATEGORY_NOT_SPACE": "a",
    "CATEGORY_WORD": "a",
    "CATEGORY_NOT_WORD": "-",
}
_STEPS = (18, 180, 1_000)
"""The lengths to try first: a few characters show exponential growth."""
_LONG = 4_000
_MUCH = 0.05
"""The most seconds for those lengths."""
_QUICK = 0.001
"""Seconds that are enough for a text if time grows with its length."""
_TOO_LONG = 2.0
"""Seconds after which a pattern is stopped, as it may never end."""
_GROWTH = 3.0
"""How many times longer a text of double length may take: 2, and some noise."""


@dataclass(frozen=True)
class Attack:
    """A text that may slow a pattern down."""

    lead: str
    pump: str
    end: str

    def text(self, length: int) -> str:
        """Return the text with about so many characters."""
        return self.lead + self.pump * (length // len(self.pump)) + self.end


def attacks(pattern: re.Pattern[str]) -> Iterator[Attack]:
    """Yield texts that may slow a pattern down."""
    parsed = _parser.parse(pattern.pattern, pattern.flags)
    characters = _characters(parsed)
    leads = list(dict.fromkeys(["", *_leads(parsed, "")]))[:_MOST_LEADS]
    parts = list(dict.fromkeys(_parts(parsed)))
    pumps = [*characters, *leads, *parts, *(a + b for a, b in pairwise(parts))]
    pumps += ["".join(pair) for pair in product(characters[:5], repeat=2)]
    ends = ("\0", *characters[:1])
    for pump in list(dict.fromkeys(filter(None, pumps)))[:_MOST_PUMPS]:
        for lead, end in product(leads, ends):
            yield Attack(lead, pump, end)


def slow_attack(
    pattern: re.Pattern[str], use: Callable[[re.Pattern[str], str], object]
) -> Attack | None:
    """Return a text for which a pattern's time grows faster than the text, if there is one."""
    return next((one for one in attacks(pattern) if _is_slow(pattern, use, one)), None)


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Raise an exception in a block that takes too long; the regex engine checks for signals."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _is_slow(
    pattern: re.Pattern[str], use: Callable[[re.Pattern[str], str], object], attack: Attack
) -> bool:
    def seconds(length: int) -> float:
        text = attack.text(length)
        started = time.process_time()
        try:
            with _at_most(_TOO_LONG):
                use(pattern, text)
        except TimeoutError:
            return math.inf
        return time.process_time() - started

    if any(seconds(length) > _MUCH for length in _STEPS):
        return True
    once = seconds(_LONG)
    if once < _QUICK or seconds(2 * _LONG) < _GROWTH * once:
        return False
    # The least of several, as other processes slow the machine down.
    once, twice = (min(seconds(length) for _ in range(4)) for length in (_LONG, 2 * _LONG))
    return twice > 2 * _QUICK and twice > _GROWTH * once


def _characters(parsed: Any) -> list[str]:
    """The characters in a pattern, one for each of its classes, and a few others."""
    found = dict.fromkeys(one for part in _parts(parsed) for one in part)
    return list(dict.fromkeys([*found, *_TYPICAL]))[:_MOST_CHARACTERS]


def _parts(parsed: Any) -> Iterator[str]:
    """What each part of a pattern may match, from the smallest to the largest."""
    for operator, value in parsed:
        for inner in _inside(str(operator), value):
            yield from _parts(inner)
        yield _sample([(operator, value)])
    yield _sample(parsed)


def _leads(parsed: Any, before: str) -> Iterator[str]:
    """Texts that lead to each repetition."""
    for operator, value in parsed:
        name = str(operator)
        if name.endswith("REPEAT"):
            yield before
        for inner in _inside(name, value):
            yield from _leads(inner, before)
        before += _sample([(operator, value)])


def _inside(name: str, value: Any) -> list[Any]:
    """The patterns inside of a part."""
    if name.endswith("REPEAT"):
        return [value[2]]
    if name == "SUBPATTERN":
        return [value[-1]]
    if name == "BRANCH":
        return list(value[1])
    if name in {"ASSERT", "ASSERT_NOT"}:
        return [value[1]]
    return [value] if name == "ATOMIC_GROUP" else []


def _sample(parsed: Any) -> str:
    """A short text that a pattern matches, apart from its references and assertions."""
    parts = []
    for operator, value in parsed:
        name = str(operator)
        if name == "LITERAL":
            parts.append(chr(value))
        elif name == "NOT_LITERAL":
            parts.append("a" if value != ord("a") else "b")
        elif name == "ANY":
            parts.append("a")
        elif name == "IN":
            parts.append(_one_of(value))
        elif name.endswith("REPEAT"):
            parts.append(_sample(value[2]) * max(1, min(value[0], 3)))
        elif not name.startswith("ASSERT"):
            parts += [_sample(inner) for inner in _inside(name, value)[:1]]
    return "".join(parts)


def _one_of(members: Any) -> str:
    """A character of a class."""
    names = [str(operator) for operator, _ in members]
    if names[0] == "NEGATE":
        excluded = re.compile(f"[{''.join(map(_written, members[1:]))}]")
        return next((one for one in "a1 -#\n\u00e9\u4e00" if not excluded.match(one)), "")
    operator, value = members[0]
    if str(operator) == "LITERAL":
        return chr(value)
    return chr(value[0]) if str(operator) == "RANGE" else _CATEGORIES[str(value)]


def _written(member: tuple[Any, Any]) -> str:
    operator, value = member
    if str(operator) == "LITERAL":
        return re.escape(chr(value))
    if str(operator) == "RANGE":
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    letter = str(value).removeprefix("CATEGORY_").removeprefix("NOT_")[0].lower()
    return f"\\{letter.upper() if 'NOT_' in str(value) else letter}"
