"""The charts: throughput, ranks, storms, sea levels, lights and the zones of the sea."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date

from canvas import (
    ACCENT,
    COLUMN,
    HAIR,
    INK,
    LAND,
    LINE,
    MIST,
    QUIET,
    RULE,
    SEA,
    SHORE,
    SLATE,
    STONE,
    WHITE,
    WIDE,
    Anchor,
    Canvas,
    Face,
    Point,
    table,
)

Scale = Callable[[float], float]


def linear(low: float, high: float, start: float, end: float) -> Scale:
    """Map values from low to high onto points from start to end."""
    return lambda value: start + (value - low) / (high - low) * (end - start)


def level_lines(
    sheet: Canvas, at: Scale, values: tuple[int, ...], left: float, right: float
) -> None:
    """Draw light level lines with their values at the left; nought is the base line."""
    for value in values:
        base = value == 0
        sheet.line([(left, at(value)), (right, at(value))], INK if base else RULE, HAIR)
        sheet.text(left - 4, at(value) - 2.4, str(value), size=7, color=QUIET, anchor="right")


def kobe_teu() -> Canvas:
    """Kobe's throughput: the fall of 1995, and the twenty-two years back to where it had been."""
    sheet = Canvas(COLUMN, 172)
    data = [(int(r["year"]), float(r["million_teu"])) for r in table("kobe-teu")]
    value = dict(data)
    across, up = linear(1980, 2022, 20, 232), linear(0, 3, 17, 146)
    sheet.text(0, 164, "Million TEU a year", size=7, color=QUIET)
    level_lines(sheet, up, (0, 1, 2, 3), 12, COLUMN)
    for year in (1980, 1990, 2000, 2010, 2020):
        sheet.line([(across(year), up(0)), (across(year), up(0) - 3)], INK, HAIR)
        sheet.text(across(year), 5, str(year), size=7, color=QUIET, anchor="center")
    shock = across(1995)
    sheet.line([(shock, up(0)), (shock, up(1.38))], ACCENT, 0.5, dash=(1.5, 1.5))
    sheet.line(
        [(across(1994), up(value[1994])), (across(2017), up(value[2017]))], STONE, 0.5, dash=(2, 2)
    )
    sheet.line([(across(y), up(v)) for y, v in data], SLATE, LINE)
    for year, teu in data:
        strong = year in (1994, 1995, 2017)
        sheet.dot(across(year), up(teu), 2.4 if strong else 1.5, ACCENT if strong else SLATE)
    sheet.text(across(1981.6), up(value[1980]) - 8, f"1980: {value[1980]:.2f}")
    sheet.text(
        across(1994) - 1,
        up(value[1994]) + 6,
        f"1994: {value[1994]:.2f}",
        "bold",
        color=ACCENT,
        anchor="center",
    )
    sheet.text(
        across(1996.2), up(value[1995]) - 6, f"1995: {value[1995]:.2f}", "bold", color=ACCENT
    )
    sheet.text(across(1996.2), up(0.5), "Earthquake of")
    sheet.text(across(1996.2), up(0.5) - 9, "17 January 1995")
    sheet.text(
        across(2017),
        up(value[2017]) + 6,
        f"2017: {value[2017]:.2f}",
        "bold",
        color=ACCENT,
        anchor="center",
    )
    sheet.line([(across(2022), up(value[2022]) - 4), (across(2022), up(2.44))], INK, HAIR)
    sheet.text(COLUMN, up(2.44) - 8, f"2022: {value[2022]:.2f}", anchor="right")
    return sheet


def shanghai_teu() -> Canvas:
    """Shanghai's throughput: the bars darken when Yangshan opens."""
    sheet = Canvas(COLUMN, 172)
    data = [(int(r["year"]), float(r["million_teu"])) for r in table("shanghai-teu")]
    across, up = linear(2000, 2024, 22, 234), linear(0, 50, 17, 140)
    sheet.text(0, 164, "Million TEU a year", size=7, color=QUIET)
    level_lines(sheet, up, (0, 10, 20, 30, 40, 50), 14, COLUMN)
    for year, teu in data:
        x = across(year)
        fill = MIST if year <= 2005 else ACCENT if year == 2024 else SLATE
        sheet.box(x - 3.1, up(0), x + 3.1, up(teu), fill=fill)
    sheet.line([(14, up(0)), (COLUMN, up(0))], INK, HAIR)
    for year in range(2000, 2025, 4):
        sheet.text(across(year), 5, str(year), size=7, color=QUIET, anchor="center")
    last = dict(data)[2024]
    sheet.text(COLUMN, up(last) + 4, f"2024: {last:.1f}", "bold", color=ACCENT, anchor="right")
    for when, foot, height, words in (
        (2005.5, 19.5, 26.3, ("Yangshan opens,", "December 2005")),
        (2017.5, 41.5, 46.3, ("Phase four, automated,", "December 2017")),
    ):
        x = across(when)
        sheet.line([(x, up(foot)), (x, up(height) + 6)], INK, HAIR)
        for row, line in enumerate(words):
            sheet.text(x - 3, up(height) - row * 9, line, anchor="right")
    return sheet


