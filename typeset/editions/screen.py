"""The screen edition: a tagged, linked PDF for reading, accessible by PDF/UA-1."""

from __future__ import annotations

import io
from functools import partial

import pikepdf

from typeset.diagnostics import Report
from typeset.editions.base import Edition, Material
from typeset.editions.embedded_fonts import slim_fonts
from typeset.editions.links import PlaceOf, judge_links
from typeset.editions.metadata import Metadata, Standards, write_metadata
from typeset.editions.pictures import shrink_pictures
from typeset.editions.save import saved
from typeset.layout.protocol import Finished, RenderRequest

__all__ = ["SCREEN", "for_reading"]


def _prepare(material: Material, _report: Report) -> RenderRequest:
    return for_reading(material, Metadata.of_issue(material.issue, material.created, "screen"))


def for_reading(material: Material, metadata: Metadata) -> RenderRequest:
    """Return the render request of an edition for reading on screens.

    Args:
        material: what it is made of.
        metadata: the metadata of the file, with the name of the edition.
    """
    resolution = material.manifest.settings.editions.screen.resolution
    finish = partial(
        _finish,
        metadata=metadata,
        resolution=resolution,
        place_of=material.design.place_of,
    )
    return RenderRequest(metadata.edition, finish)


def _finish(data: bytes, *, metadata: Metadata, resolution: int, place_of: PlaceOf) -> Finished:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        shrink_pictures(pdf, resolution)
        slim_fonts(pdf)
        faults = judge_links(pdf, place_of)
        made_of = b"%d ppi\n%b" % (resolution, data)
        write_metadata(pdf, metadata, Standards(ua=1), made_of=made_of)
        return Finished(b"" if faults else saved(pdf), faults)


SCREEN = Edition(
    name="screen", summary="a tagged, linked PDF for reading", suffix=".pdf", prepare=_prepare
)
"""``typeset-press build``."""
