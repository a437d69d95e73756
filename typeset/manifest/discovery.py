"""Finds the issue or the publication that a command means."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from typeset.config.yaml_loader import load_yaml
from typeset.diagnostics import Report
from typeset.errors import EnvironmentFault, UsageError
from typeset.files.workspace import ReadProblem, Workspace
from typeset.manifest.load import ISSUE_FILE, PUBLICATION_FILE
from typeset.source import Location

__all__ = ["find_issue", "find_publication", "issue_folders", "place_in_issue"]

MAX_CANDIDATES = 5
_LEVELS = 3
"""How many levels of folders are searched for issues, from the publication's folder down."""


def find_issue(path: Path | None) -> tuple[Workspace, str]:
    """Return the publication's workspace and the issue's folder in it.

    Args:
        path: the folder or the manifest of an issue, or of a publication, which means its newest
            issue; None means the publication around the current folder.

    Raises:
        UsageError: if there is no such issue, or no publication around it.
        EnvironmentFault: if the current folder was deleted.
    """
    if path is None:
        return _newest(_current_folder())
    folder = path.parent if path.name in (ISSUE_FILE, PUBLICATION_FILE) else path
    try:
        is_file = folder.is_file()
    except OSError as error:  # such as a path that is too long
        raise UsageError(f"there can be no folder {folder}: {error.strerror}") from error
    if is_file:
        hint = f"name the issue's folder or its {ISSUE_FILE}"
        raise UsageError(f"{path} is neither an issue nor a publication", hint=hint)
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}", hint=_candidates(_current_folder()))
    if (folder / ISSUE_FILE).exists():
        workspace = Workspace.at(_require_publication(folder))
        return workspace, workspace.relative(folder)
    if (folder / PUBLICATION_FILE).exists():
        return _newest(folder)
    raise UsageError(f"{folder} holds no {ISSUE_FILE}", hint=_candidates(folder))


def _current_folder() -> Path:
    try:
        return Path.cwd()
    except OSError as error:
        message = "the current folder no longer exists"
        raise EnvironmentFault(message, hint="go to another folder, and try again") from error


def place_in_issue(name: str | None) -> tuple[Path | None, Location | None]:
    """Return the issue that a command means, and the place in it if one of its files is named.

    Args:
        name: an issue's folder or ``issue.yaml``, or the path of another file, perhaps with the
            number of a line, as in ``articles/01-harbor.md:12``.

    Raises:
        UsageError: if a file is named that belongs to no issue.
    """
    if name is None:
        return None, None
    match = re.fullmatch(r"(.+?)(?::(\d{1,8}))?(?::\d{1,8})?", name)
    file, line = (match[1], int(match[2] or 0)) if match else (name, 0)
    path = Path(file)
    if not path.is_file() or path.name in (ISSUE_FILE, PUBLICATION_FILE):
        return Path(name), None
    for folder in path.resolve().parents:
        if (folder / ISSUE_FILE).is_file():
            root = Workspace.at(_require_publication(folder))
            return folder, Location(root.relative(path), line)
    hint = _candidates(_current_folder())
    raise UsageError(f"there is no {ISSUE_FILE} above {path}", hint=hint)


def find_publication(path: Path | None) -> Workspace:
    """Return the workspace of a publication.

    Args:
        path: the publication's folder or its ``publication.yaml``, or a folder in it; None means
            the publication around the current folder.

    Raises:
        UsageError: if there is none.
    """
    folder = Path.cwd() if path is None else path.parent if path.is_file() else path
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}")
    return Workspace.at(_require_publication(folder))


def issue_folders(workspace: Workspace) -> list[str]:
    """Return the folders of a publication's issues, relative to its own, by date."""
    issues = [
        workspace.relative(issue)
        for issue in _issues(workspace.root)
        if _publication_around(issue) == workspace.root
    ]
    return sorted(issues, key=lambda issue: (_day(workspace, issue), issue))


def _publication_around(folder: Path) -> Path | None:
    resolved = folder.resolve()
    for candidate in (resolved, *resolved.parents):
        # Reading it reports the fault if it is not a file.
        if (candidate / PUBLICATION_FILE).exists():
            return candidate
    return None


def _require_publication(folder: Path) -> Path:
    publication = _publication_around(folder)
    if publication is None:
        hint = (
            _candidates(folder)
            or f"`typeset-press new publication` makes a folder with a {PUBLICATION_FILE} in it"
        )
        raise UsageError(f"there is no {PUBLICATION_FILE} in {folder} or above it", hint=hint)
    return publication


def _issues(root: Path) -> list[Path]:
    """Return the folders of issues in a folder, at most two levels down."""
    level, found = [root], []
    for _ in range(_LEVELS):
        found += [folder for folder in level if (folder / ISSUE_FILE).exists()]
        level = [inner for folder in level for inner in _folders(folder, root.resolve())]
    return found


def _folders(folder: Path, root: Path) -> list[Path]:
    """Return the folders in a folder, except links that lead out of ``root``."""
    try:
        return [
            path
            for path in folder.iterdir()
            if path.is_dir() and (not path.is_symlink() or path.resolve().is_relative_to(root))
        ]
    except OSError:
        return []  # not readable


def _newest(folder: Path) -> tuple[Workspace, str]:
    workspace = Workspace.at(_require_publication(folder))
    issues = issue_folders(workspace)
    if not issues:
        hint = f"`typeset-press new issue` makes a folder with an {ISSUE_FILE} in it"
        raise UsageError(f"the publication in {workspace.root} has no issue yet", hint=hint)
    return workspace, issues[-1]


def _day(workspace: Workspace, issue: str) -> date:
    """Return an issue's date.

    An issue whose date cannot be read counts as the newest, so that its mistake is reported.
    Otherwise an older issue would be built without a warning.
    """
    try:
        source = workspace.read_text(f"{issue}/{ISSUE_FILE}")
        data = load_yaml(source, Report())
        return date.max if data is None else date.fromisoformat(str(data.data.get("date")))
    except (ReadProblem, ValueError):
        return date.max


def _candidates(folder: Path) -> str:
    """Return a hint that lists the issues below a folder, or an empty text."""
    here = Path.cwd()
    names = sorted(
        str(issue.relative_to(here) if issue.is_relative_to(here) else issue)
        for issue in _issues(folder)
        if issue != folder
    )
    more = ", …" if len(names) > MAX_CANDIDATES else ""
    return f"there are issues in {', '.join(names[:MAX_CANDIDATES])}{more}" if names else ""
