"""Checks that this machine has what a build needs."""

from __future__ import annotations

import contextlib
import ctypes
import io
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from typeset.color.press_profiles import PACKAGES, REMEDY, find_press_profile
from typeset.errors import EnvironmentFault
from typeset.languages.cjk_regions import REGIONS, FontStyle
from typeset.layout.process.messages import Failure, receive
from typeset.layout.process.parent import LayoutProcess
from typeset.programs import find_program, own_environment
from typeset.theme.load import installed_theme, theme_names

__all__ = ["CHECKS", "Check", "Finding", "Found", "Status", "examine"]


class Status(StrEnum):
    """The result of a check: found, missing, or missing but optional."""

    OK = "ok"
    MISSING = "missing"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found."""

    is_there: bool
    words: str
    """What was found, or what is missing, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A requirement to check."""

    name: str
    purpose: str
    """What a build needs it for."""
    look: Callable[[], Found]
    is_needed: bool = True
    """Whether builds fail, or print something wrong, without it."""
    packages: Mapping[str, str]
    """What to install, by the system's package manager."""
    remedy: str = ""
    """What to do if no package manager has it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of a check on this machine, with words for the user."""

    name: str
    status: Status
    found: str
    purpose: str
    remedy: str
    """How to get it; empty if it was found."""


_MANAGERS = {
    "apt-get": "apt-get install {}",
    "dnf": "dnf install {}",
    "brew": "brew install {}",
}
_OTHER_SCRIPTS = {"Arabic": "ar", "Hebrew": "he", "emoji": "und-zsye"}
_PATIENCE = 60
"""Seconds to wait for another program."""


def examine() -> list[Finding]:
    """Run all checks of the table, in its order."""
    manager = next((name for name in _MANAGERS if find_program(name)), "")
    return [_finding(check, manager) for check in CHECKS]


def _finding(check: Check, manager: str) -> Finding:
    seen = check.look()
    if seen.is_there:
        return Finding(check.name, Status.OK, seen.words, check.purpose, "")
    status = Status.MISSING if check.is_needed else Status.OPTIONAL
    package = check.packages.get(manager, "")
    remedy = _MANAGERS[manager].format(package) if package else check.remedy
    return Finding(check.name, status, seen.words, check.purpose, remedy)


def _python() -> Found:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Found(sys.version_info >= (3, 11), f"{version} at {sys.executable}")


