"""Limits have bounds, and the smallest one applies."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publications import read_manifest, write_publication
from typeset import build_issue, check_issue
from typeset.cli import main
from typeset.errors import UsageError
from typeset.limits import Caps, LayoutLimits
from typeset.pipeline.loading import limits_of
from typeset.preview.session import PreviewSession

BAD = ["abc", "0", "-1", "1.5", "99999999999999999999", "9" * 5000, "١٢"]


def limits(folder: Path, caps: Caps, **asked: int) -> LayoutLimits:
    settings = {"limits": asked} if asked else {}
    manifest, problems = read_manifest(write_publication(folder, issue=settings))
    assert problems == []
    assert manifest is not None
    return caps.lower(limits_of(manifest))


def test_the_smallest_wins_and_says_who_set_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TYPESET_MAX_SECONDS", "200")
    monkeypatch.setenv("TYPESET_MAX_MEMORY_MB", "8192")
    caps = Caps.given(seconds=250, memory_mb=3000)
    found = limits(tmp_path, caps, seconds=250, memory_mb=2000)
    assert found.amounts == (200, 2000)
    assert (found.seconds.setter, found.seconds.location) == ("TYPESET_MAX_SECONDS", None)
    assert found.memory_mb.setter == "limits.memory_mb"
    assert found.memory_mb.location is not None


def test_what_is_not_set_is_called_so(tmp_path: Path) -> None:
    found = limits(tmp_path, Caps.given())
    assert found.amounts == (300, 4096)
    assert str(found.seconds) == "where `limits.seconds` is not set"


def test_a_cap_raises_nothing(tmp_path: Path) -> None:
    assert limits(tmp_path, Caps.given(seconds=5000, memory_mb=9000)).amounts == (300, 4096)


@pytest.mark.parametrize("variable", ["TYPESET_MAX_SECONDS", "TYPESET_MAX_MEMORY_MB"])
@pytest.mark.parametrize("value", BAD)
def test_a_variable_out_of_bounds_is_wrong_usage(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    variable: str,
    value: str,
) -> None:
    monkeypatch.setenv(variable, value)
    issue = str(write_publication(tmp_path))
    for command in ("build", "preview"):
        assert main([command, issue]) == 2
        out, err = capsys.readouterr()
        assert (out, len(err.splitlines())) == ("", 1)
        assert f"`{variable}` is `{value[:20]}" in err
        assert "must be a whole number from" in err


@pytest.mark.parametrize("command", ["build", "preview"])
@pytest.mark.parametrize("option", ["--max-seconds", "--max-memory"])
@pytest.mark.parametrize("value", BAD[:5])
def test_an_option_out_of_bounds_is_wrong_usage(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    command: str,
    option: str,
    value: str,
) -> None:
    assert main([command, str(write_publication(tmp_path)), option, value]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert f"Invalid value for '{option}'" in err


@pytest.mark.parametrize("caps", [{"max_seconds": 0}, {"max_memory_mb": 255}])
def test_the_interface_has_the_same_bounds(tmp_path: Path, caps: dict[str, int]) -> None:
    issue = write_publication(tmp_path)
    with pytest.raises(UsageError, match="whole number"):
        build_issue(issue, output=tmp_path / "out", **caps)
    with pytest.raises(UsageError, match="whole number"):
        check_issue(issue, **caps)
    with pytest.raises(UsageError, match="whole number"):
        PreviewSession(issue, **caps)


def test_a_variable_that_is_empty_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TYPESET_MAX_SECONDS", "")
    assert Caps.given() == Caps()
