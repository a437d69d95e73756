"""East Asian regions: the shapes of characters that a language needs, and fonts that have them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["REGIONS", "FontStyle", "Region", "region_of"]

FontStyle = Literal["serif", "sans"]
"""The two styles of East Asian type: Song and Ming with serifs, Gothic and Hei without."""


@dataclass(frozen=True, slots=True)
class Region:
    """A region with its own shapes of characters."""

    name: str
    """The name in the families of Noto."""
    languages: tuple[str, ...]
    """The language tags that need it; more subtags may follow."""

    def family(self, style: FontStyle) -> str:
        """Return Noto's family with the shapes of this region."""
        return f"Noto {style.title()} CJK {self.name}"


REGIONS = (
    Region("TC", ("zh", "zh-Hant", "zh-TW")),
    Region("SC", ("zh-Hans", "zh-CN", "zh-SG")),
    Region("HK", ("zh-HK", "zh-MO", "zh-Hant-HK", "zh-Hant-MO")),
    Region("JP", ("ja",)),
    Region("KR", ("ko",)),
)
"""Every region; if several match a tag, the last one is the closest."""


def region_of(tag: str) -> Region | None:
    """Return the region of a language tag, or None for a language that is not East Asian."""
    words = f"{tag.lower()}-"
    matching = [
        region
        for region in REGIONS
        if any(words.startswith(f"{language.lower()}-") for language in region.languages)
    ]
    return matching[-1] if matching else None
