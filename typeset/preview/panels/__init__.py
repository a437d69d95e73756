"""The panels of the preview: one file and one row each."""

from __future__ import annotations

from typeset.preview.panels.base import STATIC, Panel
from typeset.preview.panels.checks import CHECKS
from typeset.preview.panels.pages import PAGES
from typeset.preview.panels.web import WEB

__all__ = ["PANELS", "STATIC", "Panel"]

PANELS: tuple[Panel, ...] = (PAGES, WEB, CHECKS)
"""Every panel, in the order of the tabs; the first is shown until another is chosen."""
