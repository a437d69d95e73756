"""The publication that the tests preview, and how to restore it."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.pages import prose
from tests.publications import article, png, write_publication

__all__ = ["FIRST", "SECOND", "WORDS", "replace_in", "write_previewed"]

FIRST, SECOND = "01-harbor.md", "02-quay.md"
WORDS = "a word that stands here alone"
"""In the first article's first paragraph."""


def write_previewed(folder: Path) -> Path:
    """Replace the folder by the publication; return the folder of its issue."""
    folder.mkdir(exist_ok=True)
    for thing in folder.iterdir():
        shutil.rmtree(thing) if thing.is_dir() else thing.unlink()
    first = (
        f"The harbor has {WORDS}, and ships.[^1]\n\n{prose(6, 1)}\n\n## The east side\n\n"
        f"{prose(7, 2)}\n\n"
        f'![The port from the hill](images/port.png){{alt="Ships"}}\n\n{prose(2, 3)}\n\n'
        "[^1]: As [the office](https://example.org/) says."
    )
    return write_publication(
        folder,
        # The faster way; these tests do not depend on it.
        publication={"line_breaking": "greedy"},
        articles={
            FIRST: article(first),
            SECOND: article(prose(4, 4), title="The Quay Is Open"),
        },
        files={"images/port.png": png(1200, 700)},
    )


def replace_in(file: Path, old: str, new: str) -> None:
    """Edit a file as some editors do: write a new file, and rename it."""
    text = file.read_text("utf-8")
    assert old in text
    beside = file.with_name(f".{file.name}.saving")
    beside.write_text(text.replace(old, new), "utf-8")
    beside.replace(file)
