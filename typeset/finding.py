"""Finding the issue that a command means."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from typeset.diagnostics import Report
from typeset.errors import UsageError
from typeset.manifest import ISSUE_FILE, PUBLICATION_FILE
from typeset.workspace import ReadProblem, Workspace
from typeset.yamldata import load_yaml

__all__ = ["find_issue"]


def find_issue(path: Path | None) -> tuple[Workspace, str]:
    """Return the publication's workspace and the issue's folder in it.

    Args:
        path: an issue's folder or its ``issue.yaml``; None means the newest issue of the
            publication around the current folder.

    Raises:
        UsageError: if there is no such issue, or no publication around it.
    """
    if path is None:
        return _newest(Path.cwd())
    folder = path.parent if path.name == ISSUE_FILE else path
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}", hint=_candidates(Path.cwd()))
    if not (folder / ISSUE_FILE).is_file():
        if (folder / PUBLICATION_FILE).is_file():
            return _newest(folder)
        raise UsageError(f"{folder} holds no {ISSUE_FILE}", hint=_candidates(folder))
    workspace = Workspace.at(_publication_around(folder))
    return workspace, workspace.relative(folder)


def _publication_around(folder: Path) -> Path:
    resolved = folder.resolve()
    for candidate in (resolved, *resolved.parents):
        if (candidate / PUBLICATION_FILE).is_file():
            return candidate
    hint = f"put a {PUBLICATION_FILE} beside or above the issue's folder"
    raise UsageError(f"no {PUBLICATION_FILE} stands in {folder} or above it", hint=hint)


def _issues(root: Path) -> list[Path]:
    return [
        path.parent for pattern in ("*", "*/*") for path in root.glob(f"{pattern}/{ISSUE_FILE}")
    ]


def _newest(folder: Path) -> tuple[Workspace, str]:
    workspace = Workspace.at(_publication_around(folder))
    dated = []
    for issue in [*_issues(workspace.root), workspace.root]:
        try:
            source = workspace.read_text(workspace.relative(issue / ISSUE_FILE))
        except ReadProblem:
            continue
        data = load_yaml(source, Report())
        dated.append((_day(data.data.get("date") if data else None), workspace.relative(issue)))
    if not dated:
        hint = f"make a folder with an {ISSUE_FILE} in it"
        raise UsageError(f"the publication in {workspace.root} has no issue yet", hint=hint)
    return workspace, max(dated)[1]


def _day(value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return date.min


def _candidates(folder: Path) -> str:
    names = sorted(str(issue) for issue in _issues(folder))
    return f"there are issues in {', '.join(names)}" if names else ""
