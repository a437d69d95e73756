"""German."""

from __future__ import annotations

from datetime import date

from typeset.languages.base import METRIC_UNITS, Language, Starter

MONTHS = (
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
).split()

_ABBREVIATED = (
    "S|Nr|Nrn|Art|Abs|Ziff|Bd|Bde|Jg|H|Kap|Abb|Tab|Anm|Anh|Abschn|Aufl|Hrsg|Fn|Rn|Rdnr|Sp|Z|Bl"
)
_NUMBERED = (
    "Band|Heft|Jahrgang|Artikel|Absatz|Anhang|Anlage|Teil|Abschnitt|Kapitel|Tabelle|Abbildung|"
    "Seite|Punkt|Ziffer|Nummer|Phase|Regel"
)


def _format_date(day: date) -> str:
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


_BODY = """\
Ein Artikel ist eine Textdatei. Der Vorspann zwischen den beiden Zeilen aus Bindestrichen nennt
Titel und Autoren; der Text folgt in Markdown. Eine Leerzeile beendet den Absatz, und *Wörter
zwischen Sternchen* werden hervorgehoben.

## Überschriften, Listen und Anmerkungen

Zwischenüberschriften beginnen mit zwei Rautezeichen. In einer Liste steht vor jedem Punkt ein
Bindestrich:

- "Gerade Anführungszeichen" werden zu deutschen, und Spannen wie 1995--1997 erhalten ihren Strich.
- Eine Anmerkung wird dort gesetzt, wo sie hingehört[^anmerkung], und nach dem Artikel gedruckt.
- Namen in anderen Schriften erhalten eine passende Type: Kobe ([神戸]{lang=ja}), Busan (부산).

## Tabellen

| Ressort   | Seiten |
|-----------|-------:|
| Nachricht |      4 |
| Bericht   |     12 |

Table: Die Doppelpunkte in der zweiten Zeile richten die Spalten aus. {source="Heftplan"}

[^anmerkung]: Anmerkungen dürfen Links enthalten, z. B. [diesen](https://www.example.org/).
"""

LANGUAGE = Language(
    quotes=("\u201e", "\u201c", "\u201a", "\u2018"),
    glue=(
        rf"\b(?:{_ABBREVIATED})\. (?=[\dIVX])",
        # z. B., d. h., i. d. R., and the initials of a name
        r"\b[^\W\d_]\. (?=[^\W\d_]\.)",
        r"\b(?:ca|vgl|etwa|rd)\. (?=[\dA-ZÄÖÜ])",
        r"\b(?:Dr|Prof|Hr|Fr|St|Dipl|Ing|Gen|Kapt)\. (?=[^\W\d_])",
        rf"\b(?:{_NUMBERED}) (?=\d|[IVX]+\b)",
        rf"\b\d{{1,2}}\. (?=(?:{'|'.join(MONTHS)}|Jänner|Feber|Jahrhundert|Jh\.)\b)",
        r"\b[A-Z]{3} (?=\d)",
        r"§§? (?=\d)",
        rf"(?<=\d) (?=(?:{METRIC_UNITS})(?!\w))",
        r"(?<=\d) (?=(?:Mio|Mrd|Bio|Tsd)\.|(?:Millionen|Milliarden|Billionen|Prozent|Uhr)\b)",
        r"(?<![\d.,])\d{1,3} (?=\d{3}(?!\d))",
    ),
    elisions=("s", "n", "ne", "nen", "nem", "ner"),
    labels={
        "contents": "In dieser Ausgabe",
        "volume": "Jahrgang {volume}",
        "issue": "Heft {number}",
        "after_volume": ", ",
        "running_issue": "{name}, Jg.\u00a0{volume}, Heft\u00a0{number}",
        "by": "Von {names}",
        "takeaway": "Das Wichtigste:",
        "notes": "Anmerkungen",
        "note": "Anmerkung {number}",
        "back_to_call": "Zurück zu Stelle {call} der Anmerkung {number}",
        "source": "Quelle:",
        "unit": "Einheit:",
        "masthead": "Impressum",
        "offprint": "Sonderdruck",
        "cite_as": "Zitiervorschlag",
        "citation": (
            "{authors}: „{title}“, in: {name}, Jg.\u00a0{volume}, Heft\u00a0{number}, {date}, "
            "{pages}."
        ),
        "and_others": "{names} et al.",
        "page": "S.\u00a0{page}",
        "pages": "S.\u00a0{first}–{last}",
        "published_by": "Herausgegeben von",
        "rights": "Rechte",
        "sources": "Quellen",
        "table": "Tabelle {number}",
        "skip": "Zu den Artikeln springen",
    },
    format_date=_format_date,
    conjunction=lambda _last: " und ",
    hyphen_minima=(2, 2),
    starter=Starter(
        about="**{name}** erscheint alle zwei Wochen. Schreiben Sie hier, wovon das Heft handelt "
        "und für wen es gemacht ist.",
        editor="Redaktionsleitung",
        desk="Redaktion",
        web="Die Quellen im Netz finden Sie unter {url}.",
        title="Willkommen bei {name}",
        standfirst="Dieser erste Artikel zeigt, was ein Artikel enthalten kann. Überschreiben Sie "
        "ihn.",
        takeaway="Schreiben, speichern, setzen; um die Seite müssen Sie sich nicht kümmern.",
        body=_BODY,
        untitled="Ohne Titel",
        paragraph="Schreiben Sie hier. Nach einer Leerzeile beginnt ein neuer Absatz.",
    ),
)