def port_ranks() -> Canvas:
    """World ranks in four years; ranks are spaced by ratio, as first to second is a long way."""
    sheet = Canvas(COLUMN, 232)
    years = (1980, 1994, 1997, 2021)
    columns = dict(zip(years, (58.0, 106.0, 144.0, 191.0), strict=True))
    top, bottom = 200.0, 14.0
    down = linear(0, math.log(73), top, bottom)
    rows = [(r["port"], int(r["year"]), int(r["rank"])) for r in table("port-ranks")]
    sheet.text(0, 224, "World rank by TEU, spaced by ratio", size=7, color=QUIET)
    for year, x in columns.items():
        sheet.line([(x, top + 6), (x, bottom - 6)], RULE, HAIR)
        sheet.text(x, 211, str(year), "bold", anchor="center")
    nudge = {
        ("Singapore", 1980): -2.5,
        ("Kaohsiung", 1980): -0.5,
        ("Kobe", 1980): 0.5,
        ("Hong Kong", 1980): 1.5,
        ("Yokohama", 1980): 1,
        ("Busan", 1980): -1,
        ("Yokohama", 2021): 5.5,
        ("Kobe", 2021): -4.5,
    }
    order = ("Kaohsiung", "Yokohama", "Singapore", "Hong Kong", "Busan", "Shanghai", "Kobe")
    for port in order:
        track: list[tuple[int, float, int]] = [
            (year, down(math.log(rank)), rank) for name, year, rank in rows if name == port
        ]
        color = {"Kobe": ACCENT, "Yokohama": STONE, "Kaohsiung": STONE}.get(port, SLATE)
        ends: list[Point] = [(columns[year], y) for year, y, _ in track]
        sheet.line(ends, color, 2.0 if port == "Kobe" else 1.0)
        for x, y in ends:
            sheet.dot(x, y, 2.6 if port == "Kobe" else 2.0, color)
        ink = ACCENT if port == "Kobe" else INK
        face: Face = "bold" if port == "Kobe" else "regular"
        for year, y, rank in track:
            x, base = columns[year], y + nudge.get((port, year), 0.0) - 2.4
            if year == years[0]:
                sheet.text(x - 6, base, f"{port} {rank}", face, color=ink, anchor="right")
            elif year == years[-1]:
                sheet.text(x + 6, base, f"{rank} {port}", face, color=ink)
            elif port == "Kobe":
                sheet.text(x - 5, base - 5.6, str(rank), face, color=ink, anchor="right")
            elif port == "Shanghai":
                sheet.text(x + 5, base, str(rank))
    return sheet


def signal_tens() -> Canvas:
    """Every No. 10 since 1946 by date and by how near its center came to the Observatory."""
    sheet = Canvas(WIDE, 230)
    across, up = linear(1945, 2027, 26, 490), linear(0, 120, 32, 184)
    sheet.text(
        0,
        222,
        "Nearest approach of the center to the Hong Kong Observatory, km",
        size=7,
        color=QUIET,
    )
    for level in (0, 30, 60, 90, 120):
        sheet.line([(20, up(level)), (WIDE, up(level))], INK if level == 0 else RULE, HAIR)
        sheet.text(16, up(level) - 2.4, str(level), size=7, color=QUIET, anchor="right")
    for decade in range(1950, 2030, 10):
        sheet.line([(across(decade), up(0)), (across(decade), up(0) - 4)], INK, HAIR)
        sheet.text(across(decade), 17, str(decade), size=7, color=QUIET, anchor="center")
    for start, end, words in (
        (1983.69, 1999.71, "16 years without a No. 10"),
        (1999.71, 2012.56, "13 years"),
    ):
        left, right, y = across(start) + 2, across(end) - 2, up(120) + 11
        sheet.line([(left, y - 4), (left, y), (right, y), (right, y - 4)], STONE, 0.5)
        sheet.text((left + right) / 2, y + 4, words, "italic", color=QUIET, anchor="center")
    places: dict[str, tuple[float, float, Anchor]] = {
        "Gloria": (0, 6, "center"),
        "Mary": (-5, -2.4, "right"),
        "Alice": (4.5, 2, "left"),
        "Ruby": (5.5, -4, "left"),
        "Dot": (2, 6, "left"),
        "Shirley": (5, 3, "left"),
        "Elsie": (0, 6, "center"),
        "Ellen": (0, 6, "center"),
        "York": (5.5, -2.4, "left"),
        "Vicente": (-6, -2.4, "right"),
        "Hato": (-6, -2.4, "right"),
        "Mangkhut": (0, 6, "center"),
        "Wanda": (5, -4, "left"),
        "Saola": (-6, -2.4, "right"),
        "Wipha": (-6, -2.4, "right"),
        "Ragasa": (-6, -2.4, "right"),
    }
    marks: list[tuple[float, float, bool, str]] = []
    for row in table("signal-tens"):
        day = date.fromisoformat(row["date"])
        x = across(day.year + day.timetuple().tm_yday / 366)
        y = up(float(row["distance_km"]))
        strong = bool(row["note"])
        ink = ACCENT if strong else INK
        dx, dy, side = places.get(row["name"], (5.5, -2.4, "left"))
        words = f"{row['name'].capitalize()} {day.year}"
        face: Face = "bold" if strong else "regular"
        sheet.text(x + dx, y + dy, words, face, color=ink, anchor=side, plate=WHITE)
        if strong:
            sheet.text(x + dx, y + dy - 8.6, row["note"], size=7, color=ink, plate=WHITE)
        marks.append((x, y, row["rounded"] == "yes", ACCENT if strong else SLATE))
    for x, y, rough, color in marks:
        sheet.dot(x, y, 2.8, WHITE if rough else color, color, width=1.1 if rough else 0.5)
    sheet.text(
        20,
        3,
        "0 km: the center passed over the Observatory. Open marks: rounded, "
        "from the bulletins of the day.",
        size=7,
        color=QUIET,
    )
    return sheet


