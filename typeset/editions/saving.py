"""Saving: the same content gives the same bytes, small ones."""

from __future__ import annotations

import io

import pikepdf

__all__ = ["saved"]


def saved(pdf: pikepdf.Pdf) -> bytes:
    """Return a file's bytes, which depend on its content alone.

    Its objects are packed in streams, and its metadata stays readable without a PDF reader.
    """
    if "/ID" in pdf.trailer:
        # Its first half would be kept, whatever it was made of.
        del pdf.trailer["/ID"]
    data = io.BytesIO()
    pdf.save(
        data,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        # It would write the XMP packet anew, in its own way.
        fix_metadata_version=False,
    )
    return data.getvalue()
