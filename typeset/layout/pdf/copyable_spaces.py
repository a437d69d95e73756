"""Makes all spaces of a PDF copy as ordinary ones.

A file maps each glyph to one character.  A space of another kind often has the glyph of the
ordinary one, which would then be copied as the other kind.
"""

from __future__ import annotations

import re
from functools import partial

import pydyf

from typeset.layout.engine.pdf_objects import change_lines, unicode_maps_in

__all__ = ["plain_spaces"]

_SPACES = re.compile(b"<(?:00a0|2002|2003|2009|200a|202f)>$", re.IGNORECASE)


def plain_spaces(pdf: pydyf.PDF) -> None:
    """Let every glyph of a space stand for the ordinary one."""
    for characters in unicode_maps_in(pdf):
        change_lines(characters, partial(_SPACES.sub, b"<0020>"))