def surge_heights() -> Canvas:
    """Highest sea levels in the harbor; bars of the tide gauge are solid, the older ones pale."""
    sheet = Canvas(COLUMN, 184)
    rows = sorted(table("surge-heights"), key=lambda r: -float(r["meters_above_chart_datum"]))
    along = linear(0, 5, 66, 236)
    step, bar, first = 15.4, 9.2, 143.0
    sheet.text(0, 176, "Meters above chart datum, Victoria Harbour", size=7, color=QUIET)
    sheet.text(0, 167, "Pale bars: before the record of the automatic gauge", size=7, color=QUIET)
    for meter in range(6):
        sheet.line([(along(meter), first + bar + 3), (along(meter), 16)], RULE, HAIR)
        sheet.text(along(meter), 6, str(meter), size=7, color=QUIET, anchor="center")
    for index, row in enumerate(rows):
        y = first - index * step
        height = float(row["meters_above_chart_datum"])
        gauge = row["kind"] in ("gauge", "rounded")
        best = row["storm"] == "Wanda"
        fill = ACCENT if best else SLATE if gauge else MIST
        sheet.box(along(0), y, along(height), y + bar, fill=fill)
        face: Face = "bold" if best else "regular"
        name = f"{row['storm']} {row['year']}".removeprefix("unnamed ")
        sheet.text(62, y + 2.2, name, face, color=ACCENT if best else INK, anchor="right")
        label = {"rounded": f"about {height:.1f}", "estimate": f"{height:.2f} (estimate)"}.get(
            row["kind"], f"{height:.2f}"
        )
        ink = WHITE if gauge else INK
        sheet.text(along(height) - 4, y + 2.3, label, face, color=ink, anchor="right")
    sheet.line([(along(0), first + bar + 3), (along(0), 16)], INK, HAIR)
    return sheet


