"""Files attached to a PDF: the source that it was made of."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath

import pikepdf

__all__ = ["attach"]

_MEDIA_TYPES = {
    ".css": "text/css",
    ".gif": "image/gif",
    ".icc": "application/vnd.iccprofile",
    ".icm": "application/vnd.iccprofile",
    ".j2": "text/plain",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".markdown": "text/markdown",
    ".md": "text/markdown",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webp": "image/webp",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
}
"""Media types by file extension; the tables of systems differ."""


def attach(pdf: pikepdf.Pdf, files: Mapping[str, bytes], day: date) -> None:
    """Attach files to a PDF as the source of it, as PDF/A-3 asks for (ISO 19005-3, 6.8).

    Args:
        pdf: the PDF.
        files: the files by their paths, with forward slashes.
        day: the date to give them.
    """
    specs = {path: _attached(pdf, path, data, day) for path, data in files.items()}
    # A name tree is sorted by the bytes of its keys.
    keys = {bytes(pikepdf.String(path)): path for path in specs}
    pairs = [part for key in sorted(keys) for part in (pikepdf.String(keys[key]), specs[keys[key]])]
    names = pdf.Root.get("/Names")
    if names is None:
        names = pdf.Root["/Names"] = pikepdf.Dictionary()
    names["/EmbeddedFiles"] = pdf.make_indirect(
        pikepdf.Dictionary(Names=pikepdf.Array(pairs)),
    )
    pdf.Root["/AF"] = pikepdf.Array(list(specs.values()))


def _attached(pdf: pikepdf.Pdf, path: str, data: bytes, day: date) -> pikepdf.Object:
    dated = day.strftime("D:%Y%m%d000000Z")
    media_type = _MEDIA_TYPES.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")
    stream = pdf.make_stream(data)
    stream["/Type"] = pikepdf.Name.EmbeddedFile
    stream["/Subtype"] = pikepdf.Name(f"/{media_type}")
    stream["/Params"] = pikepdf.Dictionary(
        Size=len(data),
        CreationDate=dated,
        ModDate=dated,
        CheckSum=pikepdf.String(hashlib.md5(data, usedforsecurity=False).digest()),
    )
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Filespec,
            F=path,
            UF=path,
            Desc="Source of this issue",
            AFRelationship=pikepdf.Name.Source,
            EF=pikepdf.Dictionary(F=stream, UF=stream),
        )
    )
