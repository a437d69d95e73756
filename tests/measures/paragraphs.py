"""Only the paragraphs of an issue: as a document of ours, and as a source text for Typst."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree as etree
from xml.etree.ElementTree import Element

from weasyprint import HTML

from typeset.geometry import PageGeometry
from typeset.layout.protocol import LayoutJob

__all__ = ["only_paragraphs", "typst_source"]

_INDENT = 12
"""Of a paragraph's first line in the theme "brief", in points."""
_SIZE = 10
_SMALLER = 0.95
"""East Asian characters in that theme, relative to the text."""


def only_paragraphs(job: LayoutJob) -> LayoutJob:
    """Reduce a document to its plain paragraphs, without calls of notes.

    They begin on page 2: the first page has a column of another width.
    """
    root: Element = HTML(string=job.html).etree_element
    body = root.find("body")
    assert body is not None
    paragraphs = [
        block
        for columns in body.iterfind(".//main/*[@class='columns']")
        for block in columns
        if block.tag == "p" and "class" not in block.attrib
    ]
    for child in list(body):
        body.remove(child)
    main = etree.SubElement(body, "main")
    first = etree.SubElement(main, "div", {"class": "columns"})
    head = etree.SubElement(first, "div", {"class": "head"})
    etree.SubElement(head, "p", {"class": "kicker"}).text = "Lines"
    columns = etree.SubElement(main, "div", {"class": "columns"})
    for paragraph in paragraphs:
        _drop_calls(paragraph)
        columns.append(paragraph)
    html = "<!doctype html>\n" + etree.tostring(root, "unicode", method="html")
    # Paragraphs alone break the contract, so drop its needs.
    return replace(job, html=html, contract=replace(job.contract, needs=()))


def _drop_calls(element: Element) -> None:
    """Remove the calls of notes from an element, and keep the text after them."""
    before = None
    for child in list(element):
        if child.tag == "a" and child.get("class") == "call":
            if before is None:
                element.text = (element.text or "") + (child.tail or "")
            else:
                before.tail = (before.tail or "") + (child.tail or "")
            element.remove(child)
        else:
            _drop_calls(child)
            before = child


def typst_source(job: LayoutJob, family: str, language: str) -> str:
    """Return a job's paragraphs in Typst's markup, on pages like ours.

    Args:
        job: a document of paragraphs only.
        family: the font family.
        language: the language tag of the text.
    """
    root: Element = HTML(string=job.html).etree_element
    head = _typst_head(job.geometry, family, language)
    paragraphs = [
        f"#par[{''.join(_typst_text(block))}]\n"
        for block in root.iterfind(".//main/div/p")
        if "class" not in block.attrib
    ]
    return "\n".join([head, *paragraphs])


def _typst_head(page: PageGeometry, family: str, language: str) -> str:
    tag, _, region = language.partition("-")
    of_region = f', region: "{region}"' if region else ""
    # The lines of a paragraph are an em high and the leading apart.
    leading = page.baseline - _SIZE
    return f"""\
#set page(
  width: {page.width}pt, height: {page.height}pt, columns: 2,
  margin: (
    inside: {page.inner}pt, outside: {page.outer}pt, top: {page.top}pt, bottom: {page.bottom}pt,
  ),
)
#set columns(gutter: {page.gap}pt)
#set text(
  font: "{family}", size: {_SIZE}pt, lang: "{tag}"{of_region}, hyphenate: true,
  top-edge: 0.8em, bottom-edge: -0.2em,
)
#set par(
  justify: true, linebreaks: "optimized", leading: {leading}pt, spacing: {leading}pt,
  first-line-indent: {_INDENT}pt,
)
#pagebreak()
"""


def _typst_text(element: Element) -> Iterator[str]:
    """Yield the text within an element in Typst's markup."""
    yield _literal(element.text)
    for child in element:
        inner = "".join(_typst_text(child))
        classes = child.get("class", "").split()
        if child.tag == "em":
            yield f"#emph[{inner}]"
        elif child.tag == "strong":
            yield f"#strong[{inner}]"
        elif "cjk" in classes:
            yield f"#text(size: {_SMALLER}em)[{inner}]"
        elif "bound" in classes:
            yield f"#box[{inner}]"
        else:
            yield inner
        yield _literal(child.tail)


def _literal(text: str | None) -> str:
    """Return a text as a string of Typst, in which nothing is markup."""
    if not text:
        return ""
    escaped = " ".join(re.split(r"[ \t\r\n]+", text)).replace("\\", "\\\\").replace('"', '\\"')
    return f'#"{escaped}"'
