"""The screen edition: a tagged, linked PDF for reading, accessible by PDF/UA-1."""

from __future__ import annotations

from typeset.diagnostics import Report
from typeset.editions.base import Edition, Material
from typeset.pages import Finished, Print

__all__ = ["SCREEN"]


def _prepare(_material: Material, _report: Report) -> Print:
    return Print("screen", Finished)


SCREEN = Edition(name="screen", suffix=".pdf", prepare=_prepare)
"""``typeset-press build``."""
