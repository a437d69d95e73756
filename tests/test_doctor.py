"""``typeset-press doctor``: what this machine has, what it lacks, and how to get it."""

from __future__ import annotations

import json
import os
import stat
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

import typeset.color.press_profiles
import typeset.doctor
from tests.editions.profiles import press_profile
from typeset.cli import main
from typeset.doctor import CHECKS, Check, Found, Status, examine

HERE = Check(
    name="thing",
    purpose="a purpose",
    look=lambda: Found(is_there=True, words="seen"),
    packages={"apt-get": "libthing"},
    remedy="look elsewhere",
)


def absent(*, is_needed: bool, packages: Mapping[str, str] | None = None) -> Check:
    return Check(
        name="other thing",
        purpose="a purpose",
        look=lambda: Found(is_there=False, words="not seen"),
        is_needed=is_needed,
        packages=packages or {},
        remedy="look elsewhere",
    )


def program(folder: Path, name: str, script: str = "exit 0") -> None:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture(autouse=True)
def fresh_answers() -> None:
    typeset.doctor._families.cache_clear()


def test_this_machine_builds_so_nothing_that_is_needed_is_missing(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert main(["doctor"]) == 0
    out, err = capfd.readouterr()
    assert err == ""
    for check in CHECKS:
        assert check.name in out
    assert "missing" not in out


def test_something_needed_that_is_missing_ends_with_3(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(typeset.doctor, "CHECKS", (HERE, absent(is_needed=True)))
    assert main(["doctor"]) == 3
    out, err = capfd.readouterr()
    assert out.splitlines() == [
        "ok        thing: seen",
        "missing   other thing: not seen",
        "          for: a purpose",
        "          get: look elsewhere",
    ]
    assert "other thing" in err


def test_something_optional_that_is_missing_is_reported_and_ends_with_0(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(typeset.doctor, "CHECKS", (HERE, absent(is_needed=False)))
    assert main(["doctor"]) == 0
    assert "optional  other thing: not seen" in capfd.readouterr().out


@pytest.mark.parametrize(("is_needed", "code"), [(True, 3), (False, 0)])
def test_json_says_the_same(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], is_needed: bool, code: int
) -> None:
    monkeypatch.setattr(typeset.doctor, "CHECKS", (HERE, absent(is_needed=is_needed)))
    assert main(["doctor", "--format", "json"]) == code
    reported = json.loads(capfd.readouterr().out)
    assert reported["ok"] is not is_needed
    assert [finding["status"] for finding in reported["findings"]] == [
        "ok",
        "missing" if is_needed else "optional",
    ]
    assert reported["findings"][1]["remedy"] == "look elsewhere"


@pytest.mark.parametrize(
    ("managers", "remedy"),
    [
        (["apt-get"], "apt-get install libthing"),
        (["dnf"], "dnf install thing-libs"),
        (["brew"], "brew install thing"),
        ([], "look elsewhere"),
    ],
)
def test_the_way_to_get_it_is_this_system_s(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, managers: list[str], remedy: str
) -> None:
    for name in managers:
        program(tmp_path / "bin", name)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    packages = {"apt-get": "libthing", "dnf": "thing-libs", "brew": "thing"}
    monkeypatch.setattr(typeset.doctor, "CHECKS", (absent(is_needed=True, packages=packages),))
    assert [finding.remedy for finding in examine()] == [remedy]


def finding_of(name: str) -> tuple[Status, str]:
    """What one check finds; the others are not run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typeset.doctor, "CHECKS", [one for one in CHECKS if one.name == name])
        (finding,) = examine()
    return finding.status, finding.found


def test_families_that_fontconfig_lacks_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program(tmp_path / "bin", "fc-list", "echo 'Noto Serif CJK TC,Noto Serif CJK JP'")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert finding_of("Noto Serif CJK") == (Status.MISSING, "no SC, HK, KR")


def test_without_fontconfig_the_fonts_count_as_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert finding_of("Noto Sans CJK")[0] is Status.MISSING


def test_an_engine_that_cannot_load_its_library_is_reported_in_its_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "weasyprint").mkdir()
    broken = "raise OSError('cannot load library libpango-1.0-0')"
    (tmp_path / "weasyprint" / "__init__.py").write_text(broken, "utf-8")
    path = os.pathsep.join([str(tmp_path), *sys.path])
    monkeypatch.setenv("PYTHONPATH", path)
    status, words = finding_of("layout engine with Pango")
    assert (status, words) == (Status.MISSING, "cannot load library libpango-1.0-0")


def test_a_press_s_color_profile_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(typeset.color.press_profiles, "_FOLDERS", (str(tmp_path),))
    name = "color profile of a press"
    assert finding_of(name)[0] is Status.OPTIONAL
    profile = tmp_path / "FOGRA39.icc"
    profile.write_bytes(press_profile())
    assert finding_of(name) == (Status.OK, str(profile))


def test_a_folder_for_temporary_files_that_cannot_be_written_is_reported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    assert finding_of("folder for temporary files")[0] is Status.MISSING
