"""Converts figures and tables from elements of the tree to values of the model."""

from __future__ import annotations

from collections.abc import Callable, Collection
from xml.etree.ElementTree import Element

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.languages import Language
from typeset.markdown.attribute_lists import UNREADABLE
from typeset.markdown.figures import UNDEFINED
from typeset.markdown.links import report_undefined_image
from typeset.markdown.source_places import Locate
from typeset.markdown.tables import CELLS
from typeset.markdown.trees import (
    CAPTION_TAG,
    LINE,
    TABLE_TAG,
    inline_of,
    line_of,
    markup,
    plain_text,
    with_lines,
)
from typeset.markdown.typography import curl_quotes
from typeset.model import Figure, Image, Inline, Placing, Table, Width
from typeset.source import Location

__all__ = [
    "FindImage",
    "check_rows",
    "figure_of",
    "join_captions",
    "report_nested",
    "report_unruled",
    "table_of",
]

FindImage = Callable[[str, Location], Image | None]
"""Reads the image that an author refers to; reports it and returns None if that fails."""

_NESTED = {
    "figure": Code.FIGURE_NESTED,
    "table": Code.TABLE_NESTED,
    CAPTION_TAG: Code.TABLE_CAPTION_NESTED,
}
"""What is not allowed inside lists and quotations."""
_CAPTION_LINE = "@caption-line"
"""On a table with a caption: the line of that."""
_WIDTHS: dict[str, Width] = {"column": "column", "wide": "wide"}
_PLACES: dict[str, Placing] = {"here": "here", "top": "top", "bottom": "bottom"}
_KNOWN = {
    "figure": (
        {"src", "alt", "width", "place", "id"},
        "a figure takes credit, alt, width, place and an #id",
    ),
    TABLE_TAG: (
        {"width", "place"},
        "a table's caption takes unit, source, width, place and an #id",
    ),
}
"""Attributes on each element, those that became parts of it left out, and a hint at all of them."""


def join_captions(root: Element, locate: Locate, report: Report) -> None:
    """Join each table with the caption that follows it, and report captions without a table.

    A table is read from its caption to its source; code that walks the text after this meets
    its parts in that order.
    """
    joined: list[Element] = []
    for child in root:
        last = joined[-1] if joined else None
        if child.tag == "table":
            whole = Element(TABLE_TAG, {LINE: child.get(LINE, "")})
            whole.append(child)
            child.tail = None
            joined.append(whole)
        elif child.tag != CAPTION_TAG:
            joined.append(child)
        elif last is not None and last.tag == TABLE_TAG and _CAPTION_LINE not in last.attrib:
            _add_caption(last, child)
        else:
            hint = "put it on the line after the table's last row"
            message = f"`Table: {plain_text(child)[:40]}` follows no table"
            report.add(Code.TABLE_CAPTION_ALONE, message, locate(line_of(child), "Table:"), hint)
    root[:] = joined


def _add_caption(whole: Element, caption: Element) -> None:
    """Put the parts of a caption before and after the table that they belong to."""
    for name, value in caption.attrib.items():
        target = whole[0] if name == "id" else whole
        target.set(_CAPTION_LINE if name == LINE else name, value)
    parts = {part.get("class"): part for part in caption}
    for part in parts.values():
        part.set(LINE, caption.get(LINE, ""))
    whole[:0] = [parts[name] for name in ("caption", "unit") if name in parts]
    whole.extend([parts["source"]] if "source" in parts else [])


def figure_of(
    element: Element,
    find_image: FindImage,
    language: Language,
    locate: Locate,
    report: Report,
) -> Figure | None:
    """Return the figure that an element describes, or None if its image cannot be used."""
    line = line_of(element)
    location = locate(line, "")
    image = None
    if label := element.get(UNDEFINED):
        report_undefined_image(label, location, report)
    else:
        image = find_image(element.get("src", ""), location)
    _report_unknown(element, line, locate, report)
    width = _width(element, line, locate, report)
    place = _place(element, line, locate, report)
    caption = inline_of(element.find("figcaption"))
    alt = element.get("alt", "")
    if not alt.strip():
        hint = 'say in alt="…" what a reader who cannot see it needs to know'
        report.add(Code.FIGURE_ALT, "a figure has no alternative text", location, hint)
        alt = caption.text
    if not alt.strip():
        hint = "write a caption between the brackets, and alt=…"
        message = "a figure has neither caption nor alternative text"
        report.add(Code.FIGURE_UNDESCRIBED, message, location, hint)
    if image is None:
        return None
    return Figure(
        id=element.attrib["id"],
        location=location,
        image=image,
        caption=caption,
        credit=inline_of(element.find("p[@class='credit']")),
        alt=curl_quotes(alt, language),
        width=width,
        place=place,
    )


