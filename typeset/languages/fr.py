"""French."""

from __future__ import annotations

from datetime import date

from typeset.languages.base import METRIC_UNITS, Language, Starter

_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
).split()

_ABBREVIATED = "p|pp|art|al|vol|t|fasc|chap|sect|fig|tabl|col|éd|réf"
_NUMBERED = (
    "volume|numéro|article|alinéa|annexe|partie|section|chapitre|tableau|figure|page|phase|"
    "règlement|règle|point"
)


def _format_date(day: date) -> str:
    first = "1er" if day.day == 1 else str(day.day)
    return f"{first} {_MONTHS[day.month - 1]} {day.year}"


_BODY = """\
Un article est un fichier texte. L'en-tête, entre les deux lignes de tirets, indique le titre et les
auteurs ; le texte suit en Markdown. Une ligne vide met fin au paragraphe, et *les mots placés entre
astérisques* sont mis en valeur.

## Intertitres, listes et notes

Un intertitre commence par deux croisillons. Dans une liste, un tiret précède chaque élément :

- Les "guillemets droits" deviennent français, et un intervalle tel que 1995--1997 reçoit son tiret.
- Une note s'appelle là où elle est utile[^note] et s'imprime après l'article.
- Un nom dans une autre écriture reçoit sa propre police : Kobe ([神戸]{lang=ja}), Busan (부산).

## Tableaux

| Rubrique  | Pages |
|-----------|------:|
| Brèves    |     4 |
| Enquêtes  |    12 |

Table: Les deux-points de la deuxième ligne alignent les colonnes. {source="le plan du numéro"}

[^note]: Une note peut contenir un lien, comme [celui-ci](https://www.example.org/).
"""

# Only the first of several marks gets a space, and none directly after a bracket.
_MARKS = r"(?<![;:!?(\[])[;!?](?!\w)"
COLON = r"(?<![;:!?(\[]):(?=[\s\"'«“‘)\]]|$)"
"""The colon of a sentence, not of a time or an address."""
CLOSING_GUILLEMET = r"»(?!\w)"

LANGUAGE = Language(
    quotes=("\u00ab", "\u00bb", "\u201c", "\u201d"),
    glue=(
        rf"\b(?i:{_ABBREVIATED})\. (?=[\dIVX])",
        r"\b[nN](?:°|os?|ᵒˢ?|º)\.? (?=\d)",
        r"\b(?:M|MM|Dr|Pr|Me|St|J|Cdt|Cne)\.? (?=[A-ZÀ-Ý])",
        r"\b(?:Mme|Mmes|Mlle|Mgr) (?=[A-ZÀ-Ý])",
        r"\b(?:p|c|av|apr|env)\. (?=(?:ex|J|\d))",
        rf"\b(?i:{_NUMBERED})s? (?=\d|[IVX]+\b)",
        rf"\b(?:\d{{1,2}}|1er) (?=(?:{'|'.join(_MONTHS)})\b)",
        r"\b[IVX]+es? (?=siècles?\b)",
        r"\b[A-Z]{3} (?=\d)",
        r"[§¶] (?=\d)",
        rf"(?<=\d) (?=(?:{METRIC_UNITS})(?!\w))",
        r"(?<=\d h) (?=\d)",
        r"(?<=\d) (?=(?:millions?|milliards?|milliers?|euros?)\b)",
        r"(?<![\d.,])\d{1,3} (?=\d{3}(?!\d))",
    ),
    elisions=(),
    labels={
        "contents": "Sommaire",
        "volume": "Volume {volume}",
        "issue": "numéro {number}",
        "after_volume": ", ",
        "running_issue": "{name}, vol.\u00a0{volume}, n°\u00a0{number}",
        "by": "Par {names}",
        "takeaway": "L’essentiel\u202f:",
        "notes": "Notes",
        "note": "Note {number}",
        "back_to_call": "Retour à l’appel {call} de la note {number}",
        "source": "Source\u202f:",
        "unit": "Unité\u202f:",
        "masthead": "Ours",
        "offprint": "Tiré à part",
        "cite_as": "Pour citer cet article",
        "citation": (
            "{authors}, «\u202f{title}\u202f», {name}, vol.\u00a0{volume}, n°\u00a0{number}, "
            "{date}, {pages}."
        ),
        "and_others": "{names} et al.",
        "page": "p.\u00a0{page}",
        "pages": "p.\u00a0{first}-{last}",
        "published_by": "Publié par",
        "rights": "Droits",
        "sources": "Sources",
        "table": "Tableau {number}",
        "skip": "Aller aux articles",
    },
    format_date=_format_date,
    conjunction=lambda _last: " et ",
    starter=Starter(
        about="**{name}** paraît toutes les deux semaines. Dites ici de quoi parle la revue et à "
        "qui elle s'adresse.",
        editor="Rédaction en chef",
        desk="La rédaction",
        web="Les sources en ligne se trouvent à l'adresse {url}.",
        title="Bienvenue dans {name}",
        standfirst="Ce premier article montre ce qu'un article peut contenir. Remplacez-le par le "
        "vôtre.",
        takeaway="Écrivez, enregistrez, composez ; la mise en page se fait toute seule.",
        body=_BODY,
        untitled="Sans titre",
        paragraph="Écrivez ici. Une ligne vide commence un nouveau paragraphe.",
    ),
    spaced_before=f"{_MARKS}|{COLON}|{CLOSING_GUILLEMET}",
    spaced_after=r"(?<!\w)«",
)
