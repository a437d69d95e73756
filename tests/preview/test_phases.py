"""What the preview shows follows from what has happened, by one table."""

from __future__ import annotations

import pytest

from typeset.preview.phases import Event, Phase, next_phase


def phase_after(*events: Event) -> Phase:
    """The phase after events, from that in which a preview begins."""
    phase = Phase.EDITING
    for event in events:
        phase = next_phase(phase, event) or phase
    return phase


@pytest.mark.parametrize(
    ("events", "phase"),
    [
        ((Event.BEGAN,), Phase.BUILDING),
        ((Event.BEGAN, Event.DRAWN), Phase.BUILDING),
        ((Event.BEGAN, Event.DRAWN, Event.FINISHED), Phase.IDLE),
        ((Event.BEGAN, Event.FAILED), Phase.STALE),
        ((Event.BEGAN, Event.FAILED, Event.CHANGED), Phase.EDITING),
        ((Event.BEGAN, Event.FINISHED, Event.CHANGED, Event.BEGAN), Phase.BUILDING),
        # A build that is abandoned or overtaken: the next one is still to begin.
        ((Event.BEGAN, Event.ABANDONED), Phase.EDITING),
        ((Event.BEGAN, Event.CHANGED, Event.CHANGED, Event.ABANDONED), Phase.EDITING),
        ((Event.BEGAN, Event.CHANGED, Event.FINISHED), Phase.EDITING),
        ((Event.BEGAN, Event.CHANGED, Event.FAILED, Event.BEGAN), Phase.BUILDING),
    ],
)
def test_what_happens_leads_to_a_phase(events: tuple[Event, ...], phase: Phase) -> None:
    assert phase_after(*events) is phase


def test_the_early_page_is_that_of_the_newest_files() -> None:
    assert next_phase(Phase.BUILDING, Event.DRAWN) is Phase.BUILDING
    others = set(Phase) - {Phase.BUILDING}
    assert all(next_phase(phase, Event.DRAWN) is None for phase in others)


def test_after_the_end_nothing_happens() -> None:
    assert all(next_phase(phase, Event.ENDED) is Phase.ENDED for phase in Phase)
    others = set(Event) - {Event.ENDED}
    assert all(next_phase(Phase.ENDED, event) is None for event in others)
