"""Lines of pages, and what a reader of the structure meets: what tests of lines look at."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tests.pages import Pages, Row, rows_of

__all__ = ["FLUSH", "end_of", "folder_of", "lines_of", "run", "structure"]

FLUSH = 0.3
"""Points by which the end of a line may miss its column's edge."""


def folder_of(pages: Pages) -> Path:
    return pages.loaded.workspace.root / pages.loaded.manifest.folder


def lines_of(pages: Pages, text: str) -> list[Row]:
    """The rows on which a text stands."""
    return rows_of(pages.rows, pages.the(text))


def end_of(row: Row) -> float:
    """Where the last letter of a row ends, with the white that belongs to it."""
    last = [glyph for glyph in row.glyphs if not glyph.character.isspace()][-1]
    # An f reaches over into the white that follows.
    return last.end - 0.08 * last.size * (last.character == "f" and "Serif" in last.font)


def run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def structure(path: Path) -> list[str]:
    """The text of each paragraph, item and heading in the order of the structure."""
    parts: list[str] = []
    for line in run("pdfinfo", "-struct-text", str(path)).splitlines():
        if match := re.fullmatch(r'\s*"(.*)"', line):
            parts[-1] += match[1]
        elif line.rstrip().endswith("(block)"):
            parts.append("")
    return [part for part in parts if part]
