"""How an issue is to look, whatever it is made into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from typeset.geometry import PageGeometry
from typeset.model import Image
from typeset.regions import Region
from typeset.theme import Theme

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
