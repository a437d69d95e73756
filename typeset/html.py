"""From the issue to the HTML and the styles of one edition, by Jinja templates.

A template is looked for in the publication's own folder, then in its theme's, then among those that
come with typeset; the latter are always found as ``base/…`` too, so that one may extend what it
replaces.  Templates may come from anybody: they run in Jinja's sandbox, and in the layout process,
whose limits hold for them too.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import quote

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    FunctionLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from typeset.assets import styles_folder, templates_folder
from typeset.eastasian import EAST_ASIAN
from typeset.fitting import fitted_size
from typeset.geometry import PageGeometry
from typeset.languages import language_for
from typeset.model import Article, Figure, Image, Issue, Offprint, Table
from typeset.pages import DocumentFault, JobFace, LayoutJob, Print
from typeset.regions import REGIONS, FontStyle, Region, region_of
from typeset.theme import Theme

__all__ = ["BASE_URL", "Design", "OwnFont", "print_job"]

BASE_URL = "https://typeset.invalid/"
"""The address at which a document seems to stand: the same everywhere, and nowhere real."""
_VARIANT = "pdf/ua-1"
"""What the engine writes; the editions finish it."""
_BOLD = (True, False)
_EAST_ASIAN_RUN = re.compile(f"(?:{EAST_ASIAN.pattern})+")


@dataclass(frozen=True, slots=True)
class OwnFont:
    """A font file that the publication sets an East Asian language in."""

    region: Region
    path: str
    data: bytes = field(repr=False)

    @property
    def family(self) -> str:
        """The name by which styles know it."""
        return f"Own {self.region.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """How an issue is to look."""

    theme: Theme
    accent: str
    """As ``#rrggbb``."""
    geometry: PageGeometry
    flow: str
    """``continuous`` or ``new-page``."""
    line_breaking: str
    """``greedy`` or ``total-fit``."""
    cjk_language: str
    """The language of East Asian text that has no other, which decides on its shapes."""
    own_fonts: tuple[OwnFont, ...] = ()
    templates: Mapping[str, tuple[str, str]] = field(default_factory=dict, repr=False)
    """The path and the text of each template of the publication's own, by its name."""
    images: Mapping[str, Image] = field(default_factory=dict, repr=False)
    """The publication's own images, such as a logo, for templates to show, by their names."""


def print_job(
    issue: Issue,
    design: Design,
    created: date,
    prints: tuple[Print, ...] = (),
    offprint: Offprint | None = None,
) -> LayoutJob:
    """Return the layout job of an issue, or of an article by itself.

    Args:
        issue: what to print.
        design: how it is to look.
        created: the day that the file is dated.
        prints: the editions that are to be made of the pages.
        offprint: the article, where it is to be printed by itself; the issue is then its own.

    Raises:
        DocumentFault: if a template of the theme's or the publication's cannot be used.
    """
    theme = design.theme
    environment = _environment(design.templates, theme.templates)
    first_folio = 1 if offprint is None else offprint.first
    html = _render(
        environment,
        "print/issue.html.j2" if offprint is None else "print/offprint.html.j2",
        issue=issue,
        offprint=offprint,
        created=created,
        flow=design.flow,
        page=design.geometry,
        accent=design.accent,
        images=design.images,
        fitted=_fitted(theme),
        address_of=_address_of,
        is_figure=lambda block: isinstance(block, Figure),
        is_table=lambda block: isinstance(block, Table),
        labels=_Labels(issue.language),
        language=language_for(issue.language),
        language_for=language_for,
        labels_for=_Labels,
        marked=_marked,
    )
    page = _render(
        environment,
        "page.css.j2",
        page=design.geometry,
        first_folio=first_folio,
        accent=design.accent,
        faces=theme.faces,
        families=theme.families,
        own_fonts=design.own_fonts,
        region=region_of(issue.language) or region_of(design.cjk_language) or REGIONS[0],
        regions=REGIONS,
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
        stylesheets=(page, *theme.styles),
        resources=resources,
        base_url=BASE_URL,
        geometry=design.geometry,
        variant=_VARIANT,
        faces=tuple(
            JobFace(face.family, *face.style, _font_address(face.name)) for face in theme.faces
        ),
        line_breaking=design.line_breaking,
        first_folio=first_folio,
        prints=prints,
    )


