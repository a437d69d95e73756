"""Compresses each stream only once: the next file that holds it takes the same data."""

from __future__ import annotations

import zlib
from hashlib import sha256

import pydyf

from typeset.layout.engine.pdf_objects import content_of, streams_in

__all__ = ["Deflated"]

_LEVEL = 9
"""The engine's own."""


class Deflated:
    """The compressed streams of a file, by what they hold."""

    def __init__(self) -> None:
        self._data: dict[bytes, bytes] = {}

    def compress(self, pdf: pydyf.PDF) -> None:
        """Compress the streams of a file as the engine would, those of the last file at no cost."""
        last, self._data = self._data, {}
        for one in streams_in(pdf):
            if one.compress:
                content = content_of(one)
                key = sha256(content).digest()
                data = last[key] if key in last else zlib.compress(content, _LEVEL)
                self._data[key] = data
                one.stream[:], one.compress = [data], False
                one.extra["Filter"] = "/FlateDecode"
