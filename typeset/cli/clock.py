"""The one clock: what day it is.  Everything below is handed a day as a value."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

__all__ = ["current_day"]


def current_day() -> date:
    """Return the day by this machine's calendar; ``SOURCE_DATE_EPOCH`` wins where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return datetime.now().astimezone().date()
