"""Runs page-validation, a second judge of PDF/UA and PDF/A, independent of veraPDF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.validators.verdict import JudgeMissingError, Verdict

__all__ = ["judge"]


def judge(files: Sequence[Path], profile: str = "ua1") -> list[Verdict]:
    """Judge each file by a profile, named as in `verapdf.FLAVOURS`."""
    # Imported here, so that the other judges work without this one.
    try:
        import page
    except ImportError:
        raise JudgeMissingError("page-validation") from None
    verdicts = []
    for file in files:
        try:
            failures = page.validate_pdf(file, profile=profile).failures
            faults = tuple(f"{failure.rule_id}: {failure.message}" for failure in failures)
        except page.PageError as error:
            faults = (f"unreadable: {error}",)
        verdicts.append(Verdict(file, faults))
    return verdicts
