"""The only reader of a publication's files: a build reads everything through a workspace.

An issue may come from an outside author, so every path is resolved first, and refused unless it
leads to an ordinary file in the publication's folder.
"""

from __future__ import annotations

import os
import posixpath
import re
import stat
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from typeset.source import SourceFile

__all__ = ["FileFault", "ReadProblem", "Workspace"]

MAX_TEXT_BYTES = 8_000_000
MAX_BINARY_BYTES = 200_000_000
MAX_NAMES = 1000


class FileFault(StrEnum):
    """A reason why a file cannot be read."""

    MISSING = "missing"
    OUTSIDE = "outside"
    NOT_A_FILE = "not-a-file"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too-large"
    ENCODING = "encoding"


class ReadProblem(Exception):
    """A file cannot be read; with the words for a diagnostic.

    Args:
        fault: the reason; with the kind of file, it gives the diagnostic's code.
        message: the reason as the end of a sentence that begins with the file's name.
        hint: what to do about it, or an empty string.
        line: the line of the file, from 1; 0 where the whole file is meant.
    """

    def __init__(self, fault: FileFault, message: str, hint: str = "", *, line: int = 0) -> None:
        super().__init__(message)
        self.fault = fault
        self.message = message
        self.hint = hint
        self.line = line


@dataclass(frozen=True, slots=True)
class Workspace:
    """A publication's folder, outside of which nothing is read."""

    root: Path
    """The publication's folder, resolved."""
    _data: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)
    """The bytes of files that were read, by path."""
    _found: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    """The resolved paths of files that were found, by the path before links were followed."""

    @classmethod
    def at(cls, folder: Path) -> Workspace:
        """Return the workspace of a folder."""
        return cls(folder.resolve())

    def relative(self, path: Path) -> str:
        """Return a path relative to the publication's folder, as diagnostics show it."""
        return path.resolve().relative_to(self.root).as_posix()

    def is_outside(self, path: str) -> bool:
        """Return whether a path leads out of the publication, even if nothing is there."""
        try:
            return not (self.root / path).resolve().is_relative_to(self.root)
        except (OSError, ValueError, RuntimeError):
            return True  # a link that leads back to itself leads nowhere

    def find(self, reference: str, *folders: str) -> str:
        """Find a file that an author refers to in several folders, in order.

        Args:
            reference: the path as written, with forward slashes.
            folders: folders relative to the publication's, in the order of the search.

        Returns:
            The path relative to the publication's folder.

        Raises:
            ReadProblem: if there is no such file, or it may not be read.
        """
        problems = []
        for name in _spellings(reference):
            _refuse_foreign(name)
            for folder in folders:
                try:
                    path = self.relative(self._resolve(f"{folder}/{name}"))
                except ReadProblem as problem:
                    problems.append(problem)
                else:
                    self._found[_plain(f"{folder}/{name}")] = path
                    return path
        # A file that may not be read says more than one that is missing elsewhere.
        raise min(problems, key=lambda problem: problem.fault is FileFault.MISSING)

    def read_text(self, path: str) -> SourceFile:
        """Read a UTF-8 text file at a path relative to the publication's folder.

        Raises:
            ReadProblem: if it cannot be read, or is not UTF-8.
        """
        data = self._read(path, MAX_TEXT_BYTES)
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = len(data[: error.start + 1].splitlines())
            hint = "save the file with the encoding UTF-8"
            message = f"is not UTF-8 text (line {line})"
            raise ReadProblem(FileFault.ENCODING, message, hint, line=line) from error
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if "\0" in text:
            line = text.count("\n", 0, text.index("\0")) + 1
            raise ReadProblem(
                FileFault.ENCODING, "holds binary data", "is this the right file?", line=line
            )
        return SourceFile(path, text)

    def read_bytes(self, path: str) -> bytes:
        """Read a file at a path relative to the publication's folder.

        Raises:
            ReadProblem: if it cannot be read.
        """
        return self._read(path, MAX_BINARY_BYTES)

    def files(self) -> dict[str, bytes]:
        """Return the bytes of all files that were read so far.

        Returns:
            The files by every path, relative to the publication's folder, by which they were read
            or found.
        """
        linked = {name: self._data[path] for name, path in self.links().items()}
        return dict(sorted({**linked, **self._data}.items()))

    def links(self) -> dict[str, str]:
        """Return the resolved paths of files that were found through a link, by the link's path."""
        found = sorted(self._found.items())
        return {name: path for name, path in found if name != path and path in self._data}

    def names(self, folder: str) -> list[str]:
        """Return the files in a folder and its subfolders, as sorted paths relative to it.

        They serve to guess what an author meant, so only some are returned if there are very many.
        Hidden folders are skipped, and links to folders that are hidden or outside.
        """
        top = self.root / folder
        names: list[str] = []
        if self.is_outside(folder) or self._is_hidden(folder):
            return names
        for here, folders, files in os.walk(top):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            names.extend((Path(here) / name).relative_to(top).as_posix() for name in files)
            if len(names) > MAX_NAMES:
                break
        return sorted(names[:MAX_NAMES])

    def _is_hidden(self, folder: str) -> bool:
        """Return whether a path leads through links to a hidden folder."""
        real = PurePosixPath(self.relative(self.root / folder)).parts
        return any(part.startswith(".") for part in {*real} - {*PurePosixPath(folder).parts})

    def _read(self, path: str, limit: int) -> bytes:
        resolved = self._resolve(path)
        try:
            if resolved.stat().st_size > limit:
                raise ReadProblem(FileFault.TOO_LARGE, f"is larger than {limit // 1_000_000} MB")
            data = resolved.read_bytes()
        except OSError as error:
            raise ReadProblem(FileFault.UNREADABLE, f"cannot be read ({error.strerror})") from error
        self._data[_plain(path)] = data
        return data

    def _resolve(self, path: str) -> Path:
        """Return the real path of an ordinary file in the workspace."""
        try:
            resolved = (self.root / path).resolve()
            mode = resolved.stat().st_mode if resolved.is_relative_to(self.root) else None
        except (FileNotFoundError, NotADirectoryError) as error:
            raise ReadProblem(FileFault.MISSING, "does not exist") from error
        except (OSError, ValueError, RuntimeError) as error:
            raise ReadProblem(FileFault.UNREADABLE, "is not a path that can be read") from error
        if mode is None:
            hint = "move the file into the publication's folder"
            raise ReadProblem(FileFault.OUTSIDE, "lies outside the publication's folder", hint)
        if stat.S_ISDIR(mode):
            raise ReadProblem(FileFault.NOT_A_FILE, "is a folder, not a file", "name a file in it")
        if not stat.S_ISREG(mode):
            raise ReadProblem(FileFault.NOT_A_FILE, "is not an ordinary file")
        return resolved


def _plain(path: str) -> str:
    """Return a path without `.` and `..`."""
    return posixpath.normpath(path)


def _spellings(reference: str) -> list[str]:
    """Return the names that a reference may mean, first the one that is written.

    Editors write a space as ``%20``, and systems differ in how they encode accents.
    """
    names = (reference, unquote(reference))
    composed = (unicodedata.normalize("NFC", name) for name in names)
    apart = (unicodedata.normalize("NFD", name) for name in names)
    return list(dict.fromkeys((*names, *composed, *apart)))


def _refuse_foreign(reference: str) -> None:
    """Refuse a reference that is not allowed, even if nothing is there."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", reference):
        hint = "save it in the publication's folder, and write the path of that file"
        raise ReadProblem(FileFault.OUTSIDE, "is an address; nothing is fetched for a build", hint)
    if reference.startswith("/") or "\\" in reference or reference[1:2] == ":":
        hint = "write a path relative to the article or the issue, with forward slashes"
        raise ReadProblem(FileFault.OUTSIDE, "is not a relative path", hint)
