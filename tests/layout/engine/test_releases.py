"""The adapter was read against certain releases: another one is read again before it is trusted."""

from __future__ import annotations

from importlib.metadata import version

import pytest

from typeset.layout.engine.releases import IS_KNOWN, READ_IN


@pytest.mark.parametrize("package", READ_IN)
def test_the_release_is_the_one_that_the_adapter_was_read_in(package: str) -> None:
    assert version(package) == READ_IN[package], (
        f"{package} is another release than the adapter was read in: see whether the other tests of"
        " this folder pass, look in its changes for the names that typeset/layout/engine/ imports"
        " and for the texts in messages.py, build both samples and compare the files, and then put"
        " the release in READ_IN"
    )


def test_what_changes_how_the_engine_works_is_on() -> None:
    assert IS_KNOWN
