"""Watches the files of the publication, and the built-in templates and styles."""

from __future__ import annotations

import contextlib
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from watchfiles import Change, watch

from typeset.files.assets import styles_folder, templates_folder

__all__ = ["MOST_FOLDERS", "Watcher"]

_DEBOUNCE = 20
"""Milliseconds without a further change after which changes are reported."""
_MAX_DELAY = 400
"""Milliseconds after which they are reported in any case."""
_INTERVAL = 200
"""Milliseconds between two checks of the folder, and of all files if they are polled."""
_START_TIMEOUT = 2.0
"""Seconds to wait for the start of watching, and after a fault before another start."""
_TEMPORARY = (".swp", ".swx", ".swo", "~", ".tmp", ".part", ".crdownload")
"""The endings of temporary files of editors and browsers."""
MOST_FOLDERS = 2_000
"""The most folders to watch, as all programs share the watches of a system."""
_OUTPUT = "build"
"""The folder of a publication that builds write to."""

OnChange = Callable[[Sequence[Path]], None]


class Watcher:
    """Reports changed files until it is stopped.

    Args:
        root: the publication's folder.
        on_change: called with changed files; with none if any may have changed.
        poll: whether to poll the files, and not to rely on the system.
    """

    def __init__(
        self, root: Path, on_change: Callable[[Sequence[Path]], None], *, poll: bool
    ) -> None:
        self._root = root
        self._on_change = on_change
        self._poll = poll
        self._own = (templates_folder().resolve(), styles_folder().resolve())
        self.is_partial = False
        """Whether some folders are not watched, as there are too many."""
        self._stop = threading.Event()
        self._watching = threading.Event()
        self._thread = threading.Thread(target=self._work, name="watcher", daemon=True)

    def start(self) -> None:
        """Start watching; later changes are reported."""
        self._thread.start()
        self._watching.wait(_START_TIMEOUT)

    def stop(self) -> None:
        """Stop watching."""
        self._stop.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._stop.is_set():
            try:
                self._watch()
            except (OSError, RuntimeError):
                # The system cannot watch more files, so poll them.
                if self._poll:
                    self._stop.wait(_START_TIMEOUT)
                self._poll = True
            if not self._stop.is_set():
                self._on_change(())

    def _watch(self) -> None:
        """Report changes until the publication's folder is deleted or replaced."""
        if not self._root.is_dir():
            self._await_root()
            return
        folder = self._identity()
        again = self._watching.is_set()
        for changes in self._polled_changes() if self._poll else self._notifications():
            self._watching.set()
            if changes or again:
                # Changes before watching started again were missed, so report an unknown change.
                again = False
                self._on_change(changes)
            if self._identity() != folder:
                return

    def _notifications(self) -> Iterator[list[Path]]:
        """Yield changes from the system, and empty lists between them, until a folder is added.

        Each folder is watched by itself, since the library would follow links.
        """
        # A folder may be deleted before it is watched: `_watch` then starts again.
        with contextlib.suppress(FileNotFoundError):
            for changes in watch(
                *self._folders(),
                watch_filter=self._is_relevant,
                debounce=_MAX_DELAY,
                step=_DEBOUNCE,
                stop_event=self._stop,
                rust_timeout=_INTERVAL,
                yield_on_timeout=True,
                force_polling=False,
                raise_interrupt=False,
                recursive=False,
            ):
                yield [Path(path) for _, path in changes]
                if any(change is Change.added and _is_folder(path) for change, path in changes):
                    return

    def _polled_changes(self) -> Iterator[list[Path]]:
        """Yield what has changed between two checks of all files.

        The library can poll too, but compares times of files only by the second.
        """
        before = self._signatures()
        yield []
        while not self._stop.wait(_INTERVAL / 1000):
            now = self._signatures()
            yield [path for path in {**before, **now} if before.get(path) != now.get(path)]
            before = now

    def _folders(self) -> list[Path]:
        """Return the folders to watch, those at the top first; links are not followed."""
        found: list[Path] = []
        waiting = deque((*self._own, self._root))
        while waiting and len(found) < MOST_FOLDERS:
            folder = waiting.popleft()
            # It may be deleted, or not be readable.
            with contextlib.suppress(OSError):
                entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
                found.append(folder)
                waiting += (
                    Path(entry.path)
                    for entry in entries
                    if entry.is_dir(follow_symlinks=False)
                    and self._is_relevant(Change.added, entry.path)
                )
        self.is_partial = bool(waiting)
        return found

    def _signatures(self) -> dict[Path, tuple[int, int, int]]:
        """Return a value for each file that changes when the file does."""
        found = {}
        for folder in self._folders():
            # A file may be deleted at any time.
            with contextlib.suppress(OSError):
                for path in map(Path, os.scandir(folder)):
                    if path.is_dir() or not self._is_relevant(Change.modified, str(path)):
                        continue
                    with contextlib.suppress(OSError):
                        about = path.stat()
                        found[path] = (about.st_mtime_ns, about.st_size, about.st_ino)
        return found

    def _identity(self) -> tuple[int, int] | None:
        """Return values that identify the publication's folder; None if it is gone."""
        try:
            found = self._root.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _await_root(self) -> None:
        self._watching.set()
        while not (self._stop.wait(_INTERVAL / 1000) or self._root.is_dir()):
            pass

    def _is_relevant(self, _change: Change, name: str) -> bool:
        path = Path(name)
        for folder in (self._root, *self._own):
            if path.is_relative_to(folder):
                parts = path.relative_to(folder).parts
                hidden = any(part.startswith(".") for part in parts)
                output = folder == self._root and parts[:1] == (_OUTPUT,)
                return not (hidden or output or name.endswith(_TEMPORARY))
        return False


def _is_folder(path: str) -> bool:
    return Path(path).is_dir() and not Path(path).is_symlink()
