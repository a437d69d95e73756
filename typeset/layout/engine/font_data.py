"""The fonts of a file.

The engine keeps a copy of the whole file of each font from the first letter that it draws; East
Asian fonts have some 20 megabytes each.  Here the data of a font are read when it is put into a
file, and are reduced to the letters that it has there only if these are others than before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from weasyprint.pdf.fonts import Font
from weasyprint.text.fonts import get_hb_object_data

__all__ = ["Fonts", "UsedFont"]


@dataclass(frozen=True, slots=True)
class UsedFont:
    """What a page has of a font."""

    key: Any
    font: Font
    is_first: bool
    """Whether the page is the first in its file to use it: its ascent is rounded in the size in
    which it stands there."""
    characters: Mapping[int, str]
    """What each glyph stands for, by its number, in the order in which the page has them."""
    widths: Mapping[int, float]
    """Of these glyphs."""
    first: frozenset[int]
    """The glyphs that the page is the first to use: their widths are rounded in their sizes."""


class Fonts(dict[Any, Font]):
    """The fonts of a file, by the engine's keys."""

    def __init__(self) -> None:
        super().__init__()
        self._noted: dict[Any, _Before] | None = None

    def __setitem__(self, key: Any, font: Font) -> None:
        del font.file_content
        font.__class__ = _Font
        super().__setitem__(key, font)

    def __getitem__(self, key: Any) -> Font:
        font = super().__getitem__(key)
        if self._noted is not None and key not in self._noted:
            self._noted[key] = _Before(font.to_unicode, frozenset(font.widths))
            font.to_unicode = {}
        return font

    @contextmanager
    def noting(self) -> Iterator[list[UsedFont]]:
        """Note what a page has of fonts, which is drawn within a ``with`` statement.

        The list is filled as that ends.
        """
        used: list[UsedFont] = []
        known = frozenset(self)
        noted: dict[Any, _Before] = {}
        self._noted = noted
        try:
            yield used
        finally:
            self._noted = None
            for key, before in noted.items():
                font = self[key]
                characters, font.to_unicode = font.to_unicode, before.characters
                widths = {glyph: font.widths[glyph] for glyph in characters}
                first = frozenset(characters) - before.glyphs
                used.append(UsedFont(key, font, key not in known, characters, widths, first))
                _add_missing(font.to_unicode, characters)

    def suits(self, used: UsedFont) -> bool:
        """Return whether a page drawn now would have a font as it had it in another file."""
        if used.key not in self:
            return used.is_first
        widths = self[used.key].widths
        return all(
            widths[glyph] == width if glyph in widths else glyph in used.first
            for glyph, width in used.widths.items()
        )

    def add(self, used: UsedFont) -> None:
        """Add to this file what a page has of a font that suits it."""
        if used.key not in self:
            super().__setitem__(used.key, used.font)
            used.font.begin()
        font = self[used.key]
        _add_missing(font.to_unicode, used.characters)
        _add_missing(font.widths, used.widths)


@dataclass(frozen=True, slots=True)
class _Before:
    """What a file has of a font before a page."""

    characters: dict[int, str]
    glyphs: frozenset[int]


class _Font(Font):  # type: ignore[misc]
    """A font that reads its file when it is asked for it; the engine then sets a smaller one."""

    _subset_of: object = None
    """All that its present data depend on."""

    def __getattr__(self, name: str) -> Any:
        if name != "file_content":
            raise AttributeError(name)
        return get_hb_object_data(self.hb_face)

    def begin(self) -> None:
        """Forget what a file has of it."""
        for known in (self.widths, self.to_unicode, self.missing):
            known.clear()
        self.used_in_forms = False

    def clean(self, to_unicode: Mapping[int, str], hinting: bool) -> None:  # noqa: FBT001 - as the engine calls it
        """Reduce its data to some glyphs, as the engine asks for it."""
        subset = frozenset(to_unicode), bool(self.missing), hinting
        if subset != self._subset_of:
            self.__dict__.pop("file_content", None)
            super().clean(to_unicode, hinting)
            self._subset_of = subset


def _add_missing(to: dict[int, Any], new: Mapping[int, Any]) -> None:
    for key, value in new.items():
        to.setdefault(key, value)
