"""The design of an issue, for all of its editions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from typeset.geometry import PageGeometry
from typeset.languages.cjk_regions import Region
from typeset.model import Image
from typeset.source import Location
from typeset.theme.theme import Theme

__all__ = ["Design", "OwnFont"]


@dataclass(frozen=True, slots=True)
class OwnFont:
    """A font file of the publication for an East Asian language."""

    region: Region
    path: str
    data: bytes = field(repr=False)

    @property
    def family(self) -> str:
        """Its family name in styles."""
        return f"Own {self.region.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """A theme together with the settings of a publication."""

    theme: Theme
    accent: str
    """As ``#rrggbb``."""
    geometry: PageGeometry
    flow: str
    """``continuous`` or ``new-page``."""
    line_breaking: str
    """``greedy`` or ``total-fit``."""
    cjk_language: str
    """The language of unmarked East Asian text, which decides on the shapes of its characters."""
    own_fonts: tuple[OwnFont, ...] = ()
    templates: Mapping[str, tuple[str, str]] = field(default_factory=dict, repr=False)
    """The path and the text of each template of the publication, by its name."""
    images: Mapping[str, Image] = field(default_factory=dict, repr=False)
    """The images of the publication for templates, such as a logo, by their names."""

    def place_of(self, *texts: str) -> Location | None:
        """Return the first place of a text in the templates of the publication or the theme.

        Args:
            texts: the texts to search for, in any case; the first one that is found counts.
        """
        templates = [*self.templates.values(), *self.theme.templates.values()]
        for text in filter(None, texts):
            for path, template in templates:
                before, found, _ = template.casefold().partition(text.casefold())
                if found:
                    return Location(path, before.count("\n") + 1)
        return None
