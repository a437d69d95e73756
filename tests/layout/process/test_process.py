"""The layout process: limits, a violent end, an interrupt, and what the engine says meanwhile."""

from __future__ import annotations

import io
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.pages import Pages, lay_out_issue, prose, with_css
from tests.publications import article, png, svg, write_publication
from typeset import build_issue
from typeset.diagnostics import Diagnostic, Report, Severity
from typeset.errors import ContentError, EnvironmentFault
from typeset.layout.lay_out import lay_out
from typeset.layout.process.messages import receive, send
from typeset.layout.process.parent import LayoutProcess
from typeset.layout.protocol import EngineRecord, LayoutJob, MakeJob, Progress, silent
from typeset.limits import LayoutLimits, Limit
from typeset.pipeline.build import layout_job, load_issue
from typeset.preflight.engine_log import check_engine
from typeset.preflight.subject import Subject

pytestmark = pytest.mark.usefixtures("layout_in_a_child")

PATIENCE = 20.0
"""Seconds after which a test gives up on a process."""


LONG_ISSUE = {f"{n}.md": article(prose(100, 100 * n)) for n in range(4)}
"""Articles whose layout takes several seconds."""


def children_of(pid: int) -> list[int]:
    """The processes that a process started, by Linux's /proc."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(fields[1]) == pid and fields[0] != "Z":
                found.append(int(folder.name))
    return found


def layouts_of(pid: int) -> list[int]:
    """The layout processes among them: the articles are read in another."""
    commands = {child: Path(f"/proc/{child}/cmdline") for child in children_of(pid)}
    service = b"typeset.layout.process.service"
    return [child for child, file in commands.items() if service in file.read_bytes()]


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)


@pytest.fixture
def building(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A build of a long text by the command, caught while its child is at work.

    It runs in a group of its own, as in a terminal, with a folder of its own for scratch files.
    """
    issue = write_publication(tmp_path / "publication", articles=LONG_ISSUE)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    command = [sys.executable, "-m", "typeset", "build", str(issue), "--output", "out"]
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(scratch)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A shell that started the tests in the background has them ignore interrupts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    try:
        wait_for(lambda: bool(layouts_of(process.pid)))
        time.sleep(1.5)  # the child is past its imports, and in the midst of the layout
        assert process.poll() is None, "the text is too short to be caught"
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def outcome(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, error = process.communicate(timeout=PATIENCE)
    return process.returncode, out, error


def test_an_interrupt_ends_everything_and_leaves_nothing(
    building: subprocess.Popen[str], tmp_path: Path
) -> None:
    (child,) = layouts_of(building.pid)
    os.killpg(building.pid, signal.SIGINT)
    code, out, error = outcome(building)
    assert code == 130
    assert out == ""
    assert "interrupted" in error
    assert "Traceback" not in error
    assert not is_alive(child)
    assert not (tmp_path / "out").exists()
    assert list((tmp_path / "scratch").iterdir()) == []


@pytest.mark.slow
def test_a_child_that_is_killed_from_outside_is_a_fault_reported_in_a_line(
    building: subprocess.Popen[str], tmp_path: Path
) -> None:
    (child,) = layouts_of(building.pid)
    os.kill(child, signal.SIGKILL)
    code, out, error = outcome(building)
    assert code == 3
    assert out == ""
    assert "the layout process ended" in error
    assert "Traceback" not in error
    assert not (tmp_path / "out").exists()


def test_what_the_system_refuses_a_child_is_no_defect_of_ours(tmp_path: Path) -> None:
    limits = LayoutLimits(Limit(60, "a"), Limit(4096, "b"))
    reads: Any = partial(open, str(tmp_path / "gone"))
    with (
        LayoutProcess(limits=limits, report=Report()) as process,
        pytest.raises(EnvironmentFault) as refused,
    ):
        process.run(reads, silent)
    assert str(tmp_path / "gone") in refused.value.message
    assert "No such file" in refused.value.message
    assert "defect" not in refused.value.hint


@pytest.mark.slow
def test_a_child_does_not_outlive_a_parent_that_is_killed(
    building: subprocess.Popen[str],
) -> None:
    (child,) = layouts_of(building.pid)
    building.kill()
    building.wait()
    wait_for(lambda: not is_alive(child))


def check_limit(folder: Path, issue: Path, setter: str, words: str, **caps: int) -> Diagnostic:
    """A build ends with one error that says whose limit was hit, and that it may be raised."""
    with pytest.raises(ContentError) as caught:
        build_issue(issue, output=folder / "out", **caps)
    (found,) = caught.value.report
    assert (found.code, found.severity) == ("layout-limit", Severity.ERROR)
    assert words in found.message
    assert f"`{setter}`" in found.message
    assert f"raise `{setter}`" in " ".join(found.hints)
    assert not (folder / "out").exists()
    assert children_of(os.getpid()) == []
    return found


def line_at(found: Diagnostic, issue: Path) -> str:
    """The line of the issue's manifest that a diagnostic names."""
    assert found.location is not None
    assert found.location.path == "2026-01-14/issue.yaml"
    return (issue / "issue.yaml").read_text("utf-8").splitlines()[found.location.line - 1]


def test_a_layout_that_takes_too_long_is_an_error_of_the_issue(
    tmp_path: Path,
) -> None:
    issue = write_publication(tmp_path, issue={"limits": {"seconds": 1}}, articles=LONG_ISSUE)
    found = check_limit(tmp_path, issue, "limits.seconds", "more than 1 seconds")
    assert "seconds: 1" in line_at(found, issue)


@pytest.mark.slow
def test_whoever_builds_caps_what_a_publication_asks_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The smallest limit wins, and is the one that is named."""
    limits = {"limits": {"seconds": 100}}
    issue = write_publication(tmp_path, issue=limits, articles=LONG_ISSUE)
    monkeypatch.setenv("TYPESET_MAX_SECONDS", "50")
    found = check_limit(tmp_path, issue, "--max-seconds", "more than 1 seconds", max_seconds=1)
    assert found.location is None
    monkeypatch.setenv("TYPESET_MAX_SECONDS", "1")
    check_limit(tmp_path, issue, "TYPESET_MAX_SECONDS", "more than 1 seconds", max_seconds=50)


@pytest.mark.slow
def test_a_layout_that_takes_too_much_memory_is_an_error_of_the_issue(tmp_path: Path) -> None:
    issue = write_publication(
        tmp_path,
        issue={"limits": {"memory_mb": 300}},
        articles={"1.md": article('Text.\n\n![A large one](x.png){alt="x"}')},
        files={"x.png": png(6300, 6300)},
    )
    found = check_limit(tmp_path, issue, "limits.memory_mb", "more than 300 MB")
    assert "memory_mb: 300" in line_at(found, issue)
    check_limit(tmp_path, issue, "--max-memory", "more than 256 MB", max_memory_mb=256)


def test_a_build_leaves_no_process_and_no_scratch_file_behind_and_reports_its_progress(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names its steps in their order, and counts the pages."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    issue = write_publication(tmp_path / "p", articles={"1.md": article(prose(12))})
    reported: list[Progress] = []
    build = build_issue(issue, output=tmp_path / "out", on_progress=reported.append)
    steps = list(dict.fromkeys(progress.step for progress in reported))
    assert steps == ["read", "grid", "layout", "verify", "write", "finish", "written"]
    assert max(progress.page for progress in reported) == build.outputs[0].pages > 1
    assert children_of(os.getpid()) == []
    assert list(scratch.iterdir()) == []


# Messages.


@pytest.fixture(scope="module")
def make_job(tmp_path_factory: pytest.TempPathFactory) -> MakeJob:
    issue = write_publication(tmp_path_factory.mktemp("job"))
    return layout_job(load_issue(issue))


def test_a_job_and_its_answer_are_plain_values(make_job: MakeJob) -> None:
    job = make_job()
    assert pickle.loads(pickle.dumps(make_job))() == job  # noqa: S301 - our own
    assert pickle.loads(pickle.dumps(job)) == job  # noqa: S301 - our own
    answer = lay_out(job, silent)
    assert pickle.loads(pickle.dumps(answer)) == answer  # noqa: S301 - our own


def test_messages_arrive_one_by_one_as_they_were_sent() -> None:
    stream = io.BytesIO()
    messages = [Progress("layout", 3), "one", b"\x00" * 100_000, None]
    for message in messages:
        send(stream, message)
    stream.seek(0)
    assert [receive(stream) for _ in messages] == messages
    with pytest.raises(EOFError):
        receive(stream)


def test_a_message_that_breaks_off_is_not_taken_for_a_whole_one() -> None:
    stream = io.BytesIO()
    send(stream, "a message of some length")
    whole = stream.getvalue()
    for length in (0, 3, 8, len(whole) - 1):
        with pytest.raises((EOFError, pickle.UnpicklingError)):
            receive(io.BytesIO(whole[:length]))


# What the engine says.


def only(pages: Pages) -> Diagnostic:
    (found,) = pages.report
    return found


def line_of(folder: Path, words: str) -> tuple[str, int]:
    """Where some words first stand in the publication's files."""
    for path in sorted(folder.parent.rglob("*.md")) + sorted(folder.parent.rglob("*.yaml")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if words in line:
                return path.relative_to(folder.parent).as_posix(), number
    raise LookupError(words)


STRANGE = [chr(0x12000 + n) for n in range(14)]
"""Cuneiform, which no font here has: a character for each place in the issue below."""


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    one = iter(STRANGE)
    first = "\n\n".join(
        [
            f"Here: {next(one)} it is.[^1]",
            f"- one\n- two\n- {next(one)}",
            f"| a | b |\n|---|---|\n| {next(one)} | d |\nTable: Of {next(one)}",
            f'![Of {next(one)}](x.png){{alt="x"}}',
            f"[^1]: Here: {next(one)} it is.",
        ]
    )
    authors = [{"name": f"Ada {next(one)}", "bio": f"On {next(one)}."}]
    head = {key: f"A {next(one)} it is" for key in ("title", "kicker", "standfirst", "takeaway")}
    return lay_out_issue(
        write_publication(
            tmp_path_factory.mktemp("strange"),
            publication={
                "name": f"The {next(one)} Brief",
                "masthead": [{"text": f"On {next(one)}."}],
            },
            articles={"1.md": article(first, authors=authors, **head)},
            files={"x.png": png(30, 20)},
        )
    )


@pytest.mark.parametrize("character", STRANGE, ids=lambda character: f"U+{ord(character):04X}")
def test_a_character_that_no_font_has_is_an_error_at_its_place(
    strange: Pages, character: str
) -> None:
    folder = strange.loaded.workspace.root / strange.loaded.manifest.folder
    (found,) = [entry for entry in strange.report if character in entry.message]
    assert (found.code, found.severity) == ("glyph-missing", Severity.ERROR)
    assert f"U+{ord(character):04X}" in found.message
    path, line = line_of(folder, character)
    assert found.location is not None
    assert found.location.path == path
    # In a list or table of several lines, its first line will do.
    assert line - 3 * (character in STRANGE[1:4]) <= found.location.line <= line


def broken(job: LayoutJob) -> LayoutJob:
    """Spoil the images of a job, as though our own look at them had missed it."""
    resources = {
        address: (kind, b"no image" if kind.startswith("image/") else data)
        for address, (kind, data) in job.resources.items()
    }
    return replace(job, resources=resources)


def missing(job: LayoutJob) -> LayoutJob:
    resources = {
        address: resource
        for address, resource in job.resources.items()
        if not resource[0].startswith("image/")
    }
    return replace(job, resources=resources)


@pytest.mark.parametrize("fault", [broken, missing])
def test_an_image_that_the_engine_cannot_show_is_an_error_at_its_figure(
    tmp_path: Path, fault: Callable[[LayoutJob], LayoutJob]
) -> None:
    issue = write_publication(
        tmp_path,
        articles={"1.md": article('Text.\n\n![A picture](images/x.png){alt="x"}')},
        files={"images/x.png": png(600, 400)},
    )
    found = only(lay_out_issue(issue, change=fault))
    assert (found.code, found.severity) == ("image-unusable", Severity.ERROR)
    assert "images/x.png" in found.message
    assert found.location is not None
    assert (found.location.path, found.location.line) == line_of(issue, "![A picture]")


def test_a_drawing_that_reaches_out_to_the_network_is_an_error(tmp_path: Path) -> None:
    drawing = svg('<image href="https://example.org/x.png" width="9" height="9"/>')

    def overlooked(job: LayoutJob) -> LayoutJob:
        """Reach out, as though our own look at the drawing had missed it."""
        resources = {
            address: (kind, drawing if kind == "image/svg+xml" else data)
            for address, (kind, data) in job.resources.items()
        }
        return replace(job, resources=resources)

    issue = write_publication(
        tmp_path,
        articles={"1.md": article('Text.\n\n![A picture](x.svg){alt="x"}')},
        files={"x.svg": svg()},
    )
    report = lay_out_issue(issue, change=overlooked).report
    assert report.failed
    assert "https://example.org/x.png" in " ".join(found.message for found in report)


@pytest.mark.parametrize(
    ("css", "words"),
    [("p { colour: red }", "colour"), ("p { width: wide }", "wide"), ("p ! { color: red }", "!")],
)
def test_styles_that_the_engine_does_not_know_are_a_warning(
    tmp_path: Path, css: str, words: str
) -> None:
    found = only(lay_out_issue(write_publication(tmp_path), change=with_css(css)))
    assert (found.code, found.severity) == ("engine", Severity.WARNING)
    assert words in found.message


def test_an_error_of_the_engine_stops_the_build(tmp_path: Path) -> None:
    pages = lay_out_issue(write_publication(tmp_path))
    records = (EngineRecord(is_error=True, message="no such anchor"),)
    laid_out, report = replace(pages.laid_out, records=records), Report()
    check_engine(
        Subject(pages.loaded.manifest, pages.loaded.issue, pages.geometry, laid_out), report
    )
    assert [problem.code for problem in report] == ["engine-error"]
    assert report.failed


def test_a_layout_that_is_interrupted_ends_at_its_next_step_and_the_process_goes_on(
    tmp_path: Path,
) -> None:
    """The process knows its blocks afterwards, so that the next layout of them is fast."""
    loaded = load_issue(write_publication(tmp_path / "publication", articles=LONG_ISSUE))
    limits = LayoutLimits(Limit(300, "limits.seconds"), Limit(4096, "limits.memory_mb"))
    with LayoutProcess(limits=limits, report=Report()) as process:
        steps: list[str] = []

        def interrupt(progress: Progress) -> None:
            steps.append(progress.step)
            if len(steps) == 1:
                process.interrupt()

        with pytest.raises(EnvironmentFault, match="was interrupted"):
            process.run(layout_job(loaded), interrupt)
        assert "finish" not in steps
        assert process.is_alive
        process.interrupt()  # without a task nothing is given up
        assert process.run(layout_job(loaded), silent).pages > 3
        assert process.is_alive
