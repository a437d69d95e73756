"""No layout process outlives the one that started it, whatever ends that and whatever is done."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest

import typeset.layout.process.lifeline
from tests.publications import write_publication
from typeset.diagnostics import Report
from typeset.errors import ContentError
from typeset.layout.process.parent import LayoutProcess
from typeset.layout.protocol import MakeJob, silent
from typeset.limits import LayoutLimits, Limit

PATIENCE = 60.0
"""Seconds after which a test gives up on a process."""
SOON = 6.0
"""Seconds within which a child ends; it takes one, or three, where the machine is not busy."""

ENDLESS = {
    "in Python": "partial(exec, 'while True: pass')",
    "asleep": "partial(time.sleep, 1000)",
    # The interpreter's lock is held, and no other thread is ever run.
    "in C": "partial(re.match, '(a|a)*b', 'a' * 100)",
}
PARENT = """
import re, sys, time
from functools import partial
from typeset.cli.signals import signals_as_exceptions
from typeset.diagnostics import Report
from typeset.errors import EnvironmentFault
from typeset.layout.process.parent import LayoutProcess
from typeset.limits import LayoutLimits, Limit
from typeset.layout.protocol import silent

def lay_out():
    limits = LayoutLimits(Limit(300, "a"), Limit(4096, "b"))
    with LayoutProcess(limits=limits, report=Report()) as warm:
        with LayoutProcess(limits=limits, report=Report()) as process:
            try:
                process.run(int, silent)  # the engine is loaded
            except EnvironmentFault:
                print(warm._child.pid, process._child.pid, flush=True)
            process.run({job}, silent)

def as_a_command():
    with signals_as_exceptions():
        lay_out()

{start}
"""
"""A program with two layout processes: one waits for work, the other one works without end."""


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def has_used(pid: int) -> float:
    """Seconds of the processor that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def within(seconds: float, condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


@contextmanager
def working(
    scratch: Path, job: str, start: str = "lay_out()"
) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """Run the program until its layout process is in the midst of an endless job."""
    scratch.mkdir()
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT.format(job=ENDLESS[job], start=start)],
        env=os.environ | {"TMPDIR": str(scratch)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),  # noqa: PLW1509
    )
    assert parent.stdout is not None
    children = [int(pid) for pid in parent.stdout.readline().split()]
    try:
        at_work = has_used(children[1]) + (0.5 if job != "asleep" else 0.0)
        assert within(PATIENCE, lambda: has_used(children[1]) >= at_work)
        time.sleep(0.5)
        yield parent, children
    finally:
        parent.kill()
        parent.communicate()
        for child in children:
            if is_alive(child):
                os.kill(child, signal.SIGKILL)


@pytest.mark.slow
@pytest.mark.parametrize("job", ENDLESS)
def test_a_child_ends_soon_after_a_parent_that_is_killed(tmp_path: Path, job: str) -> None:
    with working(tmp_path / "scratch", job) as (parent, children):
        parent.kill()
        parent.wait()
        assert within(SOON, lambda: not any(map(is_alive, children)))
        left = list((tmp_path / "scratch").iterdir())
    # What holds the lock cannot tidy up.
    assert len(left) == (job == "in C")


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda one: one.name)
@pytest.mark.parametrize("start", ["lay_out()", "as_a_command()"])
def test_a_parent_that_is_asked_to_end_leaves_nothing(
    tmp_path: Path, number: signal.Signals, start: str
) -> None:
    """Neither a program of the user's, which such a signal kills, nor the command."""
    with working(tmp_path / "scratch", "in Python", start) as (parent, children):
        parent.send_signal(number)
        _, err = parent.communicate(timeout=PATIENCE)
        is_command = start != "lay_out()"
        assert parent.returncode == (128 + number if is_command else -number)
        assert err == ""
        assert within(SOON, lambda: not any(map(is_alive, children)))
        assert list((tmp_path / "scratch").iterdir()) == []


