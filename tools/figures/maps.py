"""The maps: the five straits, Yangshan, and the lights of the treaty coasts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import groupby

from canvas import (
    ACCENT,
    BLUSH,
    COLUMN,
    HAIR,
    INK,
    LAND,
    MIST,
    QUIET,
    SEA,
    SHORE,
    SLATE,
    WHITE,
    WIDE,
    Anchor,
    Canvas,
    Face,
    Point,
    table,
)

KEY = (
    ("Verny", "Verny, Japan"),
    ("Brunton", "Brunton, Japan"),
    ("Customs", "Chinese Customs"),
    ("Japan", "Other builders"),
)
LANGUAGES: dict[str, Face] = {"ja": "ja", "zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant"}
MARKS = {  # fill and rim of a light, by who built it
    "Verny": (WHITE, ACCENT),
    "Brunton": (ACCENT, ACCENT),
    "Customs": (SLATE, SLATE),
    "Hong Kong": (WHITE, SLATE),
    "Japan": (WHITE, SLATE),
}
KM = 1 / 111.2  # a kilometer in degrees of latitude


@dataclass(frozen=True)
class Window:
    """A map's frame on the sheet and the ground it shows, true to scale at its middle latitude.

    The extent is given by its west and south edges; the scale, in points to a degree of
    latitude, and the frame settle the other two.
    """

    left: float
    bottom: float
    right: float
    top: float
    west: float
    south: float
    degree: float

    @property
    def shrink(self) -> float:
        """How much shorter a degree of longitude is here than one of latitude."""
        middle = self.south + (self.top - self.bottom) / self.degree / 2
        return math.cos(math.radians(middle))

    def at(self, lon: float, lat: float) -> Point:
        """Return the place of a position on the sheet."""
        x = self.left + (lon - self.west) * self.degree * self.shrink
        return x, self.bottom + (lat - self.south) * self.degree

    def corners(self) -> list[Point]:
        """Return the corners of its ground, in order from the south west."""
        east = self.west + (self.right - self.left) / (self.degree * self.shrink)
        north = self.south + (self.top - self.bottom) / self.degree
        return [(self.west, self.south), (east, self.south), (east, north), (self.west, north)]

    @property
    def clip(self) -> tuple[float, float, float, float]:
        """The frame, as a canvas clips to it."""
        return self.left, self.bottom, self.right, self.top


STRAITS = {
    "soya": Window(248, 160, 370, 287, 141.35, 45.13, 122),
    "tsugaru": Window(382, 160, 504, 287, 140.05, 40.88, 118),
    "tsushima": Window(248, 18, 370, 145, 128.62, 33.55, 71),
    "osumi": Window(382, 18, 504, 145, 130.14, 30.28, 111),
}
Label = tuple[float, float, str]
NAMES: dict[str, tuple[Label, ...]] = {  # lettering of the insets
    "soya": ((142.0, 45.26, "Hokkaido"), (142.4, 46.03, "Sakhalin")),
    "tsugaru": ((140.75, 41.85, "Hokkaido"), (141.17, 41.3, "Honshu")),
    "tsushima": (
        (128.88, 35.2, "Korea"),
        (130.0, 34.62, "Tsushima"),
        (129.98, 33.72, "Iki"),
        (130.19, 35.22, "3  Eastern Channel"),
        (130.19, 35.09, "4  Western Channel"),
    ),
    "osumi": ((130.945, 31.29, "Kyushu"), (130.62, 30.57, "Tanegashima")),
}
SHORT: dict[str, tuple[float, float, Anchor]] = {  # where a strait is named on the large map
    "soya": (140.65, 45.5, "right"),
    "tsugaru": (139.4, 41.3, "right"),
    "tsushima": (129.9, 35.75, "left"),
    "osumi": (131.9, 30.8, "left"),
}
SEAS: tuple[Label, ...] = (
    (134.6, 40.3, "Sea of Japan"),
    (140.3, 32.0, "Pacific Ocean"),
    (126.9, 31.9, "East China"),
    (126.9, 31.35, "Sea"),
)
COUNTRIES: tuple[Label, ...] = (
    (136.6, 35.85, "Japan"),
    (127.3, 36.4, "Korea"),
    (128.6, 45.6, "China"),
    (135.5, 46.6, "Russia"),
)
YANGSHAN: dict[str, tuple[float, float, Anchor]] = {  # shift of a name from its mark, and its side
    "Shanghai": (-5, -4, "right"),
    "Waigaoqiao": (-15, 5, "right"),
    "Luchaogang": (-5, 11, "right"),
    "Yangshan": (6, -1, "left"),
    "Hangzhou": (5, -8, "left"),
    "Ningbo": (-5, 2, "right"),
    "Zhoushan": (24, 7, "left"),
}
# The lettered lights: shift of the name, its side, and where a leader line ends, if it has one.
LIGHTS: dict[str, tuple[float, float, Anchor, Point | None]] = {
    "Shiriyazaki": (5, -1, "left", None),
    "Kinkasan": (5, -1, "left", None),
    "Inubosaki": (5, 0, "left", None),
    "Kannonzaki": (18, -17, "left", (16, -14.6)),
    "Mikomotoshima": (9.5, -31, "left", (7.5, -28.6)),
    "Kashinozaki": (2, -44, "left", (0, -41.6)),
    "Satamisaki": (-5, -15, "left", None),
    "Tsunoshima": (-9, 25, "left", (0, 14.5)),
    "North Saddle": (5, 0, "left", None),
    "Gutzlaff": (-11, 3, "right", None),
    "Middle Dog": (-5, 14, "right", (-3, 16)),
    "Ockseu": (-11, 5, "right", (-9, 5)),
    "Eluanbi": (4.5, -1, "left", None),
    "Fuguijiao": (4.5, 6, "left", None),
    "Waglan Island": (4.5, -1, "left", None),
}


def rings(name: str, window: Window) -> dict[str, list[list[Point]]]:
    """Read a table of outlines and place them; rings are gathered by kind, holes with their own."""
    found: dict[str, list[list[Point]]] = {}
    for (kind, _), rows in groupby(table(name), key=lambda r: (r["kind"], r["part"])):
        points = [window.at(float(r["lon"]), float(r["lat"])) for r in rows]
        found.setdefault(kind.removesuffix("-hole"), []).append(points)
    return found


def sea(sheet: Canvas, window: Window) -> None:
    """Lay the pale sea of a map."""
    sheet.box(*window.clip, fill=SEA)


def ground(sheet: Canvas, window: Window, outlines: list[list[Point]]) -> None:
    """Lay the land of a map with its thin coast."""
    sheet.area(outlines, LAND, SHORE, 0.35, window.clip)


def scale_bar(sheet: Canvas, window: Window, at: Point, length: int, unit: str) -> None:
    """Draw a scale bar: a line with end ticks and its length."""
    x, y = at
    size = length * window.degree * (1 / 60 if unit == "nm" else KM)
    sheet.line([(x, y + 2.5), (x, y), (x + size, y), (x + size, y + 2.5)], INK, 0.6)
    words = f"{length} nautical miles" if unit == "nm" else f"{length} km"
    sheet.text(x + size + 4, y - 1.5, words, size=7, color=QUIET)


def label(
    sheet: Canvas,
    at: Point,
    words: str,
    native: str,
    lang: Face,
    *,
    side: Anchor = "left",
    color: str = INK,
) -> None:
    """Set a place's name with its own script on the line beneath."""
    x, y = at
    sheet.text(x, y, words, "bold", 7.5, color=color, anchor=side)
    sheet.text(x, y - 8.6, native, lang, 6.8, color=color, anchor=side)


