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
    slug = _slug(manifest, name.text, report)
    values = {
        "year": str(settings.date.year),
        "volume": str(settings.volume),
        "number": str(settings.number),
    }
    url = _fill(settings.url or "", {"slug": slug, **values}, manifest.locate("url"), report)
    values["url"] = url
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
        masthead=_masthead(manifest, values, inline, report),
        articles=tuple(articles),
        places=_places(manifest),
        elements=elements,
    )


def _slug(manifest: Manifest, name: str, report: Report) -> str:
    """Return the slug of an issue, by its setting or the name of the publication."""
    settings = manifest.settings
    title = settings.slug or name
    if not plain_name(title):
        # Such publications would all have the same names of files.
        message = f"no file names can be made from `{name}`"
        hint = "set `slug:` to a word in plain letters, such as `slug: wenxue`"
        report.add(Code.SLUG_MISSING, message, manifest.locate("name"), hint)
    return slug_of(title, settings.volume, settings.number)


def _masthead(
    manifest: Manifest, values: Mapping[str, str], inline: InlineReader, report: Report
) -> tuple[MastheadParagraph, ...]:
    """Return the paragraphs of the masthead, with their placeholders filled."""
    paragraphs = []
    for position, entry in enumerate(manifest.settings.masthead):
        place = manifest.locate("masthead", position, "text")
        heading_place = manifest.locate("masthead", position, "heading")
        text = _fill(entry.text, values, place, report)
        heading = _fill(entry.heading or "", values, heading_place, report)
        paragraphs.append(
            MastheadParagraph(
                inline.read(heading, heading_place, "the masthead"),
                inline.read(text, place, "the masthead"),
            )
        )
    return tuple(paragraphs)


def _places(manifest: Manifest) -> dict[str, Location]:
    """Return where the elements outside the articles are in the manifest, by id."""
    places = {
        "nameplate": manifest.locate("name"),
        "name": manifest.locate("name"),
        "issue": manifest.locate("volume"),
        "masthead": manifest.locate("masthead"),
    }
    for position in range(len(manifest.settings.masthead)):
        number = position + 1
        places[f"masthead-{number}"] = manifest.locate("masthead", position, "text")
        places[f"masthead-{number}-heading"] = manifest.locate("masthead", position, "heading")
    return places


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
