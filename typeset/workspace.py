"""The one reader of files: everything that a build reads passes through a workspace.

An issue may come from an outside author, so a path counts only once it is resolved, and only if
it then lies in the publication's folder and is an ordinary file.
"""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from typeset.source import SourceFile

__all__ = ["ReadProblem", "Workspace"]

MAX_TEXT_BYTES = 8_000_000
MAX_BINARY_BYTES = 200_000_000


class ReadProblem(Exception):
    """A file that cannot be read, told in the words of a diagnostic.

    Args:
        code: the diagnostic's code, without a subject: ``missing``, ``outside`` ….
        message: what is wrong, as the end of a sentence that begins with the file's name.
        hint: what to do about it, or an empty string.
    """

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Workspace:
    """A publication's folder, outside of which nothing is read."""

    root: Path
    """The publication's folder, resolved."""

    @classmethod
    def at(cls, folder: Path) -> Workspace:
        """Return the workspace of a folder."""
        return cls(folder.resolve())

    def relative(self, path: Path) -> str:
        """Return a path inside the publication as diagnostics name it."""
        return path.resolve().relative_to(self.root).as_posix()

    def is_file(self, path: str) -> bool:
        """Tell whether a file may be read at a path relative to the publication's folder."""
        try:
            self._resolve(path)
        except ReadProblem:
            return False
        return True

    def find(self, reference: str, *folders: str) -> str:
        """Find a file that an author refers to, looking in several folders in turn.

        Args:
            reference: the path as written, with forward slashes.
            folders: folders relative to the publication's, in the order of the search.

        Returns:
            The path relative to the publication's folder.

        Raises:
            ReadProblem: if there is no such file, or it is not ours to read.
        """
        problems = []
        for folder in folders:
            try:
                return self.relative(self._resolve(f"{folder}/{reference}", written=reference))
            except ReadProblem as problem:
                problems.append(problem)
        # A file that is there, but not ours to read, tells more than its absence elsewhere.
        raise min(problems, key=lambda problem: problem.code == "missing")

    def read_text(self, path: str) -> SourceFile:
        """Read a UTF-8 text file at a path relative to the publication's folder.

        Raises:
            ReadProblem: if it cannot be read, or is not UTF-8.
        """
        data = self._read(path, MAX_TEXT_BYTES)
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            hint = "save the file with the encoding UTF-8"
            raise ReadProblem("encoding", f"is not UTF-8 text (line {line})", hint) from error
        if "\0" in text:
            raise ReadProblem("encoding", "holds binary data", "is this the right file?")
        return SourceFile(path, text.replace("\r\n", "\n").replace("\r", "\n"))

    def read_bytes(self, path: str) -> bytes:
        """Read a file at a path relative to the publication's folder.

        Raises:
            ReadProblem: if it cannot be read.
        """
        return self._read(path, MAX_BINARY_BYTES)

    def names(self, folder: str) -> list[str]:
        """Return the files in a folder and below, as paths relative to it, sorted."""
        top = self.root / folder
        if not top.is_dir():
            return []
        return sorted(path.relative_to(top).as_posix() for path in top.rglob("*") if path.is_file())

    def _read(self, path: str, limit: int) -> bytes:
        resolved = self._resolve(path)
        try:
            if resolved.stat().st_size > limit:
                raise ReadProblem("too-large", f"is larger than {limit // 1_000_000} MB")
            return resolved.read_bytes()
        except OSError as error:
            raise ReadProblem("unreadable", f"cannot be read ({error.strerror})") from error

    def _resolve(self, path: str, *, written: str | None = None) -> Path:
        """Return the real path of an ordinary file in the workspace."""
        reference = path if written is None else written
        if PurePosixPath(reference).is_absolute() or "\\" in reference or ":" in reference[:2]:
            hint = "write a path relative to the article or the issue, with forward slashes"
            raise ReadProblem("outside", "is not a relative path", hint)
        try:
            resolved = (self.root / path).resolve()
            mode = resolved.stat().st_mode if resolved.is_relative_to(self.root) else None
        except (FileNotFoundError, NotADirectoryError) as error:
            raise ReadProblem("missing", "does not exist") from error
        except (OSError, ValueError, RuntimeError) as error:
            raise ReadProblem("unreadable", "is not a path that can be read") from error
        if mode is None:
            hint = "move the file into the publication's folder"
            raise ReadProblem("outside", "lies outside the publication's folder", hint)
        if stat.S_ISDIR(mode):
            raise ReadProblem("not-a-file", "is a folder, not a file")
        if not stat.S_ISREG(mode):
            raise ReadProblem("not-a-file", "is not an ordinary file")
        return resolved
