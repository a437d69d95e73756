"""The editions that an issue can be built in: one file and one row each."""

from __future__ import annotations

from typeset.editions.base import Edition, Material
from typeset.editions.html import HTML
from typeset.editions.screen import SCREEN

__all__ = ["EDITIONS", "Edition", "Material"]

EDITIONS: dict[str, Edition] = {edition.name: edition for edition in (SCREEN, HTML)}
"""Every edition by name; the first is the default."""
