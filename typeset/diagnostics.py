"""Diagnostics: problems as values.

A stage reports a problem and goes on, so that one run finds every mistake.  :mod:`typeset.reports`
shows diagnostics.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from typeset.diagnostic_codes import Code, Severity
from typeset.errors import ContentError
from typeset.source import Location

__all__ = ["Diagnostic", "PagePlace", "Report", "Severity", "nearest", "one_line"]


_LONGEST_MESSAGE = 400
_END = 100
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True, slots=True)
class PagePlace:
    """A place on the finished pages."""

    page: int
    """Page number from 1."""
    column: int = 0
    """Column number from 1; 0 where unknown."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem, where it is, and what to do about it."""

    code: Code
    """Its row in the table has the severity."""
    message: str
    """One line of moderate length, even if the input that it quotes is longer."""
    location: Location | None = None
    page: PagePlace | None = None
    hints: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", one_line(self.message))
        object.__setattr__(self, "hints", tuple(one_line(hint) for hint in self.hints))

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return self.code.row.severity


class Report:
    """The diagnostics of one run, in the order in which they were found.

    Args:
        diagnostics: the first ones.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic] = ()) -> None:
        # A dictionary finds duplicates fast, as hostile input may cause thousands.
        self._diagnostics = dict.fromkeys(diagnostics)

    def __repr__(self) -> str:
        return f"Report({list(self._diagnostics)!r})"

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self._diagnostics)

    def __len__(self) -> int:
        return len(self._diagnostics)

    def add(self, code: Code, message: str, location: Location | None, *hints: str) -> None:
        """Report a problem; empty hints are left out."""
        self.take(Diagnostic(code, message, location, hints=tuple(filter(None, hints))))

    def take(self, diagnostic: Diagnostic) -> None:
        """Add a diagnostic, unless the report already has an equal one."""
        self._diagnostics.setdefault(diagnostic)

    def count(self, severity: Severity) -> int:
        """Return how many diagnostics have the given severity."""
        return sum(diagnostic.severity is severity for diagnostic in self)

    @property
    def failed(self) -> bool:
        """Whether any error was reported."""
        return self.count(Severity.ERROR) > 0

    def sorted(self) -> list[Diagnostic]:
        """Return the diagnostics by file and line; those without a place come last."""
        last = Location("\U0010ffff")
        return sorted(self, key=lambda diagnostic: diagnostic.location or last)

    def summary(self) -> str:
        """Return the counts in words, such as ``2 errors, 1 warning``."""
        counts = [(self.count(severity), severity) for severity in Severity]
        words = [f"{n} {name}{'s' if n > 1 else ''}" for n, name in counts if n]
        return ", ".join(words) or "no problems"

    def stop_on_errors(
        self, *, strict: bool = False, besides: Collection[Diagnostic] = frozenset()
    ) -> None:
        """End the run if any error was reported so far.

        Args:
            strict: whether warnings count as errors.
            besides: diagnostics in spite of which the run goes on.

        Raises:
            ContentError: with this report.
        """
        grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
        if any(one.severity in grave and one not in besides for one in self):
            raise ContentError(self)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ``did you mean …?`` with the most similar known word, or an empty text."""
    words = {candidate.casefold(): candidate for candidate in sorted(known)}
    matches = difflib.get_close_matches(word.casefold(), words, n=1, cutoff=0.6)
    return f"did you mean {words[matches[0]]}?" if matches else ""


def one_line(text: str) -> str:
    """Return a text on one line of moderate length, without control characters."""
    line = _BREAKS.sub(" ", text).strip()
    if len(line) <= _LONGEST_MESSAGE:
        return line
    # Keep the end too, since it often says what is wrong with the quoted beginning.
    return f"{line[: _LONGEST_MESSAGE - _END - 1]}…{line[-_END:]}"
