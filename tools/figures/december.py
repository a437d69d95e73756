"""The charts of the short number of December: an island's settlement, transfers, storm counts.

They are drawn for A4, whose columns are a little narrower than those of Letter, and in the
green of their issue in place of the red.
"""

from __future__ import annotations

from canvas import HAIR, INK, MIST, QUIET, RULE, SLATE, STONE, WHITE, Canvas, Face, table
from charts import level_lines, linear

COLUMN, WIDE = 234, 487  # the two widths of the A4 page, in points
PINE, FOAM = "#0b5d4e", "#b5d0c8"  # the accent and its tint
MEAN = 25.1  # named storms a year, 1991 to 2020


def kansai_settlement() -> Canvas:
    """How far the islands have gone down, hung from the level at which filling began."""
    sheet = Canvas(COLUMN, 226)
    down = linear(0, 19, 190, 20)
    left, right = 20.0, float(COLUMN)
    sheet.text(0, 218, "Average settlement since filling began, meters", size=7, color=QUIET)
    for mark in (0, 3, 6, 9, 12, 15, 18):
        y = down(mark)
        sheet.line([(left, y), (right, y)], INK if mark == 0 else RULE, HAIR)
        sheet.text(left - 5, y - 2.4, str(mark), size=7, color=QUIET, anchor="right")
    for index, row in enumerate(table("kansai-settlement")):
        x = 34.0 + index * 106
        before, since = float(row["before_opening_m"]), float(row["since_opening_m"])
        sheet.box(x, down(before), x + 40, down(0), fill=FOAM)
        sheet.box(x, down(before + since), x + 40, down(before), fill=PINE)
        sheet.text(x, 203, row["island"], "bold")
        sheet.text(x, 194, f"open since {row['opened']}", size=7, color=QUIET)
        aside = x + 44
        for depth, words, value in (
            (before / 2, "before opening", before),
            (before + since / 2, "since opening", since),
        ):
            sheet.text(aside, down(depth) + 1, f"{value:.2f}", "bold", plate=WHITE)
            sheet.text(aside, down(depth) - 8, words, size=7, color=QUIET, plate=WHITE)
        total = f"{before + since:.2f}"
        foot = down(before + since) - 9
        sheet.text(x + 20, foot, total, "bold", color=PINE, anchor="center", plate=WHITE)
    sheet.text(left, 4, "Level in December 2024; 17 and 54 measuring points", size=7, color=QUIET)
    return sheet


def busan_transfers() -> Canvas:
    """Busan's boxes in seven years: what was transshipped stands at the foot of each bar."""
    sheet = Canvas(COLUMN, 184)
    across, up = linear(1995, 2025, 34, 216), linear(0, 25, 17, 146)
    sheet.text(0, 176, "Million TEU a year", size=7, color=QUIET)
    level_lines(sheet, up, (0, 5, 10, 15, 20, 25), 14, COLUMN)
    for row in table("busan-transfers"):
        x = across(int(row["year"]))
        total, moved = float(row["million_teu"]), float(row["transshipped_million_teu"])
        sheet.box(x - 10, up(0), x + 10, up(moved), fill=PINE)
        sheet.box(x - 10, up(moved), x + 10, up(total), fill=MIST)
        sheet.text(x, up(total) + 3.5, f"{total:.1f}", "bold", anchor="center", plate=WHITE)
        # The first bar's dark foot is too low to hold a line of type.
        if moved > 2:
            sheet.text(x, up(moved) - 8, f"{moved:.1f}", color=WHITE, anchor="center")
        else:
            sheet.text(x, up(moved) + 3, f"{moved:.1f}", color=INK, anchor="center")
        sheet.text(x, 5, row["year"], size=7, color=QUIET, anchor="center")
    sheet.line([(14, up(0)), (COLUMN, up(0))], INK, HAIR)
    key = 24.0
    for fill, words in ((MIST, "Korea's own and coastwise"), (PINE, "transshipped")):
        y = 162.0 if fill == MIST else 151.0
        sheet.box(key, y - 0.5, key + 7, y + 6, fill=fill)
        sheet.text(key + 11, y, words, size=7, plate=WHITE)
    return sheet


def storm_counts() -> Canvas:
    """Named storms of every year since 1951, with the mean across them."""
    sheet = Canvas(WIDE, 172)
    rows = [(int(r["year"]), int(r["storms"])) for r in table("storm-counts")]
    across, up = linear(1951, 2024, 24, 482), linear(0, 40, 17, 146)
    sheet.text(
        0,
        164,
        "Named storms a year, western North Pacific; dark bars: named from the Committee’s list",
        size=7,
        color=QUIET,
    )
    level_lines(sheet, up, (0, 10, 20, 30, 40), 14, WIDE)
    ends = {1967, 2010}
    for year, storms in rows:
        x = across(year)
        fill = PINE if year in ends else SLATE if year >= 2000 else STONE
        sheet.box(x - 2.2, up(0), x + 2.2, up(storms), fill=fill)
    sheet.line([(14, up(0)), (WIDE, up(0))], INK, HAIR)
    sheet.line([(across(1991) - 3, up(MEAN)), (across(2020) + 3, up(MEAN))], WHITE, 1.6)
    sheet.line(
        [(across(1991) - 3, up(MEAN)), (across(2020) + 3, up(MEAN))], INK, 0.7, dash=(2, 1.5)
    )
    sheet.text(across(1967), up(39) + 4, "1967: 39", "bold", color=PINE, anchor="center")
    # Both labels stand above the bars, each on a line through the white over lower ones.
    for when, foot, words, ink in (
        (1999.5, MEAN, f"Mean of 1991–2020: {MEAN}", INK),
        (2010, 14, "2010: 14", PINE),
    ):
        at = across(when)
        sheet.line([(at, up(foot)), (at, up(38.4))], INK, HAIR)
        face: Face = "bold" if ink == PINE else "regular"
        sheet.text(at, up(38.4) + 3, words, face, color=ink, anchor="center", plate=WHITE)
    for year in range(1955, 2025, 5):
        sheet.text(across(year), 5, str(year), size=7, color=QUIET, anchor="center")
    return sheet
