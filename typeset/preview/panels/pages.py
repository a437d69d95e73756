"""The pages of the issue as they will be printed."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from typeset.preview.panels.base import Panel
from typeset.preview.proof import Proof
from typeset.preview.revision import Revision

__all__ = ["PAGES"]


def _state(revision: Revision | None, _proof: Proof | None) -> dict[str, Any]:
    if revision is None:
        return {"pages": [], "outline": [], "changed": []}
    return {
        "pages": [sheet.as_json() for sheet in revision.sheets.sheets],
        "outline": [
            {"title": h.title, "level": h.level, "page": h.page, "top": round(h.top, 1)}
            for h in revision.outline
        ],
        "changed": revision.changed,
    }


PAGES = Panel(
    name="pages",
    title="Pages",
    state=_state,
    markup=files("typeset.preview.panels").joinpath("pages.html"),
)
