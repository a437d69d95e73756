"""A file, or a set of files, is written completely or not at all."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import typeset.files.atomic_write
from typeset.errors import EnvironmentFault
from typeset.files.atomic_write import write_set, write_whole

OLD, NEW = b"the last good issue", b"the new issue"


@pytest.fixture
def umask() -> Iterator[Callable[[int], None]]:
    """Set the mask of new files' permissions for one test."""
    before = os.umask(0o022)

    def set_mask(mask: int) -> None:
        os.umask(mask)

    yield set_mask
    os.umask(before)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A file that an earlier build wrote."""
    path = tmp_path / "build" / "issue.pdf"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_with_the_folders_that_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "build" / "the-brief" / "issue.pdf"
    write_whole(path, NEW)
    assert path.read_bytes() == NEW
    assert names(path.parent) == ["issue.pdf"]


def test_a_file_replaces_an_older_one(output: Path) -> None:
    write_whole(output, NEW)
    assert output.read_bytes() == NEW
    assert names(output.parent) == ["issue.pdf"]


def test_a_reader_of_the_older_file_keeps_it_whole(output: Path) -> None:
    with output.open("rb") as reader:
        write_whole(output, NEW)
        assert reader.read() == OLD


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_permissions_are_those_of_any_new_file(
    mask: int, mode: int, tmp_path: Path, umask: Callable[[int], None]
) -> None:
    umask(mask)
    write_whole(tmp_path / "issue.pdf", NEW)
    assert stat.S_IMODE((tmp_path / "issue.pdf").stat().st_mode) == mode


def full(*_: Any, **__: Any) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def interrupted(*_: Any, **__: Any) -> None:
    raise KeyboardInterrupt


STEPS = [(os, "fsync"), (Path, "replace"), (Path, "mkdir"), (Path, "open")]


@pytest.mark.parametrize(("owner", "step"), STEPS, ids=[step for _, step in STEPS])
def test_on_a_full_disk_the_older_file_stands(
    owner: Any, step: str, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(owner, step, full)
        with pytest.raises(EnvironmentFault) as caught:
            write_whole(output, NEW)
    assert output.read_bytes() == OLD
    assert names(output.parent) == ["issue.pdf"]
    assert str(output) in caught.value.message
    assert "No space left" in caught.value.message


def test_after_an_interruption_the_older_file_stands(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write_whole(output, NEW)
    assert output.read_bytes() == OLD
    assert names(output.parent) == ["issue.pdf"]


def test_on_a_full_disk_no_part_of_a_new_file_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EnvironmentFault):
        write_whole(tmp_path / "issue.pdf", NEW)
    assert names(tmp_path) == []


def test_a_fault_without_words_is_still_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise OSError("the volume is gone")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(EnvironmentFault, match="the volume is gone"):
        write_whole(tmp_path / "issue.pdf", NEW)


def test_a_folder_that_may_not_be_written_to_is_reported(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Path.open

    def denied(self: Path, *arguments: Any) -> Any:  # since permissions do not stop root
        if self.parent == output.parent:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return opened(self, *arguments)

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(EnvironmentFault, match="Permission denied"):
        write_whole(output, NEW)
    monkeypatch.undo()
    assert output.read_bytes() == OLD


def test_a_file_in_the_way_of_a_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "build").write_bytes(OLD)
    with pytest.raises(EnvironmentFault, match="cannot be written"):
        write_whole(tmp_path / "build" / "issue.pdf", NEW)
    assert (tmp_path / "build").read_bytes() == OLD


def test_a_folder_in_the_way_of_a_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "issue.pdf").mkdir()
    with pytest.raises(EnvironmentFault, match="cannot be written"):
        write_whole(tmp_path / "issue.pdf", NEW)
    assert names(tmp_path) == ["issue.pdf"]


def test_a_name_may_be_as_long_as_the_system_allows(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 251 + ".pdf")
    write_whole(path, NEW)
    assert path.read_bytes() == NEW


# --- Files that belong together --------------------------------------------------------------

LAST = {"i.pdf": b"old", "i.html": b"old page", "i-1.pdf": b"old one", "i-2.pdf": b"old two"}
"""What the last build wrote."""
NEXT = {"i.pdf": b"new", "i-1.pdf": b"new one", "i-3.pdf": b"new three"}
OWN = {"notes.txt": b"mine", "i-2.txt": b"mine too"}
"""Files of the user in the same folder."""
BEFORE = LAST | OWN
AFTER = NEXT | OWN | {"i.html": b"old page"}


def is_stale(name: str) -> bool:
    return name.startswith("i-") and name.endswith(".pdf")


def content(folder: Path) -> dict[str, bytes]:
    """Everything in a folder and below."""
    files = [path for path in folder.rglob("*") if not path.is_dir()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def write_next(folder: Path, reported: list[str] | None = None) -> None:
    write_set(
        folder,
        NEXT,
        is_stale=is_stale,
        on_written=lambda: None if reported is None else reported.append("written"),
    )


@pytest.fixture
def fill(tmp_path: Path) -> Callable[[], Path]:
    """Make folders in which an earlier build wrote."""

    def make() -> Path:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        for name, data in BEFORE.items():
            (folder / name).write_bytes(data)
        return folder

    return make


class Killed(BaseException):
    """Stands for the end of the process."""


class Machine:
    """Counts calls of the system, and fails at some of them.

    Args:
        patch: puts it between the code and the system.
        names: functions of ``os`` that count.
    """

    def __init__(self, patch: pytest.MonkeyPatch, names: tuple[str, ...]) -> None:
        self.steps = 0
        self._faults: dict[int, BaseException] = {}
        self._killed_at = 10_000
        for name in names:
            patch.setattr(os, name, self._counted(getattr(os, name)))
        patch.setattr(io, "open", self._opening(io.open))

    def fail(self, faults: Mapping[int, BaseException], killed_at: int = 10_000) -> None:
        """Count from now on, raise exceptions at some calls, and end all from another one on."""
        self.steps, self._faults, self._killed_at = 0, dict(faults), killed_at

    def _step(self) -> None:
        self.steps += 1
        if self.steps >= self._killed_at:
            raise Killed
        if self.steps in self._faults:
            raise self._faults[self.steps]

    def _counted(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **options: Any) -> Any:
            self._step()
            return function(*arguments, **options)

        return counted

    def _opening(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def opening(*arguments: Any, **options: Any) -> Any:
            self._step()
            file = function(*arguments, **options)
            try:
                self._step()  # what is written next
            except BaseException:
                file.close()
                raise
            return file

        return opening


CHANGES = ("mkdir", "replace", "fsync")
REMOVALS = ("unlink", "rmdir", "scandir")


@contextlib.contextmanager
def machine(names: tuple[str, ...]) -> Iterator[Machine]:
    with pytest.MonkeyPatch.context() as patch:
        yield Machine(patch, names)


def steps_of(names: tuple[str, ...], folder: Path) -> int:
    with machine(names) as counting:
        write_next(folder)
        return counting.steps


def test_a_set_replaces_the_last_one_and_what_is_no_part_of_it_any_more(
    fill: Callable[[], Path],
) -> None:
    folder, reported = fill(), list[str]()
    write_next(folder, reported)
    assert (content(folder), reported) == (AFTER, ["written"])
    assert names(folder) == sorted(AFTER), "no empty folder stays either"


def test_a_full_disk_at_any_step_leaves_the_last_set(fill: Callable[[], Path]) -> None:
    steps = steps_of(CHANGES, fill())
    assert steps > 15
    # The first call would make the folder, which exists.
    for step in range(2, steps + 1):
        folder, reported = fill(), list[str]()
        with machine(CHANGES) as failing:
            failing.fail({step: OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))})
            with pytest.raises(EnvironmentFault, match="No space left"):
                write_next(folder, reported)
        assert (content(folder), reported) == (BEFORE, []), step
        assert names(folder) == sorted(BEFORE)


def test_an_interruption_at_any_step_leaves_one_set_and_it_is_known_which(
    fill: Callable[[], Path],
) -> None:
    steps = steps_of(CHANGES + REMOVALS, fill())
    ends = set()
    for step in range(1, steps + 1):
        folder, reported = fill(), list[str]()
        with machine(CHANGES + REMOVALS) as failing:
            failing.fail({step: KeyboardInterrupt()})
            with pytest.raises(KeyboardInterrupt):
                write_next(folder, reported)
        assert content(folder) == (AFTER if reported else BEFORE), step
        assert names(folder) == sorted(content(folder))
        ends.add(bool(reported))
    assert ends == {True, False}


def test_after_a_kill_at_any_step_the_next_build_puts_all_right(
    fill: Callable[[], Path],
) -> None:
    steps = steps_of(CHANGES + REMOVALS, fill())
    for step in range(1, steps + 1):
        folder = fill()
        with machine(CHANGES + REMOVALS) as failing:
            failing.fail({}, killed_at=step)
            with pytest.raises(Killed):
                write_next(folder)
        write_set(folder, {"another.pdf": b"of another issue"})
        found = content(folder)
        assert found.pop("another.pdf")
        assert found in (BEFORE, AFTER), step
        assert names(folder) == sorted([*found, "another.pdf"])


def test_so_it_does_after_a_kill_while_a_fault_was_being_undone(
    fill: Callable[[], Path],
) -> None:
    every = CHANGES + REMOVALS
    steps = steps_of(every, fill())
    for step in range(steps // 2, steps + 1):
        for later in range(step + 1, step + 16):
            folder = fill()
            with machine(every) as failing:
                failing.fail({step: OSError(errno.EIO, "the disk fails")}, killed_at=later)
                with contextlib.suppress(Killed, EnvironmentFault):
                    write_next(folder)
            write_set(folder, {})
            assert content(folder) in (BEFORE, AFTER), (step, later)
            assert names(folder) == sorted(content(folder))


def test_where_old_files_cannot_be_put_back_it_is_said_where_they_are(
    fill: Callable[[], Path],
) -> None:
    folder = fill()
    replaced = os.replace

    def only_aside(source: Any, target: Any) -> None:
        if Path(target).parent == folder:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        replaced(source, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "replace", only_aside)
        with pytest.raises(EnvironmentFault, match=r"kept in .*\.typeset-build-") as caught:
            write_next(folder)
    assert "build again" in caught.value.hint
    write_set(folder, {})
    assert content(folder) == BEFORE


def test_a_new_folder_goes_again_with_those_above_it(tmp_path: Path) -> None:
    steps = steps_of(CHANGES, tmp_path / "first" / "i")
    for step in range(1, steps + 1):
        with machine(CHANGES) as failing:
            failing.fail({step: OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))})
            with pytest.raises(EnvironmentFault):
                write_next(tmp_path / "build" / "i")
        assert names(tmp_path) == ["first"], step


def test_links_are_replaced_and_not_followed(fill: Callable[[], Path], tmp_path: Path) -> None:
    folder, elsewhere = fill(), tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "old").mkdir()
    (elsewhere / "old" / "secret.txt").write_bytes(b"not yours")
    (folder / "i.pdf").unlink()
    (folder / "i.pdf").symlink_to(elsewhere / "old" / "secret.txt")
    (folder / "i-4.pdf").symlink_to(elsewhere / "old" / "secret.txt")
    (folder / f".typeset-build-{'0' * 16}").symlink_to(elsewhere)
    (folder / f".typeset-build-{'1' * 16}").mkdir()
    (folder / f".typeset-build-{'1' * 16}" / "old").symlink_to(elsewhere / "old")
    write_next(folder)
    assert (folder / "i.pdf").read_bytes() == b"new"
    assert not (folder / "i.pdf").is_symlink()
    assert (folder / "i-4.pdf").is_symlink(), "no build has put it there"
    assert content(elsewhere) == {"old/secret.txt": b"not yours"}
    assert not (folder / "secret.txt").exists()


def test_a_folder_in_the_way_of_one_file_stops_them_all(fill: Callable[[], Path]) -> None:
    folder = fill()
    (folder / "i-3.pdf").mkdir()
    (folder / "i-3.pdf" / "inside.txt").write_bytes(b"mine")
    with pytest.raises(EnvironmentFault, match=r"i-3\.pdf is a folder"):
        write_next(folder)
    assert content(folder) == BEFORE | {"i-3.pdf/inside.txt": b"mine"}


def test_a_set_is_written_where_folders_cannot_be_locked(
    fill: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: Any) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", unknown)
    folder = fill()
    beside = folder / f".typeset-build-{'0' * 16}"
    beside.mkdir()
    write_next(folder)
    assert beside.is_dir(), "it may be that of a build that goes on"
    assert content(folder) == AFTER


def test_a_build_that_does_not_end_is_not_waited_for_without_end(
    fill: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typeset.files.atomic_write, "_PATIENCE", 0.1)
    folder = fill()
    errors = list[str]()

    def write_another() -> None:
        try:
            write_set(folder, {"i.pdf": b"another"})
        except EnvironmentFault as fault:
            errors.append(fault.message)

    write_set(folder, NEXT, is_stale=is_stale, on_written=write_another)
    assert len(errors) == 1
    assert "another build" in errors[0]
    assert content(folder) == AFTER


def test_builds_at_the_same_time_do_not_mix(
    fill: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, another = fill(), dict.fromkeys(("i.pdf", "i-1.pdf", "i-3.pdf"), b"another")
    replaced = os.replace
    builds: list[threading.Thread] = []

    def with_another(source: Any, target: Any) -> None:
        replaced(source, target)
        if Path(target) == folder / "i.pdf" and not builds:
            builds.append(threading.Thread(target=write_set, args=(folder, another)))
            builds[0].start()
            builds[0].join(0.3)

    monkeypatch.setattr(os, "replace", with_another)
    write_next(folder)
    builds[0].join(60)
    assert content(folder) == AFTER | another
