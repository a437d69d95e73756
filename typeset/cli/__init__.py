"""The command line.  Only this folder prints and chooses exit codes.

0 done · 1 the content has errors · 2 wrong usage · 3 the machine or typeset failed ·
130 interrupted · 143 ended by SIGTERM · 129 ended by SIGHUP.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import pairwise

import click

from typeset import __version__
from typeset.cli.build import build
from typeset.cli.completion import completion
from typeset.cli.console import print_json, print_problem, print_report
from typeset.cli.doctor import doctor
from typeset.cli.endings import DONE, FAULT, INTERRUPTED, Ending, ending_of
from typeset.cli.explain import explain
from typeset.cli.extract import extract
from typeset.cli.new import new
from typeset.cli.preview import preview
from typeset.cli.schema import schema
from typeset.cli.signals import Terminated, signals_as_exceptions
from typeset.cli.streams import open_streams

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="typeset %(version)s")
def _typeset() -> None:
    """Turn Markdown articles and a YAML manifest into a beautiful two-column issue."""


for _command in (build, preview, new, extract, explain, schema, doctor, completion):
    _typeset.add_command(_command)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        argv: the words after ``typeset-press``; None means those of this process.

    Returns:
        The exit code.
    """
    arguments = list(sys.argv[1:] if argv is None else argv) or ["--help"]
    with signals_as_exceptions(), open_streams() as streams:
        code, error = DONE, None
        try:
            _typeset.main(args=arguments, prog_name="typeset-press", standalone_mode=False)
        except (Exception, KeyboardInterrupt, Terminated) as raised:  # noqa: BLE001 - the last resort
            error = raised
        if error is not None:
            ending = ending_of(error)
            code = ending.exit_code
            _print_failure(error, ending)
            if _wants_json(arguments) and not streams.results.is_used:
                _print_failure_as_json(ending)
        if streams.results.lost:
            message = f"the results cannot be printed: {streams.results.lost}"
            print_problem(message, "what the command did stands")
            code = code or FAULT
    return code


def _print_failure(error: BaseException, ending: Ending) -> None:
    """Print why a command failed."""
    if ending.report is not None:
        print_report(ending.report)
    elif isinstance(error, click.UsageError):
        error.show()
    else:
        if ending.exit_code == INTERRUPTED and sys.stderr is not None and sys.stderr.isatty():
            click.echo(err=True)  # the cursor is still behind ^C or a question
        print_problem(ending.message, ending.hint)


def _wants_json(arguments: Sequence[str]) -> bool:
    """Return whether the user asked for JSON, even if the arguments could not be parsed."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return "--format=json" in options or ("--format", "json") in pairwise(options)


def _print_failure_as_json(ending: Ending) -> None:
    from typeset.reports.json import render_failure

    print_json(
        render_failure(
            ending.report,
            kind=ending.kind,
            message=ending.message,
            hint=ending.hint,
            exit_code=ending.exit_code,
        )
    )
