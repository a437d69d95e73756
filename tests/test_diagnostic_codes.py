"""The table of diagnostics: every code is used, shown by a test and documented."""

from __future__ import annotations

import ast
import re
import runpy
from pathlib import Path

import pytest

import typeset
from tests.markdown.reading import read
from typeset.cli import main
from typeset.config.yaml_loader import load_yaml
from typeset.diagnostic_codes import PARTED, Code, Group
from typeset.diagnostics import Report
from typeset.source import SourceFile

PACKAGE = Path(typeset.__file__).parent
ROOT = Path(__file__).parents[1]
EXCERPTS = {Group.TEXT, Group.HEADINGS, Group.NOTES, Group.LINKS, Group.TABLES}
TABLE = PACKAGE / "diagnostic_codes.py"


def used() -> set[str]:
    """The names of the codes that the package's modules take from the table."""
    return {
        node.attr
        for path in PACKAGE.rglob("*.py")
        if path != TABLE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Code"
    }


def test_every_code_is_used() -> None:
    assert {code.name for code in Code} == used()


def test_the_name_in_the_program_is_the_code_s() -> None:
    assert [code for code in Code if code.name != code.upper().replace("-", "_")] == []


def test_every_code_is_shown_by_a_test() -> None:
    texts = [
        path.read_text("utf-8")
        for path in Path(__file__).parent.rglob("*.py")
        if path != Path(__file__)
    ]
    shown = set(re.findall(r"[\"'\[]([a-z]+(?:-[a-z]+)*)[\"'\]:]", "\n".join(texts)))
    assert {str(code) for code in Code} - shown == set()


def test_every_row_says_all() -> None:
    for code in Code:
        row = code.row
        assert row.meaning.endswith("."), code
        assert not row.remedy.endswith("."), code
        assert row.bad.strip() != row.good.strip(), code
        assert row.bad.strip(), code
        assert row.good.strip(), code
    assert {code.row.group for code in Code} == set(Group)


IN_WORDS = {
    *(Code.YAML_TOO_LARGE, Code.MARKDOWN_TOO_LONG, Code.TEXT_LOST, Code.CHARACTER_UNPRINTABLE),
    *(Code.FRONT_MATTER_MISSING, Code.FRONT_MATTER_OPEN, Code.ARTICLE_EMPTY, Code.HEADING_ALONE),
    *(Code.ARTICLE_LONG, Code.ARTICLE_PAGES, Code.TABLE_TOO_LARGE, Code.TABLE_CROWDED),
}
"""What an excerpt of an article cannot show."""


@pytest.mark.parametrize(
    "code", [code for code in Code if code.row.group in EXCERPTS and code not in IN_WORDS]
)
def test_examples_of_markdown_are_right(code: Code) -> None:
    assert code in read(f"The tide.\n\n{code.row.bad}\n\nText.").codes
    assert read(f"The tide.\n\n{code.row.good}\n\nText.").codes == []


@pytest.mark.parametrize(
    "code", [code for code in Code if code.row.group is Group.YAML and code not in IN_WORDS]
)
def test_examples_of_yaml_are_right(code: Code) -> None:
    bad, good = Report(), Report()
    load_yaml(SourceFile("issue.yaml", f"{code.row.bad}\n"), bad)
    load_yaml(SourceFile("issue.yaml", f"{code.row.good}\n"), good)
    assert code in {problem.code for problem in bad}
    assert list(good) == []


def test_the_docs_say_what_the_table_says() -> None:
    page = runpy.run_path(str(ROOT / "tools" / "diagnostics_docs.py"))["page"]()
    assert (ROOT / "docs" / "diagnostics.md").read_text("utf-8") == page, "make diagnostics"
    assert [code for code in Code if f"\n### {code}\n" not in page] == []


@pytest.mark.parametrize("code", [Code.ENDNOTE_UNDEFINED, Code.ARTICLE_LONG, Code.ARCHIVE_FONT])
def test_a_code_is_explained(code: Code, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", code]) == 0
    out, err = capsys.readouterr()
    row = code.row
    assert err == ""
    assert out.startswith(f"{row.severity}[{code}]")
    for text in (row.meaning, row.remedy, row.bad, row.good):
        assert " ".join(text.split()) in " ".join(out.split())


@pytest.mark.parametrize("code", PARTED)
def test_an_old_name_leads_to_the_new_ones(code: Code, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", code]) == 0
    out = capsys.readouterr().out
    assert [one for one in PARTED[code] if one not in out] == []


def test_a_mistyped_code_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "endnote-undefind"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "did you mean endnote-undefined?" in err


def test_all_codes_are_listed_by_group(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line and not line.startswith(" ")] == list(Group)
    listed = [line.split() for line in lines if line.startswith(" ")]
    assert sorted(listed) == sorted([str(code), str(code.row.severity)] for code in Code)