def lights_years() -> Canvas:
    """Lights by year and height above the sea: one column a year, since most are early."""
    sheet = Canvas(COLUMN, 214)
    rows = [r for r in table("lights") if r["height_m"]]
    years = [*range(1869, 1877), 1883, 1893]
    places = [25, 47, 69, 91, 113, 135, 157, 179, 207, 232]
    column = dict(zip(years, (float(p) for p in places), strict=True))
    up = linear(0, 100, 30, 194)
    sheet.text(0, 206, "Height of the light above the sea, meters", size=7, color=QUIET)
    level_lines(sheet, up, (0, 20, 40, 60, 80, 100), 14, COLUMN)
    for year, x in column.items():
        words = str(year) if year in (1869, 1883, 1893) else f"’{year % 100}"
        sheet.text(x, 19, words, size=7, color=QUIET, anchor="center")
    for x in (193.0, 219.5):
        for shift in (-1.2, 1.2):
            sheet.line([(x + shift - 1.5, up(0) - 3), (x + shift + 1.5, up(0) + 3)], INK, HAIR)
    marks = {"Verny": (WHITE, ACCENT), "Brunton": (ACCENT, ACCENT), "Customs": (SLATE, SLATE)}
    aside = {
        "Mikomotoshima": -2.9,
        "Esaki": 2.9,
        "Omaezaki": -2.9,
        "Inubosaki": 2.9,
        "Tsurushima": -2.9,
        "Sugashima": 2.9,
    }
    named: dict[str, tuple[float, float, Anchor]] = {
        "Kannonzaki": (5, -2.4, "left"),
        "Gutzlaff": (5, -2.4, "left"),
        "North Saddle": (5, -2.4, "left"),
        "Jogashima": (5, -4, "left"),
        "Middle Dog": (5, -2.4, "left"),
        "Ockseu": (-1, 6, "center"),
        "Eluanbi": (0, 6, "center"),
        "Waglan Island": (8, 6, "right"),
        "Inubosaki": (7.5, -5, "left"),
        "Tomogashima": (-4, 6, "left"),
        "Mutsurejima": (4, -7, "left"),
    }
    for row in rows:
        if row["name"] in named:
            dx, dy, side = named[row["name"]]
            x, y = column[int(row["first_lit"])] + dx, up(float(row["height_m"])) + dy
            sheet.text(x, y, row["name"].removesuffix(" Island"), size=7, anchor=side, plate=WHITE)
    for row in rows:
        x = column[int(row["first_lit"])] + aside.get(row["name"], 0)
        sheet.dot(x, up(float(row["height_m"])), 2.3, *marks[row["designer"]], width=0.9)
    x = 14.0
    for name, words in (
        ("Verny", "Verny, Japan"),
        ("Brunton", "Brunton, Japan"),
        ("Customs", "Chinese Customs"),
    ):
        sheet.dot(x + 2.5, 6.4, 2.3, *marks[name], width=0.9)
        x += 8 + sheet.text(x + 8, 4, words, size=7) + 12
    return sheet


def sea_zones() -> Canvas:
    """A section through the sea: the zones lie side by side, at no scale, above sea and shelf."""
    sheet = Canvas(COLUMN, 192)
    at = {0: 48.0, 3: 74.0, 12: 116.0, 24: 150.0, 200: 204.0}
    surface = 58.0
    sheet.text(0, 184, "Nautical miles from the baseline; not to scale", size=7, color=QUIET)
    shore = [(0.0, surface + 15), (14, surface + 14), (28, surface + 7), (40, surface + 2.5)]
    bed = [
        (at[0], surface),
        (62, 50),
        (84, 44),
        (118, 39),
        (140, 34),
        (158, 20),
        (184, 12),
        (COLUMN, 9),
    ]
    sheet.area([[(at[0], surface), *bed, (COLUMN, surface), (at[0], surface)]], SEA)
    sheet.area([[(0, 0), *shore, *bed, (COLUMN, 0), (0, 0)]], LAND)
    sheet.line([*shore, *bed], SHORE, 0.6)
    sheet.line([(at[0], surface), (COLUMN, surface)], SLATE, 0.8)
    gaps = {  # a line stands back where a label crosses it
        12: ((surface, 146.0), (159.0, 166.0)),
        24: ((surface, 146.0), (159.0, 166.0)),
        200: ((surface, 104.0), (117.0, 146.0), (159.0, 166.0)),
    }
    for mile, x in at.items():
        own = mile == 3
        for foot, head in gaps.get(mile, ((surface, 166.0),)):
            sheet.line(
                [(x, foot), (x, head)],
                ACCENT if own else STONE,
                0.7 if own else HAIR,
                dash=(2, 1.5) if own else (),
            )
        sheet.text(x, 169, str(mile), "bold", color=ACCENT if own else INK, anchor="center")
    levels = {3: 146, 12: 125, 24: 104, 200: 83}  # height of a zone's bar, by its outer limit
    for row in table("sea-zones"):
        if not row["from_nm"] or not row["to_nm"]:
            continue
        start, end = at[int(row["from_nm"])], at[int(row["to_nm"])]
        own, y = row["to_nm"] == "3", levels[int(row["to_nm"])]
        sheet.box(start, y, end, y + 13, fill=ACCENT if own else MIST)
        inside = row["to_nm"] in {"12", "200"}
        sheet.text(
            (start + end) / 2 if inside else end + 4.5,
            y + 4.1,
            row["label"],
            "bold" if own else "regular",
            color=ACCENT if own else INK,
            anchor="center" if inside else "left",
        )
    sheet.text(at[200] + 4.5, 87.1, "High seas")
    sheet.text(at[0] - 5, 131.5, "Internal", anchor="right")
    sheet.text(at[0] - 5, 122.5, "waters", anchor="right")
    sheet.text(76, 22, "Continental shelf")
    sheet.text(12, 42, "Land")
    return sheet
