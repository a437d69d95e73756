"""Finishes a PDF for reading on screens, in the layout process."""

from __future__ import annotations

import io

import pikepdf

from typeset.editions.base import PlaceOf
from typeset.editions.embedded_fonts import slim_fonts
from typeset.editions.links import judge_links
from typeset.editions.metadata import Metadata, Standards
from typeset.editions.pictures import shrink_pictures
from typeset.editions.save import saved
from typeset.editions.xmp import write_metadata
from typeset.layout.protocol import Finished

__all__ = ["screen_file"]


def screen_file(data: bytes, metadata: Metadata, resolution: int, place_of: PlaceOf) -> Finished:
    """Return the file of an edition for reading.

    Args:
        data: the engine's file.
        metadata: the metadata to give it.
        resolution: how finely pictures are kept, in pixels an inch.
        place_of: finds the place in a template that wrote a link.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        shrink_pictures(pdf, resolution)
        slim_fonts(pdf)
        faults = judge_links(pdf, place_of)
        made_of = b"%d ppi\n%b" % (resolution, data)
        write_metadata(pdf, metadata, Standards(ua=1), made_of=made_of)
        return Finished(b"" if faults else saved(pdf), faults)
