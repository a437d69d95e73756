"""Checks that names of files are valid on every system, and harmless to other programs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

__all__ = ["doubles", "fault_of_path", "fault_of_source"]

_MOST_DEEP = 16
_LONGEST_NAME = 200
"""The most bytes of a name: systems allow 255, and some programs add an ending."""
_LONGEST_PATH = 800
_RESERVED = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?", re.IGNORECASE
)
"""Names of devices on Windows, with any extension."""
_OF_TOOLS = {".git", ".hg", ".svn", ".bzr", ".jj"}
"""Folders of version control, which may hold programs."""
_SOURCES = {
    *(".md", ".markdown", ".yaml", ".yml", ".css", ".j2"),
    *(".gif", ".jfif", ".jpeg", ".jpg", ".png", ".svg", ".webp"),
    *(".otf", ".ttc", ".ttf", ".woff", ".woff2"),
    *(".icc", ".icm"),
}
"""The extensions of files in a publication; none of them is a program."""
_REFUSED = set('<>:"|?*\\')
_INVISIBLE = set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that make a name look like another."""


def fault_of_path(path: str) -> str:
    """Return what is wrong with a relative path, as the end of a sentence, or an empty text.

    Args:
        path: with forward slashes.
    """
    parts = path.split("/")
    if not path or len(path.encode("utf-8", "replace")) > _LONGEST_PATH or len(parts) > _MOST_DEEP:
        return "is empty, or too long or too deep"
    if path.startswith("/") or re.match(r"[A-Za-z]:", path):
        return "is an absolute path"
    if ".." in parts:
        return "leads out of the folder"
    if "" in parts or "." in parts:
        return "is not a plain path"
    return next(filter(None, map(_fault_of_name, parts)), "")


def fault_of_source(path: str) -> str:
    """Return what is wrong with the path of a publication's file, as `fault_of_path` does.

    Only the kinds of files that a publication needs are allowed, and no hidden ones, since other
    programs run files such as `.bashrc`, `Makefile` or `typing.py` where they find them.
    """
    fault = fault_of_path(path)
    if fault:
        return fault
    if any(part.startswith(".") for part in path.split("/")):
        return "is hidden; no file of a publication may be"
    if PurePosixPath(path).suffix.lower() not in _SOURCES:
        return "is of a kind that no publication has"
    return ""


def doubles(paths: Iterable[str]) -> list[tuple[str, str]]:
    """Return pairs of paths that are the same on some system.

    Such are names that differ only in case or in the encoding of accents, and a name of both a file
    and a folder.
    """
    seen: dict[str, tuple[str, bool]] = {}
    found = []
    for path in paths:
        folders = [(path[: match.start()], False) for match in re.finditer("/", path)]
        for step in (*folders, (path, True)):
            before = seen.setdefault(_key(step[0]), step)
            # The same folder may come twice, the same file may not.
            if before != step or (before is not step and step[1]):
                found.append((before[0], path))
                break
    return found


def _key(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _fault_of_name(name: str) -> str:
    if len(name.encode("utf-8", "replace")) > _LONGEST_NAME:
        return "has too long a name"
    if any(unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"} for one in name):
        return "has a character in its name that cannot be seen"
    if _INVISIBLE & set(name):
        return "has a character in its name that makes it look like another"
    if _REFUSED & set(name):
        return 'has one of < > : " | ? * \\ in its name'
    if name.endswith((".", " ")) or name.startswith(" "):
        return "has a name that begins or ends in a space, or ends in a dot"
    if _RESERVED.fullmatch(name):
        return "has the name of a device"
    if name.casefold() in _OF_TOOLS or re.fullmatch(r"git~\d+", name.casefold()):
        return "has the name of another program's folder"
    return ""
