"""Writes an issue as plain HTML: the same words, pictures and fonts, and a few plain styles."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from typeset.layout.protocol import JobFace, LayoutJob

__all__ = ["write_plain_html"]

_STYLES = """
@page {{ size: {width}pt {height}pt; margin: {top}pt {outer}pt {bottom}pt {inner}pt }}
html {{ font: 9.5pt/{line}pt "{family}"; hyphens: auto; text-align: justify }}
body {{ margin: 0 }}
.columns {{ columns: 2; column-gap: {gap}pt }}
h1 {{ font-size: 20pt; line-height: 26pt; text-align: left }}
h2, h3 {{ font-size: 11pt; line-height: 13pt; text-align: left }}
p, ul, ol, figure, table {{ margin: 0 0 {line}pt }}
img, svg {{ max-width: 100%; max-height: 400pt }}
table {{ width: 100%; hyphens: auto; font-size: 8pt }}
figure, table {{ break-inside: avoid }}
"""


def write_plain_html(job: LayoutJob, folder: Path) -> None:
    """Write ``index.html``, ``style.css`` and the files that they name.

    Args:
        job: the issue's layout job; its styles are not used.
        folder: a folder that exists.
    """
    for address, (_, data) in job.resources.items():
        path = folder / _name(address)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    page = job.geometry
    styles = _STYLES.format(
        width=page.width,
        height=page.height,
        top=page.top,
        bottom=page.bottom,
        inner=page.inner,
        outer=page.outer,
        gap=page.gap,
        line=page.baseline,
        family=job.faces[0].family,
    )
    (folder / "style.css").write_text("".join(map(_font_face, job.faces)) + styles, "utf-8")
    html = re.sub(r' style="[^"]*"', "", job.html)
    (folder / "index.html").write_text(html.replace(job.base_url, ""), "utf-8")


def _name(address: str) -> str:
    """Return the path of a resource in the folder."""
    return unquote(urlsplit(address).path).lstrip("/")


def _font_face(face: JobFace) -> str:
    weight, style = "bold" if face.bold else "normal", "italic" if face.italic else "normal"
    return (
        f'@font-face {{ font-family: "{face.family}"; src: url("{_name(face.address)}");'
        f" font-weight: {weight}; font-style: {style} }}\n"
    )
