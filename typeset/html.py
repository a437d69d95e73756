"""From the issue to the HTML and the styles of one edition, by Jinja templates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from typeset.assets import styles_folder, templates_folder
from typeset.geometry import PageGeometry
from typeset.languages import language_for
from typeset.model import Figure, Image, Issue, Table
from typeset.theme import Theme

__all__ = ["BASE_URL", "PrintDocument", "render_print"]

BASE_URL = "https://typeset.invalid/"
"""The address at which a document seems to stand: the same everywhere, and nowhere real."""


@dataclass(frozen=True, slots=True)
class PrintDocument:
    """Everything that a page layout needs, as text and bytes."""

    html: str
    stylesheets: tuple[str, ...]
    resources: dict[str, tuple[str, bytes]]
    """Media type and content by absolute address: the only things that can be fetched."""


def render_print(
    issue: Issue, theme: Theme, accent: str, geometry: PageGeometry, created: date
) -> PrintDocument:
    """Return the document of a paged edition.

    Args:
        issue: what to print.
        theme: its fonts and styles.
        accent: the accent color, as ``#rrggbb``.
        geometry: the page.
        created: the day that the file is dated.
    """
    environment = _environment()
    html = environment.get_template("print/issue.html.j2").render(
        issue=issue,
        created=created,
        address_of=_address_of,
        is_figure=lambda block: isinstance(block, Figure),
        is_table=lambda block: isinstance(block, Table),
        labels=_labels(issue.language),
        language=language_for(issue.language),
        language_for=language_for,
        labels_for=_labels,
    )
    page = environment.get_template("page.css.j2").render(
        page=geometry, accent=accent, faces=theme.faces, address_of_font=_font_address
    )
    resources = {_font_address(face.name): ("font/ttf", face.data) for face in theme.faces}
    for article in issue.articles:
        for image in article.images:
            resources[_address_of(image)] = (image.media_type, image.data)
    return PrintDocument(html, (page, theme.print_css), resources)


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader([templates_folder(), styles_folder()]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _labels(tag: str) -> Callable[..., Markup]:
    """Return a function that gives a label of a language, its values filled in.

    Values may be markup, as names are.
    """
    labels = language_for(tag).labels

    def label(name: str, /, **values: Any) -> Markup:
        return escape(labels[name]).format(**values)

    return label


def _address_of(image: Image) -> str:
    return f"{BASE_URL}publication/{image.path}"


def _font_address(name: str) -> str:
    return f"{BASE_URL}fonts/{name}"
