"""Figures and tables: from elements of the tree to values of the model."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from xml.etree.ElementTree import Element

from typeset.diagnostics import Report
from typeset.languages import Language
from typeset.markdown.blocks import CAPTION_TAG, CELLS
from typeset.markdown.trees import inline_of, markup, plain_text
from typeset.markdown.typography import curl_quotes
from typeset.model import Figure, Image, Table, Width
from typeset.source import Location

__all__ = ["FindImage", "check_rows", "figure_of", "report_nested", "table_of"]

FindImage = Callable[[str, Location], Image | None]
"""Reads the image that an author refers to; reports it and returns None if that fails."""

_WIDTHS = ("column", "wide")
_FIGURE_ATTRIBUTES = {"src", "alt", "width", "id"}
_TABLE_ATTRIBUTES = {"width", "id"}


def figure_of(
    element: Element,
    location: Location,
    find_image: FindImage,
    language: Language,
    report: Report,
) -> Figure | None:
    """Return the figure that an element describes, or None if its image cannot be used."""
    image = find_image(element.get("src", ""), location)
    _report_unknown(
        element, _FIGURE_ATTRIBUTES, "a figure takes credit, alt and width", location, report
    )
    caption = inline_of(element.find("figcaption"))
    alt = element.get("alt", "")
    if not alt.strip():
        hint = 'say in alt="…" what a reader who cannot see it needs to know'
        report.warning("figure-alt", "a figure has no alternative text", location, hint)
        alt = caption.text
    if not alt.strip():
        report.error("figure-alt", "a figure has neither caption nor alternative text", location)
    if image is None:
        return None
    return Figure(
        id=element.attrib["id"],
        location=location,
        image=image,
        caption=caption,
        credit=inline_of(element.find("p[@class='credit']")),
        alt=curl_quotes(alt, language),
        width=_width(element, location, report),
    )


def table_of(
    element: Element, caption: Element | None, location: Location, report: Report
) -> Table:
    """Return the table that an element and the caption after it describe."""
    width: Width = "column"
    if caption is not None:
        hint = "a table's caption takes unit, source and width"
        _report_unknown(caption, _TABLE_ATTRIBUTES, hint, location, report)
        width = _width(caption, location, report)
    parts = (
        {part: caption.find(f"p[@class='{part}']") for part in ("unit", "source")}
        if caption is not None
        else {}
    )
    unit, source = (inline_of(parts.get(part)) for part in ("unit", "source"))
    if caption is not None:
        for part in list(caption):
            if part.tag == "p":
                caption.remove(part)
    return Table(
        id=element.attrib["id"],
        location=location,
        html=markup(element),
        caption=inline_of(caption),
        unit=unit,
        source=source,
        width=width,
    )


def check_rows(table: Element, location: Location, report: Report) -> None:
    """Report rows that have more or fewer cells than the head."""
    columns = len(table.findall("thead/tr/th"))
    for number, row in enumerate(table.findall("tbody/tr"), 1):
        count = row.attrib.pop(CELLS, None)
        if count is None:
            continue
        place = Location(location.path, location.line + 1 + number)
        message = f"this row has {count} cells, the head has {columns}"
        if int(count) > columns:
            hint = "add a column to the head, or write a bar within a cell as \\|"
            report.error("table-ragged", message, place, hint)
        else:
            report.warning("table-ragged", message, place, "end the row with empty cells: | |")


def report_nested(root: Element, locate: Callable[[Element], Location], report: Report) -> None:
    """Report figures and tables inside lists and quotes, and captions without a table."""
    for parent in root.iter():
        for child in list(parent):
            if parent is not root and child.tag in ("figure", "table"):
                message = f"a {child.tag} stands inside a list or a quotation"
                hint = "give it a paragraph of its own, without indentation"
                report.error(f"{child.tag}-nested", message, locate(child), hint)
            elif child.tag == CAPTION_TAG:
                position = list(parent).index(child)
                if position == 0 or parent[position - 1].tag != "table":
                    words = plain_text(child)[:40]
                    hint = "put it on the line after the table's last row"
                    message = f"`Table: {words}` follows no table"
                    report.error("table-caption", message, locate(child), hint)


def _width(element: Element, location: Location, report: Report) -> Width:
    width = element.get("width", "column")
    if width in _WIDTHS:
        return cast(Width, width)
    message = f"width={width} is not known"
    report.error("figure-width", message, location, "write width=column or width=wide")
    return "column"


def _report_unknown(
    element: Element, known: set[str], hint: str, location: Location, report: Report
) -> None:
    for name in element.attrib:
        if name not in known and not name.startswith("data-"):
            message = f"the attribute `{name}` is not known here"
            report.warning("attribute-unknown", message, location, hint)
