"""Edits one after the other: the preview shows what a build of the same files gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.random_edits import run

ISSUE = Path(__file__).parents[2] / "issues" / "2026-12-09"


@pytest.mark.slow
@pytest.mark.usefixtures("layout_in_a_child")
def test_random_edits_end_as_a_build() -> None:
    """The same bytes or the same errors, no process left, and no more memory with each edit."""
    assert run(ISSUE, count=30, seed=7, every=10) == 0
