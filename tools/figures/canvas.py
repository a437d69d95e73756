"""One sheet of a figure, in points, with the journal's type and colors.

Figures have a fixed size and are laid out by hand, so a sheet is a plane of points with its origin
at the bottom left, without the axes of a chart library. Matplotlib only draws: it sets the type as
outlines and writes the SVG file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Literal

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.font_manager import FontPath, FontProperties, findfont
from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path as Outline
from matplotlib.textpath import TextPath

Point = tuple[float, float]
Anchor = Literal["left", "center", "right"]
Face = Literal["regular", "bold", "italic", "ja", "zh-Hans", "zh-Hant"]

COLUMN, WIDE = 243, 504  # the two widths of the page, in points
INK, QUIET = "#2b2724", "#5e5852"  # lettering: labels, then units and notes
ACCENT, SLATE = "#7a1f2b", "#33566f"  # the one red, and the blue beside it
BLUSH, MIST = "#e6cfcb", "#b9c8d2"  # their tints, solid since print shops mistrust alpha
RULE, STONE = "#d9d4cb", "#a39c91"  # grid lines; quiet marks
SEA, LAND, SHORE = "#edf2f4", "#d8d2c6", "#8d867a"
WHITE = "#ffffff"
HAIR, LINE = 0.4, 1.2

DATA = Path(__file__).parent / "data"
CJK_FACES = {"ja": 0, "zh-Hans": 2, "zh-Hant": 3}  # places in the collection
LATIN_FACES = {"regular": "Regular", "bold": "Semibold", "italic": "It"}
NUMBERS = re.compile(r"-?\d+\.\d{3,}")
GEOMETRY = re.compile(r'\b(d|x|y|cx|cy|r|width|height)="([^"]*)"')


def font(face: Face, size: float) -> FontProperties:
    """Find the file of a face: Source Sans from its package, Noto Sans CJK from the system."""
    if face in CJK_FACES:
        # Matplotlib knows a collection by its first face; the place picks the others.
        collection = findfont("Noto Sans CJK JP", fallback_to_default=False)
        return FontProperties(fname=FontPath(collection, CJK_FACES[face]), size=size)
    name = f"SourceSansPro-{LATIN_FACES[face]}.ttf"
    return FontProperties(fname=str(files("font_source_sans_pro") / "files" / name), size=size)


def table(name: str) -> list[dict[str, str]]:
    """Read a CSV table; the comment lines at its head name its source and are skipped."""
    text = (DATA / f"{name}.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


class Canvas:
    """A sheet of fixed size on which a figure is drawn; later marks lie over earlier ones."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._labels: list[tuple[str, float, float, float, float]] = []
        self._figure = Figure(figsize=(width / 72, height / 72), frameon=False)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set(xlim=(0, width), ylim=(0, height))
        self._axes.axis("off")
        self._order = 0

    def _next(self) -> int:
        self._order += 1
        return self._order

    def line(
        self,
        points: Sequence[Point],
        color: str = INK,
        width: float = HAIR,
        dash: tuple[float, ...] = (),
    ) -> None:
        """Draw an open line; a dash is given in points."""
        style = (0, tuple(d / width for d in dash)) if dash else "solid"
        xs, ys = zip(*points, strict=True)
        self._axes.plot(
            xs,
            ys,
            color=color,
            linewidth=width,
            linestyle=style,
            solid_capstyle="butt",
            solid_joinstyle="round",
            dash_capstyle="butt",
            zorder=self._next(),
        )

    def area(
        self,
        rings: Iterable[Sequence[Point]],
        fill: str | None = LAND,
        edge: str | None = None,
        width: float = HAIR,
        clip: tuple[float, float, float, float] | None = None,
    ) -> None:
        """Fill closed rings as one shape; clip is (left, bottom, right, top)."""
        outline = Outline.make_compound_path(*(Outline(list(r), closed=True) for r in rings))
        patch = PathPatch(
            outline,
            facecolor=fill or "none",
            edgecolor=edge or "none",
            linewidth=width if edge else 0,
            joinstyle="round",
            zorder=self._next(),
        )
        self._axes.add_patch(patch)
        if clip:
            left, bottom, right, top = clip
            corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
            patch.set_clip_path(Outline(corners, closed=True), self._axes.transData)

    def box(self, left: float, bottom: float, right: float, top: float, **style: str) -> None:
        """Fill a rectangle."""
        self.area(
            [[(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]],
            style.get("fill"),
            style.get("edge"),
        )

    def dot(
        self,
        x: float,
        y: float,
        radius: float = 2,
        fill: str = INK,
        edge: str = WHITE,
        *,
        width: float = 0.5,
    ) -> None:
        """Draw a round mark; a thin white rim separates it from lines and neighbors."""
        self._axes.add_patch(
            Circle(
                (x, y), radius, facecolor=fill, edgecolor=edge, linewidth=width, zorder=self._next()
            )
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        face: Face = "regular",
        size: float = 7.5,
        *,
        color: str = INK,
        anchor: Anchor = "left",
        plate: str | None = None,
    ) -> float:
        """Set one line of type with its baseline at y, and return its width.

        A plate is a patch of the ground's own color behind the words, so that a grid line
        stops short of them.
        """
        prop = font(face, size)
        extent = TextPath((0, 0), words, prop=prop).get_extents()
        width = float(extent.x1)
        left = x - {"left": 0.0, "center": width / 2, "right": width}[anchor]
        x0, x1 = left + float(extent.x0), left + float(extent.x1)
        self._labels.append((words, x0, y + float(extent.y0), x1, y + float(extent.y1)))
        if plate:
            self.box(left - 1.5, y - 2, left + width + 1.5, y + size * 0.72, fill=plate)
        self._axes.text(
            left,
            y,
            words,
            fontproperties=prop,
            color=color,
            va="baseline",
            ha="left",
            parse_math=False,
            zorder=self._next(),
        )
        return width

    def save(self, path: Path) -> None:
        """Check the labels, and write the SVG, with the same bytes in every run."""
        self._check(path.stem)
        stream = StringIO()
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        with mpl.rc_context(
            {
                "svg.fonttype": "path",
                "svg.hashsalt": path.stem,
                "path.simplify": False,
            }
        ):
            self._figure.savefig(stream, format="svg", metadata=nothing, transparent=True)
        drawing = re.sub(r"\s*<metadata>.*?</metadata>", "", stream.getvalue(), flags=re.DOTALL)
        path.write_text(GEOMETRY.sub(_shorten, drawing), encoding="utf-8")

    def _check(self, name: str) -> None:
        """Raise an error if labels leave the sheet or overlap."""
        for index, (words, left, bottom, right, top) in enumerate(self._labels):
            if left < 0 or bottom < 0 or right > self.width or top > self.height:
                raise ValueError(f"{name}: {words!r} leaves the sheet")
            for other, x0, y0, x1, y1 in self._labels[:index]:
                if left < x1 and x0 < right and bottom < y1 and y0 < top:
                    raise ValueError(f"{name}: {words!r} lies over {other!r}")


def _shorten(match: re.Match[str]) -> str:
    """Round the coordinates of one attribute: a hundredth of a point is finer than any press."""
    rounded = NUMBERS.sub(lambda n: f"{float(n[0]):.2f}".rstrip("0").rstrip("."), match[2])
    return f'{match[1]}="{rounded}"'
