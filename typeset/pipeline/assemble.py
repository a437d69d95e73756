"""Makes the issue from a manifest and its articles."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report, nearest
from typeset.files.slugs import plain_name
from typeset.manifest.load import Manifest
from typeset.markdown import InlineReader
from typeset.model import Article, ElementKind, Issue, MastheadParagraph
from typeset.source import Location

__all__ = ["assemble", "slug_of"]

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def assemble(
    manifest: Manifest,
    articles: Sequence[Article],
    inline: InlineReader,
    report: Report,
    elements: tuple[ElementKind, ...] = (),
) -> Issue:
    """Make an issue from its manifest and articles.

    Args:
        manifest: the settings.
        articles: the articles, in the manifest's order.
        inline: reads the masthead and the names in the publication's language.
        report: receives unknown placeholders, and a name that gives no slug.
        elements: those that texts may hold besides what the layout knows.
    """
    settings = manifest.settings
    name = inline.read(settings.name, manifest.locate("name"), "the name")
    title = settings.slug or name.text
    if not plain_name(title):
        # Such publications would all have the same names of files.
        message = f"no file names can be made from `{name.text}`"
        hint = "set `slug:` to a word in plain letters, such as `slug: wenxue`"
        report.add(Code.SLUG_MISSING, message, manifest.locate("name"), hint)
    slug = slug_of(title, settings.volume, settings.number)
    values = {
        "slug": slug,
        "year": str(settings.date.year),
        "volume": str(settings.volume),
        "number": str(settings.number),
    }
    url = _fill(settings.url or "", values, manifest.locate("url"), report)
    del values["slug"]
    values["url"] = url
    places = {
        "nameplate": manifest.locate("name"),
        "name": manifest.locate("name"),
        "issue": manifest.locate("volume"),
        "masthead": manifest.locate("masthead"),
    }
    masthead = []
    for position, entry in enumerate(settings.masthead):
        place = manifest.locate("masthead", position, "text")
        heading_place = manifest.locate("masthead", position, "heading")
        text = _fill(entry.text, values, place, report)
        heading = _fill(entry.heading or "", values, heading_place, report)
        places |= {
            f"masthead-{position + 1}": place,
            f"masthead-{position + 1}-heading": heading_place,
        }
        masthead.append(
            MastheadParagraph(
                inline.read(heading, heading_place, "the masthead"),
                inline.read(text, place, "the masthead"),
            )
        )
    return Issue(
        name=name,
        publisher=inline.read(settings.publisher, manifest.locate("publisher"), "the publisher"),
        volume=settings.volume,
        number=settings.number,
        date=settings.date,
        slug=slug,
        language=settings.language,
        url=url or None,
        rights=settings.rights,
        subject=settings.subject,
        issn=settings.issn,
        doi=settings.doi,
        contents=settings.contents,
        masthead=tuple(masthead),
        articles=tuple(articles),
        places=places,
        elements=elements,
    )


def slug_of(name: str, volume: int, number: int) -> str:
    """Return the name of an issue's files: ASCII, lower case, words joined by hyphens."""
    return f"{plain_name(name)}-vol-{volume}-issue-{number}"


def _fill(text: str, values: Mapping[str, str], place: Location, report: Report) -> str:
    """Fill the placeholders of a text; a bare web address becomes a link."""

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name not in values:
            known = ", ".join(f"{{{key}}}" for key in values)
            hint = nearest(name, values) or f"known are {known}"
            report.add(Code.PLACEHOLDER_UNKNOWN, f"unknown placeholder `{match[0]}`", place, hint)
            return match[0]
        if not values[name]:
            hint = f"set `{name}:` in publication.yaml"
            report.add(Code.PLACEHOLDER_EMPTY, f"`{match[0]}` has no value", place, hint)
            return match[0]
        bare = name == "url" and text[match.start() - 1 : match.start()] not in ("(", "<")
        return f"<{values[name]}>" if bare else values[name]

    return _PLACEHOLDER.sub(value, text)
