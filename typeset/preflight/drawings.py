"""Checks that drawings show every letter, and look as they should."""

from __future__ import annotations

from urllib.parse import unquote

from typeset.diagnostics import Report
from typeset.layout.findings import DRAWING_FAULTS
from typeset.preflight.subject import Subject
from typeset.source import Location

__all__ = ["check_drawings"]

_FILES = "/publication/"
"""The folder of a publication's files in the addresses of a document."""


def check_drawings(subject: Subject, report: Report) -> None:
    """Report what the pages do not show of drawings, at the lines of their files."""
    for fault in subject.pages.found(DRAWING_FAULTS):
        path = unquote(fault.address.partition(_FILES)[2])
        place = Location(path, fault.line)
        report.add(fault.code, f"{path} {fault.message}", place, fault.hint)
