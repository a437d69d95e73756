"""Writes a file, or a set of files, completely or not at all.

A set of files cannot be replaced in one step, so it is written beside those that it replaces, into
a folder with the parts ``new``, ``old`` and ``ready``:

1. Every new file is written into ``new`` and synced to the disk.
2. The files to be replaced are moved into ``old``.
3. ``new`` is renamed to ``ready``, which shows that step 2 is complete.
4. The files of ``ready`` are moved to their places, and the folder is synced to the disk.
5. ``old`` is deleted, then the rest.

A fault or an interruption before step 5 undoes the other steps.  If a process was killed, its parts
show how far it got, so that the next build can repair the folder: without ``ready`` it puts the old
files back, with ``ready`` it moves the new ones to their places.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from typeset.errors import EnvironmentFault

__all__ = ["write_set", "write_whole"]

_NEW, _OLD, _READY = "new", "old", "ready"
_BESIDE = ".typeset-build-"
_IS_BESIDE = re.compile(re.escape(_BESIDE) + "[0-9a-f]{16}")
_PATIENCE = 60.0
"""Seconds to wait for another build that writes to the same folder."""
_LOOK = 0.05
"""Seconds between two checks whether it has ended."""
_NO_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)
"""The errors of file systems that cannot sync a folder, or need not."""


def write_whole(path: Path, data: bytes) -> None:
    """Write a file in one step, making its folder if needed.

    Raises:
        EnvironmentFault: if the file cannot be written; an older one then stays as it is.
    """
    temporary = path.with_name(f".typeset-{secrets.token_hex(8)}")
    with _as_environment_fault(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            _write(temporary, data)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)


def write_set(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    is_stale: Callable[[str], bool] = lambda _: False,
    on_written: Callable[[], None] = lambda: None,
) -> None:
    """Write files that belong together into a folder, all of them or none.

    Builds that write to the same folder take turns, if its file system has locks.  The folder then
    holds the complete set of the last one.  First, a folder that a killed build left is repaired.

    Args:
        folder: the folder; made if needed.
        files: the data by the names of the files.
        is_stale: whether a file of another name is a result of an earlier build, to be deleted
            too; not asked of folders and links.
        on_written: called once the new files are in their places.

    Raises:
        EnvironmentFault: if they cannot be written, or another build does not end; the folder is
            then as it was.
    """
    with _as_environment_fault(folder), _locked(folder) as is_alone:
        if is_alone:
            _repair(folder)
        _replace(folder, files, is_stale, on_written)


def _replace(
    folder: Path,
    files: Mapping[str, bytes],
    is_stale: Callable[[str], bool],
    on_written: Callable[[], None],
) -> None:
    beside = folder / f"{_BESIDE}{secrets.token_hex(8)}"
    new, old, ready = (beside / part for part in (_NEW, _OLD, _READY))
    is_written = False
    try:
        old.mkdir(parents=True)
        new.mkdir()
        for name, data in files.items():
            _write(new / name, data)
        _sync_folder(new)
        for name in _names_to_replace(folder, files, is_stale):
            (folder / name).replace(old / name)
        new.replace(ready)
        for name in files:
            (ready / name).replace(folder / name)
        _sync_folder(folder)
        is_written = True
        on_written()
    finally:
        if not is_written:
            _undo(folder, beside, files)
        _remove(beside)


def _names_to_replace(
    folder: Path, files: Mapping[str, bytes], is_stale: Callable[[str], bool]
) -> list[str]:
    """Return the names of the files to be replaced or deleted."""
    names = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name in files:
                if entry.is_dir(follow_symlinks=False):
                    raise IsADirectoryError(errno.EISDIR, f"{entry.name} is a folder")
                names.append(entry.name)
            elif entry.is_file(follow_symlinks=False) and is_stale(entry.name):
                names.append(entry.name)
    return sorted(names)


def _undo(folder: Path, beside: Path, files: Mapping[str, bytes]) -> None:
    """Remove the new files, and put the old ones back."""
    try:
        ready = beside / _READY
        if ready.exists():
            for name in files:
                if not (ready / name).exists():
                    (folder / name).replace(ready / name)
            ready.replace(beside / _NEW)
        _move_all(beside / _OLD, folder)
    except OSError as error:
        hint = "make room, or make the folder writable, and build again: that puts them back"
        raise EnvironmentFault(
            f"{folder} cannot be written, and its files of before, which are kept in {beside},"
            f" cannot be put back: {error.strerror or error}",
            hint=hint,
        ) from error


def _repair(folder: Path) -> None:
    """Complete or undo what killed processes left."""
    with os.scandir(folder) as entries:
        left = [
            folder / entry.name
            for entry in entries
            if _IS_BESIDE.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False)
        ]
    for beside in left:
        is_ready = (beside / _READY).is_dir()
        _move_all(beside / (_READY if is_ready else _OLD), folder)
        _remove(beside)


def _move_all(part: Path, folder: Path) -> None:
    if part.is_dir() and not part.is_symlink():
        for path in sorted(part.iterdir()):
            path.replace(folder / path.name)


def _remove(beside: Path) -> None:
    """Delete what is no longer needed; if that fails, the next build does it."""
    try:
        _delete(beside)
    except BaseException:
        _delete(beside)  # complete the deletion even after an interruption
        raise


def _delete(beside: Path) -> None:
    old = beside / _OLD
    shutil.rmtree(old, ignore_errors=True)
    # Delete `ready` last: without it, the next build would put an incomplete `old` back.
    if not old.exists():
        shutil.rmtree(beside, ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Sync the names of a folder's files to the disk."""
    if os.name == "nt":
        return  # Windows cannot open a folder
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
    finally:
        os.close(handle)


