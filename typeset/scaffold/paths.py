"""Finds files and folders of a publication."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from typeset.errors import UsageError
from typeset.files.workspace import Workspace
from typeset.manifest.discovery import find_publication, issue_folders

__all__ = ["SCHEMA_FOLDER", "find_issues", "has_schemas", "own_text", "schema_line", "shown"]

SCHEMA_FOLDER = ".schemas"
"""The folder of the JSON Schemas for editors: hidden, so that builds and listings skip it."""


def schema_line(kind: str, path: str) -> str:
    """Return the comment by which editors find the schema of a file.

    Args:
        kind: the kind of file: ``publication``, ``issue`` or ``article``.
        path: the file's path relative to the publication's folder.
    """
    up = "../" * (len(PurePosixPath(path).parts) - 1)
    return f"# yaml-language-server: $schema={up}{SCHEMA_FOLDER}/{kind}.json\n"


def find_issues() -> list[str]:
    """Return the folders of the issues around the current folder, relative to it, by date."""
    try:
        workspace = find_publication(None)
    except UsageError:
        return []
    return [str(shown(workspace, folder)) for folder in issue_folders(workspace)]


def shown(workspace: Workspace, path: str) -> Path:
    """Return a path in a publication as a user in the current folder would write it."""
    return Path(os.path.relpath(workspace.root / path, Path.cwd().resolve()))


def has_schemas(workspace: Workspace) -> bool:
    """Return whether a publication has a folder of JSON Schemas."""
    return (workspace.root / SCHEMA_FOLDER).is_dir()


def own_text(workspace: Workspace, path: str) -> str:
    """Return a file's text with its line ends and byte order mark, so that a change keeps them.

    Raises:
        ReadProblem: if it cannot be read.
    """
    return workspace.read_bytes(path).decode("utf-8")
