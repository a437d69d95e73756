"""Each editor opens a line with its own arguments, and without a shell."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from typeset.preview.editors import EditorFault, editor_command, open_in_editor

FILE = Path("/srv/an issue/01-harbor.md")


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        ("code", ["code", "-g", f"{FILE}:12:3"]),
        ("/usr/local/bin/code --wait", ["/usr/local/bin/code", "--wait", "-g", f"{FILE}:12:3"]),
        ("subl", ["subl", f"{FILE}:12:3"]),
        ("vim", ["vim", "+12", str(FILE)]),
        ("xterm -e vim", ["xterm", "-e", "vim", "+12", str(FILE)]),
        ("emacsclient -n", ["emacsclient", "-n", "+12", str(FILE)]),
        ("idea", ["idea", "--line", "12", str(FILE)]),
        ("'/opt/My Editor/pen'", ["/opt/My Editor/pen", str(FILE)]),
        ("pen --at={line},{column} {file}", ["pen", "--at=12,3", str(FILE)]),
    ],
)
def test_each_editor_has_its_own_arguments(editor: str, words: list[str]) -> None:
    assert editor_command(editor, FILE, 12, 3) == words


def test_a_name_with_braces_stays_as_it_is() -> None:
    file = Path("/srv/{line}; rm -rf $HOME.md")
    assert editor_command("pen {file}", file, 12) == ["pen", str(file)]


@pytest.mark.parametrize("editor", ["", "  ", "code 'half"])
def test_a_command_that_says_nothing_is_reported(editor: str) -> None:
    with pytest.raises(EditorFault):
        editor_command(editor, FILE, 1)


def test_an_editor_that_is_not_there_is_reported() -> None:
    with pytest.raises(EditorFault, match="there is no command"):
        open_in_editor(["no-such-editor-here", "x"])


def test_an_editor_that_ends_at_once_with_a_complaint_is_reported(tmp_path: Path) -> None:
    editor = tmp_path / "pen"
    editor.write_text("#!/bin/sh\nexit 3\n")
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    with pytest.raises(EditorFault, match="exit code 3"):
        open_in_editor([str(editor)])
