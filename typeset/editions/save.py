"""Saves PDF files, small and reproducible: the same content gives the same bytes."""

from __future__ import annotations

import io
import re

import pikepdf

__all__ = ["saved"]

_END = re.compile(rb"\r\nendstream\nendobj\n")
_HEAD = b">>\nstream\n"


def saved(pdf: pikepdf.Pdf, *, version: str = "") -> bytes:
    """Return a file's bytes, which depend only on its content.

    Its objects are compressed in streams, and its metadata stays readable without a PDF reader.

    Args:
        pdf: the file.
        version: the version of PDF to write, such as 1.6; empty leaves the present one.
    """
    if "/ID" in pdf.trailer:
        # pikepdf would keep the first half of the old id.
        del pdf.trailer["/ID"]
    data = io.BytesIO()
    pdf.save(
        data,
        deterministic_id=True,
        force_version=version,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        # Otherwise pikepdf rewrites the XMP packet.
        fix_metadata_version=False,
    )
    return with_plain_ends(data.getvalue())


def with_plain_ends(data: bytes) -> bytes:
    """Return a file in which no compressed stream ends in a carriage return.

    A validator would read the carriage return and the line feed after the stream as one line end.
    The stream would seem a byte shorter than its length, which PDF/A forbids (ISO 19005-3,
    6.1.7.1).  So a byte that is not part of the compressed data is added, and a space in the
    stream's dictionary is removed, so that all offsets stay the same.
    """
    pieces, done = [], 0
    for match in _END.finditer(data):
        end = match.start() + 1
        begin = data.rfind(_HEAD, done, end) + len(_HEAD)
        head = data.rfind(b" obj\n<<", done, begin)
        longer = _longer(data[head:begin], end - begin)
        if longer:
            pieces += [data[done:head], longer, data[begin:end], b"\0"]
            done = end
    return b"".join([*pieces, data[done:]])


def _longer(head: bytes, length: int) -> bytes:
    """Return a dictionary one byte shorter, with a length of one more, or nothing if impossible."""
    before = b"/Length %d" % length
    after = b"/Length %d" % (length + 1)
    spaces = 1 + len(after) - len(before)
    if before not in head or b"/FlateDecode" not in head or head.count(b" /") < spaces:
        return b""
    return head.replace(before, after).replace(b" /", b"/", spaces)
