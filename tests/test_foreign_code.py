"""No file in a publication's folder is run, whatever its name."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import typeset.doctor
from tests.parameters import slow_after
from tests.publications import write_publication
from typeset import build_issue
from typeset.preview.editors import EditorFault, open_in_editor
from typeset.programs import find_program, own_environment

PATIENCE = 60.0
"""Seconds after which a process has failed."""
SCRIPT = [str(Path(sys.executable).with_name("typeset-press"))]
SAFE_MODULE = [sys.executable, "-P", "-m", "typeset"]
MODULE = [sys.executable, "-m", "typeset"]
NEEDED = ["click", "jinja2", "markdown", "pikepdf", "PIL", "pydantic", "weasyprint", "yaml"]
"""Some of the packages that typeset imports."""


def own_names_of_python(folder: Path) -> set[str]:
    """The modules that Python itself imports for `-m`, before the first line of the module."""
    (folder / "first.py").write_text("import sys\nprint(*sys.modules)\n", "utf-8")
    reported = subprocess.run(
        [sys.executable, "-m", "first"], cwd=folder, capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in reported.stdout.split()}


class Trap:
    """A publication with a module for every name that Python may import; each leaves a mark."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "publication"
        self.issue = write_publication(self.folder)
        self._marks = folder / "marks"

    def lay(self, names: set[str]) -> None:
        text = f"with open({str(self._marks)!r}, 'a') as marks:\n    print(__file__, file=marks)\n"
        for name in names:
            (self.folder / f"{name}.py").write_text(text, "utf-8")
        if "typeset" in names:
            (self.folder / "typeset" / "layout").mkdir(parents=True)
            for inner in ("__init__", "__main__", "layout/__init__", "layout/worker"):
                (self.folder / "typeset" / f"{inner}.py").write_text(text, "utf-8")

    def caught(self) -> set[str]:
        return set(self._marks.read_text("utf-8").split()) if self._marks.exists() else set()


EVERYTHING = {*sys.stdlib_module_names, *NEEDED, "typeset"}


@pytest.fixture
def trap(tmp_path: Path) -> Trap:
    return Trap(tmp_path)


def laid_for(trap: Trap, way: list[str], tmp_path: Path) -> None:
    """Write all modules that a way of starting can be safe from.

    With a plain `-m`, Python imports the package and its own modules from the current folder before
    any code of ours runs.
    """
    spared = own_names_of_python(tmp_path) | {"typeset"} if way is MODULE else set()
    trap.lay(EVERYTHING - spared)


@pytest.mark.parametrize(
    ("words", "way"),
    slow_after(
        4,
        [
            ("build", SCRIPT),
            ("--version", SCRIPT),
            ("--version", SAFE_MODULE),
            ("--version", MODULE),
            ("build", SAFE_MODULE),
            ("build", MODULE),
        ],
    ),
    ids=lambda value: value if isinstance(value, str) else " ".join(value[1:]) or "script",
)
def test_a_command_runs_nothing_of_the_folder_that_it_is_started_in(
    trap: Trap, tmp_path: Path, way: list[str], words: str
) -> None:
    laid_for(trap, way, tmp_path)
    ran = subprocess.run(
        [*way, words], cwd=trap.folder, capture_output=True, text=True, check=False
    )
    assert trap.caught() == set()
    assert ran.returncode == 0, ran.stderr


@pytest.mark.slow
@pytest.mark.parametrize("way", [SCRIPT, MODULE], ids=["script", "-m"])
def test_neither_does_the_doctor(trap: Trap, tmp_path: Path, way: list[str]) -> None:
    laid_for(trap, way, tmp_path)
    ran = subprocess.run(
        [*way, "doctor"], cwd=trap.folder, capture_output=True, text=True, check=False
    )
    assert trap.caught() == set()
    assert "ok        layout engine" in ran.stdout


@pytest.fixture
def previewing(trap: Trap, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """What a preview prints after its first build."""
    laid_for(trap, request.param, tmp_path)
    command = [*request.param, "preview", "--port", "0"]
    process = subprocess.Popen(command, cwd=trap.folder, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        yield next((line for line in process.stderr if "pages in" in line), "")
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)
    finally:
        process.kill()
        process.communicate()


@pytest.mark.slow
@pytest.mark.parametrize("previewing", [SCRIPT, MODULE], ids=["script", "-m"], indirect=True)
def test_nor_does_the_preview(trap: Trap, previewing: str) -> None:
    assert "1 pages in" in previewing
    assert trap.caught() == set()


@pytest.mark.slow
@pytest.mark.usefixtures("reading_in_a_child", "layout_in_a_child")
def test_nor_does_a_process_that_a_program_of_the_user_s_starts(
    trap: Trap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program is elsewhere, and may import what it wants."""
    trap.lay(EVERYTHING)
    monkeypatch.chdir(trap.folder)
    assert build_issue(trap.issue, output=tmp_path / "out").outputs
    assert typeset.doctor._layout_engine().is_there
    assert trap.caught() == set()


@pytest.mark.slow
def test_the_command_is_found_in_a_checkout_that_is_not_installed(
    trap: Trap, tmp_path: Path
) -> None:
    """Its layout process imports the same package, although the current folder is on no path."""
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    home = Path(typeset.__file__).parents[1]
    for name in ("typeset", "templates", "styles"):
        (checkout / name).symlink_to(home / name)
    others = [path for path in sys.path if path and Path(path) != home]
    ran = subprocess.run(
        # Without `site`, whose files may name an installed checkout.
        [sys.executable, "-S", "-m", "typeset", "build", str(trap.issue), "--output", "out"],
        cwd=checkout,
        env=own_environment(PYTHONPATH=":".join(others)) | {"PYTHONSAFEPATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("search", [".", "", "bin"])
def test_no_program_is_taken_from_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, search: str
) -> None:
    """Even if `PATH` has the current folder, or one in it."""
    for folder in (tmp_path, tmp_path / "bin"):
        folder.mkdir(exist_ok=True)
        (folder / "fc-list").write_text("#!/bin/sh\n", "utf-8")
        (folder / "fc-list").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", search)
    assert find_program("fc-list") is None
    assert own_environment()["PATH"] == ""
    with pytest.raises(EditorFault, match="there is no command"):
        open_in_editor(["fc-list"])
    monkeypatch.setenv("PATH", f"{search}:{tmp_path}/bin")
    assert find_program("fc-list") == f"{tmp_path}/bin/fc-list"
