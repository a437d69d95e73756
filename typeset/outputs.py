"""Writing results: a file is there whole, or as it was before."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from typeset.errors import EnvironmentFault

__all__ = ["write_whole"]


def write_whole(path: Path, data: bytes) -> str:
    """Write a file in one step, making its folder if needed.

    Returns:
        The data's SHA-256, in hexadecimal.

    Raises:
        EnvironmentFault: if the file cannot be written; an older one is then untouched.
    """
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o666 & ~_umask())
        os.replace(temporary, path)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise EnvironmentFault(f"{path} cannot be written: {error.strerror}") from error
    return hashlib.sha256(data).hexdigest()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
