"""The same inputs give the same bytes: in another place, on another day, by another hash seed."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.editions.profiles import press_profile
from tests.publications import ISSUE_FOLDER, article, png, svg, write_publication
from typeset.editions import EDITIONS

BODY = """\
A paragraph with *emphasis*, 神戸, [a link](https://example.org/) and a call.[^1]

![A photograph](images/x.png){credit="The Camera" alt="x"}

![A drawing](images/y.svg){alt="y"}

| a | b |
|---|---|
| c | d |
Table: Of letters

[^1]: A note with 港.
"""
ANOTHER_DAY = """\
import datetime, time

_SHIFT = 400 * 24 * 3600.0


class _Datetime(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().fromtimestamp(time.time(), tz)

    @classmethod
    def utcnow(cls):
        return cls.now(datetime.timezone.utc).replace(tzinfo=None)


class _Date(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())


_time, _ns, _gm, _local = time.time, time.time_ns, time.gmtime, time.localtime
time.time = lambda: _time() + _SHIFT
time.time_ns = lambda: _ns() + int(_SHIFT) * 1_000_000_000
time.gmtime = lambda seconds=None: _gm(time.time() if seconds is None else seconds)
time.localtime = lambda seconds=None: _local(time.time() if seconds is None else seconds)
datetime.datetime, datetime.date = _Datetime, _Date
"""
"""A ``sitecustomize.py``: Python runs it at the start of every process, the layout's too."""


def write(folder: Path) -> Path:
    return write_publication(
        folder,
        publication={
            "masthead": [{"text": "© {year} The Desk"}],
            "editions": {"press": {"profile": "press.icc"}},
        },
        articles={"1.md": article(BODY, authors=["Ada", "Ben"]), "2.md": article(title="Other")},
        files={
            "images/x.png": png(90, 60),
            "images/y.svg": svg(),
            "../press.icc": press_profile(),
        },
    )


def built(issue: Path, folder: Path, **environment: str) -> bytes:
    """The bytes of every edition that the command writes, started in a folder."""
    command = [sys.executable, "-m", "typeset", "build", str(issue), "--all", "--output", "out"]
    ran = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    files = sorted((folder / "out").iterdir())
    offprints = [file for file in files if "-offprint-" in file.name]
    assert len(offprints) == 2
    assert len(files) - len(offprints) == len(EDITIONS) - 1
    return b"".join(file.read_bytes() for file in files)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("usual")
    write(folder / "p")
    return folder


@pytest.fixture(scope="module")
def usual(home: Path) -> bytes:
    return built(home / "p" / ISSUE_FOLDER, home, PYTHONHASHSEED="1")


@pytest.mark.slow
def test_twice_in_a_row(usual: bytes, home: Path) -> None:
    assert built(home / "p" / ISSUE_FOLDER, home, PYTHONHASHSEED="1") == usual


@pytest.mark.slow
def test_with_another_hash_seed(usual: bytes, home: Path) -> None:
    assert built(home / "p" / ISSUE_FOLDER, home, PYTHONHASHSEED="2") == usual


@pytest.mark.slow
def test_from_another_folder_that_was_written_at_another_time(usual: bytes, tmp_path: Path) -> None:
    issue = write(tmp_path / "another folder" / "with 港 in its name")
    for path in [*issue.rglob("*"), *issue.parent.glob("*")]:
        os.utime(path, (86400, 86400))
    assert built(issue, tmp_path) == usual


@pytest.mark.slow
def test_in_another_zone_language_and_home(usual: bytes, home: Path) -> None:
    other = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "LANG": "C", "HOME": "/nonexistent"}
    assert built(home / "p" / ISSUE_FOLDER, home, PYTHONUTF8="0", **other) == usual


@pytest.fixture
def another_day(tmp_path: Path) -> dict[str, str]:
    """An environment in which the clock of every Python process is more than a year ahead."""
    (tmp_path / "clock").mkdir()
    (tmp_path / "clock" / "sitecustomize.py").write_text(ANOTHER_DAY, "utf-8")
    path = os.pathsep.join(filter(None, [str(tmp_path / "clock"), os.environ.get("PYTHONPATH")]))
    return {"PYTHONPATH": path}


@pytest.mark.slow
def test_on_another_day(usual: bytes, home: Path, another_day: dict[str, str]) -> None:
    code = "import datetime; print(datetime.datetime.now(datetime.timezone.utc).timestamp())"
    reported = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **another_day},
        capture_output=True,
        text=True,
        check=True,
    )
    assert float(reported.stdout) > datetime.now(UTC).timestamp() + 300 * 24 * 3600
    assert built(home / "p" / ISSUE_FOLDER, home, **another_day) == usual


@pytest.mark.slow
def test_a_reproducible_build_s_date_gives_other_bytes(usual: bytes, home: Path) -> None:
    assert built(home / "p" / ISSUE_FOLDER, home, SOURCE_DATE_EPOCH="86400") != usual
