"""Preflight: what is judged on the finished pages, one file and one row a check."""

from __future__ import annotations

from collections.abc import Callable

from typeset.diagnostics import Report
from typeset.preflight.captions import check_captions
from typeset.preflight.completeness import check_completeness
from typeset.preflight.drawings import check_drawings
from typeset.preflight.engine_log import check_engine
from typeset.preflight.front_page import check_front_page
from typeset.preflight.headings import check_headings
from typeset.preflight.images import check_images
from typeset.preflight.length import check_length
from typeset.preflight.overlaps import check_overlaps
from typeset.preflight.overset import check_overset
from typeset.preflight.subject import Subject
from typeset.preflight.transparency import check_see_through

__all__ = ["CHECKS", "Subject", "preflight"]

CHECKS: tuple[Callable[[Subject, Report], None], ...] = (
    check_engine,
    check_completeness,
    check_front_page,
    check_overlaps,
    check_captions,
    check_overset,
    check_headings,
    check_images,
    check_drawings,
    check_see_through,
    check_length,
)
"""Every check, in the order in which it reports."""


def preflight(subject: Subject, report: Report) -> None:
    """Run every check on the pages of an issue."""
    for check in CHECKS:
        check(subject, report)
