"""The command line: it alone prints, and it alone picks exit codes.

0 done · 1 the content has errors · 2 wrong usage · 3 a fault of the machine, or of typeset ·
130 interrupted · 143, 129 ended by SIGTERM, SIGHUP.
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
from typeset.cli.signals import Terminated, heard_signals
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
        argv: the words after ``typeset``; None means those of this process.

    Returns:
        The exit code.
    """
    arguments = list(sys.argv[1:] if argv is None else argv) or ["--help"]
    with heard_signals(), open_streams() as streams:
        code, error = DONE, None
        try:
            _typeset.main(args=arguments, prog_name="typeset-press", standalone_mode=False)
        except (Exception, KeyboardInterrupt, Terminated) as raised:  # noqa: BLE001 - the last resort
            error = raised
        if error is not None:
            ending = ending_of(error)
            code = ending.exit_code
            _tell(error, ending)
            if _wants_json(arguments) and not streams.results.is_used:
                _tell_programs(ending)
        if streams.results.lost:
            message = f"the results cannot be printed: {streams.results.lost}"
            print_problem(message, "what the command did stands")
            code = code or FAULT
    return code


def _tell(error: BaseException, ending: Ending) -> None:
    """Tell the user why a command failed."""
    if ending.report is not None:
        print_report(ending.report)
    elif isinstance(error, click.UsageError):
        error.show()
    else:
        if ending.exit_code == INTERRUPTED and sys.stderr is not None and sys.stderr.isatty():
            click.echo(err=True)  # the terminal stands behind ^C, or a question
        print_problem(ending.message, ending.hint)


def _wants_json(arguments: Sequence[str]) -> bool:
    """Return whether JSON is asked for; what is wrong may be the request, which nobody has read."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return "--format=json" in options or ("--format", "json") in pairwise(options)


def _tell_programs(ending: Ending) -> None:
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
