"""Color profiles of presses: finds one on this machine, and checks whether a file is one.

A profile (ICC.1) says which inks give which color on a certain press and paper.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable
from pathlib import Path

__all__ = [
    "PACKAGES",
    "REMEDY",
    "find_press_profile",
    "name_of_profile",
    "profile_fault",
    "read_press_profile",
]

PACKAGES = {"apt-get": "texlive-base", "dnf": "texlive-colorprofiles"}
"""The package that has FOGRA39, by the system's package manager."""
REMEDY = "ask the print shop for its profile, and name it: `editions: {press: {profile: FILE}}`"
"""What to do where no package has one."""

_FOLDERS = (
    f"{sys.prefix}/share/color/icc",
    "/usr/share/color/icc",
    "/usr/local/share/color/icc",
    "/opt/homebrew/share/color/icc",
    "/Library/ColorSync/Profiles",
    "/System/Library/ColorSync/Profiles",
    "~/.local/share/icc",
    "~/.color/icc",
    "~/Library/ColorSync/Profiles",
    # TeX installs FOGRA39 for its own PDF files.
    "/usr/share/texlive/texmf-dist/tex/generic/colorprofiles",
    "/usr/share/texmf-dist/tex/generic/colorprofiles",
    "/opt/homebrew/share/texmf-dist/tex/generic/colorprofiles",
    "/Library/TeX/Root/texmf-dist/tex/generic/colorprofiles",
)
_NAMES = ("fogra39", "isocoated_v2")
"""Parts of the names of files that hold FOGRA39, the best first."""
_MOST_PROFILES = 1000
_HEADER = 128
"""Bytes of a profile's header."""


def find_press_profile() -> Path | None:
    """Return a file of FOGRA39 (offset on coated paper), or None if this machine has none."""
    for wanted in _NAMES:
        named = [path for path in _profiles() if wanted in path.name.lower()]
        for path in sorted(named, key=lambda path: (path.name.lower(), path)):
            if not _fault_of_header(_start_of(path)):
                return path
    return None


def read_press_profile(path: Path) -> bytes:
    """Return the content of a profile that `find_press_profile` found."""
    return path.read_bytes()


def profile_fault(data: bytes) -> str:
    """Return why a file is not a usable press profile, or an empty text."""
    fault = _fault_of_header(data[:_HEADER])
    if fault:
        return fault
    if int.from_bytes(data[:4], "big") != len(data):
        return "is a color profile that is cut short, or has something after its end"
    from PIL import ImageCms  # as in `name_of_profile`

    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
        screen = ImageCms.createProfile("sRGB")
        ImageCms.buildTransform(screen, profile, "RGB", "CMYK")
        ImageCms.buildTransform(profile, screen, "CMYK", "RGB")
    except (OSError, ImageCms.PyCMSError):
        return "is a damaged color profile, or one that leads one way only"
    return ""


def name_of_profile(data: bytes) -> str:
    """Return the name that a profile gives itself."""
    # Imported here, as only a build for the press needs it.
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
    return " ".join(ImageCms.getProfileDescription(profile).split())


def _fault_of_header(header: bytes) -> str:
    if len(header) < _HEADER or header[36:40] != b"acsp":
        return "is not a color profile"
    space = header[16:20].decode("latin-1").strip()
    if space != "CMYK":
        return f"is a color profile of {space}, not of a press that prints in CMYK"
    if header[12:16] != b"prtr":
        return "is a color profile, but not one of a press"
    return ""


def _start_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEADER)
    except OSError:
        return b""


def _profiles() -> Iterable[Path]:
    """Return files whose names are those of color profiles; only some if there are very many."""
    found: list[Path] = []
    for folder in _FOLDERS:
        for here, _, files in os.walk(Path(folder).expanduser()):
            found += [Path(here, name) for name in files if name.lower().endswith((".icc", ".icm"))]
            if len(found) > _MOST_PROFILES:
                return found
    return found
