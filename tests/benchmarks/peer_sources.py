"""The words of an issue in the markup of other typesetters: headings, paragraphs and pictures.

Emphasis, links and the lines of tables are left out, in their favor.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from weasyprint import HTML

from typeset.layout.protocol import LayoutJob

__all__ = ["latex_source", "typst_source"]

_SIZE, _LINE = 9.5, 13
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3}
_TEXTS = {*_HEADINGS, "p", "li", "dt", "dd", "figcaption", "caption", "tr", "pre"}
_LATEX_LEVELS = ("section", "subsection", "subsubsection")
_LATEX_ESCAPES = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{one: f"\\{one}" for one in "&%$#_{}"},
}


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    level: int = 0
    """Of a heading; 0 is a paragraph."""
    picture: str = ""
    """The address of a picture, which has no text."""


def typst_source(job: LayoutJob, picture_of: dict[str, str]) -> str:
    """Return an issue in Typst's markup.

    Args:
        job: its layout job.
        picture_of: the path of each picture, by its address.
    """
    page = job.geometry
    head = (
        f"#set page(width: {page.width}pt, height: {page.height}pt, columns: 2, margin:"
        f" (top: {page.top}pt, bottom: {page.bottom}pt, inside: {page.inner}pt,"
        f" outside: {page.outer}pt))\n#set columns(gutter: {page.gap}pt)\n"
        f'#set text(font: "{job.faces[0].family}", size: {_SIZE}pt, lang: "en")\n'
        "#set par(justify: true)\n"
    )
    parts = [head]
    for piece in _pieces(job):
        text = json.dumps(piece.text, ensure_ascii=False)
        if piece.picture:
            parts.append(f'#image("{picture_of[piece.picture]}", width: 100%)\n')
        elif piece.level:
            parts.append(f"#heading(level: {piece.level}, {text})\n")
        else:
            parts.append(f"#par({text})\n")
    return "".join(parts)


def latex_source(job: LayoutJob, fonts: Path) -> str:
    """Return an issue in LaTeX's markup.

    Pictures are left out, as it reads no SVG, and East Asian characters stay blank.

    Args:
        job: its layout job.
        fonts: the folder of the font files of its text.
    """
    page = job.geometry
    regular, bold, italic, both = (Path(face.address).name for face in job.faces[:4])
    head = (
        "\\documentclass[10pt,twocolumn,twoside]{article}\n"
        f"\\usepackage[paperwidth={page.width}bp,paperheight={page.height}bp,top={page.top}bp,"
        f"bottom={page.bottom}bp,inner={page.inner}bp,outer={page.outer}bp]{{geometry}}\n"
        "\\usepackage{fontspec}\n\\usepackage[english]{babel}\n\\usepackage{microtype}\n"
        f"\\setmainfont{{{regular}}}[Path={fonts.as_posix()}/,BoldFont={bold},"
        f"ItalicFont={italic},BoldItalicFont={both}]\n"
        f"\\setlength\\columnsep{{{page.gap}bp}}\n\\pagestyle{{empty}}\n"
        f"\\begin{{document}}\\fontsize{{{_SIZE}bp}}{{{_LINE}bp}}\\selectfont\n"
    )
    parts = [head]
    for piece in _pieces(job):
        text = "".join(_LATEX_ESCAPES.get(one, one) for one in piece.text)
        if piece.level:
            parts.append(f"\\{_LATEX_LEVELS[piece.level - 1]}*{{{text}}}\n\n")
        elif not piece.picture:
            parts.append(f"{text}\n\n")
    return "".join([*parts, "\\end{document}\n"])


def _pieces(job: LayoutJob) -> Iterator[_Piece]:
    """Yield the texts and pictures of a document in their order."""
    root = HTML(string=job.html).etree_element
    for element in root.find("body").iter():
        if element.tag == "img" and element.get("src"):
            yield _Piece("", picture=element.get("src"))
        elif element.tag in _TEXTS and not any(
            inner.tag in _TEXTS for inner in element.iter() if inner is not element
        ):
            text = re.sub(r"\s+", " ", " ".join(element.itertext())).strip()
            if text:
                yield _Piece(text, _HEADINGS.get(element.tag, 0))
