"""How well one color stands out from another."""

from __future__ import annotations

__all__ = ["READABLE", "contrast", "readable_on"]

READABLE = 4.5
"""The least contrast of text, by WCAG 2.2, section 1.4.3."""
_STEPS = 100


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colors by WCAG 2.2, from 1 to 21.

    Args:
        one: a color as ``#rrggbb``.
        other: a color as ``#rrggbb``.
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(color: str, ground: str, *, least: float = READABLE) -> str:
    """Return a color, made just light or dark enough to be read.

    Args:
        color: the color of the text, as ``#rrggbb``.
        ground: the background, as ``#rrggbb``.
        least: the least contrast; up to 4.5, white or black has it on any background.
    """
    end = max(("#ffffff", "#000000"), key=lambda one: contrast(one, ground))
    mixed = (_mix(color, end, step / _STEPS) for step in range(_STEPS + 1))
    return next((one for one in mixed if contrast(one, ground) >= least), end)


def _mix(color: str, other: str, share: float) -> str:
    pairs = zip(_channels(color), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _luminance(color: str) -> float:
    shares = (channel / 255 for channel in _channels(color))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(color: str) -> tuple[int, int, int]:
    red, green, blue = (int(color[n : n + 2], 16) for n in (1, 3, 5))
    return red, green, blue
