"""The archive edition: the pages for good, PDF/A-3a and PDF/UA-1, with their source attached.

`typeset-press extract` writes the source to a folder, and a build of it gives the same issue.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import pikepdf

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Diagnostic, Report
from typeset.editions.attachments import attach
from typeset.editions.base import Edition, Material
from typeset.editions.embedded_fonts import slim_fonts
from typeset.editions.image_sizes import is_picture
from typeset.editions.links import PlaceOf, judge_links
from typeset.editions.metadata import Metadata, Standards, write_metadata
from typeset.editions.pictures import shrink_pictures
from typeset.editions.save import saved
from typeset.editions.srgb_profile import srgb_profile
from typeset.files.portable_paths import doubles, fault_of_source
from typeset.files.workspace import ReadProblem
from typeset.layout.protocol import Finished, RenderRequest
from typeset.source import Location

__all__ = ["ARCHIVE"]

_FONTS = {b"\0\1\0\0", b"OTTO", b"true", b"ttcf", b"wOFF", b"wOF2"}
"""How the files of fonts begin."""
_PRINTED = 4
"""The flag of an annotation that is printed with its page."""


def _prepare(material: Material, report: Report) -> RenderRequest:
    files = dict(material.files) | _profile(material)
    fonts = [path for path, data in files.items() if data[:4] in _FONTS]
    for path in fonts:
        del files[path]
        report.take(_not_attached(path))
    for name, path in material.workspace.links().items():
        report.take(_copied(name, path))
    _check_paths(files, report)
    settings = material.manifest.settings.editions.screen
    return RenderRequest(
        "archive",
        partial(
            _finish,
            metadata=Metadata.of_issue(material.issue, material.created, "archive"),
            resolution=settings.resolution,
            files=files,
            day=material.created,
            place_of=material.design.place_of,
        ),
    )


def _profile(material: Material) -> dict[str, bytes]:
    """Return the color profile of the press, which only the press edition reads."""
    reference = material.manifest.settings.editions.press.profile
    if reference is None:
        return {}
    try:
        path = material.workspace.find(reference, material.manifest.folder, ".")
        return {path: material.workspace.read_bytes(path)}
    except ReadProblem:
        return {}  # the press edition reports it, if it is built


def _not_attached(path: str) -> Diagnostic:
    return Diagnostic(
        Code.ARCHIVE_FONT,
        f"{path} is a font, and not attached to the archive",
        Location(path),
        hints=("it is also needed to build the issue from its archive",),
    )


def _copied(name: str, path: str) -> Diagnostic:
    return Diagnostic(
        Code.ARCHIVE_LINK,
        f"{name} is a link to {path}; the archive holds a copy of it",
        Location(name),
        hints=("an issue built from the archive looks the same, but its file may be another",),
    )


def _check_paths(files: Mapping[str, bytes], report: Report) -> None:
    """Report files that `extract` would refuse, or that some systems cannot hold."""
    hint = "give it another name, one that ends in .md for an article"
    for path in files:
        fault = fault_of_source(path)
        if fault:
            report.add(Code.ARCHIVE_NAME, f"{path} {fault}", Location(path), hint)
    for one, other in doubles(files):
        message = f"{other} has the same name as {one} on some systems"
        report.add(Code.ARCHIVE_NAME, message, Location(other), hint)


def _finish(
    data: bytes,
    *,
    metadata: Metadata,
    resolution: int,
    files: Mapping[str, bytes],
    day: date,
    place_of: PlaceOf,
) -> Finished:
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


ARCHIVE = Edition(
    name="archive",
    summary="a PDF/A-3a with its sources attached",
    suffix="-archive.pdf",
    prepare=_prepare,
)
"""``typeset-press build --edition archive``."""