def _layout_engine() -> Found:
    """Start the layout process as a build does; it ends at once, as it gets no job."""
    try:
        ran = subprocess.run(  # noqa: S603 - our own interpreter and module
            LayoutProcess.command(4096),
            env=own_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Found(is_there=False, words=f"cannot be started ({error})")
    if ran.returncode == 0:
        return Found(is_there=True, words="can be loaded")
    with contextlib.suppress(EOFError):
        answer = receive(io.BytesIO(ran.stdout))
        if isinstance(answer, Failure):
            return Found(is_there=False, words=answer.text)
    last = ran.stderr.decode(errors="replace").strip().splitlines()[-1:]
    return Found(is_there=False, words=last[0] if last else f"exit status {ran.returncode}")


def _subsetter() -> Found:
    for name in ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"):
        with contextlib.suppress(OSError):
            ctypes.CDLL(name)
            return Found(is_there=True, words=name)
    return Found(is_there=False, words="not found; fonts are cut down in Python")


def _theme_fonts() -> Found:
    faces = 0
    try:
        for name in theme_names():
            faces += len(installed_theme(name).faces)
    except EnvironmentFault as fault:
        return Found(is_there=False, words=fault.message)
    return Found(is_there=True, words=f"{faces} faces")


def _noto(style: FontStyle) -> Found:
    families = _families("")
    if families is None:
        return Found(is_there=False, words="fc-list is not installed, so this is not known")
    lacking = [region.name for region in REGIONS if region.family(style) not in families]
    if not lacking:
        return Found(is_there=True, words=", ".join(region.name for region in REGIONS))
    return Found(is_there=False, words=f"no {', '.join(lacking)}")


def _other_scripts() -> Found:
    lacking = [name for name, tag in _OTHER_SCRIPTS.items() if not _families(f":lang={tag}")]
    if not lacking:
        return Found(is_there=True, words=", ".join(_OTHER_SCRIPTS))
    return Found(is_there=False, words=f"no font for {', '.join(lacking)}")


@cache
def _families(pattern: str) -> frozenset[str] | None:
    """Return the font families that fontconfig knows, or None if it cannot be asked."""
    program = find_program("fc-list")
    if program is None:
        return None
    try:
        ran = subprocess.run(  # noqa: S603 - the system's own program, and words of ours
            [program, pattern or ":", "family"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    names = ran.stdout.decode(errors="replace").replace("\n", ",").split(",")
    return frozenset(name.strip() for name in names) - {""}


def _press_profile() -> Found:
    path = find_press_profile()
    if path is not None:
        return Found(is_there=True, words=str(path))
    return Found(is_there=False, words="no FOGRA39 in the system's folders of color profiles")


def _scratch() -> Found:
    try:
        folder = tempfile.gettempdir()
        with tempfile.TemporaryFile() as file:
            file.write(b"typeset")
    except OSError as error:
        return Found(is_there=False, words=f"cannot be written ({error.strerror or error})")
    return Found(is_there=True, words=folder)


CHECKS: tuple[Check, ...] = (
    Check(
        name="Python 3.11 or newer",
        purpose="runs typeset",
        look=_python,
        packages={"apt-get": "python3", "dnf": "python3", "brew": "python3"},
        remedy="install it from https://www.python.org/",
    ),
    Check(
        name="layout engine with Pango",
        purpose="shapes the text and sets the pages",
        look=_layout_engine,
        packages={
            "apt-get": "libpango-1.0-0 libpangoft2-1.0-0",
            "dnf": "pango",
            "brew": "pango",
        },
        remedy="install Pango by the means of this system",
    ),
    Check(
        name="HarfBuzz's subsetter",
        purpose="writes PDFs with Chinese, Japanese or Korean seconds faster",
        look=_subsetter,
        is_needed=False,
        packages={"apt-get": "libharfbuzz-subset0", "dnf": "harfbuzz", "brew": "harfbuzz"},
        remedy="install HarfBuzz by the means of this system",
    ),
    Check(
        name="fonts of the themes",
        purpose="text and headings",
        look=_theme_fonts,
        packages={},
        remedy="pip install --force-reinstall font-source-serif-pro font-source-sans-pro",
    ),
    Check(
        name="Noto Serif CJK",
        purpose="Chinese, Japanese and Korean in the text",
        look=lambda: _noto("serif"),
        packages={
            "apt-get": "fonts-noto-cjk",
            "dnf": "google-noto-serif-cjk-fonts",
            "brew": "font-noto-serif-cjk",
        },
        remedy="install the fonts from https://github.com/notofonts/noto-cjk",
    ),
    Check(
        name="Noto Sans CJK",
        purpose="Chinese, Japanese and Korean in headings and tables",
        look=lambda: _noto("sans"),
        packages={
            "apt-get": "fonts-noto-cjk",
            "dnf": "google-noto-sans-cjk-fonts",
            "brew": "font-noto-sans-cjk",
        },
        remedy="install the fonts from https://github.com/notofonts/noto-cjk",
    ),
    Check(
        name="fonts for other scripts",
        purpose="Arabic, Hebrew and emoji, where an article has them",
        look=_other_scripts,
        is_needed=False,
        packages={
            "apt-get": "fonts-noto-core fonts-noto-color-emoji",
            "dnf": "google-noto-sans-arabic-fonts google-noto-sans-hebrew-fonts "
            "google-noto-color-emoji-fonts",
            "brew": "font-noto-sans-arabic font-noto-sans-hebrew font-noto-color-emoji",
        },
        remedy="install fonts from https://fonts.google.com/noto",
    ),
    Check(
        name="color profile of a press",
        purpose="the press edition, where a publication names no profile of its own",
        look=_press_profile,
        is_needed=False,
        packages=PACKAGES,
        remedy=REMEDY,
    ),
    Check(
        name="folder for temporary files",
        purpose="the layout engine unpacks fonts there",
        look=_scratch,
        packages={},
        remedy="set TMPDIR to a folder that can be written",
    ),
)
"""All checks, in the order in which they are reported."""
