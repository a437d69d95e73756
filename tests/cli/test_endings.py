"""How a command ends when something around it fails: exit code, sentence, and whole JSON."""

from __future__ import annotations

import errno
import io
import json
import os
import struct
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
from fontTools.ttLib import TTFont

import typeset.cli
import typeset.pipeline.build
from tests.commands import Command
from tests.publications import article, write_publication
from tests.theme.test_own_design import THEME, faults, write
from typeset import build_issue
from typeset.cli.endings import ending_of
from typeset.diagnostics import Report
from typeset.errors import ContentError, EnvironmentFault, UsageError
from typeset.files.slugs import plain_name
from typeset.pipeline.source_date import source_day
from typeset.theme.coverage import fault_of_font
from typeset.theme.css_nesting import line_too_deep
from typeset.theme.load import installed_theme

pytestmark = pytest.mark.slow


def shell(line: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line in the shell; ``$T`` stands for the command."""
    return subprocess.run(
        ["/bin/sh", "-c", line.replace("$T", '"$PYTHON" -m typeset')],
        cwd=folder,
        env={**os.environ, "PYTHON": sys.executable, **environment},
        capture_output=True,
        check=False,
    )


# --- Streams that cannot be printed to ---------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("$T schema article >&-", 0),
        ("$T schema article 2>&-", 0),
        ("$T schema article <&- >&- 2>&-", 0),
        ("$T schema article 2>/dev/full", 0),
        ("$T schema article >/dev/full", 3),
        ("$T --help >/dev/full", 3),
        ("$T build nowhere >&-", 2),
        ("$T build nowhere 2>&-", 2),
        ("$T build nowhere 2>/dev/full", 2),
        ("$T build nowhere --format json >/dev/full", 2),
        ("$T build --nonsense 2>/dev/full", 2),
    ],
)
def test_what_cannot_be_printed_changes_the_exit_code_only_where_results_are_lost(
    tmp_path: Path, line: str, code: int
) -> None:
    ran = shell(line, tmp_path)
    assert ran.returncode == code, ran
    assert b"Traceback" not in ran.stderr
    assert b"internal fault" not in ran.stderr
    assert b"Exception" not in ran.stderr
    if code == 3:
        assert b"the results cannot be printed: No space left on device" in ran.stderr


def test_a_reader_that_is_gone_is_no_fault(tmp_path: Path) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    ran = subprocess.run(
        [sys.executable, "-m", "typeset", "schema", "article"],
        cwd=tmp_path,
        stdout=theirs,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(theirs)
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_no_file_gets_the_handle_of_a_stream_that_was_closed(tmp_path: Path) -> None:
    code = (
        "from typeset.cli import main; import typeset.scaffold.json_schema as s, os, sys;"
        "s.render_schema = lambda kind: str(os.open('file', os.O_CREAT | os.O_WRONLY) > 2);"
        "sys.exit(main(['schema', 'article']))"
    )
    ran = shell(f'"$PYTHON" -c "{code}" <&- 2>&-', tmp_path)
    assert ran.stdout == b"True\n"


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252"])
def test_json_stays_json_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    line = "$T build 文学-é --format json 2>/dev/null"
    ran = shell(line, tmp_path, PYTHONIOENCODING=encoding)
    assert ran.returncode == 2
    assert "文学-é" in json.loads(ran.stdout.decode(encoding))["error"]["message"]


def test_a_path_of_other_bytes_is_reported_in_both_forms(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9")
    ran = shell("$T build $(printf 'caf\\351') --format json", tmp_path)
    assert json.loads(ran.stdout)["error"]["message"] == f"there is no folder {name}"
    made = shell("$T new publication $(printf 'caf\\351') --name X 2>/dev/null", tmp_path)
    assert made.stdout.startswith(b"caf\xe9/publication.yaml\n"), "as a script can use it"


@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
def test_words_are_reported_where_the_encoding_lacks_their_characters(
    tmp_path: Path, encoding: str
) -> None:
    ran = shell("$T build 文学", tmp_path, PYTHONIOENCODING=encoding)
    assert ran.returncode == 2
    assert b"there is no folder " in ran.stderr
    assert b"internal fault" not in ran.stderr


# --- JSON of every failure ---------------------------------------------------------------------


ENDINGS: dict[str, tuple[BaseException, tuple[int, str, str]]] = {
    "usage": (UsageError("no such issue", hint="name it"), (2, "usage", "no such issue")),
    "environment": (EnvironmentFault("no Pango", hint="get it"), (3, "environment", "no Pango")),
    "defect": (RuntimeError("odd"), (3, "internal", "RuntimeError: odd")),
    "recursion": (RecursionError("deep"), (3, "internal", "RecursionError")),
    "system": (OSError(errno.EIO, "bad disk", "f"), (3, "environment", "f: bad disk")),
    "interrupt": (KeyboardInterrupt(), (130, "interrupted", "nothing was written")),
    "content": (ContentError(Report()), (1, "content", "no problems")),
}


@pytest.mark.parametrize(("error", "ending"), ENDINGS.values(), ids=ENDINGS)
def test_every_failure_is_reported_as_json(
    command: Command,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    ending: tuple[int, str, str],
) -> None:
    def fail(*_arguments: object, **_options: object) -> Any:
        raise error

    monkeypatch.setattr(typeset.pipeline.build, "build_issue", fail)
    code, out, err = command("build", "x", "--format", "json")
    reported = json.loads(out)
    assert (reported["ok"], reported["outputs"], reported["diagnostics"]) == (False, [], [])
    assert set(reported["error"]) == {"kind", "message", "hint", "exit_code"}
    assert (code, reported["error"]["kind"]) == ending[:2]
    assert reported["error"]["exit_code"] == code
    assert ending[2] in reported["error"]["message"]
    assert err
    assert "Traceback" not in err


@pytest.mark.parametrize("words", [["--nonsense"], ["a", "b"], ["--edition"]], ids=" ".join)
def test_a_request_that_cannot_be_read_is_reported_as_json_too(
    command: Command, words: list[str]
) -> None:
    code, out, err = command("build", "--format=json", *words)
    assert (code, json.loads(out)["error"]["kind"]) == (2, "usage")
    assert "Error: " in err


def test_there_is_one_value_of_json_and_no_more(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("typeset.programs.sys.executable", "/nowhere/python")
    monkeypatch.setattr("typeset.doctor.sys.executable", "/nowhere/python")
    code, out, _ = command("doctor", "--format", "json")
    assert code == 3
    assert json.loads(out)["ok"] is False


def test_an_internal_fault_says_where_and_what_to_do() -> None:
    with pytest.raises(AttributeError) as caught:
        plain_name(None)  # type: ignore[arg-type]
    ending = ending_of(caught.value)
    assert (ending.exit_code, ending.kind) == (3, "internal")
    assert " in typeset/files/slugs.py:" in ending.message
    assert "please report it" in ending.hint


def test_an_interruption_that_click_has_wrapped_keeps_what_was_noted() -> None:
    abort = click.Abort()
    abort.__cause__ = KeyboardInterrupt()
    assert ending_of(abort).message == "interrupted; nothing was written"
    abort.__cause__.add_note("the files were written")
    assert ending_of(abort).message == "interrupted; the files were written"


# --- What surrounds a build --------------------------------------------------------------------


def test_a_current_folder_that_was_deleted_is_reported(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    code, _, err = command("build")
    assert code == 3
    assert "the current folder no longer exists" in err
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("reading_in_a_child")
def test_the_reading_process_tells_of_such_folders_too(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _, err = command("build", LONG)
    assert (code, "File name too long" in err, "defect" in err) == (2, True, False)
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    code, _, err = command("build")
    assert (code, "the current folder no longer exists" in err) == (3, True)
    monkeypatch.chdir(tmp_path)


LONG = "a" * 5000


@pytest.mark.parametrize(
    "words",
    [
        ["build", LONG],
        ["preview", LONG],
        ["extract", LONG, "x"],
        ["new", "publication", LONG, "--name", "X"],
        ["new", "issue", LONG],
        ["new", "article", "T", "--issue", LONG],
    ],
    ids=lambda words: " ".join(words[:2])[:20],
)
def test_a_path_that_is_too_long_is_wrong_usage_and_reported_briefly(
    command: Command, words: list[str]
) -> None:
    code, _, err = command(*words)
    assert code == 2
    assert "internal fault" not in err
    assert len(err) < 1000


def test_a_folder_for_results_that_is_too_long_is_reported(
    command: Command, tmp_path: Path
) -> None:
    code, _, err = command("build", write_publication(tmp_path / "p"), "--output", LONG)
    assert code == 3
    assert "cannot be written: File name too long" in err
    assert len(err) < 1000


@pytest.mark.parametrize(
    "text", ["abc", "-1", "1.5", "1e9", "٣", "99999999999999999999", "253402300800", "9" * 5000]
)
def test_a_source_date_that_is_no_time_is_wrong_usage(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", text)
    code, _, err = command("build", write_publication(tmp_path / "p"))
    assert code == 2
    assert "SOURCE_DATE_EPOCH" in err
    assert "seconds since 1970" in err
    assert not (tmp_path / "build").exists()
    assert command("new", "publication", "--name", "X")[0] == 2


@pytest.mark.parametrize(
    ("text", "day"),
    [("", None), ("0", date(1970, 1, 1)), ("253402300799", date(9999, 12, 31))],
)
def test_a_source_date_may_be_any_time_that_there_is(
    monkeypatch: pytest.MonkeyPatch, text: str, day: date | None
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", text)
    assert source_day() == day


def as_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("make", [as_folder, os.mkfifo], ids=["folder", "pipe"])
@pytest.mark.parametrize("name", ["publication.yaml", "2026-01-14/issue.yaml"])
def test_a_manifest_that_is_no_file_is_reported_and_not_missed(
    command: Command, tmp_path: Path, make: Callable[[Path], None], name: str
) -> None:
    issue = write_publication(tmp_path / "p")
    (tmp_path / "p" / name).unlink()
    make(tmp_path / "p" / name)
    for meant in (issue, tmp_path / "p"):
        code, _, err = command("build", meant)
        assert code == 1, err
        assert f"{name} is " in err
        assert "error[manifest-not-a-file]" in err


# --- Damaged files, and files that are nested too deeply ---------------------------------------


def font(change: Callable[[bytearray, dict[str, int]], None]) -> bytes:
    """A font that has 文, after a change by a function that gets the offsets of its tables."""
    with TTFont(io.BytesIO(installed_theme("brief").faces[0].data)) as face:
        for table in face["cmap"].tables:
            if table.isUnicode():
                table.cmap[ord("文")] = "A"
        saved = io.BytesIO()
        face.save(saved)
    data = bytearray(saved.getvalue())
    entries = range(12, 12 + 16 * struct.unpack_from(">H", data, 4)[0], 16)
    change(data, {data[at : at + 4].decode(): at for at in entries})
    return bytes(data)


def garbled(data: bytearray, entries: dict[str, int]) -> None:
    _, start, size = struct.unpack_from(">III", data, entries["hmtx"] + 4)
    data[start : start + size] = b"\xff" * size


def cut(data: bytearray, _entries: dict[str, int]) -> None:
    del data[len(data) * 2 // 3 :]


def without_outlines(data: bytearray, entries: dict[str, int]) -> None:
    data[entries["glyf"] : entries["glyf"] + 4] = b"none"


@pytest.mark.parametrize("change", [cut, without_outlines])
def test_a_font_that_is_not_whole_is_reported(
    change: Callable[[bytearray, dict[str, int]], None],
) -> None:
    assert "is damaged" in fault_of_font(font(change))
    assert not fault_of_font(font(lambda *_: None))


def test_a_font_that_is_damaged_inside_is_reported_by_the_web_page(
    tmp_path: Path,
) -> None:
    settings = {"cjk_fonts": {"zh-Hant": "own.ttf"}}
    files = {"../own.ttf": font(garbled)}
    texts = {"1.md": article("A 文.")}
    issue = write_publication(tmp_path, publication=settings, articles=texts, files=files)
    with pytest.raises(ContentError) as caught:
        build_issue(issue, editions=["html"], output=tmp_path / "out")
    (problem,) = caught.value.report
    assert (problem.code, str(problem.location)) == ("font-unusable", "own.ttf")
    assert "damaged" in problem.message
    assert not (tmp_path / "out").exists()


DEEP = "calc(" * 900 + "1px" + ")" * 900


@pytest.mark.parametrize("sheet", ["print.css", "web.css"])
def test_a_style_that_is_nested_too_deeply_is_reported_at_its_line(
    tmp_path: Path, sheet: str
) -> None:
    files: dict[str, str | bytes] = {
        "themes/own/theme.yaml": THEME,
        f"themes/own/{sheet}": f"/* one */\np {{ margin: {DEEP} }}",
    }
    (problem,) = faults(write(tmp_path, files, theme="own"), tmp_path / "out")
    assert problem.code == "style-nested"
    assert str(problem.location) == f"themes/own/{sheet}:2"


@pytest.mark.parametrize(
    ("css", "line"),
    [
        ("a{b:calc(1px)}\n" * 1000, 0),
        (")" * 9 + "(" * 40, 0),
        ("\n\n" + "(" * 41, 3),
        ("[{(" * 14, 1),
        ("/*" + "(" * 900 + "*/", 0),
        ('a{content:"' + "(" * 900 + '"}', 0),
        (r"a{content:'\'" + "(" * 900 + "'}", 0),
        ("\\(" * 900, 0),
        ('"open' + "\n" + "(" * 41, 2),
    ],
)
def test_only_brackets_that_a_parser_sees_are_counted(css: str, line: int) -> None:
    assert line_too_deep(css) == line


TEMPLATES = {
    "brackets": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "a sum": "{{ " + "+".join(["1"] * 5000) + " }}",
    "blocks": "{% if 1 %}" * 200 + "{% endif %}" * 200,
    "a circle": "{% macro round() %}{{ round() }}{% endmacro %}{{ round() }}",
    "itself": '{% include "print/nameplate.html.j2" %}',
}


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_a_template_that_is_nested_too_deeply_is_reported(tmp_path: Path, template: str) -> None:
    name = "templates/print/nameplate.html.j2"
    (problem,) = faults(write(tmp_path, {name: template}), tmp_path / "out")
    assert problem.code == "template-unusable"
    assert problem.location is not None
    assert problem.location.path == name
    assert "too deeply" in problem.message


@pytest.mark.usefixtures("layout_in_a_child")
def test_what_the_engine_cannot_nest_is_an_error_of_the_content(tmp_path: Path) -> None:
    base = '{% include "base/print/nameplate.html.j2" %}'
    template = f'{base}<p style="margin: {DEEP}">x</p>'
    issue = write(tmp_path, {"templates/print/nameplate.html.j2": template})
    (problem,) = faults(issue, tmp_path / "out")
    assert problem.code == "layout-nested"
