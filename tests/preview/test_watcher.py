"""Every kind of change of a file is reported, but not temporary files of editors."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.preview.serving import PATIENCE
from typeset.preview import watcher as watching_module
from typeset.preview.watcher import Watcher


class Watched:
    """A watched folder; `reported` is set when something changed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.reported = threading.Event()
        self.files: set[str] = set()

    def hear(self, files: object) -> None:
        assert isinstance(files, list | tuple)
        self.files |= {Path(file).name for file in files}
        self.reported.set()

    def expect(self, change: Callable[[], object]) -> None:
        self.reported.clear()
        change()
        assert self.reported.wait(PATIENCE)


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


def test_what_changes_before_the_watching_begins_again_is_reported(root: Path) -> None:
    aside = root.with_name("aside")
    gone, begun = threading.Event(), threading.Event()

    class Late(Watcher):
        def _await_root(self) -> None:
            gone.set()
            super()._await_root()

        def _watch(self) -> None:
            if self._watching.is_set() and root.is_dir():
                watched.reported.clear()
                (root / "articles" / "01.md").write_text("written between two watches")
                begun.set()
            super()._watch()

    watched = Watched(root)
    watcher = Late(root, watched.hear, poll=False)
    watcher.start()
    root.rename(aside)
    # A folder that is back before anyone looks is the same folder, and still watched.
    assert gone.wait(PATIENCE)
    aside.rename(root)
    assert begun.wait(PATIENCE)
    assert watched.reported.wait(PATIENCE)
    watcher.stop()


def test_outputs_and_what_editors_leave_about_are_no_changes(root: Path) -> None:
    with watching(root, poll=False) as watched:
        (root / "build").mkdir()
        for name in ("build/issue.pdf", "articles/.01.md.swp", "articles/01.md~", ".git"):
            (root / name).write_text("x")
        # Only later changes are reported.
        watched.expect(lambda: (root / "issue.yaml").write_text("x"))
        assert watched.files == {"issue.yaml"}


def watched_folders(root: Path, monkeypatch: pytest.MonkeyPatch) -> set[Path]:
    """The folders below a root that the system is asked to watch."""
    asked: list[Path] = []

    def watch(*folders: Path, recursive: bool, stop_event: threading.Event, **_: object) -> object:
        assert not recursive
        asked.extend(folders)
        yield set()
        stop_event.wait(PATIENCE)

    monkeypatch.setattr(watching_module, "watch", watch)
    with watching(root, poll=False):
        pass
    return {folder for folder in asked if folder.is_relative_to(root.parent)}


def test_no_link_is_followed_and_nothing_hidden_is_watched(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = root.parent / "elsewhere"
    for number in range(30):
        (elsewhere / str(number)).mkdir(parents=True)
    (root / "images").symlink_to(elsewhere)
    (root / "again").symlink_to(root)
    (root / "round").symlink_to("round")
    for name in (".git/objects", "build/issue", "articles/deep/down"):
        (root / name).mkdir(parents=True)
    names = ("", "articles", "articles/deep", "articles/deep/down")
    assert watched_folders(root, monkeypatch) == {root / name for name in names}


def test_so_many_folders_are_watched_those_at_the_top_first(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        (root / "a" / str(number) / "inner").mkdir(parents=True)
    own = len(Watcher(root, lambda _: None, poll=False)._folders()) - 63
    assert own >= 2
    monkeypatch.setattr(watching_module, "MOST_FOLDERS", own + 5)
    assert {folder.name for folder in watched_folders(root, monkeypatch)} >= {"a", "articles"}
    watcher = Watcher(root, lambda _: None, poll=False)
    assert len(watcher._folders()) == own + 5
    assert watcher.is_partial


@pytest.mark.parametrize("poll", [False, True])
def test_what_lies_behind_a_link_out_of_the_publication_tells_nothing(
    root: Path, poll: bool
) -> None:
    elsewhere = root.parent / "elsewhere"
    elsewhere.mkdir()
    (root / "images").symlink_to(elsewhere)
    with watching(root, poll=poll) as watched:
        (elsewhere / "secret.png").write_text("x")
        watched.expect(lambda: (root / "issue.yaml").write_text("x"))
        assert "secret.png" not in watched.files


def test_a_folder_that_is_moved_in_is_watched_with_all_that_it_holds(root: Path) -> None:
    aside = root.parent / "aside"
    (aside / "deep").mkdir(parents=True)
    with watching(root, poll=False) as watched:
        watched.expect(lambda: aside.rename(root / "images"))
        deep = root / "images" / "deep" / "port.svg"

        def edit() -> None:
            deep.write_text(f"<svg>{time.monotonic_ns()}</svg>")

        # New folders are watched a moment after they are reported.
        for _ in range(50):
            edit()
            time.sleep(0.1)
            if "port.svg" in watched.files:
                break
        assert "port.svg" in watched.files
