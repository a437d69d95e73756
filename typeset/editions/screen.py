"""The screen edition: a tagged, linked PDF for reading, accessible by PDF/UA-1."""

from __future__ import annotations

from typeset.editions.base import Edition

__all__ = ["SCREEN"]

SCREEN = Edition(name="screen", suffix=".pdf", variant="pdf/ua-1")
