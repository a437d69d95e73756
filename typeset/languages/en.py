"""English."""

from __future__ import annotations

from datetime import date

from typeset.languages.base import Language

_MONTHS = (
    "January February March April May June July August September October November December"
).split()

_UNITS = "km|m|cm|mm|nm|kg|t|g|kn|hPa|kW|MW|GW|kWh|MWh|GWh|TWh|ha|pt|percent"


def _format_date(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


LANGUAGE = Language(
    quotes=("\u201c", "\u201d", "\u2018", "\u2019"),
    glue=(
        r"\b(?:Vols?|Nos?|Arts?|Figs?|Secs?|Chs?|Eds?|pp?|paras?|ca?|cf)\. (?=[\dIVXivx])",
        r"\b(?:St|Mr|Mrs|Ms|Dr|Prof|Capt|Sgt|Gen)\. (?=[A-Z])",
        r"\b(?:Volume|Issue|Article|Annex|Part|Section|Chapter|Table|Phase|No) (?=\d|[IVX]+\b)",
        r"\b[A-Z]{3} (?=\d)",
        rf"(?<=\d) (?=(?:{_UNITS}|°C|million|billion|trillion)\b)",
    ),
    labels={
        "contents": "In This Issue",
        "volume": "Volume {volume}",
        "issue": "Issue {number}",
        "running_issue": "Vol.\u00a0{volume}, Issue\u00a0{number}",
        "by": "By",
        "and": "and",
        "takeaway": "The main point:",
        "notes": "Notes",
        "note": "Note {number}",
        "back_to_text": "Back to the text",
        "back_to_call": "Back to call {call} of note {number}",
        "source": "Source:",
        "unit": "Unit:",
        "page": "page {page}",
        "masthead": "Masthead",
    },
    format_date=_format_date,
)