def _environment(*overrides: Mapping[str, tuple[str, str]]) -> Environment:
    """Return the environment of the templates.

    Args:
        overrides: path and text of templates by their names, those that win first.
    """
    usual = FileSystemLoader([templates_folder(), styles_folder()])
    return ImmutableSandboxedEnvironment(
        loader=ChoiceLoader(
            [*map(_loader_of, overrides), usual, PrefixLoader({"base": usual})],
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _loader_of(templates: Mapping[str, tuple[str, str]]) -> BaseLoader:
    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        if name not in templates:
            return None
        path, text = templates[name]
        return text, path, lambda: True

    return FunctionLoader(load)


def _render(environment: Environment, name: str, **values: Any) -> str:
    try:
        return environment.get_template(name).render(values)
    except Exception as error:
        raise _fault(error) from error


def _fitted(theme: Theme) -> Callable[..., float]:
    """Return the function by which a template fits words, in bold, into a place."""
    bold = [
        next(face.data for face in family.faces if face.style == _BOLD) for family in theme.families
    ]

    def fitted(text: str, *, size: float, least: float, room: float, family: int = 1) -> float:
        return fitted_size(text, bold[family - 1], size=size, least=least, room=room)

    return fitted


def _fonts_for(own_fonts: Sequence[OwnFont]) -> Callable[[Region, FontStyle], list[str]]:
    """Return the function that names the families in which a region's characters are set."""

    def fonts_for(region: Region, style: FontStyle) -> list[str]:
        own = [font.family for font in own_fonts if font.region == region]
        # Hong Kong's font is younger than the others, and not installed everywhere.
        return [*own, region.family(style), *([REGIONS[0].family(style)] * (region.name == "HK"))]

    return fonts_for


class _Labels:
    """The labels of a language, their values filled in; values may be markup, as names are.

    Args:
        tag: the language's tag.
    """

    def __init__(self, tag: str) -> None:
        self._tag = tag
        self._language = language_for(tag)
        self._labels = self._language.labels

    def __call__(self, name: str, /, **values: Any) -> Markup:
        """Return a label for the text of an element."""
        return _marked(self._labels[name]).format(**values)

    def plain(self, name: str, /, **values: Any) -> str:
        """Return a label for an attribute, which can hold no markup."""
        return self._labels[name].format(**values)

    def citation(self, article: Article, **values: Any) -> Markup:
        """Return how an article is cited; its title is filled in here.

        A mark in which the title ends stands for the comma that would follow it.  Where the title
        stands in quotes, those in it become inner ones of the same language.
        """
        label, title = self._labels["citation"], str(article.title.html)
        if article.title.text.endswith(("?", "!", ".", "…")):
            label = re.sub(r"(?<=\{title\})[.,]", "", label)
        opening, closing, *_ = language_for(article.language).quotes
        outer, _, inner_opening, inner_closing = self._language.quotes
        if outer in label:
            title = re.sub(f"{opening}\u202f?", inner_opening, title)
            title = re.sub(f"\u202f?{closing}", inner_closing, title)
        if article.language != self._tag:
            title = f'<span lang="{escape(article.language)}">{title}</span>'
        return _marked(label).format(title=Markup(title), **values)  # noqa: S704 - as it came


def _marked(text: str) -> Markup:
    """Mark the East Asian runs of our own words as those of authors are marked."""
    marked = _EAST_ASIAN_RUN.sub(lambda run: f'<span class="cjk">{run[0]}</span>', escape(text))
    return Markup(marked)  # noqa: S704 - of escaped text


def _address_of(image: Image) -> str:
    return f"{BASE_URL}publication/{image.path}"


def _font_address(name: str) -> str:
    return f"{BASE_URL}fonts/{quote(name)}"


def _fault(error: Exception) -> DocumentFault:
    """Say what went wrong in which template, at the line that was reached last."""
    if isinstance(error, TemplateSyntaxError):
        return DocumentFault(error.message or "cannot be read", error.filename or "", error.lineno)
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.endswith(".j2")
    ]
    where = frames[-1] if frames else None
    message = str(error) or type(error).__name__
    return DocumentFault(
        message, where.filename if where else "", where.lineno or 0 if where else 0
    )
