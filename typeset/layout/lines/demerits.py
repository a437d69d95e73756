"""The demerits of lines, as in TeX: what is unwelcome in a paragraph, and how much.

After D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines", Software: Practice and
Experience 11 (1981).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = [
    "DECENT",
    "ROUNDING",
    "DemeritSettings",
    "Fit",
    "demerits",
    "extremes",
    "fitness_of",
    "line_demerits",
    "ratio_between",
    "ratio_of",
]

ROUNDING = 1e-6
"""In pixels: the error of sums of widths."""
DECENT = 1
"""The class of a line that is neither tight nor loose."""
_MOST_BADNESS = 1e6
"""The largest badness of a line, so that a third hyphen in a row is worse."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemeritSettings:
    """What is unwelcome in a paragraph, and how much.

    Penalties belong to a place and count by their square; demerits are added as they are.
    """

    stretch: float = 0.5
    """Part of a space by which it may grow before a line counts as too loose (ratio 1).  There is
    no hard limit: a text that nothing fits is still set."""
    shrink: float = 0.28
    """Part of a space by which it may shrink (ratio -1), which is a hard limit."""
    ragged: float = 0.05
    """Part of its width that a line without spaces may lack before it counts as too loose."""
    line_penalty: float = 10
    """Penalty for every line, so that the shorter of two ways wins."""
    hyphen: float = 50
    """Penalty for dividing a word."""
    short_hyphen: float = 80
    """Penalty for dividing a word with only two letters before or after the hyphen."""
    capital_hyphen: float = 150
    """Penalty for dividing a word that begins with a capital: a name, most often."""
    soft_hyphen: float = 40
    """Penalty for dividing a word where its author allowed it."""
    explicit_hyphen: float = 35
    """Penalty for ending a line after a hyphen that stands in the text."""
    dash: float = 10
    """Penalty for ending a line after a dash."""
    slash: float = 50
    """Penalty for ending a line after a slash."""
    address: float = 60
    """Penalty for ending a line at a mark within an address."""
    address_anywhere: float = 5000
    """Penalty for ending a line between two letters of an address."""
    double_hyphen: float = 6000
    """Demerits where two lines in a row end in hyphens."""
    third_hyphen: float = 1e15
    """Demerits of each further one: nothing else weighs as much."""
    final_hyphen: float = 8000
    """Demerits where the last line but one ends in a hyphen."""
    uneven: float = 4000
    """Demerits where a loose line follows a tight one, or the reverse."""
    runt: float = 1e8
    """Demerits of a last line that is too short."""
    runt_letters: int = 4
    """A last line of fewer letters is too short; so is a mere part of a divided word."""
    runt_share: float = 0.12
    """A last line of less than this part of its width is too short."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The properties of a line that its demerits depend on."""

    ratio: float
    """See :func:`ratio_of`; 0 for a last line that need not shrink."""
    penalty: float = 0
    """Of the place where it ends."""
    hyphen: bool = False
    """Whether it ends in a hyphen."""
    runt: bool = False
    """Whether it is a last line that is too short."""


def ratio_of(
    letters: float,
    spaces: float,
    width: float,
    settings: DemeritSettings,
    steps: Iterable[int] = (),
) -> float | None:
    """Return how far a line must be stretched (up to 1: well) or shrunk (down to -1).

    Spaces and letters share what is lacking in proportion to what each can give.  Once the letters
    can give no more, the spaces take the rest; the ratio is always that of the spaces.

    Args:
        letters: the natural width of the line without its spaces.
        spaces: the natural width of its spaces.
        width: the width that it is to have.
        settings: how far spaces may go.
        steps: by how many thousandths letters may be scaled.

    Returns:
        The ratio, or None if the line is too long even when shrunk.
    """
    return ratio_between(letters, spaces, width, settings, extremes(steps))


def ratio_between(
    letters: float,
    spaces: float,
    width: float,
    settings: DemeritSettings,
    most: tuple[float, float],
) -> float | None:
    """Return a line's ratio as :func:`ratio_of` does.

    Args:
        letters: the natural width of the line without its spaces.
        spaces: the natural width of its spaces.
        width: the width that it is to have.
        settings: how far spaces may go.
        most: by what part letters may grow, and shrink: see :func:`extremes`.
    """
    wider, narrower = most
    lacking = width - letters - spaces
    if lacking < 0:
        give = spaces * settings.shrink + letters * narrower
        if lacking < -give - ROUNDING:
            return None
        return max(-1.0, lacking / give) if give > 0 else 0.0
    if not lacking:
        return 0.0
    if spaces <= 0:
        return lacking / (settings.ragged * width)
    give = spaces * settings.stretch
    by_letters = letters * wider
    if lacking <= give + by_letters:
        return lacking / (give + by_letters)
    return (lacking - by_letters) / give


def extremes(steps: Iterable[int]) -> tuple[float, float]:
    """Return by what part letters may grow, and shrink."""
    allowed = (0, *steps)
    return max(allowed) / 1000, -min(allowed) / 1000


def demerits(lines: Sequence[Fit], settings: DemeritSettings) -> float:
    """Return the sum of demerits by which paragraphs are compared.

    Args:
        lines: the paragraph's lines.
        settings: what is unwelcome.
    """
    total = sum(line_demerits(line.ratio, line.penalty, settings) for line in lines)
    fitness, run = DECENT, 0
    for line in lines:
        total += _between(fitness, fitness_of(line.ratio), settings)
        fitness = fitness_of(line.ratio)
        run = run + 1 if line.hyphen else 0
        total += _ladder(run, settings)
    if len(lines) > 1:
        total += settings.final_hyphen * lines[-2].hyphen + settings.runt * lines[-1].runt
    return total


def line_demerits(ratio: float, penalty: float, settings: DemeritSettings) -> float:
    """Return the demerits of a line by itself.

    Args:
        ratio: how far it is stretched.
        penalty: of the place where it ends.
        settings: what is unwelcome.
    """
    badness: float = min(100 * abs(ratio) ** 3, _MOST_BADNESS)
    return (settings.line_penalty + badness) ** 2 + penalty * penalty


def fitness_of(ratio: float) -> int:
    """Return TeX's class of a line: tight, decent, loose, very loose."""
    if ratio < -0.5:
        return 0
    if ratio <= 0.5:
        return DECENT
    return 2 if ratio <= 1 else 3


def _between(fitness: int, following: int, settings: DemeritSettings) -> float:
    return settings.uneven if abs(fitness - following) > 1 else 0.0


def _ladder(run: int, settings: DemeritSettings) -> float:
    """Return the demerits of a line that is the last of a run of lines ending in hyphens."""
    if run < 2:
        return 0.0
    return settings.double_hyphen if run == 2 else settings.third_hyphen
