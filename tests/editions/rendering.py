"""Renders editions of an issue in this process, with one layout for all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from typeset.diagnostics import Report
from typeset.editions import EDITIONS, Material
from typeset.layout.lay_out import lay_out
from typeset.layout.protocol import LaidOut, RenderRequest, silent
from typeset.pipeline.build import LoadedIssue, layout_job, load_issue

__all__ = ["files_of", "material_of", "render_issue", "requests_of"]


def render_issue(folder: Path, *editions: str) -> LaidOut:
    """Lay out the issue in a folder, and make editions of it."""
    loaded = load_issue(folder)
    requests = requests_of(loaded, loaded.report, *editions)
    loaded.report.stop_on_errors()
    return lay_out(layout_job(loaded, requests)(), silent)


def material_of(loaded: LoadedIssue) -> Material:
    """Return the material of an issue's editions."""
    workspace, issue = loaded.workspace, loaded.issue
    files = workspace.files()
    return Material(workspace, loaded.manifest, issue, loaded.design, issue.date, files)


def requests_of(loaded: LoadedIssue, report: Report, *editions: str) -> list[RenderRequest]:
    """Return the render requests of those editions that are made from pages."""
    prepared = [EDITIONS[name].prepare(material_of(loaded), report) for name in editions]
    return [one for one in prepared if isinstance(one, RenderRequest)]


def files_of(laid_out: LaidOut) -> Mapping[str, bytes]:
    """Return the bytes of each edition."""
    return {name: finished.data for name, finished in laid_out.files.items()}
