"""The default folder that a build writes to."""

from __future__ import annotations

from pathlib import Path

from typeset.errors import EnvironmentFault

__all__ = ["output_folder"]

_BUILD = "build"


def output_folder(slug: str) -> Path:
    """Return the folder for the files of an issue: ``build/<slug>`` in the current folder.

    An outside author may send a publication with a link of that name, so a link that leads
    elsewhere is refused.

    Args:
        slug: the issue's.

    Raises:
        EnvironmentFault: if a link leads out of the current folder.
    """
    folder = Path(_BUILD, slug)
    try:
        is_here = folder.resolve().is_relative_to(Path.cwd().resolve())
    except (OSError, RuntimeError):
        is_here = False  # a link that leads back to itself leads nowhere
    if not is_here:
        hint = "delete the link, or say with --output where to write"
        raise EnvironmentFault(f"a link leads from {folder} out of the current folder", hint=hint)
    return folder
