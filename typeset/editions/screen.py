"""The screen edition: a tagged, linked PDF for reading, accessible by PDF/UA-1."""

from __future__ import annotations

from functools import partial

from typeset.diagnostics import Report
from typeset.editions.base import Edition, Material, PlaceOf
from typeset.editions.metadata import Metadata
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
    # Imported here, as only the layout process needs what writes files.
    from typeset.editions.screen_file import screen_file

    return screen_file(data, metadata, resolution, place_of)


SCREEN = Edition(
    name="screen", summary="a tagged, linked PDF for reading", suffix=".pdf", prepare=_prepare
)
"""``typeset-press build``."""
