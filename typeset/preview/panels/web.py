"""The issue as a web page."""

from __future__ import annotations

from importlib.resources import files

from typeset.preview.panels.base import STATIC, Panel
from typeset.preview.proof import Proof
from typeset.preview.revision import Revision

__all__ = ["WEB"]


def _state(revision: Revision | None, _proof: Proof | None) -> dict[str, str | None]:
    return {"html": revision.web if revision else ""}


WEB = Panel(
    name="html",
    title="HTML",
    state=_state,
    script=STATIC.joinpath("web.js"),
    markup=files("typeset.preview.panels").joinpath("web.html"),
)
