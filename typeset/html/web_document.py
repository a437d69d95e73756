"""Makes one web page of an issue, with its styles, fonts and images inside."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from markupsafe import Markup

from typeset.color.contrast import readable_on
from typeset.diagnostic_codes import Code
from typeset.diagnostics import Diagnostic
from typeset.html.data_urls import embed_font, embed_image
from typeset.html.system_fonts import east_asian_fonts, latin_fonts
from typeset.html.templates import environment_of, issue_values, render, type_values
from typeset.html.web_fragments import sources_of, web_fragment
from typeset.languages.cjk_regions import FontStyle, Region
from typeset.languages.east_asian import EAST_ASIAN
from typeset.layout.protocol import DocumentFault, Finished
from typeset.model import Issue, Table
from typeset.theme.design import Design
from typeset.theme.theme import FontFamily

if TYPE_CHECKING:
    from typeset.html.safety import PageFault

__all__ = ["web_file", "web_page"]

_ALWAYS = frozenset(map(chr, range(0x20, 0x7F)))
"""Characters that fonts always keep, so that small edits of a page can reuse a cached font."""
_POLICY = (
    "default-src 'none'; img-src data:; font-src data:; style-src 'sha256-{digest}'; "
    "base-uri 'none'; form-action 'none'"
)


def web_file(issue: Issue, design: Design, created: date) -> Finished:
    """Return the file of `web_page`, or diagnostics if the page is not safe."""
    # Imported here, as the parser loads slowly and only the layout process needs it.
    from typeset.html.safety import judge_page

    page = web_page(issue, design, created)
    faults = tuple(_diagnostic(fault, issue, design) for fault in judge_page(page))
    return Finished(b"" if faults else page.encode(), faults)


def _diagnostic(fault: PageFault, issue: Issue, design: Design) -> Diagnostic:
    """Return the diagnostic of a fault, at the template that wrote it if that can be found."""
    place = design.place_of(*fault.traces) or issue.place_of(fault.near)
    message = f"the page of the html edition is not safe: {fault.message}"
    return Diagnostic(Code.WEB_PAGE_UNSAFE, message, place, hints=(fault.hint,))


def web_page(issue: Issue, design: Design, created: date) -> str:
    """Return an issue as one HTML file that loads nothing and runs no script.

    Args:
        issue: what to show.
        design: its design.
        created: the date to give the file.

    Raises:
        DocumentFault: if a template of the theme or the publication cannot be used.
    """
    environment = environment_of(design)
    return render(
        environment,
        "web/issue.html.j2",
        **issue_values(issue, design),
        created=created,
        address_of=lambda image: embed_image(image).address,
        picture_of=embed_image,
        fragment=web_fragment,
        sources_of=sources_of,
        table_numbers=_table_numbers(issue),
        locale=issue.language.replace("-", "_"),
        style_of=_styles(issue, design, environment),
    )


def _table_numbers(issue: Issue) -> Mapping[str, int]:
    """Number the tables of an issue, as names for those without a caption."""
    tables = [
        block.id
        for article in issue.articles
        for block in article.blocks
        if isinstance(block, Table)
    ]
    return {name: number for number, name in enumerate(tables, 1)}


@dataclass(frozen=True, slots=True)
class _Style:
    """The style sheet of a page."""

    css: Markup
    policy: str
    """The content security policy that allows this style sheet, and nothing from outside."""


def _styles(issue: Issue, design: Design, environment: Environment) -> Callable[[str], _Style]:
    """Return a function that makes the style sheet for a body; fonts have only its characters.

    It is a function, since templates can read attributes of their values, and must not reach the
    data in here.
    """

    def style_of(body: str) -> _Style:
        words = _style_values(issue, design, frozenset(body))
        usual = render(environment, "web.css.j2", **words)
        added = (kind.styles for kind in issue.elements)
        css = "\n".join((usual, *added, *design.theme.web_styles))
        # No style sheet may close its own `<style>` element.
        css = css.replace("</", "<\\/")
        digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
        return _Style(Markup(css), _POLICY.format(digest=digest))  # noqa: S704 - see above

    return style_of


def _style_values(issue: Issue, design: Design, characters: frozenset[str]) -> dict[str, Any]:
    """Return the values for the built-in style sheet."""
    theme = design.theme
    covered = frozenset[int]().union(*theme.coverage.values())
    latin = _ALWAYS | {one for one in characters if ord(one) in covered}
    addresses = {face.name: _embedded(face.name, face.data, latin) for face in theme.faces}
    east_asian = frozenset(one for one in characters if EAST_ASIAN.match(one))
    own = [font for font in design.own_fonts if east_asian]
    addresses |= {font.path: _embedded(font.path, font.data, east_asian) for font in own}

    def fonts_for(region: Region, style: FontStyle) -> list[str]:
        names = [font.family for font in own if font.region == region]
        return [*names, *east_asian_fonts(region, style)]

    return {
        **type_values(issue, design),
        "faces": [face for face in theme.faces if addresses[face.name]],
        "own_fonts": [font for font in own if addresses[font.path]],
        "address_of_font": addresses.__getitem__,
        "text_fonts": _text_fonts,
        "fonts_for": fonts_for,
        "readable_on": readable_on,
    }


def _embedded(path: str, data: bytes, characters: frozenset[str]) -> str:
    """Return a font with only some characters, as `embed_font` does.

    Raises:
        DocumentFault: if the font is damaged in a part that no check has read.
    """
    try:
        return embed_font(data, characters)
    except MemoryError:
        raise
    except Exception as error:  # fontTools raises exceptions of any kind
        message = f"is damaged: its glyphs cannot be read ({type(error).__name__})"
        raise DocumentFault(f"{path} {message}", path, 0, "font") from error


def _text_fonts(family: FontFamily) -> list[str]:
    """Return a family of the theme, and system fonts for when it cannot be embedded."""
    return [family.name, *latin_fonts(family.east_asian)]