def straits_map() -> Canvas:
    """Japan with the five straits, and each strait drawn large with its belt of three miles."""
    sheet = Canvas(WIDE, 300)
    main = Window(0, 0, 236, 300, 126.6, 29.2, 15.9)
    sea(sheet, main)
    ground(sheet, main, rings("coast-japan", main)["land"])
    for lon, lat, words in SEAS:
        sheet.text(*main.at(lon, lat), words, "italic", 7.5, color=SLATE)
    for lon, lat, words in COUNTRIES:
        sheet.text(*main.at(lon, lat), words, color=QUIET)
    for key, rows in groupby(table("straits"), key=lambda r: r["inset"]):
        window, members = STRAITS[key], list(rows)
        strait(sheet, window, key)
        number, title = ", ".join(r["number"] for r in members), members[0]["title"]
        x, y = window.left, window.top + 4.5
        x += sheet.text(x, y, number, "bold", color=ACCENT) + 4
        x += sheet.text(x, y, title, "bold") + 5
        sheet.text(x, y, members[0]["title_native"], "ja", 7)
        corners = window.corners()
        sheet.line([main.at(*corner) for corner in (*corners, corners[0])], ACCENT, 0.7)
        lon, lat, side = SHORT[key]
        short = f"{number} {title.removesuffix(' Strait')}"
        sheet.text(*main.at(lon, lat), short, "bold", color=ACCENT, anchor=side)
        if len(members) > 1:
            for row in members:
                at = window.at(float(row["lon"]), float(row["lat"]))
                sheet.text(*at, row["number"], "bold", 7, color=ACCENT, anchor="center")
    scale_bar(sheet, main, (8, 9), 200, "nm")
    x = 248.0
    for fill, words in ((MIST, "Claimed (3 miles)"), (BLUSH, "Left open (to 12)")):
        sheet.box(x, 2, x + 9, 9, fill=fill)
        x += 12 + sheet.text(x + 12, 3, words, size=7) + 10
    sheet.line([(x, 6.5), (x, 4), (x + 15, 4), (x + 15, 6.5)], INK, 0.6)
    sheet.text(x + 19, 3, "10 nautical miles; schematic", size=7)
    return sheet