def cpu_limit(pid: int) -> float:
    """The processor time that a process may use, in seconds."""
    text = Path(f"/proc/{pid}/limits").read_text()
    found = re.search(r"Max cpu time +(\S+)", text)
    assert found is not None
    return float("inf") if found[1] == "unlimited" else float(found[1])


def limited(seconds: int) -> LayoutLimits:
    return LayoutLimits(Limit(seconds, "a"), Limit(4096, "b"))


@pytest.mark.slow
def test_each_job_gets_an_allowance_of_its_own() -> None:
    """However much a warm process has worked before."""
    report = Report()
    with LayoutProcess(limits=limited(100), report=report) as process:
        child = process._child.pid
        job = cast(MakeJob, partial(exec, "sum(range(60_000_000))"))
        limits = []
        for _ in range(2):
            with pytest.raises(Exception, match="unknown answer"):
                process.run(job, silent)
            limits.append(cpu_limit(child))
        assert 100 < limits[0] < limits[-1] < has_used(child) + 100 + 15


@pytest.mark.slow
def test_a_child_that_nobody_stops_is_stopped_by_the_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As where its parent was stopped itself; the parent then says what it would have said."""
    report = Report()
    with LayoutProcess(limits=limited(1), report=report) as process:
        monkeypatch.setattr(process, "_stop", lambda: None)
        with pytest.raises(ContentError):
            process.run(cast(MakeJob, partial(exec, "while True: pass")), silent)
        assert process._child.returncode == -signal.SIGXCPU
    (found,) = report
    assert "more than 1 seconds" in found.message


def test_a_limit_of_the_user_s_own_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    set_to: list[Any] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (50, 60))
    monkeypatch.setattr(resource, "setrlimit", lambda *what: set_to.append(what))
    typeset.layout.process.lifeline.allow_seconds(300)
    assert set_to == [(resource.RLIMIT_CPU, (60, 60))]


# Commands.


NEVER_ENDS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


def children_of(pid: int) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and is_alive(int(folder.name)):
            with suppress(FileNotFoundError, ProcessLookupError):
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                if int(fields[1]) == pid:
                    found.append(int(folder.name))
    return found


def is_busy(pid: int) -> bool:
    """Whether a child of a process has worked for some time; children come and go meanwhile."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return any(has_used(child) > 3 for child in children_of(pid))
    return False


@contextmanager
def stuck(folder: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """Run a command until the layout of an issue whose template never ends is under way."""
    issue = write_publication(folder / "publication")
    for name in ("print", "web"):
        path = folder / "publication" / "templates" / name / "nameplate.html.j2"
        path.parent.mkdir(parents=True)
        path.write_text(NEVER_ENDS)
    (folder / "scratch").mkdir()
    process = subprocess.Popen(
        [Path(sys.executable).with_name("typeset-press"), words[0], str(issue), *words[1:]],
        cwd=folder,
        env=os.environ | {"TMPDIR": str(folder / "scratch")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),  # noqa: PLW1509
    )
    children: list[int] = []
    try:
        assert within(PATIENCE, lambda: is_busy(process.pid))
        children = children_of(process.pid)
        yield process, children
    finally:
        process.kill()
        process.communicate()
        for child in filter(is_alive, children):
            os.kill(child, signal.SIGKILL)


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", [["build", "--output", "out"], ["preview", "--port", "0"]], ids=lambda words: words[0]
)
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGKILL"])
def test_a_command_that_ends_leaves_no_process_and_no_file(
    tmp_path: Path, words: list[str], name: str
) -> None:
    number = signal.Signals[name]
    with stuck(tmp_path, *words) as (process, children):
        assert children
        process.send_signal(number)
        _, err = process.communicate(timeout=PATIENCE)
        assert within(SOON, lambda: not any(map(is_alive, children)))
    if number is signal.SIGKILL:
        assert process.returncode == -number
    else:
        assert process.returncode == 128 + number
        assert err.splitlines()[-1].startswith(f"typeset: error: ended by {name}")
        assert "Traceback" not in err
    assert list((tmp_path / "scratch").iterdir()) == []
    assert not (tmp_path / "out").exists()
