"""Spanish."""

from __future__ import annotations

import re
from datetime import date

from typeset.languages.base import METRIC_UNITS, Language, Starter

_MONTHS = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
).split()

_ABBREVIATED = (
    "p|pp|pág|págs|núm|núms|n|art|arts|apdo|párr|vol|vols|t|cap|caps|secc|fig|figs|tab|ed|col|fasc"
)
_NUMBERED = (
    "volumen|volúmenes|número|artículo|apartado|anexo|parte|sección|capítulo|cuadro|tabla|figura|"
    "página|fase|reglamento|regla|siglo"
)
_LIKE_I = re.compile(r"h?[ií](?![aeou])|y(?![aeiouáéíóú])", re.IGNORECASE)


def _format_date(day: date) -> str:
    return f"{day.day} de {_MONTHS[day.month - 1]} de {day.year}"


def _conjunction(last: str) -> str:
    """Return ``e`` for a name that begins with the sound of ``y``: Ana e Inés."""
    return " e " if _LIKE_I.match(last) else " y "


_BODY = """\
Un artículo es un archivo de texto. La cabecera, entre las dos líneas de guiones, indica el título y
los autores; el texto sigue en Markdown. Una línea vacía cierra el párrafo, y *las palabras entre
asteriscos* se destacan.

## Ladillos, listas y notas

Un ladillo empieza con dos almohadillas. En una lista, cada elemento lleva un guion delante:

- Las "comillas rectas" pasan a ser españolas, y un intervalo como 1995--1997 recibe su raya.
- Una nota se llama donde hace falta[^nota] y se imprime al final del artículo.
- Un nombre en otra escritura recibe su propia letra: Kobe ([神戸]{lang=ja}), Busan (부산).

## Tablas

| Sección   | Páginas |
|-----------|--------:|
| Noticias  |       4 |
| Informes  |      12 |

Table: Los dos puntos de la segunda línea alinean las columnas. {source="planillo del número"}

[^nota]: Una nota puede llevar un enlace, como [este](https://www.example.org/).
"""

LANGUAGE = Language(
    quotes=("\u00ab", "\u00bb", "\u201c", "\u201d"),
    glue=(
        rf"\b(?i:{_ABBREVIATED})\. (?=[\dIVX])",
        r"\b[nN]\.?[ºo°] (?=\d)",
        # EE. UU., JJ. OO.
        r"\b([A-Z])\1\. (?=([A-Z])\2\.)",
        r"\b(?:[ad]|p)\. (?=(?:C|ej)\.)",
        r"\b(?:Sr|Sra|Srta|Sres|Dr|Dra|Prof|Ing|Lic|D|Dña|Cap|Gral|Sto|Sta)\. (?=[A-ZÁÉÍÓÚÑ])",
        rf"\b(?i:{_NUMBERED})s? (?=\d|[IVX]+\b)",
        rf"\b\d{{1,2}} (?=de (?:{'|'.join(_MONTHS)})\b)",
        r"\b[A-Z]{3} (?=\d)",
        r"[§¶] (?=\d)",
        rf"(?<=\d) (?=(?:{METRIC_UNITS})(?!\w))",
        r"(?<=\d) (?=(?:mil|millón|millones|billones|euros?)\b)",
        r"(?<![\d.,])\d{1,3} (?=\d{3}(?!\d))",
    ),
    elisions=(),
    labels={
        "contents": "Sumario",
        "volume": "Volumen {volume}",
        "issue": "número {number}",
        "after_volume": ", ",
        "running_issue": "{name}, vol.\u00a0{volume}, núm.\u00a0{number}",
        "by": "Por {names}",
        "takeaway": "Lo esencial:",
        "notes": "Notas",
        "note": "Nota {number}",
        "back_to_call": "Volver a la llamada {call} de la nota {number}",
        "source": "Fuente:",
        "unit": "Unidad:",
        "masthead": "Mancheta",
        "offprint": "Separata",
        "cite_as": "Cómo citar",
        "citation": (
            "{authors}, «{title}», {name}, vol.\u00a0{volume}, núm.\u00a0{number}, {date}, {pages}."
        ),
        "and_others": "{names} et al.",
        "page": "p.\u00a0{page}",
        "pages": "pp.\u00a0{first}-{last}",
        "published_by": "Publicado por",
        "rights": "Derechos",
        "sources": "Fuentes",
        "table": "Tabla {number}",
        "skip": "Ir a los artículos",
    },
    format_date=_format_date,
    conjunction=_conjunction,
    hyphen_minima=(2, 2),
    starter=Starter(
        about="**{name}** aparece cada dos semanas. Diga aquí de qué trata la publicación y a "
        "quién se dirige.",
        editor="Dirección",
        desk="La Redacción",
        web="Las fuentes en línea se encuentran en {url}.",
        title="Le damos la bienvenida a {name}",
        standfirst="Este primer artículo muestra lo que puede contener un artículo. Escriba "
        "encima.",
        takeaway="Escriba, guarde y componga; de la página no tiene que ocuparse.",
        body=_BODY,
        untitled="Sin título",
        paragraph="Escriba aquí. Una línea vacía empieza un párrafo nuevo.",
    ),
)
