"""The exception tree.

::

    TypesetError              every failure that a caller may expect
    ├── ContentError          the issue has errors; its report lists them all    (exit code 1)
    ├── UsageError            the request itself cannot be met                   (exit code 2)
    └── EnvironmentFault      this machine lacks something, or a worker died     (exit code 3)

Any other exception that leaves the package is a defect of typeset.  Only the command line knows the
exit codes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typeset.diagnostics import Report

__all__ = ["ContentError", "EnvironmentFault", "TypesetError", "UsageError"]


class TypesetError(Exception):
    """A failure that a caller may expect, with a hint on what to do about it.

    Args:
        message: one sentence that says what is wrong.
        hint: what to do about it, or an empty string.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ContentError(TypesetError):
    """The issue has errors, so nothing was written.

    Args:
        report: all diagnostics found, errors and others.
    """

    def __init__(self, report: Report) -> None:
        super().__init__(report.summary())
        self.report = report

    def __reduce__(self) -> tuple[type[ContentError], tuple[Report]]:
        """Pickle it by its report, since ``__init__`` takes no message."""
        return ContentError, (self.report,)


class UsageError(TypesetError):
    """The request cannot be met: no such issue, no such edition."""


class EnvironmentFault(TypesetError):
    """This machine lacks something that a build needs, or a worker process failed."""
