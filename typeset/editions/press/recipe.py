"""How a file for the print shop is made, as picklable values."""

from __future__ import annotations

from dataclasses import dataclass, field

from typeset.editions.metadata import Metadata

__all__ = ["Recipe", "Sheet"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed around the pages."""

    bleed: float
    """In points."""
    has_marks: bool
    slug: str
    """The text of the slug line."""
    plain_slug: str
    """The same in plain letters, where the font lacks some of the others."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that the file depends on, besides the pages."""

    sheet: Sheet
    metadata: Metadata
    profile: bytes = field(repr=False)
    """The color profile of the press."""
    profile_name: str
    """The name that the profile gives itself."""
    black_only: bool
    """Whether the press has only black ink."""
    pages_multiple_of: int
    """Blank pages fill the last sheet up to a multiple of this."""

    def made_of(self, data: bytes) -> bytes:
        """Return bytes that stand for all that the file depends on, except its metadata."""
        values = (self.sheet, self.profile_name, self.black_only, self.pages_multiple_of)
        return repr(values).encode() + self.profile + data
