"""Editions of an issue, made of pages that are laid out once and without a child process."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.pages import not_told
from typeset.diagnostics import Report
from typeset.editions import EDITIONS, Material
from typeset.layout.lay_out import lay_out
from typeset.layout.protocol import LaidOut, RenderRequest
from typeset.pipeline.build import LoadedIssue, layout_job, load_issue

__all__ = ["files_of", "material_of", "render_issue", "requests_of"]


def render_issue(folder: Path, *editions: str) -> LaidOut:
    """Lay the issue in a folder out and make editions of it."""
    loaded = load_issue(folder)
    requests = requests_of(loaded, loaded.report, *editions)
    loaded.report.stop_on_errors()
    return lay_out(layout_job(loaded, requests)(), not_told)


def material_of(loaded: LoadedIssue) -> Material:
    """Return what editions of an issue are made of."""
    workspace, issue = loaded.workspace, loaded.issue
    files = workspace.files()
    return Material(workspace, loaded.manifest, issue, loaded.design, issue.date, files)


def requests_of(loaded: LoadedIssue, report: Report, *editions: str) -> list[RenderRequest]:
    """Return what editions that are made of pages ask of the layout."""
    asked = [EDITIONS[name].prepare(material_of(loaded), report) for name in editions]
    return [one for one in asked if isinstance(one, RenderRequest)]


def files_of(laid_out: LaidOut) -> Mapping[str, bytes]:
    """Return the bytes of each edition."""
    return {name: finished.data for name, finished in laid_out.files.items()}
