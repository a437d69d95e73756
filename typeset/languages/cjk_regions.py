"""East Asian regions: which shapes of characters a language wants, and which fonts have them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["REGIONS", "FontStyle", "Region", "region_of"]

FontStyle = Literal["serif", "sans"]
"""The two styles of East Asian type: Song and Ming with serifs, Gothic and Hei without."""


@dataclass(frozen=True, slots=True)
class Region:
    """A region whose characters have shapes of their own."""

    name: str
    """As the families of Noto name it."""
    languages: tuple[str, ...]
    """The language tags that ask for it, which may go on with further subtags."""

    def family(self, style: FontStyle) -> str:
        """Return the family that has this region's shapes."""
        return f"Noto {style.title()} CJK {self.name}"


REGIONS = (
    Region("TC", ("zh", "zh-Hant", "zh-TW")),
    Region("SC", ("zh-Hans", "zh-CN", "zh-SG")),
    Region("HK", ("zh-HK", "zh-MO", "zh-Hant-HK", "zh-Hant-MO")),
    Region("JP", ("ja",)),
    Region("KR", ("ko",)),
)
"""Every region; where two match a tag, the later one does so more closely."""


def region_of(tag: str) -> Region | None:
    """Return the region of a language tag, or None for a language that is not East Asian."""
    words = f"{tag.lower()}-"
    matching = [
        region
        for region in REGIONS
        if any(words.startswith(f"{language.lower()}-") for language in region.languages)
    ]
    return matching[-1] if matching else None
