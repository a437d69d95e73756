"""The standard streams: what cannot be printed never ends a command, and is not lost in silence.

While a command runs, ``sys.stdout`` and ``sys.stderr`` are streams that

- print every character: one that the stream's encoding lacks by its number, and a byte of a path
  that is no text as that byte;
- keep a fault, such as that of a full disk, for the end of the command, and drop the rest.
"""

from __future__ import annotations

import codecs
import contextlib
import io
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, TextIO, cast

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

__all__ = ["Streams", "open_streams", "takes"]

_ESCAPED = "typeset-escaped"
_STANDARD = 3
"""How many handles have a meaning: input, output, errors."""


@dataclass(slots=True)
class Outlet:
    """What became of a stream."""

    is_used: bool = False
    fault: OSError | None = None

    @property
    def lost(self) -> str:
        """Why something was not printed that somebody waits for, or nothing."""
        if self.fault is None or isinstance(self.fault, BrokenPipeError):
            return ""  # a reader that is gone wants no more
        return self.fault.strerror or str(self.fault)


@dataclass(frozen=True, slots=True)
class Streams:
    """The outlets of a command."""

    results: Outlet = field(default_factory=Outlet)
    """The standard output."""
    words: Outlet = field(default_factory=Outlet)
    """The standard error."""


@contextlib.contextmanager
def open_streams() -> Iterator[Streams]:
    """Put such streams in the place of the standard ones."""
    _occupy_handles()
    codecs.register_error(_ESCAPED, _escaped)
    before, streams = (sys.stdout, sys.stderr), Streams()
    sys.stdout = _guarded(sys.stdout, streams.results)
    sys.stderr = _guarded(sys.stderr, streams.words)
    try:
        yield streams
    finally:
        sys.stdout, sys.stderr = before


def takes(text: str) -> bool:
    """Return whether the standard output can print a text without an escape."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _guarded(stream: TextIO, outlet: Outlet) -> TextIO:
    # A stream that was closed before the command began is None.
    buffer = getattr(stream, "buffer", None)
    if buffer is None:
        return stream
    with contextlib.suppress(OSError, ValueError):
        stream.flush()
    return io.TextIOWrapper(
        cast("BinaryIO", _Guard(buffer, outlet)),
        encoding=stream.encoding,
        errors=_ESCAPED,
        newline=None if os.name == "nt" else "\n",
        write_through=True,
    )


class _Guard(io.BufferedIOBase):
    """Hands bytes on until that fails."""

    def __init__(self, stream: BinaryIO, outlet: Outlet) -> None:
        self._stream = stream
        self._outlet = outlet

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self._stream.isatty()

    def fileno(self) -> int:
        return self._stream.fileno()

    def write(self, data: ReadableBuffer, /) -> int:
        self._outlet.is_used = True
        if self._outlet.fault is None:
            try:
                self._stream.write(data)
                self._stream.flush()
            except OSError as error:
                self._outlet.fault = error
                self._silence()
        return memoryview(data).nbytes

    def _silence(self) -> None:
        """See that nobody tries again to print what is left, as Python would at its end."""
        with contextlib.suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)
            self._stream.flush()


def _escaped(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    character = error.object[error.start]
    if "\udc80" <= character <= "\udcff":
        return bytes([ord(character) - 0xDC00]), error.start + 1
    code = ord(character)
    escape = f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
    return escape, error.start + 1


def _occupy_handles() -> None:
    """Open those of the standard handles that were closed, which a file would get otherwise.

    What a library prints would then be written into that file.
    """
    handle = os.open(os.devnull, os.O_RDWR)
    while handle < _STANDARD:
        handle = os.open(os.devnull, os.O_RDWR)
    os.close(handle)
