"""Draw the figures of the issue: read the tables in ``data`` and write ten SVG files.

Run it from anywhere: ``python issues/figures/draw.py [name ...]``. The files are the same to
the byte at every run, so a changed figure shows as a change and an unchanged one does not.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import charts
import maps
from canvas import Canvas

IMAGES = Path(__file__).parent.parent / "2026-11-25" / "images"
FIGURES: dict[str, Callable[[], Canvas]] = {
    "straits-map": maps.straits_map,
    "sea-zones": charts.sea_zones,
    "kobe-teu": charts.kobe_teu,
    "port-ranks": charts.port_ranks,
    "yangshan-map": maps.yangshan_map,
    "shanghai-teu": charts.shanghai_teu,
    "signal-tens": charts.signal_tens,
    "surge-heights": charts.surge_heights,
    "lights-map": maps.lights_map,
    "lights-years": charts.lights_years,
}


def main(names: list[str]) -> None:
    """Draw the named figures, or all of them."""
    for figure in names or FIGURES:
        path = IMAGES / f"{figure}.svg"
        FIGURES[figure]().save(path)
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
