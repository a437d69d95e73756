"""Finds the date and the number of the next issue.  No clock is read: dates are parameters."""

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
    """The volume, number and date of an issue."""

    volume: int
    number: int
    date: date


def first_day(cadence: Cadence, today: date) -> date:
    """Return the first day on which an issue may appear: today, or the next right weekday."""
    return today + timedelta(days=(WEEKDAYS.index(cadence.weekday) - today.weekday()) % 7)


def day_after(cadence: Cadence, newest: date) -> date:
    """Return the day of the next issue: some weeks later, on the nearest right weekday.

    An issue that was late or early by up to three days does not shift those after it.

    Raises:
        OverflowError: if that is after the year 9999.
    """
    later = newest + timedelta(weeks=cadence.weeks)
    away = (WEEKDAYS.index(cadence.weekday) - later.weekday()) % 7
    return later + timedelta(days=away if away <= 3 else away - 7)


def number_after(issues: Sequence[Numbered], day: date) -> Numbered:
    """Return the numbers of the next issue.

    The number is one higher, the volume the same.  In a new year, the next issue follows the
    example of the last new year: if that began a volume, or counted from 1 again, so does this one.
    Without an example, the count goes on.

    Args:
        issues: all existing issues, by date; at least one.
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
