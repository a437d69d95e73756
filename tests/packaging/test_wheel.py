"""The wheel is complete, has no other files, and builds an issue without the checkout.

The wheel is built as for a release: the checkout becomes a source archive, and the wheel is made
from the unpacked archive, which is deleted before the wheel is tested.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from dataclasses import dataclass
from email.parser import Parser
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

CHECKOUT = Path(__file__).parents[2]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]

PUBLICATION = """\
schema: 1
name: The Test Brief
publisher: The Test Desk
language: en-US
page: letter
theme: brief
url: https://example.org/issues/{slug}/
masthead:
  - {heading: Editor-in-Chief, text: The Test Desk}
"""
ISSUE = """\
volume: 1
number: 1
date: 2026-01-14
articles:
  - articles/01-wheel.md
"""
ARTICLE = """\
---
title: A Wheel Far from Home
authors: [The Test Desk]
---
The first paragraph tells what a wheel carries.[^1]

## A heading

A second paragraph, with *emphasis* and [a link](https://example.org/).

[^1]: A note, and that is all.
"""


@dataclass(frozen=True)
class Release:
    sdist: Path
    wheel: Path

    def sources(self) -> set[str]:
        """The paths in the archive of sources, below its one folder."""
        with tarfile.open(self.sdist) as archive:
            return {name.partition("/")[2] for name in archive.getnames()}

    def files(self) -> set[str]:
        """The paths in the wheel."""
        with zipfile.ZipFile(self.wheel) as archive:
            return set(archive.namelist())


def files_below(folder: str) -> set[str]:
    """The source files of a folder of the checkout."""
    return {
        path.relative_to(CHECKOUT).as_posix()
        for path in (CHECKOUT / folder).rglob("*")
        if path.is_file()
        and {"__pycache__", "node_modules"}.isdisjoint(path.parts)
        and path.name != ".DS_Store"
    }


def hatchling(folder: Path, target: str, output: Path) -> Path:
    """Build without a network and without an environment of its own: hatchling is in the lock."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", target]
    subprocess.run([*command, "--directory", str(output)], cwd=folder, check=True)
    (built,) = output.iterdir()
    return built


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    work = tmp_path_factory.mktemp("release")
    sdist = hatchling(CHECKOUT, "sdist", work / "sdist")
    # The command, because the safe way to do it with tarfile came only in the midst of 3.11.
    (work / "sources").mkdir()
    subprocess.run(["tar", "-xf", str(sdist), "-C", str(work / "sources")], check=True)
    (sources,) = (work / "sources").iterdir()
    wheel = hatchling(sources, "wheel", work / "wheel")
    shutil.rmtree(work / "sources")
    return Release(sdist, wheel)


@pytest.fixture(scope="module")
def python(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a new environment that has the wheel, and what it depends on.

    The dependencies are borrowed from the environment that runs the tests: its packages are put on
    the new one's path, after its own, by a ``.pth`` file.  Such a file is read in the first
    environment only, so the ``.pth`` that makes the checkout importable here has no effect there.
    """
    home = tmp_path_factory.mktemp("far from home") / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    interpreter = home / "bin" / "python"
    options = ["--no-deps", "--no-index", "--quiet", "--disable-pip-version-check"]
    pip = [sys.executable, "-m", "pip", "--python", str(interpreter), "install"]
    subprocess.run([*pip, *options, str(release.wheel)], check=True)
    packages = home / Path(sysconfig.get_path("purelib")).relative_to(sys.prefix)
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "borrowed.pth").write_text("\n".join(sorted(borrowed)), "utf-8")
    return interpreter


def run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    return subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_wheel_holds_the_package_and_its_assets_and_nothing_else(release: Release) -> None:
    assets = {
        f"typeset/_assets/{file}" for file in files_below("templates") | files_below("styles")
    }
    name, version = release.wheel.name.split("-")[:2]
    metadata = {
        f"{name}-{version}.dist-info/{file}"
        for file in ("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")
    }
    assert release.files() == files_below("typeset") | assets | metadata


def test_the_archive_of_sources_can_be_built_and_tested(release: Release) -> None:
    needed = {"LICENSE", "Makefile", "PKG-INFO", "README.md", "pyproject.toml"}
    folders = ("typeset", "templates", "styles", "tests", "tools", "requirements")
    assert release.sources() >= needed.union(*map(files_below, folders))


def test_the_wheel_names_its_version_and_dependencies(release: Release) -> None:
    with zipfile.ZipFile(release.wheel) as archive:
        (path,) = (name for name in archive.namelist() if name.endswith("METADATA"))
        metadata = Parser().parsestr(archive.read(path).decode("utf-8"))
    assert metadata["Name"] == PROJECT["name"]
    assert metadata["Version"] == release.wheel.name.split("-")[1]
    required = [line for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line]
    assert len(required) == len(PROJECT["dependencies"])


def test_the_installed_package_is_the_wheel_and_not_the_checkout(
    python: Path, tmp_path: Path
) -> None:
    result = run(python, "-c", "import typeset; print(typeset.__file__)", folder=tmp_path)
    assert result.returncode == 0, result.stderr
    assert Path(result.stdout.strip()).is_relative_to(python.parents[1])


@pytest.mark.parametrize("start", ["module", "script"])
def test_the_wheel_builds_an_issue_in_an_empty_folder(
    start: str, python: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "my publication"
    (folder / "2026-01-14" / "articles").mkdir(parents=True)
    (folder / "publication.yaml").write_text(PUBLICATION, "utf-8")
    (folder / "2026-01-14" / "issue.yaml").write_text(ISSUE, "utf-8")
    (folder / "2026-01-14" / "articles" / "01-wheel.md").write_text(ARTICLE, "utf-8")

    command = [python, "-m", "typeset"] if start == "module" else [python.with_name("typeset")]
    result = run(*command, "build", "2026-01-14", folder=folder)

    assert result.returncode == 0, result.stderr
    slug = "the-test-brief-vol-1-issue-1"
    pdf = folder / "build" / slug / f"{slug}.pdf"
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert pdf.relative_to(folder).as_posix() in result.stdout


def test_the_wheel_begins_a_publication_that_builds(python: Path, tmp_path: Path) -> None:
    typeset = python.with_name("typeset")
    begun = run(typeset, "new", "publication", "--name", "The Test Brief", folder=tmp_path)
    assert begun.returncode == 0, begun.stderr
    home = tmp_path / "the-test-brief"
    article = ["new", "article", "A Wheel Far from Home"]
    for words in (["new", "issue"], article, ["build", "--strict"]):
        result = run(typeset, *words, folder=home)
        assert (result.returncode, "error" in result.stderr) == (0, False), result.stderr
    slug = "the-test-brief-vol-1-issue-2"
    assert (home / "build" / slug / f"{slug}.pdf").read_bytes().startswith(b"%PDF-")
