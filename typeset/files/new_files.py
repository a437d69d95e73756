"""Writes new files: all of them or none, and never over others."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from typeset.errors import EnvironmentFault

__all__ = ["contents_of", "new_file", "new_folder"]

_OF_NO_CONCERN = {".git", ".hg", ".DS_Store"}
"""What a folder may hold that its owner would call empty."""


def contents_of(folder: Path) -> list[str]:
    """Return the names in a folder, except those that tools put there."""
    if not folder.is_dir():
        return []
    return sorted({path.name for path in folder.iterdir()} - _OF_NO_CONCERN)


@contextmanager
def new_folder(target: Path, files: Mapping[str, str | bytes], *, last: str) -> Iterator[Path]:
    """Write the files of a new folder to a draft, let the caller check it, then move it into place.

    Args:
        target: the folder; it is new or empty.
        files: their texts or bytes by their paths in the folder.
        last: the top-level file by which the folder is recognized; it is moved last.

    Yields:
        The draft, a folder near the target with all files.  If the caller raises, nothing is
        written.

    Raises:
        EnvironmentFault: if they cannot be written.
    """
    there = target.is_dir()
    parents = [folder for folder in target.parents if not folder.exists()]
    # On the same file system as the target, and in the same publication.
    draft = (target if there else target.parent) / f".typeset-{secrets.token_hex(8)}"
    placed: list[Path] = []
    done = False
    try:
        for name, content in files.items():
            _write(draft / name, content)
        yield draft
        if there:
            for path in sorted(draft.iterdir(), key=lambda path: path.name == last):
                moved = path.replace(target / path.name)
                placed.append(moved)
        else:
            draft.replace(target)
        done = True
    except OSError as error:
        raise EnvironmentFault(f"{target} cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        if not done:
            _undo(placed, parents)


@contextmanager
def new_file(path: Path, text: str) -> Iterator[None]:
    """Write a new file, and delete it if the caller then raises.

    Raises:
        EnvironmentFault: if it cannot be written, or exists already.
    """
    parents = [folder for folder in path.parents if not folder.exists()]
    ours: list[Path] = []
    done = False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            ours.append(path)
            file.write(text.encode())
        yield
        done = True
    except OSError as error:
        raise EnvironmentFault(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        if not done:
            _undo(ours, parents)


def _write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def _undo(placed: list[Path], parents: list[Path]) -> None:
    """Delete what was written, and the folders made for it that are empty."""
    # Errors are ignored here, so that the first one is reported.
    for path in placed:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink(missing_ok=True)
    for folder in parents:
        with suppress(OSError):
            folder.rmdir()
