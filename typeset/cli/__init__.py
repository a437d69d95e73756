"""The command line: it alone prints, and it alone picks exit codes.

0 done · 1 the content has errors · 2 wrong usage · 3 a fault of the machine, or of typeset ·
130 interrupted · 143, 129 ended by SIGTERM, SIGHUP.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from typeset import __version__
from typeset.cli.build import build
from typeset.cli.completion import completion
from typeset.cli.console import print_problem, print_report
from typeset.cli.doctor import doctor
from typeset.cli.extract import extract
from typeset.cli.new import new
from typeset.cli.preview import preview
from typeset.cli.schema import schema
from typeset.cli.signals import ended_by_signals
from typeset.errors import ContentError, TypesetError, UsageError

__all__ = ["main"]

DONE, CONTENT, USAGE, FAULT, INTERRUPTED = 0, 1, 2, 3, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="typeset %(version)s")
def _typeset() -> None:
    """Turn Markdown articles and a YAML manifest into a beautiful two-column issue."""


for _command in (build, preview, new, extract, schema, doctor, completion):
    _typeset.add_command(_command)


@ended_by_signals
def main(argv: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        argv: the words after ``typeset``; None means those of this process.

    Returns:
        The exit code.
    """
    arguments = list(sys.argv[1:] if argv is None else argv) or ["--help"]
    try:
        _typeset.main(args=arguments, prog_name="typeset-press", standalone_mode=False)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last resort of a program
        return _tell(error)
    return DONE


def _noted(error: BaseException) -> str:
    """Return what was noted of an interruption, which click may have wrapped."""
    notes = getattr(error.__cause__ or error, "__notes__", ())
    return "; ".join(notes)


def _tell(error: BaseException) -> int:
    """Tell the user of a failure, and return its exit code."""
    match error:
        case click.ClickException():
            error.show()
            return USAGE
        case KeyboardInterrupt() | click.Abort():
            if sys.stderr.isatty():
                click.echo(err=True)  # the terminal stands behind ^C, or a question
            print_problem(f"interrupted; {_noted(error) or 'nothing was written'}")
            return INTERRUPTED
        case ContentError():
            print_report(error.report)
            return CONTENT
        case TypesetError():
            print_problem(error.message, error.hint)
            return USAGE if isinstance(error, UsageError) else FAULT
        case _:
            hint = "this is a defect of typeset; please report it with the input that shows it"
            print_problem(f"internal fault ({type(error).__name__}: {error})", hint)
            return FAULT
