"""Cut the coastlines and the three-mile belts of the maps from Natural Earth.

The figures read small CSV tables, so that a build needs neither the network nor a
geometry library. This script made those tables; it is run by hand, only when a map
wants another window. It needs shapely 2 and ``land-10m.json`` of the npm package
world-atlas 2.0.2 (Natural Earth 1:10m, public domain)::

    python tools/figures/coast.py path/to/land-10m.json
"""

from __future__ import annotations

import csv
import json
import math
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely import Polygon
from shapely.affinity import scale
from shapely.geometry import MultiPolygon, Point, box
from shapely.geometry.base import BaseGeometry as Geometry

DATA = Path(__file__).parent / "data"
NOTE = (
    "# {what}\n"
    "# Source: Natural Earth, 1:10m land, version 4.1, by way of world-atlas 2.0.2;\n"
    "#   cropped and thinned.\n"
    "# Publisher: Natural Earth (public domain). Year: 2018.\n"
    "# Address: https://www.naturalearthdata.com/\n"
)
MILE = 1 / 60  # one nautical mile is one minute of latitude


@dataclass(frozen=True)
class Window:
    """One table to cut: its extent in degrees, how far to thin it, and the least island kept."""

    name: str
    what: str
    extent: tuple[float, float, float, float]
    tolerance: float
    least: float


@dataclass(frozen=True)
class Strait:
    """An inset: where its designated area ends, and which land is not Japan's."""

    name: str
    extent: tuple[float, float, float, float]
    foreign: tuple[float, float, float, float] | None
    middle: tuple[float, float]


WINDOWS = (
    Window("coast-japan", "Coast of Japan and its neighbours.", (124, 28.5, 150, 49), 0.025, 0.004),
    Window("coast-lights", "Coast of East Asia.", (111, 18, 151, 46), 0.04, 0.008),
    Window("coast-hangzhou", "Coast of Hangzhou Bay.", (119.7, 29.4, 123.2, 32.2), 0.004, 0.0003),
)
STRAITS = (
    Strait("soya", (141.3, 45.1, 142.85, 46.2), (141, 45.85, 144, 47), (142.0, 45.7)),
    Strait("tsugaru", (140.0, 40.85, 141.5, 42.0), None, (140.45, 41.42)),
    Strait("tsushima", (128.55, 33.5, 130.75, 35.4), (126, 34.78, 129.75, 36), (130.0, 34.2)),
    Strait("osumi", (130.1, 30.25, 131.5, 31.45), None, (130.9, 30.92)),
)
# Islands that the source leaves out and that carry belts of their own: place, radius in miles.
ISLANDS = (
    (130.104, 34.243, 0.3),  # Okinoshima
    (129.940, 30.830, 1.4),  # Kuroshima
    (130.290, 30.790, 1.1),  # Iojima
    (130.418, 30.813, 0.7),  # Takeshima
    (130.855, 30.740, 0.9),  # Mageshima
)


