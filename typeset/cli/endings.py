"""How a command ends: its exit code, and a sentence that says why."""

from __future__ import annotations

import errno
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path

import click

from typeset.cli.signals import Terminated
from typeset.diagnostics import Report, one_line
from typeset.errors import ContentError, TypesetError, UsageError

__all__ = ["CONTENT", "DONE", "FAULT", "INTERRUPTED", "USAGE", "Ending", "ending_of"]

DONE, CONTENT, USAGE, FAULT, INTERRUPTED = 0, 1, 2, 3, 130

_PACKAGE = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Ending:
    """Why a command failed."""

    exit_code: int
    kind: str
    """``content``, ``usage``, ``environment``, ``internal``, ``interrupted`` or ``terminated``."""
    message: str
    """One sentence, on one line of moderate length."""
    hint: str = ""
    """What to do about it, if anything."""
    report: Report | None = None
    """The diagnostics of an issue whose content has errors."""


def ending_of(error: BaseException) -> Ending:
    """Return the exit code and the sentence for an exception that ended a command."""
    ending = _ending_of(error)
    message = "; ".join((ending.message, *_notes(error)))
    return Ending(
        ending.exit_code, ending.kind, one_line(message), one_line(ending.hint), ending.report
    )


def _ending_of(error: BaseException) -> Ending:
    match error:
        case click.ClickException():
            return Ending(USAGE, "usage", error.format_message(), _help_for(error))
        case KeyboardInterrupt() | click.Abort():
            written = "" if _notes(error) else "; nothing was written"
            return Ending(INTERRUPTED, "interrupted", f"interrupted{written}")
        case Terminated():
            return Ending(error.exit_code, "terminated", f"ended by {error.signal}")
        case ContentError():
            return Ending(CONTENT, "content", error.message, report=error.report)
        case UsageError():
            return Ending(USAGE, "usage", error.message, error.hint)
        case TypesetError():
            return Ending(FAULT, "environment", error.message, error.hint)
        case OSError() if _is_lost():
            message = "the current folder no longer exists"
            return Ending(FAULT, "environment", message, "go to another folder, and try again")
        case OSError(errno=errno.ENAMETOOLONG):
            return Ending(USAGE, "usage", f"no path is as long as {error.filename}")
        case OSError():
            message = f"{error.filename}: {error.strerror}" if error.filename else str(error)
            return Ending(FAULT, "environment", f"the system refuses: {message}")
        case _:
            hint = "this is a defect of typeset; please report it with the input that shows it"
            message = f"internal fault in {_place(error)} ({type(error).__name__}: {error})"
            return Ending(FAULT, "internal", message, hint)


def _notes(error: BaseException) -> list[str]:
    """Return the notes of an exception; click wraps an interruption in one of its own."""
    noted = error.__cause__ if isinstance(error, click.Abort) else error
    return list(getattr(noted, "__notes__", ()))


def _help_for(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return f"`{context.command_path} --help` explains every option" if context else ""


def _is_lost() -> bool:
    """Return whether the current folder was deleted."""
    try:
        Path.cwd()
    except OSError:
        return True
    return False


def _place(error: BaseException) -> str:
    """Return the innermost line of this package that an exception passed through."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]
    if not ours:
        return f"Python {sys.version_info.major}.{sys.version_info.minor}"
    path = Path(ours[-1].filename).relative_to(_PACKAGE.parent).as_posix()
    return f"{path}:{ours[-1].lineno}"
