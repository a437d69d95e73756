"""Saving: the same content gives the same bytes, small ones."""

from __future__ import annotations

import io
import re

import pikepdf

__all__ = ["saved"]

_END = re.compile(rb"\r\nendstream\nendobj\n")
_HEAD = b">>\nstream\n"


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
    return with_plain_ends(data.getvalue())


def with_plain_ends(data: bytes) -> bytes:
    """Return a file in which no compressed stream ends in a carriage return.

    Before the line feed that comes next, it would pass for half of the line's end: the stream would
    seem to be a byte shorter than it says, which PDF/A forbids (ISO 19005-3, 6.1.7.1).  Such a
    stream gets one more byte, which is none of the compressed data, in place of a space in its
    dictionary, so that everything else stays where it is.
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
    """Return a dictionary that says one byte more and is one byte shorter, or nothing."""
    told = b"/Length %d" % length
    more = b"/Length %d" % (length + 1)
    spaces = 1 + len(more) - len(told)
    if told not in head or b"/FlateDecode" not in head or head.count(b" /") < spaces:
        return b""
    return head.replace(told, more).replace(b" /", b"/", spaces)
