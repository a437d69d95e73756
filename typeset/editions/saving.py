"""Saving: the same content gives the same bytes, small ones."""

from __future__ import annotations

import io

import pikepdf

__all__ = ["saved"]


def saved(pdf: pikepdf.Pdf, *, version: str = "") -> bytes:
    """Return a file's bytes, which depend on its content alone.

    Its objects are packed in streams, and its metadata stays readable without a PDF reader.

    Args:
        pdf: the file.
        version: the version of PDF that it says it is, such as 1.6; empty leaves what it says.
    """
    if "/ID" in pdf.trailer:
        # Its first half would be kept, whatever it was made of.
        del pdf.trailer["/ID"]
    data = io.BytesIO()
    pdf.save(
        data,
        deterministic_id=True,
        force_version=version,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        # It would write the XMP packet anew, in its own way.
        fix_metadata_version=False,
    )
    return data.getvalue()
