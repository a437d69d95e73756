"""What a reader gets who copies text from the file: ordinary spaces.

A file says of each glyph what it stands for, and can say only one thing.  A space of another kind
often has the ordinary one's glyph, and would be copied in its place.
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
