"""A cache on the disk, for later builds, of what takes long to make.

What cannot be read, or is damaged, is made again without an error.  What cannot be written is not
stored.  What was not used for longest is removed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

__all__ = ["cache_folder", "key_of", "load", "store"]

_MARK = b"typeset cache 1\n"
_DIGEST = 32
_MOST_BYTES = 256 * 1024 * 1024
"""What a folder may take; the fonts of an issue take some five megabytes a family."""


def cache_folder(
    kind: str, environment: Mapping[str, str] | None = None, platform: str | None = None
) -> Path | None:
    """Return the folder for a kind of things on this system, or None if that is unknown.

    ``TYPESET_CACHE`` names a folder instead, or none if it is empty.

    Args:
        kind: its name, such as ``fonts``.
        environment: variables by name; those of this process if None.
        platform: as ``sys.platform`` has it; this one if None.
    """
    variables = os.environ if environment is None else environment
    if (own := variables.get("TYPESET_CACHE")) is not None:
        return Path(own) / kind if Path(own).is_absolute() else None
    # By its own rules, a variable that holds no absolute path counts as not set.
    home = Path(variables.get("HOME", ""))
    base = Path(variables.get("XDG_CACHE_HOME", ""))
    if not base.is_absolute():
        if not home.is_absolute():
            return None
        is_mac = (platform or sys.platform) == "darwin"
        base = home / "Library" / "Caches" if is_mac else home / ".cache"
    return base / "typeset" / kind


def key_of(file: bytes, recipe: str) -> str:
    """Return the key of what is made from a file.

    Args:
        file: such as a font.
        recipe: all else that decides on the result.
    """
    digests = (hashlib.sha256(part).digest() for part in (file, recipe.encode()))
    return hashlib.sha256(b"".join(digests)).hexdigest()


def load(folder: Path, key: str) -> bytes | None:
    """Return what was stored under a key, or None if it is not there or not whole."""
    file = folder / key
    try:
        data = file.read_bytes()
    except OSError:
        return None
    with contextlib.suppress(OSError):
        os.utime(file)  # it was used
    start = len(_MARK) + _DIGEST
    content = data[start:]
    is_whole = data[:start] == _MARK + hashlib.sha256(content).digest()
    return content if is_whole else None


def store(folder: Path, key: str, content: bytes) -> None:
    """Store bytes under a key, whole or not at all; several processes may do so at once."""
    temporary = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=f"{key}.")
        with open(handle, "wb") as file:  # noqa: PTH123 - a handle has no path
            file.write(_MARK + hashlib.sha256(content).digest() + content)
        Path(temporary).replace(folder / key)
        _limit(folder)
    except OSError:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def _limit(folder: Path) -> None:
    """Remove the files that were not used for longest, until the others are small enough."""
    used = []
    for file in folder.iterdir():
        with contextlib.suppress(OSError):  # another process has removed it
            state = file.stat()
            used.append((state.st_mtime_ns, state.st_size, file))
    room = _MOST_BYTES
    for _, size, file in sorted(used, reverse=True):
        room -= size
        if room < 0:
            with contextlib.suppress(OSError):
                file.unlink()
