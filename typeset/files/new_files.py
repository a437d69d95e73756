"""New files: all of them or none, and never in place of another."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from typeset.errors import EnvironmentFault

__all__ = ["contents_of", "new_file", "new_folder"]

_OF_NO_CONCERN = {".git", ".hg", ".DS_Store"}
"""What may stand in a folder that is empty to its owner."""


def contents_of(folder: Path) -> list[str]:
    """Return the names in a folder, but for those that no editor put there."""
    if not folder.is_dir():
        return []
    return sorted({path.name for path in folder.iterdir()} - _OF_NO_CONCERN)


@contextmanager
def new_folder(target: Path, files: Mapping[str, str | bytes], *, last: str) -> Iterator[Path]:
    """Write the files of a new folder, hand them over for a look, then put them in their place.

    Args:
        target: the folder; it is new or empty.
        files: their texts or bytes by their paths in the folder.
        last: the file at the top of the folder that makes it what it is; it comes last.

    Yields:
        A folder near the target that holds all files.  If the look ends in an error, nothing
        stays.

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
            _withdraw(placed, parents)


@contextmanager
def new_file(path: Path, text: str) -> Iterator[None]:
    """Write a new file; it stays only if what is then done ends well.

    Raises:
        EnvironmentFault: if it cannot be written, or is there already.
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
            _withdraw(ours, parents)


def _write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def _withdraw(placed: list[Path], parents: list[Path]) -> None:
    """Take back what was put in its place, and the folders made for it that hold nothing else."""
    # What goes wrong here is not told: the first fault is the one to tell.
    for path in placed:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink(missing_ok=True)
    for folder in parents:
        with suppress(OSError):
            folder.rmdir()
