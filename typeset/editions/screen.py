"""The screen edition: a tagged, linked PDF for reading, accessible by PDF/UA-1."""

from __future__ import annotations

import io
from functools import partial

import pikepdf

from typeset.diagnostics import Report
from typeset.editions.base import Edition, Material
from typeset.editions.metadata import Metadata, Standards, write_metadata
from typeset.editions.pictures import shrink_pictures
from typeset.editions.saving import saved
from typeset.pages import Finished, Print

__all__ = ["SCREEN"]


def _prepare(material: Material, _report: Report) -> Print:
    metadata = Metadata.of_issue(material.issue, material.created, "screen")
    resolution = material.manifest.settings.editions.screen.resolution
    return Print("screen", partial(_finish, metadata=metadata, resolution=resolution))


def _finish(data: bytes, *, metadata: Metadata, resolution: int) -> Finished:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        shrink_pictures(pdf, resolution)
        made_of = b"%d ppi\n%b" % (resolution, data)
        write_metadata(pdf, metadata, Standards(ua=1), made_of=made_of)
        return Finished(saved(pdf))


SCREEN = Edition(name="screen", suffix=".pdf", prepare=_prepare)
"""``typeset-press build``."""
