"""The standard streams: output that fails neither stops a command nor goes unreported.

While a command runs, ``sys.stdout`` and ``sys.stderr`` are streams that

- print every character: one that the encoding lacks as an escape with its number, and an
  undecodable byte of a path as that byte;
- remember the first error, such as a full disk, for the end of the command, and drop later output.
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

__all__ = ["Streams", "can_print", "open_streams"]

_ESCAPED = "typeset-escaped"
_STANDARD = 3
"""How many file descriptors are standard: input, output and errors."""


@dataclass(slots=True)
class Outlet:
    """Whether a stream was used, and the error that stopped it."""

    is_used: bool = False
    fault: OSError | None = None

    @property
    def lost(self) -> str:
        """Why output was lost, or an empty text."""
        if self.fault is None or isinstance(self.fault, BrokenPipeError):
            return ""  # the reader, such as `head`, has all it wants
        return self.fault.strerror or str(self.fault)


@dataclass(frozen=True, slots=True)
class Streams:
    """The state of both output streams of a command."""

    results: Outlet = field(default_factory=Outlet)
    """The standard output."""
    words: Outlet = field(default_factory=Outlet)
    """The standard error."""


@contextlib.contextmanager
def open_streams() -> Iterator[Streams]:
    """Replace the standard streams with those that the module describes."""
    _occupy_handles()
    codecs.register_error(_ESCAPED, _escaped)
    before, streams = (sys.stdout, sys.stderr), Streams()
    sys.stdout = _guarded(sys.stdout, streams.results)
    sys.stderr = _guarded(sys.stderr, streams.words)
    try:
        yield streams
    finally:
        sys.stdout, sys.stderr = before


def can_print(text: str) -> bool:
    """Return whether the standard output can print a text without an escape."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _guarded(stream: TextIO, outlet: Outlet) -> TextIO:
    # Python sets a stream that was closed before the start to None.
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
    """Passes bytes on until that fails, then drops them."""

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
        """Send the rest to the null device, as Python would otherwise fail again at exit."""
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
    """Open the standard file descriptors that are closed.

    A file opened later would get such a number, and what a library prints would go into it.
    """
    handle = os.open(os.devnull, os.O_RDWR)
    while handle < _STANDARD:
        handle = os.open(os.devnull, os.O_RDWR)
    os.close(handle)