@contextlib.contextmanager
def _as_environment_fault(path: Path) -> Iterator[None]:
    """Raise a system error as a fault of writing to a path."""
    try:
        yield
    except OSError as error:
        raise EnvironmentFault(f"{path} cannot be written: {error.strerror or error}") from error


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Make a folder, and wait until no other build writes to it.

    Yields:
        Whether that is certain.  If the caller then fails, folders that were made are removed.
    """
    made: list[Path] = []
    lock: _Lock | None = None
    try:
        lock = _wait_for(folder, made)
        yield lock.is_certain
    except BaseException:
        for path in made:
            with contextlib.suppress(OSError):  # another build may use it by now
                path.rmdir()
        raise
    finally:
        if lock is not None:
            lock.close()


def _wait_for(folder: Path, made: list[Path]) -> _Lock:
    """Make a folder, and return a lock on it.

    Args:
        folder: the folder.
        made: receives the folders that are made, the innermost first.
    """
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        made += [path for path in (folder, *folder.parents) if not path.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        lock = _Lock.of(folder)
        if lock is not None:
            return lock
        time.sleep(_LOOK)
    message = f"another build has been writing to {folder} for {_PATIENCE:.0f} s"
    raise EnvironmentFault(message, hint="end it, and build again")


class _Lock:
    """A lock on a folder, which the system releases when the process ends.

    It locks the folder itself, so it leaves no lock file.
    """

    def __init__(self, handle: int | None, *, is_certain: bool) -> None:
        self._handle = handle
        self.is_certain = is_certain
        """Whether it excludes others; not on Windows, nor on all network file systems."""

    @classmethod
    def of(cls, folder: Path) -> _Lock | None:
        """Return a lock on a folder; None if another process has it, or removed the folder."""
        try:
            import fcntl
        except ImportError:
            return cls(None, is_certain=False)
        try:
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:
            return None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # The process that made the folder may have failed and removed it since.
            if folder.exists() and os.path.samestat(folder.stat(), os.fstat(handle)):
                return cls(handle, is_certain=True)
        except BlockingIOError:
            pass
        except OSError:
            return cls(handle, is_certain=False)
        os.close(handle)
        return None

    def close(self) -> None:
        """Release the lock."""
        if self._handle is not None:
            os.close(self._handle)
