"""Fonts that readers' systems have, in order of preference."""

from __future__ import annotations

from typeset.languages.cjk_regions import FontStyle, Region

__all__ = ["east_asian_fonts", "latin_fonts"]

_LATIN: dict[FontStyle, tuple[str, ...]] = {
    "serif": ("Charter", "Georgia", "Noto Serif"),
    "sans": ("Segoe UI", "Roboto", "Helvetica Neue", "Arial"),
}
_APPLE_AND_MICROSOFT: dict[str, dict[FontStyle, tuple[str, ...]]] = {
    "TC": {"serif": ("Songti TC", "PMingLiU"), "sans": ("PingFang TC", "Microsoft JhengHei")},
    "SC": {"serif": ("Songti SC", "SimSun"), "sans": ("PingFang SC", "Microsoft YaHei")},
    "HK": {"serif": ("Songti TC", "PMingLiU"), "sans": ("PingFang HK", "Microsoft JhengHei")},
    "JP": {"serif": ("Hiragino Mincho ProN", "Yu Mincho"), "sans": ("Hiragino Sans", "Yu Gothic")},
    "KR": {"serif": ("AppleMyungjo", "Batang"), "sans": ("Apple SD Gothic Neo", "Malgun Gothic")},
}
_GENERIC: dict[FontStyle, str] = {"serif": "serif", "sans": "sans-serif"}


def latin_fonts(style: FontStyle) -> tuple[str, ...]:
    """Return fonts for Latin letters."""
    return _LATIN[style]


def east_asian_fonts(region: Region, style: FontStyle) -> tuple[str, ...]:
    """Return fonts with the shapes of a region's languages, then the generic family.

    Systems without them usually have Noto's, under the name of the whole collection or of the
    region's part.
    """
    part = f"Noto {style.title()} {region.name}"
    own = _APPLE_AND_MICROSOFT[region.name][style]
    return (region.family(style), part, *own, _GENERIC[style])
