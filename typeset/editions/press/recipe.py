"""What a file for the print shop is made by, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field

from typeset.editions.metadata import Metadata

__all__ = ["Recipe", "Sheet"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands around the pages."""

    bleed: float
    """In points."""
    has_marks: bool
    slug: str
    """What the sheet says of itself."""
    plain_slug: str
    """The same in plain letters, where the font lacks some of the others."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that the file is made by, besides the pages."""

    sheet: Sheet
    metadata: Metadata
    profile: bytes = field(repr=False)
    """The color profile of the press."""
    profile_name: str
    """What that calls itself."""
    black_only: bool
    """Whether the press has black ink alone."""
    pages_multiple_of: int
    """Blank pages fill the last sheet up to a multiple of this."""

    def made_of(self, data: bytes) -> bytes:
        """Return all that decides on the file made of the engine's, its metadata excepted."""
        values = (self.sheet, self.profile_name, self.black_only, self.pages_multiple_of)
        return repr(values).encode() + self.profile + data
