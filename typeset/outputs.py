"""Writing results: a file is there whole, or as it was before."""

from __future__ import annotations

import hashlib
import os
import secrets
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
    temporary = path.with_name(f".typeset-{secrets.token_hex(8)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise EnvironmentFault(f"{path} cannot be written: {error.strerror or error}") from error
    return hashlib.sha256(data).hexdigest()
