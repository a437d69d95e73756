"""Pictures as cameras and programs leave them pass the judges in every edition."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.images.bad_images import write_bad_images
from tests.validators.judge import hear
from typeset import build_issue
from typeset.editions import EDITIONS

pytestmark = pytest.mark.validators


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with all editions of them."""
    home = tmp_path_factory.mktemp("pictures")
    output = home / "output"
    build_issue(write_bad_images(home / "publication"), editions=tuple(EDITIONS), output=output)
    return output


def test_the_judges_are_content_with_every_edition(folder: Path) -> None:
    files = sorted(folder.rglob("*.pdf"))
    assert files
    hearing = hear(files)
    faults = {
        (file.name, judge): verdict.faults
        for (file, judge), verdict in hearing.verdicts.items()
        if not verdict.passed
    }
    assert faults == {}
    assert not hearing.missing
