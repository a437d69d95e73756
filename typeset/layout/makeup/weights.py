"""What is unwelcome on a page, and how much; and how long better pages are looked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["DEFAULT_EFFORT", "DEFAULT_WEIGHTS", "Charge", "Effort", "Weights", "total"]

Charge = tuple[str, float]
"""A cost with the name of its weight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What is unwelcome on a page, and how much."""

    page: float = 200
    """Each page: of two plans the shorter wins, if it is not much worse."""
    empty: float = 25
    """A column's empty lines, squared; a flow's last page is free of it."""
    hole: float = 150
    """Each empty line of a column beyond the third."""
    level: float = 5
    """By how many lines two columns of a page end apart, ten at the most, squared."""
    air: float = 4
    """Empty lines put beside figures, squared: there they are hardly seen."""
    vary: float = 1
    """What a paragraph says that it costs to be set longer or shorter, by this factor."""
    division: float = 1
    """What a block says that it costs to be divided, by this factor."""
    page_hyphen: float = 500
    """A hyphen at the end of a page."""
    column_hyphen: float = 40
    """A hyphen at the end of any column."""
    short_heading: float = 200
    """A heading with no more text below it than it must have."""
    forced: float = 2000
    """A column that ends where none may: only if what stands there fits nowhere."""
    inside: float = 15
    """A figure between paragraphs: pages look calmer with figures at heads and feet."""
    foot: float = 5
    """A figure at a foot: of two places the head wins."""
    sliver: float = 15
    """Each line that text between figures lacks to six."""
    unwanted: float = 1000
    """A figure that is not where its author wants it."""
    narrowed: float = 650
    """A wide figure in a column."""
    early: float = 30
    """A figure above its place in the text, on the same page."""
    begun: float = 120
    """A figure on the page on which the paragraph above it begins, but does not end."""
    facing: float = 100
    """A figure on the page that faces its place in the text."""
    late: float = 250
    """Each page that a figure stands behind its place in the text."""
    guest: float = 300
    """A figure below its article's takeaway or notes."""
    strange: float = 3000
    """A figure on a page of text, none of which is its article's."""
    alone: float = 800
    """A page of wide figures alone."""
    stub: float = 15
    """Each line that the higher column of a last page lacks to the least column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How long better pages are looked for."""

    nodes: int = 12
    """Ways to fill the pages so far that are kept at the end of each page."""
    ends: int = 4
    """Ends of a column for the same figures."""
    fills: int = 10
    """Ways to fill a column, before only the best for each number of figures counts; twice as many
    are kept."""
    figures: int = 3
    """Figures of a column or page that are mixed freely; four times as many at its head."""
    heights: int = 3
    """Heights of a last page's columns, from the lowest that holds all."""
    air: int = 2
    """Lines put beside a figure."""


DEFAULT_WEIGHTS = Weights()
DEFAULT_EFFORT = Effort()


def total(charges: Iterable[Charge]) -> float:
    """Add up charges."""
    found = 0.0
    for _, cost in charges:
        found += cost
    return found
