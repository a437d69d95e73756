"""Renders what came of the make-up of pages: for editors, and as a value for programs."""

from __future__ import annotations

from typing import Any

from typeset.layout.protocol import MadeUp, PlacedFigure
from typeset.reports.lines import PlaceOf

__all__ = ["pages_as_value", "render_pages"]


def render_pages(made_up: MadeUp, place_of: PlaceOf) -> str:
    """Return the costs of the pages, their empty lines, and where figures stand.

    Args:
        made_up: what came of the make-up.
        place_of: finds where an element was written.
    """
    costs = "".join(f", {_words(name)} {cost:.0f}" for name, cost in _by_cost(made_up))
    empty = ", ".join(f"{lines} on page {page}" for page, lines in made_up.empty.items())
    rows = [
        f"cost of the pages: {_total(made_up):.0f}{costs}",
        f"empty lines at columns' feet: {_empty(made_up)}" + (f" ({empty})" if empty else ""),
    ]
    if made_up.figures:
        rows += ["", "figures and tables, and where they stand from their calls:"]
        rows += [_row(figure, place_of) for figure in made_up.figures]
    return "\n".join([*rows, ""])


def pages_as_value(made_up: MadeUp, place_of: PlaceOf) -> dict[str, Any]:
    """Return the same as a value that JSON can hold.

    Args:
        made_up: what came of the make-up.
        place_of: finds where an element was written.
    """
    return {
        "cost": round(_total(made_up), 1),
        "costs": {name: round(cost, 1) for name, cost in _by_cost(made_up)},
        "empty_lines": _empty(made_up),
        "empty_lines_by_page": [
            {"page": page, "lines": lines} for page, lines in made_up.empty.items()
        ],
        "figures": [_value(figure, place_of) for figure in made_up.figures],
    }


def _total(made_up: MadeUp) -> float:
    return sum(made_up.costs.values())


def _empty(made_up: MadeUp) -> int:
    return sum(made_up.empty.values())


def _by_cost(made_up: MadeUp) -> list[tuple[str, float]]:
    """Return what costs anything, the dearest first."""
    found = [(name, cost) for name, cost in made_up.costs.items() if cost]
    return sorted(found, key=lambda entry: (-entry[1], entry[0]))


def _words(name: str) -> str:
    return name.replace("_", " ")


def _row(figure: PlacedFigure, place_of: PlaceOf) -> str:
    place = place_of(figure.element_id)
    source = f", {place}" if place is not None else ""
    return f"  page {figure.page}{source}: {_distance(figure)}"


def _distance(figure: PlacedFigure) -> str:
    """Return in words where a figure stands from its call."""
    side = "before" if figure.is_above else "behind"
    if figure.page == figure.call:
        return f"on the page of its call, {'above' if figure.is_above else 'below'} it"
    if figure.is_facing:
        return f"on the page {side} its call, which faces it"
    pages = abs(figure.pages_behind)
    return f"{pages} {'page' if pages == 1 else 'pages'} {side} its call"


def _value(figure: PlacedFigure, place_of: PlaceOf) -> dict[str, Any]:
    place = place_of(figure.element_id)
    return {
        "file": place.path if place else None,
        "line": place.line or None if place else None,
        "page": figure.page,
        "call_page": figure.call,
        "pages_behind": figure.pages_behind,
        "facing": figure.is_facing,
        "above": figure.is_above,
    }
