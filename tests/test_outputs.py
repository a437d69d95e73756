"""Writing results: a file is there whole, or as it was before."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from typeset.errors import EnvironmentFault
from typeset.outputs import write_whole

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
    assert write_whole(path, NEW) == hashlib.sha256(NEW).hexdigest()
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


def test_a_fault_without_words_is_still_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise OSError("the volume is gone")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(EnvironmentFault, match="the volume is gone"):
        write_whole(tmp_path / "issue.pdf", NEW)


def test_a_folder_that_may_not_be_written_to_is_told(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Path.open

    def denied(self: Path, *arguments: Any) -> Any:  # stops root too, whom permissions do not
        if self.parent == output.parent:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return opened(self, *arguments)

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(EnvironmentFault, match="Permission denied"):
        write_whole(output, NEW)
    monkeypatch.undo()
    assert output.read_bytes() == OLD


def test_a_file_in_the_way_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "build").write_bytes(OLD)
    with pytest.raises(EnvironmentFault, match="cannot be written"):
        write_whole(tmp_path / "build" / "issue.pdf", NEW)
    assert (tmp_path / "build").read_bytes() == OLD


def test_a_folder_in_the_way_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "issue.pdf").mkdir()
    with pytest.raises(EnvironmentFault, match="cannot be written"):
        write_whole(tmp_path / "issue.pdf", NEW)
    assert names(tmp_path) == ["issue.pdf"]


def test_a_name_may_be_as_long_as_the_system_allows(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 251 + ".pdf")
    write_whole(path, NEW)
    assert path.read_bytes() == NEW
