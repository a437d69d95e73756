"""Draw the figures of the issues: read the tables in ``data`` and write an SVG file of each.

Run it from anywhere: ``python tools/figures/draw.py [name ...]``. Every run
writes the same bytes, so only a changed figure shows as a change.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import charts
import december
import maps
from canvas import Canvas

ISSUES = Path(__file__).parents[2] / "issues"
FIGURES: dict[str, tuple[str, Callable[[], Canvas]]] = {
    "straits-map": ("2026-11-25", maps.straits_map),
    "sea-zones": ("2026-11-25", charts.sea_zones),
    "kobe-teu": ("2026-11-25", charts.kobe_teu),
    "port-ranks": ("2026-11-25", charts.port_ranks),
    "yangshan-map": ("2026-11-25", maps.yangshan_map),
    "shanghai-teu": ("2026-11-25", charts.shanghai_teu),
    "signal-tens": ("2026-11-25", charts.signal_tens),
    "surge-heights": ("2026-11-25", charts.surge_heights),
    "lights-map": ("2026-11-25", maps.lights_map),
    "lights-years": ("2026-11-25", charts.lights_years),
    "kansai-settlement": ("2026-12-09", december.kansai_settlement),
    "busan-transfers": ("2026-12-09", december.busan_transfers),
    "storm-counts": ("2026-12-09", december.storm_counts),
}
"""Every figure, with its issue and the function that draws it."""


def main(names: list[str]) -> None:
    """Draw the named figures, or all of them."""
    for figure in names or FIGURES:
        issue, draw = FIGURES[figure]
        path = ISSUES / issue / "images" / f"{figure}.svg"
        draw().save(path)
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
