"""Editions of an issue, made of pages that are laid out once and without a child process."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.pages import not_told
from typeset.editions import EDITIONS, Material
from typeset.layout.engine import lay_out
from typeset.pages import LaidOut
from typeset.pipeline import layout_job, load_issue

__all__ = ["files_of", "print_issue"]


def print_issue(folder: Path, *editions: str) -> LaidOut:
    """Lay the issue in a folder out and make editions of it."""
    loaded = load_issue(folder)
    material = Material(loaded.workspace, loaded.manifest, loaded.issue, loaded.issue.date)
    prints = [EDITIONS[name].prepare(material, loaded.report) for name in editions]
    loaded.report.stop_on_errors()
    return lay_out(layout_job(loaded, prints)(), not_told)


def files_of(laid_out: LaidOut) -> Mapping[str, bytes]:
    """Return the bytes of each edition."""
    return {name: finished.data for name, finished in laid_out.files.items()}
