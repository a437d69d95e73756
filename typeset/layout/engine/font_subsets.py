"""Subsets of fonts that are made but once: for the next edit, the font as it was embedded serves.

To take the glyphs that a page needs out of a dozen fonts lasts longer than to draw the page.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import partial

from weasyprint import Document
from weasyprint.pdf.fonts import Font

__all__ = ["Subset", "Subsets", "share_fonts", "subsets_of"]


@dataclass(frozen=True, slots=True)
class Subset:
    """A font with some of its glyphs."""

    glyphs: frozenset[int]
    content: bytes = field(repr=False)
    """The font file."""


def subsets_of(document: Document) -> dict[str, Subset]:
    """Return the fonts that a document which has been written holds, by the engine's names."""
    together: dict[str, list[Font]] = {}
    for font in document.fonts.values():
        together.setdefault(font.hash, []).append(font)
    return {
        name: Subset(frozenset().union(*(font.to_unicode for font in fonts)), fonts[0].file_content)
        for name, fonts in together.items()
        # One that lacks a glyph gave it a number that another page would give otherwise.
        if not any(font.missing or font.bitmap for font in fonts)
    }


def share_fonts(written: Document, other: Document) -> None:
    """Let another document of the same pages know the fonts that one was written with."""
    other.fonts = written.fonts


class Subsets:
    """Fonts with those of their glyphs that any page has needed so far, by the engine's names."""

    def __init__(self) -> None:
        self._kept: dict[str, Subset] = {}

    def take(self, subsets: Mapping[str, Subset]) -> None:
        """Take those of a whole document, where they have more glyphs."""
        for name, subset in subsets.items():
            if name not in self._kept or not subset.glyphs <= self._kept[name].glyphs:
                self._kept[name] = subset

    def serve(self, document: Document) -> None:
        """Let a document that is to be written take its fonts from here."""
        document.fonts = _Fonts(self)

    def clean(self, font: Font, texts: Mapping[int, str], hinting: bool) -> None:  # noqa: FBT001
        """Make a subset of a font as the engine does, or take the one that was made before.

        Args:
            font: the font as the engine embeds it; changed in place.
            texts: what each of the glyphs in question stands for.
            hinting: whether the glyphs keep their hints.
        """
        kept = self._kept.get(font.hash, Subset(frozenset(), b""))
        if font.missing:
            Font.clean(font, texts, hinting)
        elif kept.content and texts.keys() <= kept.glyphs:
            font.file_content = kept.content
        else:
            Font.clean(font, dict.fromkeys(kept.glyphs, "") | dict(texts), hinting)
            self._kept[font.hash] = Subset(kept.glyphs | texts.keys(), font.file_content)


class _Fonts(dict[Hashable, Font]):
    """The fonts of one document, by the engine's keys."""

    def __init__(self, subsets: Subsets) -> None:
        super().__init__()
        self._subsets = subsets

    def __setitem__(self, key: Hashable, font: Font) -> None:
        font.clean = partial(self._subsets.clean, font)
        super().__setitem__(key, font)
