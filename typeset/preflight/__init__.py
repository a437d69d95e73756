"""Preflight: the checks of finished pages, with one file and one row each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from typeset.diagnostics import Report
from typeset.preflight.captions import check_captions
from typeset.preflight.completeness import check_completeness
from typeset.preflight.drawings import check_drawings
from typeset.preflight.engine_log import check_engine
from typeset.preflight.front_page import check_front_page
from typeset.preflight.headings import check_headings
from typeset.preflight.images import check_images
from typeset.preflight.length import check_length
from typeset.preflight.narrowed import check_narrowed
from typeset.preflight.overlaps import check_overlaps
from typeset.preflight.overset import check_overset
from typeset.preflight.subject import Subject
from typeset.preflight.transparency import check_see_through

__all__ = ["CHECKS", "Check", "Subject", "preflight"]

Check = Callable[[Subject, Report], None]
"""Judges pages, and reports what is wrong with them.

What it needs to know of them, besides where things stand, an inspection finds: it reads
``subject.pages.found(OVERSET)``.
"""

CHECKS: tuple[Check, ...] = (
    check_engine,
    check_completeness,
    check_front_page,
    check_overlaps,
    check_captions,
    check_overset,
    check_headings,
    check_images,
    check_narrowed,
    check_drawings,
    check_see_through,
    check_length,
)
"""Every check, in the order in which it reports."""


def preflight(subject: Subject, report: Report, checks: Sequence[Check] = CHECKS) -> None:
    """Run every check on the pages of an issue.

    Args:
        subject: the issue and its pages.
        report: receives what is wrong.
        checks: the checks, in the order in which they report.
    """
    for check in checks:
        check(subject, report)
