"""Printing: diagnostics and progress to stderr, results to stdout."""

from __future__ import annotations

import json
import os
import sys
from types import TracebackType
from typing import IO, Any, Self

import click

from typeset.cli.streams import can_print
from typeset.diagnostics import Report
from typeset.layout.protocol import Progress
from typeset.reports.terminal import render_report

__all__ = [
    "ProgressBar",
    "may_color",
    "print_json",
    "print_note",
    "print_problem",
    "print_report",
    "print_result",
]

_WIDTH = 24
_STEPS = {
    "read": (0.02, "reading the articles"),
    "grid": (0.06, "measuring"),
    "layout": (0.10, "laying out page"),
    "verify": (0.85, "comparing text and pages"),
    "write": (0.90, "writing the PDF"),
    "finish": (0.96, "making the editions"),
    "offprint": (0.97, "printing offprint"),
    "article": (0.98, "printing offprint"),
}


def may_color(stream: IO[Any] | None) -> bool:
    """Return whether a stream is a terminal and ``NO_COLOR`` is not set."""
    return stream is not None and stream.isatty() and "NO_COLOR" not in os.environ


def _is_terminal() -> bool:
    return may_color(sys.stderr)


def print_result(text: str) -> None:
    """Print a result, such as a path, unchanged: click would replace some characters."""
    if sys.stdout is not None:
        sys.stdout.write(f"{text}\n")


def print_json(text: str) -> None:
    """Print JSON; characters that the stream cannot encode become JSON escapes."""
    print_result(text if can_print(text) else json.dumps(json.loads(text), indent=2))


def print_report(report: Report) -> None:
    """Print every diagnostic, and how many there are."""
    click.echo(render_report(report, color=_is_terminal()), err=True, nl=False)


def print_problem(message: str, hint: str = "") -> None:
    """Print a failure that is not a diagnostic of the issue."""
    label = click.style("error", fg="red", bold=True) if _is_terminal() else "error"
    click.echo(f"typeset: {label}: {message}", err=True)
    if hint:
        click.echo(f"  hint: {hint}", err=True)


def print_note(message: str) -> None:
    """Print a remark on what was done, or on what to do next."""
    click.echo(message, err=True)


class ProgressBar:
    """A line on the terminal that shows the progress of a build; it prints nothing elsewhere.

    It adds a note to an exception that ends the build: whether the files were written.
    """

    def __init__(self) -> None:
        self._shown = _is_terminal()
        self._is_written = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None and self._is_written:
            error.add_note("the files were written")
        elif error is not None and not isinstance(error, Exception):
            error.add_note("nothing was written")
        self.close()

    def __call__(self, progress: Progress) -> None:
        """Show a step."""
        self._is_written = progress.step == "written"
        if not self._shown or self._is_written:
            return
        share, words = _STEPS[progress.step]
        if progress.page:
            # The number of pages is unknown until the end, so approach the next step.
            next_share = _STEPS["verify"][0] if progress.step == "layout" else 1.0
            share += (next_share - share) * progress.page / (progress.page + 8)
            words = f"{words} {progress.page}"
        done = round(share * _WIDTH)
        bar = "█" * done + "░" * (_WIDTH - done)
        click.echo(f"\r\033[K{bar} {words}", err=True, nl=False)

    def close(self, words: str = "") -> None:
        """Delete the line, and print some last words in its place."""
        if self._shown:
            click.echo(f"\r\033[K{words}", err=True, nl=bool(words))
