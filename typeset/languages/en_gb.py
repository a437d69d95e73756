"""English with British dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from typeset.languages import en


def _format_date(day: date) -> str:
    return f"{day.day} {en.MONTHS[day.month - 1]} {day.year}"


LANGUAGE = replace(en.LANGUAGE, format_date=_format_date)
