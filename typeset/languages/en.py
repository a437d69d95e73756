"""English."""

from __future__ import annotations

from datetime import date

from typeset.languages.base import Language

_MONTHS = (
    "January February March April May June July August September October November December"
).split()

_UNITS = (
    "km|m|cm|mm|nm|mi|nmi|ft|kg|t|g|kn|hPa|kV|kW|MW|GW|kWh|MWh|GWh|TWh|ha|pt|TEU|percent|°C|°F|%"
)
_ABBREVIATED = "vols?|nos?|arts?|figs?|secs?|chs?|eds?|pp?|paras?"
_NUMBERED = (
    "Volume|Issue|Article|Annex|Appendix|Part|Section|Chapter|Table|Figure|Phase|Regulation|Rule|No"
)


def _format_date(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


LANGUAGE = Language(
    quotes=("\u201c", "\u201d", "\u2018", "\u2019"),
    glue=(
        rf"\b(?i:{_ABBREVIATED})\. (?=[\dIVX])",
        r"\b(?:ca?|cf)\. (?=[\dA-Z])",
        r"\b(?:St|Mr|Mrs|Ms|Dr|Prof|Capt|Sgt|Gen)\. (?=[^\W\d_])",
        rf"\b(?i:{_NUMBERED})s? (?=\d|[IVX]+\b)",
        r"\b[A-Z]{3} (?=\d)",
        r"[§¶] (?=\d)",
        rf"(?<=\d) (?=(?:{_UNITS})(?!\w))",
        r"(?<=\d) (?=(?:million|billion|trillion)\b)",
    ),
    elisions=("tis", "twas", "twere", "twill", "til", "em", "n"),
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
        "back_to_call": "Back to call {call} of note {number}",
        "source": "Source:",
        "unit": "Unit:",
        "masthead": "Masthead",
    },
    format_date=_format_date,
)
