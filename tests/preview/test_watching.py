"""Every way in which a file can change is noticed, and what editors leave about is not."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.preview.serving import PATIENCE
from typeset.preview.watching import Watcher


class Watched:
    """A folder that is watched; `told` is set when something changed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.told = threading.Event()
        self.files: set[str] = set()

    def hear(self, files: object) -> None:
        assert isinstance(files, list | tuple)
        self.files |= {Path(file).name for file in files}
        self.told.set()

    def expect(self, change: Callable[[], object]) -> None:
        self.told.clear()
        change()
        assert self.told.wait(PATIENCE)


@contextmanager
def watching(root: Path, *, poll: bool) -> Iterator[Watched]:
    watched = Watched(root)
    watcher = Watcher(root, watched.hear, poll=poll)
    watcher.start()
    try:
        yield watched
    finally:
        watcher.stop()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = (tmp_path / "publication").resolve()
    (folder / "articles").mkdir(parents=True)
    (folder / "articles" / "01.md").write_text("one")
    return folder


@pytest.mark.parametrize("poll", [False, True])
def test_every_way_to_change_a_file_is_noticed(root: Path, poll: bool) -> None:
    file = root / "articles" / "01.md"
    with watching(root, poll=poll) as watched:
        watched.expect(lambda: file.write_text("two and more"))
        beside = root / "articles" / ".01.md.new"

        def by_rename() -> None:
            beside.write_text("three, at greater length")
            beside.replace(file)

        watched.expect(by_rename)
        watched.expect(lambda: file.rename(file.with_name("02.md")))
        watched.expect(file.with_name("02.md").unlink)


def test_a_folder_that_is_new_is_watched_too(root: Path) -> None:
    with watching(root, poll=False) as watched:
        watched.expect((root / "images").mkdir)
        watched.expect(lambda: (root / "images" / "port.svg").write_text("<svg/>"))


def test_a_publication_that_comes_back_is_watched_again(root: Path) -> None:
    aside = root.with_name("aside")
    with watching(root, poll=False) as watched:
        watched.expect(lambda: root.rename(aside))
        watched.expect(lambda: shutil.copytree(aside, root))
        watched.expect(lambda: (root / "articles" / "01.md").write_text("two"))


def test_what_changes_before_the_watching_begins_again_is_told(root: Path) -> None:
    aside = root.with_name("aside")
    begun = threading.Event()

    class Late(Watcher):
        def _watch(self) -> None:
            if self._watching.is_set() and root.is_dir():
                watched.told.clear()
                (root / "articles" / "01.md").write_text("written between two watches")
                begun.set()
            super()._watch()

    watched = Watched(root)
    watcher = Late(root, watched.hear, poll=False)
    watcher.start()
    watched.expect(lambda: root.rename(aside))
    aside.rename(root)
    assert begun.wait(PATIENCE)
    assert watched.told.wait(PATIENCE)
    watcher.stop()


def test_outputs_and_what_editors_leave_about_are_no_changes(root: Path) -> None:
    with watching(root, poll=False) as watched:
        (root / "build").mkdir()
        for name in ("build/issue.pdf", "articles/.01.md.swp", "articles/01.md~", ".git"):
            (root / name).write_text("x")
        # What comes after them is told alone.
        watched.expect(lambda: (root / "issue.yaml").write_text("x"))
        assert watched.files == {"issue.yaml"}
