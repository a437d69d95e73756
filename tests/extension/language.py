"""A language: Esperanto, as far as a front page shows it.  Its file would be called ``eo.py``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from typeset.languages import en

MONTHS = (
    "januaro februaro marto aprilo majo junio julio aŭgusto septembro oktobro novembro decembro"
).split()


def _format_date(day: date) -> str:
    return f"{day.day}-a de {MONTHS[day.month - 1]} {day.year}"


LANGUAGE = replace(
    en.LANGUAGE,
    quotes=("\u201e", "\u201c", "\u201a", "\u2018"),
    labels={**en.LANGUAGE.labels, "contents": "En ĉi tiu numero", "by": "De {names}"},
    format_date=_format_date,
)
