"""Finds what ships with typeset: templates, styles, and fonts from their packages.

In a checkout ``templates/`` and ``styles/`` are read in place, so that edits show at once; a wheel
carries them in ``typeset/_assets``.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from typeset.errors import EnvironmentFault

__all__ = ["font_file", "styles_folder", "templates_folder"]

_PACKAGE = Path(__file__).parents[1]


def templates_folder() -> Path:
    """Return the folder of Jinja templates."""
    return _folder("templates")


def styles_folder() -> Path:
    """Return the folder of styles, one folder a theme."""
    return _folder("styles")


def font_file(package: str, name: str) -> bytes:
    """Return a font file that a Python package brings.

    Args:
        package: the package's import name, such as ``font_source_serif_pro``.
        name: the file's name in the package's folder ``files``.

    Raises:
        EnvironmentFault: if the package or the file is missing.
    """
    try:
        return (resources.files(package) / "files" / name).read_bytes()
    except (ModuleNotFoundError, FileNotFoundError) as error:
        hint = f"install it again: pip install {package.replace('_', '-')}"
        raise EnvironmentFault(f"the font {name} is not installed", hint=hint) from error


def _folder(name: str) -> Path:
    for folder in (_PACKAGE / "_assets" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    hint = "install typeset again"
    raise EnvironmentFault(f"typeset's own {name} are missing", hint=hint)
