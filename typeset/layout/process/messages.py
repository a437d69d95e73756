"""Messages between the layout process and its parent: pickled values, each with its length."""

from __future__ import annotations

import pickle
import struct
from dataclasses import dataclass
from typing import IO, Any

from typeset.errors import TypesetError
from typeset.layout.protocol import ContractFault, DocumentFault

__all__ = ["Allowance", "Failure", "Raised", "receive", "send"]

_LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the next task may take."""

    seconds: int
    memory_mb: int


@dataclass(frozen=True, slots=True)
class Failure:
    """The child could not do a job."""

    kind: str
    """``interrupted``, ``memory``, ``nested``, ``library``, ``system`` or ``fault``."""
    text: str


@dataclass(frozen=True, slots=True)
class Raised:
    """The child could not do a job for a reason that the caller expects."""

    error: TypesetError | ContractFault | DocumentFault
    cause: TypesetError | None
    """What it was raised from: pickling an exception drops that."""


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
