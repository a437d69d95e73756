"""The editions that an issue can be built in: one file and one row each."""

from __future__ import annotations

from typeset.editions.archive import ARCHIVE
from typeset.editions.base import Edition, Material
from typeset.editions.html import HTML
from typeset.editions.offprints import OFFPRINTS, offprints_of
from typeset.editions.press import PRESS
from typeset.editions.screen import SCREEN

__all__ = ["DEFAULT_EDITION", "EDITIONS", "Edition", "Material", "offprints_of"]

EDITIONS: dict[str, Edition] = {
    edition.name: edition for edition in (SCREEN, PRESS, ARCHIVE, OFFPRINTS, HTML)
}
"""Every edition by name."""

DEFAULT_EDITION = SCREEN.name
"""The one that is built where none is named, and on whose pages an issue is checked."""
