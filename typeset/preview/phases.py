"""The phases of the preview: how what is shown stands to what was saved last."""

from __future__ import annotations

from enum import Enum, StrEnum, auto

__all__ = ["Event", "Phase", "next_phase"]


class Phase(StrEnum):
    """What the preview is doing; the page in the browser gets its value."""

    IDLE = "idle"
    """The pages of the last save are shown."""
    EDITING = "editing"
    """Files have changed, and no build of them has begun.  An older one may still be under way."""
    BUILDING = "building"
    """The last save is being built."""
    STALE = "stale"
    """The last save gave no pages, so those before it are shown."""
    ENDED = "ended"
    """The preview has been stopped."""


class Event(Enum):
    """What may happen."""

    CHANGED = auto()
    """Files have changed."""
    BEGAN = auto()
    """A build of the newest files has begun."""
    DRAWN = auto()
    """The build under way has drawn the page in sight."""
    FINISHED = auto()
    """It has given pages."""
    FAILED = auto()
    """It has given diagnostics, and no pages."""
    ABANDONED = auto()
    """It was given up."""
    ENDED = auto()
    """The preview is stopped."""


_TABLE = {
    Phase.IDLE: {
        Event.CHANGED: Phase.EDITING,
        # Its pages cannot be shown.
        Event.FAILED: Phase.STALE,
    },
    Phase.EDITING: {
        Event.CHANGED: Phase.EDITING,
        Event.BEGAN: Phase.BUILDING,
        # Of an older build, whose pages are shown all the same, except the early one.
        Event.FINISHED: Phase.EDITING,
        Event.FAILED: Phase.EDITING,
        Event.ABANDONED: Phase.EDITING,
    },
    Phase.BUILDING: {
        Event.CHANGED: Phase.EDITING,
        Event.DRAWN: Phase.BUILDING,
        Event.FINISHED: Phase.IDLE,
        Event.FAILED: Phase.STALE,
        Event.ABANDONED: Phase.EDITING,
    },
    Phase.STALE: {Event.CHANGED: Phase.EDITING},
    Phase.ENDED: {},
}
"""The phase after each event."""


def next_phase(phase: Phase, event: Event) -> Phase | None:
    """Return the phase after an event; None if the event is to be ignored in that phase."""
    return Phase.ENDED if event is Event.ENDED else _TABLE[phase].get(event)
