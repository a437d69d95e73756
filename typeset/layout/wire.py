"""Messages between the layout process and its parent: pickled values, each with its length."""

from __future__ import annotations

import pickle
import struct
from dataclasses import dataclass
from typing import IO, Any

__all__ = ["Allowance", "Failure", "receive", "send"]

_LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the next job may take."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Failure:
    """The child could not do a job."""

    kind: str
    """``memory``, ``nested``, ``library`` or ``fault``."""
    text: str


def send(stream: IO[bytes], value: object) -> None:
    """Write one value."""
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one value.

    Raises:
        EOFError: if the stream ends before it.
    """
    header = stream.read(_LENGTH.size)
    if len(header) < _LENGTH.size:
        raise EOFError
    data = stream.read(_LENGTH.unpack(header)[0])
    return pickle.loads(data)  # noqa: S301 - both ends are this program
