"""The command line: it alone prints, and it alone picks exit codes.

0 done · 1 the content has errors · 2 wrong usage · 3 a fault of the machine, or of typeset ·
130 interrupted.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from typeset import __version__
from typeset.cli.build import build
from typeset.cli.console import print_problem, print_report
from typeset.errors import ContentError, EnvironmentFault, TypesetError, UsageError

__all__ = ["main"]

DONE, CONTENT, USAGE, FAULT, INTERRUPTED = 0, 1, 2, 3, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="typeset %(version)s")
def _typeset() -> None:
    """Turn Markdown articles and a YAML manifest into a beautiful two-column issue."""


_typeset.add_command(build)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        argv: the words after ``typeset``; None means those of this process.

    Returns:
        The exit code.
    """
    arguments = list(sys.argv[1:] if argv is None else argv) or ["--help"]
    try:
        _typeset.main(args=arguments, prog_name="typeset", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return USAGE
    except (KeyboardInterrupt, click.Abort):
        print_problem("interrupted; nothing was written")
        return INTERRUPTED
    except ContentError as error:
        print_report(error.report)
        return CONTENT
    except UsageError as error:
        print_problem(error.message, error.hint)
        return USAGE
    except EnvironmentFault as error:
        print_problem(error.message, error.hint)
        return FAULT
    except (TypesetError, Exception) as error:
        kind = type(error).__name__
        hint = "this is a defect of typeset; please report it with the input that shows it"
        print_problem(f"internal fault ({kind}: {error})", hint)
        return FAULT
    return DONE
