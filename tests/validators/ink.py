"""Measures the ink at every place of the paper, on Ghostscript's plates.

What is printed outside the bleed, such as crop marks on every plate, is cut off and not counted.
"""

from __future__ import annotations

import functools
import math
import tempfile
from pathlib import Path
from typing import Any

import pikepdf
import PIL.Image
import PIL.ImageChops
import PIL.ImageMath

from tests.validators.tools import exit_code, lines, run

__all__ = ["LIMIT", "judge"]

LIMIT = 300
"""The most ink of all plates together, in percent, that dries before the next sheet."""
_ROUNDING = 1
"""How far the sum may exceed it, in percent, since plates have 8 bits."""
_RESOLUTION = 150
_POINTS_PER_INCH = 72
_FULL = 255
"""The value of a plate at full ink."""


def judge(file: Path) -> tuple[str, ...]:
    """Return a line for each page with more ink than the limit somewhere inside its bleed."""
    with tempfile.TemporaryDirectory(prefix="plates-") as folder:
        plates = Path(folder)
        quiet = ("-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-dPDFSTOPONERROR")
        device = ("-sDEVICE=tiffsep", f"-r{_RESOLUTION}", "-o", plates / "page-%d.tif")
        result = run("gs", *quiet, *device, file)
        said = lines(result.stdout + result.stderr)
        # It names the spot colors that it finds; that is no complaint.
        faults = [line for line in said if line.strip() and "%%SeparationName" not in line]
        faults = faults or list(exit_code(result))
        if faults:
            return tuple(faults)
        with pikepdf.open(file) as pdf:
            for number, page in enumerate(pdf.pages, 1):
                fault = _judge_page(page, sorted(plates.glob(f"page-{number}(*).tif")))
                faults += [f"page {number}: {fault}"] if fault else []
    return tuple(faults)


def _judge_page(page: pikepdf.Page, files: list[Path]) -> str:
    plates = []
    for file in files:
        with PIL.Image.open(file) as image:
            plates.append(PIL.ImageChops.invert(image.convert("L").crop(_bleed_of(page, image))))
    limit = round((LIMIT + _ROUNDING) / 100 * _FULL)
    if sum(map(_most_of, plates)) <= limit:
        return ""  # within the limit even if all plates have their maximum at the same place
    ink: PIL.Image.Image = functools.reduce(_sum, plates)
    most = _most_of(ink)
    if most <= limit:
        return ""
    area: Any = PIL.ImageMath.lambda_eval(lambda at: at["convert"](at["ink"] > limit, "L"), ink=ink)
    points = _POINTS_PER_INCH / _RESOLUTION
    left, top, right, bottom = (side * points for side in area.getbbox())
    place = f"{left:.0f} to {right:.0f} pt from the left and {top:.0f} to {bottom:.0f} pt"
    return f"{most / _FULL:.0%} of ink at {place} from the top of the bleed; the most is {LIMIT}%"


def _most_of(plate: PIL.Image.Image) -> int:
    extrema: Any = plate.getextrema()
    return int(extrema[1])


def _sum(one: Any, other: Any) -> Any:
    return PIL.ImageMath.lambda_eval(lambda at: at["one"] + at["other"], one=one, other=other)


def _bleed_of(page: pikepdf.Page, plate: PIL.Image.Image) -> tuple[int, int, int, int]:
    """Return the bleed in pixels from the top left of a plate, no pixel of it half outside."""
    box = page.obj.get("/BleedBox", page.trimbox)
    left, bottom, right, top = (float(side) for side in box)
    origin_x, origin_y = float(page.mediabox[0]), float(page.mediabox[1])
    scale = _RESOLUTION / _POINTS_PER_INCH
    return (
        math.ceil((left - origin_x) * scale),
        math.ceil(plate.height - (top - origin_y) * scale),
        math.floor((right - origin_x) * scale),
        math.floor(plate.height - (bottom - origin_y) * scale),
    )
