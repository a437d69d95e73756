"""Finishes a PDF for the archive, in the layout process."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

import pikepdf

from typeset.editions.attachments import attach
from typeset.editions.base import PlaceOf
from typeset.editions.embedded_fonts import slim_fonts
from typeset.editions.image_sizes import is_picture
from typeset.editions.links import judge_links
from typeset.editions.metadata import Metadata, Standards
from typeset.editions.pictures import shrink_pictures
from typeset.editions.save import saved
from typeset.editions.srgb_profile import srgb_profile
from typeset.editions.xmp import write_metadata
from typeset.layout.protocol import Finished

__all__ = ["archive_file"]

_PRINTED = 4
"""The flag of an annotation that is printed with its page."""


def archive_file(
    data: bytes,
    metadata: Metadata,
    resolution: int,
    place_of: PlaceOf,
    *,
    files: Mapping[str, bytes],
    day: date,
) -> Finished:
    """Return the file for the archive.

    Args:
        data: the engine's file.
        metadata: the metadata to give it.
        resolution: how finely pictures are kept, in pixels an inch.
        place_of: finds the place in a template that wrote a link.
        files: the files to attach, by their paths.
        day: the date that they are given.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        shrink_pictures(pdf, resolution)
        slim_fonts(pdf)
        _show_exact_pixels(pdf)
        _print_annotations(pdf)
        _describe_colors(pdf)
        attach(pdf, files, day)
        faults = judge_links(pdf, place_of)
        made_of = b"%d ppi\n%b" % (resolution, data)
        write_metadata(pdf, metadata, Standards(ua=1, a="3A"), made_of=made_of)
        return Finished(b"" if faults else saved(pdf), faults)


def _show_exact_pixels(pdf: pikepdf.Pdf) -> None:
    """Remove the request to smooth pictures, which PDF/A forbids."""
    for item in pdf.objects:
        if is_picture(item):
            picture: Any = item
            if "/Interpolate" in picture:
                del picture["/Interpolate"]


def _print_annotations(pdf: pikepdf.Pdf) -> None:
    """Mark annotations as printed: PDF/A allows none that only a screen shows."""
    for page in pdf.pages:
        notes: Any = page.get("/Annots", ())
        for note in notes:
            note["/F"] = int(note.get("/F", 0)) | _PRINTED


def _describe_colors(pdf: pikepdf.Pdf) -> None:
    """Add sRGB as the output intent: it defines what red, green and blue mean."""
    profile = pdf.make_stream(srgb_profile())
    profile["/N"] = 3
    pdf.Root["/OutputIntents"] = pikepdf.Array(
        [
            pikepdf.Dictionary(
                Type=pikepdf.Name.OutputIntent,
                S=pikepdf.Name.GTS_PDFA1,
                OutputConditionIdentifier="sRGB IEC61966-2.1",
                Info="sRGB IEC61966-2.1",
                DestOutputProfile=profile,
            )
        ]
    )
