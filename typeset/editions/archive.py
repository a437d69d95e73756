"""The archive edition: the pages for good, PDF/A-3a and PDF/UA-1, with their source attached.

`typeset-press extract` writes the source to a folder, and a build of it gives the same issue.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Diagnostic, Report
from typeset.editions.base import Edition, Material, PlaceOf
from typeset.editions.metadata import Metadata
from typeset.files.portable_paths import doubles, fault_of_source
from typeset.files.workspace import ReadProblem
from typeset.layout.protocol import Finished, RenderRequest
from typeset.source import Location

__all__ = ["ARCHIVE"]

_FONTS = {b"\0\1\0\0", b"OTTO", b"true", b"ttcf", b"wOFF", b"wOF2"}
"""How the files of fonts begin."""


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
    # Imported here, as only the layout process needs what writes files.
    from typeset.editions.archive_file import archive_file

    return archive_file(data, metadata, resolution, place_of, files=files, day=day)


ARCHIVE = Edition(
    name="archive",
    summary="a PDF/A-3a with its sources attached",
    suffix="-archive.pdf",
    prepare=_prepare,
)
"""``typeset-press build --edition archive``."""
