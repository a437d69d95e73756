"""Watching files: the publication's, and the templates and styles that come with typeset."""

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

_QUIET = 20
"""Milliseconds without a further change after which changes are told."""
_LONGEST = 400
"""Milliseconds after which they are told in any case."""
_LOOK = 200
"""Milliseconds between two looks: whether the folder is still there; and at the files, where the
system does not tell of changes."""
_PATIENCE = 2.0
"""Seconds to wait for the watching to begin."""
_PASSING = (".swp", ".swx", ".swo", "~", ".tmp", ".part", ".crdownload")
"""Ends of the names of files that editors and browsers make for a while."""
MOST_FOLDERS = 2_000
"""Folders that are watched; a system has so many watches for all programs."""
_OUTPUT = "build"
"""The folder of a publication that builds write to."""

OnChange = Callable[[Sequence[Path]], None]


class Watcher:
    """Tells of changed files until it is stopped.

    Args:
        root: the publication's folder.
        on_change: told of changed files; of none where any may have changed.
        poll: whether to look at the files from time to time, and not to ask the system.
    """

    def __init__(
        self, root: Path, on_change: Callable[[Sequence[Path]], None], *, poll: bool
    ) -> None:
        self._root = root
        self._on_change = on_change
        self._poll = poll
        self._own = (templates_folder().resolve(), styles_folder().resolve())
        self.is_partial = False
        """Whether there are more folders than are watched."""
        self._stop = threading.Event()
        self._watching = threading.Event()
        self._thread = threading.Thread(target=self._work, name="watcher", daemon=True)

    def start(self) -> None:
        """Begin to watch; changes from the return on are told."""
        self._thread.start()
        self._watching.wait(_PATIENCE)

    def stop(self) -> None:
        """End."""
        self._stop.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._stop.is_set():
            try:
                self._watch()
            except (OSError, RuntimeError):
                # The system watches no more files for us, so look at them ourselves.
                if self._poll:
                    self._stop.wait(_PATIENCE)
                self._poll = True
            if not self._stop.is_set():
                self._on_change(())

    def _watch(self) -> None:
        """Tell of changes until the publication's folder is another one, or gone."""
        if not self._root.is_dir():
            self._await_root()
            return
        folder = self._identity()
        again = self._watching.is_set()
        for changes in self._looked() if self._poll else self._heard():
            self._watching.set()
            if changes or again:
                # What changed before the watching began again was told by nobody.
                again = False
                self._on_change(changes)
            if self._identity() != folder:
                return

    def _heard(self) -> Iterator[list[Path]]:
        """Yield what the system tells of changes, and now and then nothing, to the next new folder.

        Each folder is watched by itself: the library would follow every link that it meets.
        """
        # A folder may go between the look for folders and their watching: then look again.
        with contextlib.suppress(FileNotFoundError):
            for changes in watch(
                *self._folders(),
                watch_filter=self._concerns,
                debounce=_LONGEST,
                step=_QUIET,
                stop_event=self._stop,
                rust_timeout=_LOOK,
                yield_on_timeout=True,
                force_polling=False,
                raise_interrupt=False,
                recursive=False,
            ):
                yield [Path(path) for _, path in changes]
                if any(change is Change.added and _is_folder(path) for change, path in changes):
                    return

    def _looked(self) -> Iterator[list[Path]]:
        """Yield what has changed between one look at all files and the next.

        The library could do that too, but by the second in which a file was written.
        """
        before = self._signatures()
        yield []
        while not self._stop.wait(_LOOK / 1000):
            now = self._signatures()
            yield [path for path in {**before, **now} if before.get(path) != now.get(path)]
            before = now

    def _folders(self) -> list[Path]:
        """Return the folders to be watched, those at the top first; no link is followed."""
        found: list[Path] = []
        waiting = deque((*self._own, self._root))
        while waiting and len(found) < MOST_FOLDERS:
            folder = waiting.popleft()
            # It may go, or not be ours to read.
            with contextlib.suppress(OSError):
                entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
                found.append(folder)
                waiting += (
                    Path(entry.path)
                    for entry in entries
                    if entry.is_dir(follow_symlinks=False)
                    and self._concerns(Change.added, entry.path)
                )
        self.is_partial = bool(waiting)
        return found

    def _signatures(self) -> dict[Path, tuple[int, int, int]]:
        """Return what tells one state of each file from another."""
        found = {}
        for folder in self._folders():
            # A file may go between the look at its folder and that at itself.
            with contextlib.suppress(OSError):
                for path in map(Path, os.scandir(folder)):
                    if path.is_dir() or not self._concerns(Change.modified, str(path)):
                        continue
                    with contextlib.suppress(OSError):
                        about = path.stat()
                        found[path] = (about.st_mtime_ns, about.st_size, about.st_ino)
        return found

    def _identity(self) -> tuple[int, int] | None:
        """Return what tells the publication's folder from another one of its name."""
        try:
            found = self._root.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _await_root(self) -> None:
        self._watching.set()
        while not (self._stop.wait(_LOOK / 1000) or self._root.is_dir()):
            pass

    def _concerns(self, _change: Change, name: str) -> bool:
        path = Path(name)
        for folder in (self._root, *self._own):
            if path.is_relative_to(folder):
                parts = path.relative_to(folder).parts
                hidden = any(part.startswith(".") for part in parts)
                output = folder == self._root and parts[:1] == (_OUTPUT,)
                return not (hidden or output or name.endswith(_PASSING))
        return False


def _is_folder(path: str) -> bool:
    return Path(path).is_dir() and not Path(path).is_symlink()