def land(path: Path) -> list[Polygon]:
    """Unpack the TopoJSON file: arcs are delta-coded integers shared between rings."""
    topology: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    (kx, ky), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[tuple[float, float]]] = []
    for arc in topology["arcs"]:
        x = y = 0
        points: list[tuple[float, float]] = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * kx + tx, y * ky + ty))
        arcs.append(points)

    def ring(indices: list[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for index in indices:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            points.extend(arc[1:] if points else arc)
        return points

    shapes = topology["objects"]["land"]["geometries"]
    parts = [p for s in shapes for p in (s["arcs"] if s["type"] == "MultiPolygon" else [s["arcs"]])]
    return [Polygon(ring(part[0]), [ring(hole) for hole in part[1:]]) for part in parts]


def polygons(shape: Geometry) -> list[Polygon]:
    """List the polygons of a shape, largest first, so that a table is always in one order."""
    parts = [p for p in shapely.get_parts(shape) if isinstance(p, Polygon) and not p.is_empty]
    return sorted(parts, key=lambda p: (-p.area, p.bounds))


def crop(shapes: list[Polygon], extent: tuple[float, float, float, float]) -> Geometry:
    """Join what lies in the window; neighbouring cells of the source merge into one coast."""
    frame = box(*extent)
    return shapely.union_all([s.buffer(0) & frame for s in shapes if s.intersects(frame)])


def write(name: str, what: str, rows: list[tuple[str, Polygon]]) -> None:
    """Write outer rings and holes as numbered parts; a hole is a part of its own ('hole')."""
    path = DATA / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(NOTE.format(what=what))
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(("kind", "part", "lon", "lat"))
        part = 0
        for kind, polygon in rows:
            rings = [(kind, polygon.exterior), *((f"{kind}-hole", r) for r in polygon.interiors)]
            for label, line in rings:
                table.writerows((label, part, f"{x:.3f}", f"{y:.3f}") for x, y in line.coords)
                part += 1
    print(f"{path.name}: {path.stat().st_size} bytes, {part} parts")


def belt(shape: Geometry, miles: float, latitude: float) -> Geometry:
    """Grow a shape by some nautical miles: stretch to square degrees, buffer, shrink again."""
    stretch = math.cos(math.radians(latitude))
    flat = scale(shape, stretch, 1, origin=(0, 0))
    return scale(flat.buffer(miles * MILE, quad_segs=12), 1 / stretch, 1, origin=(0, 0))


def nearer(home: Geometry, away: Geometry, latitude: float) -> Geometry:
    """Give the waters nearer to home than to the other shore, as a stack of equal buffers."""
    keep = shapely.union_all([])
    for step in range(1, 49):
        reach = step * 0.25
        keep = shapely.union_all([keep, belt(home, reach, latitude) - belt(away, reach, latitude)])
    return keep


def _unholed(shape: Geometry) -> Geometry:
    """Fill the pinholes that three circles of twelve miles may leave between them."""
    rings = [Polygon(r) for p in polygons(shape) for r in p.interiors]
    return shapely.union_all([shape, *(r for r in rings if r.area < 0.005)])


def strait_rows(strait: Strait, shapes: list[Polygon]) -> list[tuple[str, Polygon]]:
    """Cut one inset: land, the belt of three miles, and what twelve miles would add to it."""
    west, south, east, north = strait.extent
    wide = (west - 0.6, south - 0.5, east + 0.6, north + 0.5)
    latitude = (south + north) / 2
    islets = [belt(Point(lon, lat), radius, lat) for lon, lat, radius in ISLANDS]
    everything = shapely.union_all([crop(shapes, wide), *islets]) & box(*wide)
    abroad = box(*strait.foreign) if strait.foreign else None
    away = shapely.union_all([p for p in polygons(everything) if abroad and p.intersects(abroad)])
    home = everything - away
    frame = box(*strait.extent)
    three, twelve = belt(home, 3, latitude), belt(home, 12, latitude)
    if not away.is_empty:
        near = nearer(home, away, latitude)
        three, twelve = three & near, twelve & near
    sea = MultiPolygon(polygons(frame - everything - three))
    beyond = [p for p in polygons(sea) if p.buffer(0.02).contains(Point(strait.middle))]
    channel = shapely.union_all(beyond)
    own = (frame - channel) & twelve
    open_water = shapely.union_all([own, _unholed(channel & twelve)])
    rows: list[tuple[str, Polygon]] = []
    # Each layer reaches under the next, so that thinning leaves no slivers between them.
    for kind, shape in (("open", open_water), ("own", own), ("land", everything & frame)):
        thin = shape.simplify(0.005)
        rows += [(f"{strait.name}-{kind}", p) for p in polygons(thin) if p.area > 0.0001]
    return rows


def main(source: Path) -> None:
    """Write every table."""
    shapes = land(source)
    for window in WINDOWS:
        thin = crop(shapes, window.extent).simplify(window.tolerance)
        kept = [p for p in polygons(thin) if p.area >= window.least]
        write(window.name, window.what, [("land", p) for p in kept])
    what = (
        "Insets of the five straits: land; own = three-mile belt from Japan's shores; open =\n"
        "# the waters from there to twelve miles, or to the middle line. Schematic: measured from\n"
        "# this coast, not from the legal baselines; the ends of the areas are not drawn."
    )
    rows = [row for strait in STRAITS for row in strait_rows(strait, shapes)]
    write("straits-belts", what, rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
