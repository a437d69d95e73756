"""The command: its arguments, its exit codes, and what it prints to which stream."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import typeset
import typeset.pipeline.build
from tests.commands import Command, Ran, on_a_terminal
from tests.editions.profiles import press_profile
from tests.pages import prose
from tests.publications import article, png, write_publication
from typeset.editions import DEFAULT_EDITION, EDITIONS
from typeset.errors import EnvironmentFault

SLUG = "the-test-brief-vol-1-issue-1"
ESCAPE = "\x1b"


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    return write_publication(tmp_path / "p")


def with_errors(folder: Path) -> Path:
    body = 'Text.[^none]\n\n![x](images/none.png){alt="x"}'
    return write_publication(folder, articles={"1.md": article(body)})


def with_a_warning(folder: Path) -> Path:
    body = "Text.\n\n[^1]: Never called."
    return write_publication(folder, articles={"1.md": article(body)})


def test_a_build_ends_with_0_and_prints_its_paths_alone(command: Command, issue: Path) -> None:
    ran = command("build", issue)
    path = Path("build", SLUG, f"{SLUG}.pdf")
    assert (ran.code, ran.out) == (0, f"{path}\n")
    assert path.read_bytes().startswith(b"%PDF-")
    assert "error" not in ran.err
    assert "warning" not in ran.err


def test_without_words_the_newest_issue_around_the_current_folder_is_built(
    command: Command, issue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(issue / "articles")
    assert command("build").code == 0
    assert (issue / "articles" / "build" / SLUG / f"{SLUG}.pdf").is_file()


def test_output_names_another_folder_which_is_made(
    command: Command, issue: Path, tmp_path: Path
) -> None:
    ran = command("build", issue, "--output", tmp_path / "a" / "b")
    assert ran.code == 0
    assert ran.out == f"{tmp_path / 'a' / 'b' / SLUG}.pdf\n"
    assert not (tmp_path / "build").exists()


def test_errors_of_the_issue_end_with_1_and_are_reported_on_the_error_stream(
    command: Command, tmp_path: Path
) -> None:
    ran = command("build", with_errors(tmp_path / "p"))
    assert (ran.code, ran.out) == (1, "")
    lines = ran.err.splitlines()
    assert lines[-1] == "2 errors"
    for line, place in ((lines[0], "6:6"), (lines[1], r"8(:\d+)?")):
        pattern = rf"2026-01-14/articles/1\.md:{place}: error\[[a-z-]+\]: .+"
        assert re.fullmatch(pattern, line), line
    assert not (tmp_path / "build").exists()


def test_a_failed_build_leaves_the_last_output_as_it_was(command: Command, tmp_path: Path) -> None:
    assert command("build", write_publication(tmp_path / "p")).code == 0
    last = (tmp_path / "build" / SLUG / f"{SLUG}.pdf").read_bytes()
    assert command("build", with_errors(tmp_path / "p")).code == 1
    assert (tmp_path / "build" / SLUG / f"{SLUG}.pdf").read_bytes() == last


def test_a_warning_is_reported_and_does_not_fail_the_build(
    command: Command, tmp_path: Path
) -> None:
    ran = command("build", with_a_warning(tmp_path / "p"))
    assert ran.code == 0
    assert "warning[endnote-unused]" in ran.err
    assert "1 warning" in ran.err


def test_a_warning_fails_a_strict_build(command: Command, tmp_path: Path) -> None:
    ran = command("build", "--strict", with_a_warning(tmp_path / "p"))
    assert (ran.code, ran.out) == (1, "")
    assert "warning[endnote-unused]" in ran.err
    assert not (tmp_path / "build").exists()


@pytest.mark.slow
def test_every_edition_is_built_at_once_and_one_without_pages_says_so(
    command: Command, tmp_path: Path
) -> None:
    issue = write_publication(
        tmp_path / "p",
        publication={"editions": {"press": {"profile": "press.icc"}}},
        files={"../press.icc": press_profile()},
    )
    ran = command("build", "--all", issue, "--format", "json")
    assert ran.code == 0
    outputs = {one["edition"]: one for one in json.loads(ran.out)["outputs"]}
    assert set(outputs) == set(EDITIONS)
    assert outputs["screen"]["pages"] == 1
    assert outputs["html"]["pages"] is None
    assert Path(outputs["html"]["path"]) == Path("build", SLUG, f"{SLUG}.html")
    assert all(Path(one["path"]).is_file() for one in outputs.values())


def test_json_of_a_build_says_all_about_its_files(command: Command, tmp_path: Path) -> None:
    ran = command("build", with_a_warning(tmp_path / "p"), "--format", "json")
    assert ran.code == 0
    reported = json.loads(ran.out)
    (output,) = reported["outputs"]
    data = Path(output["path"]).read_bytes()
    assert reported["ok"] is True
    assert reported["issue"]["slug"] == SLUG
    assert reported["issue"]["date"] == "2026-01-14"
    assert output["edition"] == "screen"
    assert output["sha256"] == hashlib.sha256(data).hexdigest()
    assert output["bytes"] == len(data)
    assert output["pages"] == 1
    (diagnostic,) = reported["diagnostics"]
    assert diagnostic["severity"] == "warning"
    assert diagnostic["code"] == "endnote-unused"
    assert diagnostic["file"] == "2026-01-14/articles/1.md"
    assert (diagnostic["line"], diagnostic["column"]) == (8, 1)
    assert diagnostic["message"]
    assert diagnostic["hints"]


def test_json_of_a_failure_is_whole_too(command: Command, tmp_path: Path) -> None:
    ran = command("build", with_errors(tmp_path / "p"), "--format", "json")
    assert ran.code == 1
    reported = json.loads(ran.out)
    assert (reported["ok"], reported["outputs"]) == (False, [])
    codes = [(entry["severity"], entry["code"], entry["line"]) for entry in reported["diagnostics"]]
    assert codes == [("error", "endnote-undefined", 6), ("error", "image-missing", 8)]


def test_json_keeps_the_letters_of_every_script(command: Command, tmp_path: Path) -> None:
    issue = write_publication(tmp_path / "p", publication={"name": "港の新聞", "slug": "minato"})
    reported = json.loads(command("build", issue, "--format", "json").out)
    assert reported["issue"]["name"] == "港の新聞"


def test_a_report_of_the_lines_follows_the_paths(command: Command, tmp_path: Path) -> None:
    issue = write_publication(tmp_path / "p", articles={"1.md": article(prose(3))})
    plain = command("build", issue).out
    ran = command("build", issue, "--report")
    assert ran.code == 0
    assert ran.out.startswith(f"{plain}\n")
    heads, one, whole, *_ = ran.out.removeprefix(plain).splitlines()[1:]
    assert "> 1.5" in heads
    assert one.startswith("2026-01-14/articles/1.md ")
    assert whole.startswith("the whole issue ")
    loosest = re.findall(
        r"(?m)^  \d\.\d\d  page 1, column 1, 2026-01-14/articles/1\.md:(\d+)(?::\d+)?: \S", ran.out
    )
    assert len(loosest) == 10
    assert set(loosest) <= {"6", "8", "10"}


def test_json_has_the_lines_if_a_report_is_asked_for(command: Command, tmp_path: Path) -> None:
    issue = write_publication(tmp_path / "p", articles={"1.md": article(prose(3))})
    reported = json.loads(command("build", issue, "--report", "--format", "json").out)
    assert [entry["file"] for entry in reported["lines"]["articles"]] == [
        "2026-01-14/articles/1.md"
    ]
    assert reported["lines"]["issue"]["lines"] > 10
    assert len(reported["lines"]["loosest"]) == 10
    assert "lines" not in json.loads(command("build", issue, "--format", "json").out)


@pytest.mark.slow
def test_a_report_has_the_make_up_of_the_pages_below_the_lines(
    command: Command, tmp_path: Path
) -> None:
    picture = '![The quay.](images/quay.png){alt="A quay"}'
    issue = write_publication(
        tmp_path / "p",
        articles={"1.md": article(f"{prose(12)}\n\n{picture}\n\n{prose(12, 20)}")},
        files={"images/quay.png": png()},
    )
    out = command("build", issue, "--report").out
    *_, costs, empty, _, _, figure = out.splitlines()
    built = json.loads(command("build", issue, "--report", "--format", "json").out)
    told, cost = built["pages"], 200 * built["outputs"][0]["pages"]
    assert told["empty_lines"] == sum(page["lines"] for page in told["empty_lines_by_page"])
    assert told["costs"]["page"] == cost
    assert costs.startswith(f"cost of the pages: {told['cost']:.0f}, page {cost}")
    assert empty.startswith(f"empty lines at columns' feet: {told['empty_lines']}")
    (one,) = told["figures"]
    assert (one["file"], one["line"]) == ("2026-01-14/articles/1.md", 30)
    assert figure.startswith(f"  page {one['page']}, 2026-01-14/articles/1.md:30: ")
    assert "pages" not in json.loads(command("build", issue, "--format", "json").out)


@pytest.mark.slow
def test_a_report_of_an_edition_without_pages_has_none(command: Command, tmp_path: Path) -> None:
    issue = write_publication(tmp_path / "p")
    words = ("build", issue, "--edition", "html", "--report")
    assert "cost of the pages" not in command(*words).out
    assert json.loads(command(*words, "--format", "json").out)["pages"] is None


@pytest.mark.slow
def test_line_breaking_overrides_the_manifest(command: Command, tmp_path: Path) -> None:
    body = article(prose(6))

    def word_space(folder: str, setting: str, *words: str) -> float:
        issue = write_publication(
            tmp_path / folder, issue={"line_breaking": setting}, articles={"1.md": body}
        )
        ran = command("build", issue, "--report", "--format", "json", *words)
        return float(json.loads(ran.out)["lines"]["issue"]["word_space"]["mean"])

    greedy = word_space("g", "greedy")
    fitted = word_space("t", "total-fit")
    assert fitted < greedy
    assert word_space("gt", "greedy", "--line-breaking", "total-fit") == fitted
    assert word_space("tg", "total-fit", "--line-breaking", "greedy") == greedy


@pytest.mark.parametrize(
    ("words", "reported"),
    [
        (["build", "p/2026-01-14", "--line-breaking", "best"], "greedy"),
        (["build", "nowhere"], "nowhere"),
        (["build", "empty"], "holds no issue.yaml"),
        (["build", "p/2026-01-14", "--edition", "scren"], "did you mean screen?"),
        (["build", "p/2026-01-14", "--edition", "hologram"], "screen"),
        (["build", "p/2026-01-14", "--colour"], "--colour"),
        (["build", "p/2026-01-14", "--format", "xml"], "xml"),
        (["build", "p/2026-01-14", "p/2026-01-14"], "unexpected"),
        (["build", "--output"], "--output"),
        (["bild"], "bild"),
        (["--colour"], "--colour"),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_says_what_was_wrong(
    command: Command, issue: Path, tmp_path: Path, words: list[str], reported: str
) -> None:
    (tmp_path / "empty").mkdir()
    ran = command(*words)
    assert (ran.code, ran.out) == (2, "")
    assert reported in ran.err
    assert "Traceback" not in ran.err
    assert not (tmp_path / "build").exists()


def test_wrong_usage_beside_a_publication_names_the_issues_there_are(
    command: Command, issue: Path
) -> None:
    ran = command("build", "p")
    assert ran.code == 0, "the publication's folder means its newest issue"
    ran = command("build", "p/2026-01-15")
    assert ran.code == 2
    assert "p/2026-01-15" in ran.err


def test_an_issue_without_a_publication_is_wrong_usage(command: Command, tmp_path: Path) -> None:
    issue = write_publication(tmp_path / "p")
    (tmp_path / "p" / "publication.yaml").unlink()
    ran = command("build", issue)
    assert ran.code == 2
    assert "publication.yaml" in ran.err


def test_a_publication_without_an_issue_is_wrong_usage(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "publication.yaml").write_text("schema: 1\nname: Empty\n", "utf-8")
    ran = command("build")
    assert (ran.code, ran.out) == (2, "")
    assert "no issue yet" in ran.err


@pytest.mark.parametrize("output", ["file", "file/below", "/proc/none"])
def test_a_folder_that_cannot_be_written_ends_with_3(
    command: Command, issue: Path, tmp_path: Path, output: str
) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    ran = command("build", issue, "--output", output)
    # An obstacle to writing can also be found before the build.
    assert ran.code == (2 if output == "file" else 3)
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert output.rpartition("/")[2] in ran.err
    assert (tmp_path / "file").read_text("utf-8") == "in the way"


def failing(error: BaseException) -> Callable[..., Any]:
    def fail(*_arguments: object, **_options: object) -> Any:
        raise error

    return fail


FAULTS: dict[str, tuple[BaseException, tuple[int, str]]] = {
    "environment": (EnvironmentFault("Pango is missing", hint="x"), (3, "Pango is missing")),
    "defect": (RuntimeError("odd"), (3, "RuntimeError: odd")),
    "memory": (MemoryError(), (3, "MemoryError")),
    "interrupt": (KeyboardInterrupt(), (130, "interrupted")),
}


@pytest.mark.parametrize(("error", "ending"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_reported_in_a_line_and_not_by_a_traceback(
    command: Command,
    issue: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    ending: tuple[int, str],
) -> None:
    monkeypatch.setattr(typeset.pipeline.build, "build_issue", failing(error))
    ran = command("build", issue)
    code, words = ending
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("where", "reported"),
    [
        ("os.fsync", "interrupted; nothing was written"),
        ("typeset.reports.json.render_build", "interrupted; the files were written"),
    ],
)
def test_an_interruption_says_what_became_of_the_files(
    command: Command, issue: Path, monkeypatch: pytest.MonkeyPatch, where: str, reported: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(where, failing(KeyboardInterrupt()))
        ran = command("build", issue, "--format", "json")
    assert (ran.code, reported in ran.err) == (130, True), ran
    assert Path("build").exists() == ("were written" in reported)


BROKEN = {
    "an empty publication": {"publication": ""},
    "a publication that is a list": {"publication": "- one\n- two\n"},
    "a publication of bytes": {"publication": b"\xff\xfe\x00"},
    "an issue that is text": {"issue": "just text"},
    "an issue that is no YAML": {"issue": "a: [b: c"},
    "an empty article": {"articles": {"1.md": ""}},
    "an article without front matter": {"articles": {"1.md": "Text."}},
    "an article of bytes": {"articles": {"1.md": b"---\ntitle: \xff\n---\n"}},
    "an article of nulls": {"articles": {"1.md": b"\x00" * 100}},
    "open markup": {"articles": {"1.md": article("*open **and [never](closed `any[^ more")}},
    "deep nesting": {"articles": {"1.md": article("> " * 300 + "deep")}},
    "deep lists": {"articles": {"1.md": article("\n".join("    " * n + "- x" for n in range(60)))}},
    "strange characters": {
        "articles": {"1.md": article("a\u202eb\u0007c\u200bd\ufeffe\U0010fffff")}
    },
    "an image that is none": {
        "articles": {"1.md": article('![x](x.png){alt="x"}')},
        "files": {"x.png": b"none"},
    },
    "half an image": {
        "articles": {"1.md": article('![x](x.png){alt="x"}')},
        "files": {"x.png": png()[:200]},
    },
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_no_input_makes_a_traceback_or_a_fault(
    command: Command, tmp_path: Path, broken: dict[str, Any]
) -> None:
    ran = command("build", write_publication(tmp_path / "p", **broken))
    assert ran.code in (0, 1), ran.err
    assert "Traceback" not in ran.err
    assert "internal fault" not in ran.err
    assert (ran.code == 1) == ("error" in ran.err)


@pytest.mark.parametrize("words", [["--help"], ["-h"], [], ["build", "--help"]], ids=" ".join)
def test_help_goes_to_the_output_stream(command: Command, words: list[str]) -> None:
    ran = command(*words)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Usage: typeset")


def test_help_of_build_explains_every_option(command: Command) -> None:
    out = command("build", "--help").out
    for option in ("--edition", "--all", "--output", "--strict", "--format", "ISSUE"):
        assert option in out
    for option in ("--line-breaking", "--report"):
        assert option in out
    assert f"[default: {DEFAULT_EDITION}]" in out


def test_the_version_is_the_package_s(command: Command) -> None:
    assert command("--version") == Ran(0, f"typeset {typeset.__version__}\n", "")


def python(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "words",
    [
        *("--help", "build --help", "--version", "new --help", "new publication --help"),
        *("new issue --help", "new article --help", "schema --help", "doctor --help"),
        "completion bash",
    ],
)
def test_help_loads_neither_the_layout_engine_nor_the_manifest_s_models(words: str) -> None:
    code = (
        "import sys; from typeset.cli import main; main(sys.argv[1:]); "
        "print({'weasyprint', 'pydantic', 'jinja2', 'markdown', 'fontTools'} & set(sys.modules))"
    )
    ran = python("-c", code, *words.split())
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-1] == "set()"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_script_is_whole(command: Command, tmp_path: Path, shell: str) -> None:
    ran = command("completion", shell)
    assert (ran.code, ran.err) == (0, "")
    assert f"_TYPESET_PRESS_COMPLETE={shell}_complete" in ran.out
    script = tmp_path / "script"
    script.write_text(ran.out, "utf-8")
    if shutil.which(shell):  # bash is everywhere; the others are judged where they are installed
        subprocess.run([shell, "-n", str(script)], check=True)


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["bu"], ["build"]),
        (["new", ""], ["publication", "issue", "article"]),
        (["schema", "p"], ["publication"]),
        (["build", "p/2026"], ["p/2026-01-14"]),
        (["build", "--edition", "s"], ["screen"]),
        (["new", "publication", "--theme", "b"], ["brief"]),
        (["new", "article", "T", "--issue", ""], ["p/2026-01-14"]),
        (["build", "elsewhere/"], ["elsewhere/"]),
    ],
    ids=" ".join,
)
def test_a_shell_is_offered_what_may_come_next(
    tmp_path: Path, words: list[str], offered: list[str]
) -> None:
    write_publication(tmp_path / "p")
    (tmp_path / "p" / "publication.yaml").rename(tmp_path / "publication.yaml")
    line = " ".join(["typeset", *words[:-1]])
    ran = subprocess.run(
        [sys.executable, "-m", "typeset"],
        cwd=tmp_path,
        env={
            **os.environ,
            "_TYPESET_PRESS_COMPLETE": "bash_complete",
            "COMP_WORDS": f"{line} {words[-1]}",
            "COMP_CWORD": str(len(words)),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    names = [line.partition(",")[2] for line in ran.stdout.splitlines()]
    assert set(offered) <= set(names), ran
    assert all(name.startswith(words[-1]) for name in names)


@pytest.mark.slow
def test_python_m_typeset_is_the_command() -> None:
    ran = python("-m", "typeset", "build", "nowhere")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("typeset: error: ")


@pytest.mark.parametrize("make", [with_a_warning, with_errors])
def test_without_a_terminal_there_is_no_color_and_no_progress(
    command: Command, tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    ran = command("build", make(tmp_path / "p"))
    assert ESCAPE not in ran.out + ran.err
    assert "\r" not in ran.out + ran.err


@pytest.mark.slow
def test_on_a_terminal_there_is_color_and_progress(tmp_path: Path) -> None:
    issue = with_a_warning(tmp_path / "p")
    _, shown = on_a_terminal(tmp_path, "build", str(issue))
    assert f"{ESCAPE}[33m" in shown
    assert "laying out" in shown
    assert "█" in shown


@pytest.mark.slow
def test_no_color_turns_both_off_on_a_terminal_too(tmp_path: Path) -> None:
    issue = with_a_warning(tmp_path / "p")
    _, shown = on_a_terminal(tmp_path, "build", str(issue), NO_COLOR="1")
    assert "warning[endnote-unused]" in shown
    assert ESCAPE not in shown
