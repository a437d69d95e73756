"""Opens a source line in the author's editor."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path, PurePath
from threading import Thread

from typeset.programs import find_program

__all__ = ["EditorFault", "editor_command", "open_in_editor"]

_START_SECONDS = 0.4
"""Seconds within which an editor that cannot run here exits."""

_EDITORS: tuple[tuple[str, Sequence[str]], ...] = (
    ("code code-insiders codium vscodium cursor windsurf", ("-g", "{file}:{line}:{column}")),
    ("subl sublime_text zed zeditor hx helix", ("{file}:{line}:{column}",)),
    ("vim vi nvim gvim mvim nvim-qt emacs emacsclient nano micro gedit", ("+{line}", "{file}")),
    ("idea pycharm webstorm clion goland rubymine phpstorm", ("--line", "{line}", "{file}")),
    ("kate kwrite mate", ("--line", "{line}", "{file}")),
    ("gnome-text-editor geany pluma", ("+{line}", "{file}")),
    ("notepad++", ("-n{line}", "{file}")),
)
"""The arguments with which each editor opens a line."""
_ARGUMENTS = {name: arguments for names, arguments in _EDITORS for name in names.split()}


class EditorFault(Exception):
    """The editor cannot be started; the message says why and what to do."""


def editor_command(editor: str, file: Path, line: int, column: int = 0) -> list[str]:
    """Return the command that opens a file at a line, as a list of words.

    Args:
        editor: the author's command, such as ``code`` or ``xterm -e vim``; it may hold ``{file}``,
            ``{line}`` and ``{column}``.
        file: the whole path of the file.
        line: from 1.
        column: from 1; 0 where unknown.

    Raises:
        EditorFault: if the command cannot be read.
    """
    try:
        words = shlex.split(editor)
    except ValueError as error:
        raise EditorFault(f"the editor's command cannot be read: {error}") from error
    if not words:
        raise EditorFault("no editor is named; set VISUAL, or start with --editor code")
    values = {"file": str(file), "line": str(line or 1), "column": str(column or 1)}
    if any("{file}" in word for word in words):
        return [_filled(word, values) for word in words]
    names = (PurePath(word).stem.casefold() for word in reversed(words))
    arguments = next((_ARGUMENTS[name] for name in names if name in _ARGUMENTS), ("{file}",))
    return [*words, *(_filled(word, values) for word in arguments)]


def open_in_editor(command: Sequence[str]) -> None:
    """Start an editor, without waiting for it to end.

    Raises:
        EditorFault: if it cannot be started, or ends at once.
    """
    program = find_program(command[0])
    if program is None:
        raise EditorFault(f"there is no command {command[0]}; set VISUAL, or start with --editor")
    try:
        # Without a shell, and in its own session, so that Ctrl-C does not reach the editor.
        editor = subprocess.Popen(  # noqa: S603
            [program, *command[1:]],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        message = f"{command[0]} cannot be started: {error.strerror or error}"
        raise EditorFault(message) from error
    try:
        code = editor.wait(_START_SECONDS)
    except subprocess.TimeoutExpired:
        Thread(target=editor.wait, daemon=True).start()
        return
    if code:
        raise EditorFault(
            f"{command[0]} ended at once (exit code {code}); one that needs a terminal cannot be"
            " opened from a page: name one with a window, such as code, gvim or xterm -e vim"
        )


def _filled(word: str, values: dict[str, str]) -> str:
    return re.sub(r"\{(file|line|column)\}", lambda name: values[name[1]], word)