def table_of(element: Element, locate: Locate, report: Report) -> Table | None:
    """Return the table that an element describes, joined with its caption."""
    rows = element.find("table")
    if rows is None:
        return None
    line = int(element.get(_CAPTION_LINE, "0")) or line_of(element)
    _report_unknown(element, line, locate, report)
    caption, unit, source = (_part(element, name) for name in ("caption", "unit", "source"))
    if not (caption or unit or source) and _CAPTION_LINE in element.attrib:
        message = "a table's caption is empty"
        report.add(Code.TABLE_CAPTION, message, locate(line, ""), "write it after `Table:`")
    return Table(
        id=rows.attrib["id"],
        location=locate(line_of(element), ""),
        html=markup(rows),
        caption=caption,
        caption_location=locate(line, ""),
        unit=unit,
        source=source,
        width=_width(element, line, locate, report),
        place=_place(element, line, locate, report),
    )


def _part(element: Element, name: str) -> Inline:
    return inline_of(element.find(f"p[@class='{name}']"))


def check_rows(root: Element, locate: Locate, report: Report) -> None:
    """Report rows of tables that have more or fewer cells than the rule below the head."""
    columns = in_head = 0
    for row, line in with_lines(root):
        if row.tag == "table":
            first = row.find("thead/tr")
            columns = 0 if first is None else len(first)
            in_head = 0 if first is None else int(first.get(CELLS, "0"))
        count = int(row.attrib.pop(CELLS, "0"))
        if not count or (row[0].tag == "td" and count == in_head):
            continue  # a row with as many cells as the head is correct, but the rule is not
        place = locate(line, "")
        if row[0].tag == "th":
            message = f"the head of this table has {count} cells, the rule below it another number"
            report.add(
                Code.TABLE_RULE_CELLS, message, place, "write as many --- as there are cells"
            )
        elif count > columns:
            message = f"this row has {count} cells, the head has {columns}"
            hint = "add a column to the head, or write a bar within a cell as \\|"
            report.add(Code.TABLE_OVERFULL, message, place, hint)
        else:
            message = f"this row has {count} cells, the head has {columns}"
            report.add(Code.TABLE_RAGGED, message, place, "end the row with empty cells: | |")


def report_unruled(root: Element, locate: Locate, report: Report) -> None:
    """Report rows of a table that lack the rule below its head, and so are only a paragraph."""
    for element, line in with_lines(root):
        text = plain_text(element).strip() if element.tag == "p" else ""
        if text.startswith("|") and text.endswith("|") and text.count("|") > 2:
            hint = "write a line such as |---|---| below the first row"
            message = "this looks like a table, but has no rule below its head"
            report.add(Code.TABLE_RULE, message, locate(line, "|"), hint)


def report_nested(root: Element, tags: Collection[str], locate: Locate, report: Report) -> None:
    """Report figures, tables or captions, by their tags, inside lists and quotations."""
    for parent, line in with_lines(root):
        for child in parent:
            if parent is not root and child.tag in tags:
                kind = "caption" if child.tag == CAPTION_TAG else child.tag
                message = f"a {kind} is inside a list or a quotation"
                hint = "give it a paragraph of its own, without indentation"
                place = locate(line_of(child) or line, "")
                report.add(_NESTED[child.tag], message, place, hint)


def _width(element: Element, line: int, locate: Locate, report: Report) -> Width:
    written = element.get("width", "column")
    width = _WIDTHS.get(written)
    if width is None:
        hint = "write width=column or width=wide"
        place = locate(line, "width=")
        report.add(Code.FIGURE_WIDTH, f"unknown width={written}", place, hint)
    return width or "column"


def _place(element: Element, line: int, locate: Locate, report: Report) -> Placing | None:
    written = element.get("place")
    place = _PLACES.get(written or "")
    if written is not None and place is None:
        hint = "write place=here, place=top or place=bottom"
        report.add(Code.FIGURE_PLACE, f"unknown place={written}", locate(line, "place="), hint)
    return place


def _report_unknown(element: Element, line: int, locate: Locate, report: Report) -> None:
    """Report attributes that a figure or table does not have, and what cannot be read at all."""
    known, hint = _KNOWN[element.tag]
    for name, value in element.attrib.items():
        if name == UNREADABLE:
            message = f"from `{value[:40]}` on, the attributes cannot be read"
            advice = 'put values in straight quotes: credit="…"'
            report.add(Code.ATTRIBUTE_UNREADABLE, message, locate(line, value[:40]), advice)
        elif name not in known and not name.startswith("@"):
            message = f"unknown attribute `{name}`"
            written = f".{value}" if name == "class" else f"{name}="
            report.add(Code.ATTRIBUTE_UNKNOWN, message, locate(line, written), hint)
