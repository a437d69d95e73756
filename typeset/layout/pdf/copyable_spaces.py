"""What a reader gets who copies text from the file: ordinary spaces.

A file says of each glyph what it stands for, and can say only one thing.  A space of another kind
often has the ordinary one's glyph, and would be copied in its place.
"""

from __future__ import annotations

import re

import pydyf

__all__ = ["plain_spaces"]

_SPACES = re.compile(b"<(?:00a0|2002|2003|2009|200a|202f)>$", re.IGNORECASE)


def plain_spaces(pdf: pydyf.PDF) -> None:
    """Let every glyph of a space stand for the ordinary one."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and b"begincmap" in item.stream:
            item.stream[:] = [
                _SPACES.sub(b"<0020>", line) if isinstance(line, bytes) else line
                for line in item.stream
            ]
