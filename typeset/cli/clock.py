"""The only clock: what day it is.  Other modules are given the day as a value."""

from __future__ import annotations

from datetime import date, datetime

from typeset.pipeline.source_date import source_day

__all__ = ["current_day"]


def current_day() -> date:
    """Return the day by this machine's calendar; ``SOURCE_DATE_EPOCH`` wins where it is set."""
    return source_day() or datetime.now().astimezone().date()
