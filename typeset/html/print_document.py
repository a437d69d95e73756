"""Makes the document that the layout gets: HTML, CSS, and the files that they refer to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from urllib.parse import quote

from typeset.addresses import BASE_URL
from typeset.html.contract import contract_of
from typeset.html.templates import environment_of, issue_values, render, type_values
from typeset.languages.cjk_regions import REGIONS, FontStyle, Region
from typeset.layout.document import inline_tags
from typeset.layout.protocol import JobFace, LayoutJob, RenderRequest
from typeset.model import Image, Issue, Offprint
from typeset.theme.design import Design, OwnFont
from typeset.theme.fit_text import fitted_size
from typeset.theme.theme import FontFamily, Theme

__all__ = ["print_job"]

_VARIANT = "pdf/ua-1"
"""The standard that the engine writes; the editions finish its file."""
_BOLD = (True, False)


def print_job(
    issue: Issue,
    design: Design,
    created: date,
    requests: tuple[RenderRequest, ...] = (),
    offprint: Offprint | None = None,
    *,
    sight: int | None = None,
) -> LayoutJob:
    """Return the layout job of an issue, or of an offprint.

    Args:
        issue: what to print.
        design: its design.
        created: the date to give the files.
        requests: the editions to make from the pages.
        offprint: the article to print by itself; the issue then holds only that article.
        sight: the page that is looked at while the issue is edited; None in a build.

    Raises:
        DocumentFault: if a template of the theme or the publication cannot be used.
    """
    theme = design.theme
    environment = environment_of(design)
    first_folio = 1 if offprint is None else offprint.first
    html = render(
        environment,
        "print/issue.html.j2" if offprint is None else "print/offprint.html.j2",
        **issue_values(issue, design),
        offprint=offprint,
        created=created,
        flow=design.flow,
        page=design.geometry,
        fitted=_fitted(theme),
        address_of=_address_of,
    )
    page = render(
        environment,
        "page.css.j2",
        **type_values(issue, design),
        page=design.geometry,
        inline=inline_tags(issue.elements),
        first_folio=first_folio,
        faces=theme.faces,
        own_fonts=design.own_fonts,
        text_fonts=_text_fonts,
        fonts_for=_fonts_for(design.own_fonts),
        address_of_font=_font_address,
    )
    resources = {_font_address(face.name): ("font/ttf", face.data) for face in theme.faces}
    resources |= {_font_address(font.path): ("font/ttf", font.data) for font in design.own_fonts}
    figures = [image for article in issue.articles for image in article.images]
    for image in (*design.images.values(), *figures):
        resources[_address_of(image)] = (image.media_type, image.data)
    return LayoutJob(
        html=html,
        stylesheets=(page, *(kind.styles for kind in issue.elements), *theme.styles),
        resources=resources,
        base_url=BASE_URL,
        geometry=design.geometry,
        variant=_VARIANT,
        faces=tuple(
            JobFace(face.family, *face.style, _font_address(face.name)) for face in theme.faces
        ),
        line_breaking=design.line_breaking,
        contract=contract_of(issue, design, offprint),
        elements=issue.elements,
        first_folio=first_folio,
        requests=requests,
        sight=sight,
    )


def _fitted(theme: Theme) -> Callable[..., float]:
    """Return a function for templates that finds the size at which bold words fit into a width."""
    bold = [
        next(face.data for face in family.faces if face.style == _BOLD) for family in theme.families
    ]

    def fitted(text: str, *, size: float, least: float, room: float, family: int = 1) -> float:
        return fitted_size(text, bold[family - 1], size=size, least=least, room=room)

    return fitted


def _fonts_for(own_fonts: Sequence[OwnFont]) -> Callable[[Region, FontStyle], list[str]]:
    """Return a function that lists the font families for a region's characters."""

    def fonts_for(region: Region, style: FontStyle) -> list[str]:
        own = [font.family for font in own_fonts if font.region == region]
        # Hong Kong's font is not installed everywhere, so the first region's follows it.
        return [*own, region.family(style), *([REGIONS[0].family(style)] * (region.name == "HK"))]

    return fonts_for


def _text_fonts(family: FontFamily) -> list[str]:
    """Return the CSS names for a family of the theme."""
    return [family.name]


def _address_of(image: Image) -> str:
    # The engine requests addresses with special characters encoded.
    return f"{BASE_URL}publication/{quote(image.path)}"


def _font_address(name: str) -> str:
    return f"{BASE_URL}fonts/{quote(name)}"
