"""When the next issue appears, and what its number is.  Days are handed in; no clock is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from typeset.manifest.settings import Cadence

__all__ = ["WEEKDAYS", "Numbered", "day_after", "first_day", "number_after"]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Numbered:
    """The numbers and the day of an issue."""

    volume: int
    number: int
    date: date


def first_day(cadence: Cadence, today: date) -> date:
    """Return the first day on which an issue may appear: today, or the next such weekday."""
    return today + timedelta(days=(WEEKDAYS.index(cadence.weekday) - today.weekday()) % 7)


def day_after(cadence: Cadence, newest: date) -> date:
    """Return the day of the next issue: so many weeks later, on the weekday that is nearest.

    An issue that was late or early by up to three days does not shift those after it.

    Raises:
        OverflowError: if the calendar ends before.
    """
    later = newest + timedelta(weeks=cadence.weeks)
    away = (WEEKDAYS.index(cadence.weekday) - later.weekday()) % 7
    return later + timedelta(days=away if away <= 3 else away - 7)


def number_after(issues: Sequence[Numbered], day: date) -> Numbered:
    """Return the numbers of the next issue.

    The number is one higher, the volume the same.  Where a year turns, the next issue does as the
    issues did when the last year turned: if that began a volume, or began to count anew, so does
    this one.  Without an example the count goes on.

    Args:
        issues: all issues there are, by date; at least one.
        day: when the next one appears.
    """
    newest = issues[-1]
    turns = [
        (before, after) for before, after in pairwise(issues) if before.date.year < after.date.year
    ]
    if day.year == newest.date.year or not turns:
        return Numbered(newest.volume, newest.number + 1, day)
    before, after = turns[-1]
    anew = after.number <= before.number
    volume = newest.volume + (after.volume > before.volume)
    return Numbered(volume, 1 if anew else newest.number + 1, day)
