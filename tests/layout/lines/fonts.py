"""The fonts of the tests of lines, and the widths that the engine gives to texts set in them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path

from fontTools.ttLib import TTFont
from weasyprint import CSS, HTML
from weasyprint.formatting_structure.boxes import LineBox
from weasyprint.text.fonts import FontConfiguration

from typeset.files.assets import font_file

__all__ = ["FACES", "as_web_font", "engine_widths", "font", "pdf_of"]

_PACKAGES = {"Serif": "font_source_serif_pro", "Sans": "font_source_sans_pro"}
_STYLES = ("Regular", "It", "Bold", "BoldIt")
FACES = tuple(f"Source{kind}Pro-{style}" for kind in _PACKAGES for style in _STYLES)


@cache
def font(name: str, ending: str = "ttf") -> bytes:
    """Return one of the faces, such as SourceSerifPro-Regular."""
    kind = "Serif" if "Serif" in name else "Sans"
    return font_file(_PACKAGES[kind], f"{name}.{ending}")


def as_web_font(data: bytes) -> bytes:
    """Return a font packed as WOFF2."""
    packed = io.BytesIO()
    with TTFont(io.BytesIO(data)) as face:
        face.flavor = "woff2"
        face.save(packed)
    return packed.getvalue()


def _styles(fonts: Mapping[str, bytes], folder: Path, configuration: FontConfiguration) -> CSS:
    rules = ["@page { size: 4000px 900px; margin: 20px } body, p { margin: 0; white-space: pre }"]
    for family, data in fonts.items():
        file = folder / f"{family}.font"
        file.write_bytes(data)
        rules.append(f'@font-face {{ font-family: "{family}"; src: url("{file.as_uri()}") }}')
    return CSS(string="".join(rules), font_config=configuration)


def _html(paragraphs: Sequence[tuple[str, str]], language: str) -> HTML:
    body = "".join(f"<p style='{style}'>{escape(text)}</p>" for style, text in paragraphs)
    return HTML(string=f"<!doctype html><html lang={language}><title>x</title><body>{body}")


def engine_widths(
    fonts: Mapping[str, bytes],
    folder: Path,
    paragraphs: Sequence[tuple[str, str]],
    language: str = "en-US",
) -> list[float]:
    """Return how wide the engine sets each text, in pixels.

    Args:
        fonts: by the names of their families.
        folder: for the files of the fonts.
        paragraphs: CSS declarations, and the text that is set with them.
        language: of all the texts.
    """
    configuration = FontConfiguration()
    document = _html(paragraphs, language).render(
        font_config=configuration, stylesheets=[_styles(fonts, folder, configuration)]
    )
    widths = [
        sum(child.width for child in box.children)
        for page in document.pages
        for box in page._page_box.descendants()
        if isinstance(box, LineBox) and box.element.tag == "p"
    ]
    assert len(widths) == len(paragraphs)
    return widths


def pdf_of(
    fonts: Mapping[str, bytes], folder: Path, paragraphs: Sequence[tuple[str, str]]
) -> bytes:
    """Return the pages with these texts, as a PDF."""
    configuration = FontConfiguration()
    pdf = _html(paragraphs, "en-US").write_pdf(
        font_config=configuration, stylesheets=[_styles(fonts, folder, configuration)]
    )
    assert isinstance(pdf, bytes)
    return pdf
