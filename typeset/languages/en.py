"""English."""

from __future__ import annotations

from datetime import date

from typeset.languages.base import Language, Starter

MONTHS = (
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
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


_BODY = """\
An article is a text file. Its front matter, between the two lines of hyphens, names the title and
the authors; the text follows in Markdown. A paragraph ends at an empty line, and *words between
stars* are emphasized.

## Headings, lists and notes

Sections begin with two number signs. A list has a hyphen before each item:

- "Straight quotes" are turned, and a range such as 1995--1997 gets its dash.
- A note is called where it belongs[^note] and printed after the article.
- A name in another script gets a font of its own: Kobe ([神戸]{lang=ja}), Busan (부산).

## Tables

| Section   | Pages |
|-----------|------:|
| News      |     4 |
| Reports   |    12 |

Table: Columns are aligned by the colons in the second line. {source="the plan of this issue"}

[^note]: Notes may hold links, such as [this one](https://www.example.org/).
"""

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
        "after_volume": ", ",
        "running_issue": "{name}, Vol.\u00a0{volume}, Issue\u00a0{number}",
        "by": "By {names}",
        "takeaway": "The main point:",
        "notes": "Notes",
        "note": "Note {number}",
        "back_to_call": "Back to call {call} of note {number}",
        "source": "Source:",
        "unit": "Unit:",
        "masthead": "Masthead",
        "offprint": "Offprint",
        "cite_as": "Cite as",
        "citation": "{authors}, “{title},” {name} {volume}({number}), {date}, {pages}.",
        "and_others": "{names} et al.",
        "page": "p.\u00a0{page}",
        "pages": "pp.\u00a0{first}–{last}",
        "published_by": "Published by",
        "rights": "Rights",
        "sources": "Sources",
        "table": "Table {number}",
        "skip": "Skip to the articles",
    },
    format_date=_format_date,
    conjunction=lambda _last: " and ",
    starter=Starter(
        about="**{name}** appears every second week. Say here what it is about, and for whom.",
        editor="Editor",
        desk="The Editors",
        web="To view web sources, visit {url}.",
        title="Welcome to {name}",
        standfirst="This first article shows what an article may hold. Write over it.",
        takeaway="Write, save, build; the page takes care of itself.",
        body=_BODY,
        untitled="Untitled",
        paragraph="Write here. A blank line begins a new paragraph.",
    ),
)
