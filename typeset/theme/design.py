"""How an issue is to look, whatever it is made into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from typeset.geometry import PageGeometry
from typeset.languages.cjk_regions import Region
from typeset.model import Image
from typeset.source import Location
from typeset.theme.load import Theme

__all__ = ["Design", "OwnFont"]


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

    def place_of(self, *texts: str) -> Location | None:
        """Return where a template of the publication's or the theme's says something.

        Args:
            texts: what is looked for, in small letters or capitals; the first that is found counts.
        """
        templates = [*self.templates.values(), *self.theme.templates.values()]
        for text in filter(None, texts):
            for path, template in templates:
                before, found, _ = template.casefold().partition(text.casefold())
                if found:
                    return Location(path, before.count("\n") + 1)
        return None
