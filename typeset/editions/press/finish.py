"""Turns the engine's tagged, linked PDF into a file for the print shop.

Runs in the layout process.
"""

from __future__ import annotations

import io

import pikepdf

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Diagnostic
from typeset.editions.metadata import Standards
from typeset.editions.press.inks import Inks
from typeset.editions.press.objects import convert_objects
from typeset.editions.press.output_intent import intend_output
from typeset.editions.press.recipe import Recipe
from typeset.editions.press.sheet import fill_up, frame_pages
from typeset.editions.save import saved
from typeset.editions.xmp import write_metadata
from typeset.layout.protocol import Finished

__all__ = ["finish"]

_VERSION = "1.6"
"""The version of PDF that PDF/X-4 is based on."""
_CATALOG_KEYS = {"/Type", "/Pages", "/Lang", "/PageLabels"}
"""Keys of the catalog that stay; the others are for reading on a screen."""
_SCREEN_ONLY = ("/Annots", "/StructParents", "/Tabs")
_PLAIN_BLENDS = ("/Normal", "/Compatible")


def finish(recipe: Recipe, data: bytes) -> Finished:
    """Return the file for the print shop.

    Args:
        recipe: how the file is made.
        data: the engine's file.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        _strip(pdf)
        diagnostics = tuple(_blending_warnings(pdf))
        convert_objects(pdf, Inks(recipe.profile, black_only=recipe.black_only))
        fill_up(pdf, recipe.pages_multiple_of)
        frame_pages(pdf, recipe.sheet)
        intend_output(pdf, recipe.profile, recipe.profile_name)
        write_metadata(pdf, recipe.metadata, Standards(x="PDF/X-4"), made_of=recipe.made_of(data))
        return Finished(saved(pdf, version=_VERSION), diagnostics)


def _strip(pdf: pikepdf.Pdf) -> None:
    """Remove what print does not need: links, tags, outlines and named destinations."""
    for key in {str(key) for key in pdf.Root} - _CATALOG_KEYS:
        del pdf.Root[key]
    for page in pdf.pages:
        for key in _SCREEN_ONLY:
            if key in page.obj:
                del page.obj[key]


def _blending_warnings(pdf: pikepdf.Pdf) -> list[Diagnostic]:
    """Warn of drawings that blend colors, as the ink limit cannot be held there."""
    blends = {
        str(state.get("/BM", "/Normal"))
        for item in pdf.objects
        if isinstance(item, pikepdf.Dictionary) and "/ExtGState" in item
        for state in item.ExtGState.values()
    }
    found = sorted(blends.difference(_PLAIN_BLENDS))
    if not found:
        return []
    modes = ", ".join(one.strip("/").lower() for one in found)
    message = (
        f"a drawing blends colors ({modes}); where they lie over one another, there may be more "
        "than 300 % of ink"
    )
    hint = "export the drawing again without the filter `feBlend`"
    return [Diagnostic(Code.PRESS_BLENDING, message, hints=(hint,))]
