"""The table of judges, and the files that each checks.

All are independent of our code, and written by others from the standards or from experience.  Only
the judge of PDF/X-4 is our own, because no independent one can be installed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.validators import ink, pagevalidation, pdfx, readers, verapdf
from tests.validators.standards import A3A, UA1, X4, Subject
from tests.validators.verdict import Verdict
from tests.validators.webjudges import WEB_JUDGES

__all__ = ["JUDGES", "PAGE_JUDGES", "Judge"]


@dataclass(frozen=True, slots=True)
class Judge:
    """A judge, and the files that it checks."""

    name: str
    hears: Callable[[Subject], bool]
    """Returns whether it checks a file."""
    judge: Callable[[Sequence[Path]], list[Verdict]]
    """Returns its verdict on each file, in the order given."""
    standard: str = ""
    """The standard that it checks; two judges of one standard must agree."""
    at_once: bool = False
    """Whether it gets all files in one call, because its start is slow."""


def _every(_subject: Subject) -> bool:
    return True


def _claims(standard: str) -> Callable[[Subject], bool]:
    return lambda subject: standard in subject.standards


def _screen(subject: Subject) -> bool:
    return subject.edition == "screen"


def _each(faults_of: Callable[[Path], Sequence[str]]) -> Callable[[Sequence[Path]], list[Verdict]]:
    return lambda files: [Verdict(file, tuple(faults_of(file))) for file in files]


def _standard(
    name: str,
    judge: Callable[[Sequence[Path], str], list[Verdict]],
    standard: str,
    *,
    at_once: bool,
) -> Judge:
    return Judge(name, _claims(standard), lambda files: judge(files, standard), standard, at_once)


JUDGES: tuple[Judge, ...] = (
    _standard("veraPDF UA-1", verapdf.judge, UA1, at_once=True),
    _standard("page-validation UA-1", pagevalidation.judge, UA1, at_once=False),
    _standard("veraPDF A-3a", verapdf.judge, A3A, at_once=True),
    _standard("page-validation A-3a", pagevalidation.judge, A3A, at_once=False),
    Judge("X-4 structure", _claims(X4), _each(pdfx.faults_of), X4),
    Judge("ink", _claims(X4), _each(ink.judge)),
    Judge("qpdf", _every, _each(readers.qpdf)),
    Judge("Poppler", _every, _each(readers.poppler)),
    Judge("structure text", _screen, _each(readers.structure_text)),
    Judge("fonts", _every, _each(readers.fonts)),
    Judge("Ghostscript", _every, _each(readers.ghostscript)),
)
"""The judges of PDF files, in the order of the table's columns."""

PAGE_JUDGES: tuple[Judge, ...] = tuple(
    Judge(name, _every, judge, at_once=True) for name, judge in WEB_JUDGES.items()
)
"""The judges of web pages."""
