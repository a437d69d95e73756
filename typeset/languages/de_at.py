"""German in Austria, where the year begins with the Jänner."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from typeset.languages import de


def _format_date(day: date) -> str:
    month = "Jänner" if day.month == 1 else de.MONTHS[day.month - 1]
    return f"{day.day}. {month} {day.year}"


LANGUAGE = replace(de.LANGUAGE, format_date=_format_date)