def strait(sheet: Canvas, window: Window, key: str) -> None:
    """Draw one strait large: what is left open, what is claimed, and the land."""
    shapes = rings("straits-belts", window)
    sea(sheet, window)
    sheet.area(shapes[f"{key}-open"], BLUSH, None, clip=window.clip)
    sheet.area(shapes[f"{key}-own"], MIST, None, clip=window.clip)
    ground(sheet, window, shapes[f"{key}-land"])
    for lon, lat, words in NAMES[key]:
        note = words[0].isdigit()
        color = SLATE if note else INK
        at = window.at(lon, lat)
        sheet.text(*at, words, "italic" if note else "regular", 7, color=color, anchor="center")
    x, y, size = window.left + 5, window.bottom + 4, window.degree / 6
    sheet.line([(x, y + 2.5), (x, y), (x + size, y), (x + size, y + 2.5)], INK, 0.6)


def yangshan_map() -> Canvas:
    """The mouth of the Yangtze and Hangzhou Bay, with the bridge out to the island port."""
    sheet = Canvas(COLUMN, 226)
    window = Window(0, 0, COLUMN, 226, 120.07, 29.7, 99)
    sea(sheet, window)
    ground(sheet, window, rings("coast-hangzhou", window)["land"])
    places = [(r, window.at(float(r["lon"]), float(r["lat"]))) for r in table("yangshan")]
    sheet.line([at for row, at in places if row["kind"] == "bridge"], ACCENT, 1.6)
    for row, (x, y) in places:
        if row["kind"] == "bridge":
            continue
        dx, dy, side = YANGSHAN[row["name"]]
        color = ACCENT if row["kind"] == "port" else INK
        if dx < -10:
            sheet.line([(x, y), (x + dx + 2, y + dy + 2)], INK, HAIR)
        if row["kind"] != "island":
            sheet.dot(x, y, 2.8 if row["kind"] == "port" else 2.0, color)
        at = x + dx, y + dy
        label(sheet, at, row["name"], row["native"], "zh-Hans", side=side, color=color)
    at = window.at(122.07, 30.87)
    label(sheet, at, "Donghai Bridge", "东海大桥 32.5 km", "zh-Hans", color=ACCENT)
    for lon, lat, words, native in (
        (121.1, 30.52, "Hangzhou Bay", "杭州湾"),
        (122.02, 31.34, "Mouth of the Yangtze", "长江口"),
        (122.3, 31.08, "East China Sea", "东海"),
    ):
        x, y = window.at(lon, lat)
        sheet.text(x, y, words, "italic", color=SLATE)
        sheet.text(x, y - 8.6, native, "zh-Hans", 6.8, color=SLATE)
    scale_bar(sheet, window, (184, 213), 30, "km")
    return sheet


def lights_map() -> Canvas:
    """The lights by builder, each with the year it was first lit."""
    sheet = Canvas(COLUMN, 200)
    window = Window(0, 0, COLUMN, 200, 112.4, 19.9, 7.95)
    sea(sheet, window)
    ground(sheet, window, rings("coast-lights", window)["land"])
    rows = [(r, *window.at(float(r["lon"]), float(r["lat"]))) for r in table("lights")]
    for row, x, y in rows:
        if row["name"] in LIGHTS:
            dx, dy, side, leader = LIGHTS[row["name"]]
            if leader:
                sheet.line([(x, y), (x + leader[0], y + leader[1])], INK, HAIR)
            words, native = (
                row["name"].removesuffix(" Island"),
                f"{row['native']} {row['first_lit']}",
            )
            label(sheet, (x + dx, y + dy), words, native, LANGUAGES[row["lang"]], side=side)
    for row, x, y in sorted(rows, key=lambda r: r[0]["name"] in LIGHTS):  # the named on top
        sheet.dot(x, y, 1.7, *MARKS[row["designer"]], width=0.8)
    for index, (who, words) in enumerate(KEY):
        y = 48 - index * 9.5
        sheet.dot(184, y + 2.3, 1.9, *MARKS[who], width=0.8)
        sheet.text(189, y, words, size=7)
    sheet.text(4, 191, "Year first lit", size=7, color=QUIET)
    scale_bar(sheet, window, (176, 7), 500, "km")
    return sheet
