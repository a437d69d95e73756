"""Source files, and the places in them that diagnostics point to."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Location", "SourceFile"]


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in an input file."""

    path: str
    """POSIX path relative to the publication's folder."""
    line: int = 0
    """Line number from 1; 0 means the whole file."""
    column: int = 0
    """Column number from 1, in characters; 0 means the whole line."""

    def __str__(self) -> str:
        parts = [self.path]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class SourceFile:
    r"""The text of an input file, with line endings made ``\n`` and no byte order mark."""

    path: str
    """POSIX path relative to the publication's folder."""
    text: str

    def at(self, line: int = 0, column: int = 0) -> Location:
        """Return the location of a line and column (both from 1) in this file."""
        return Location(self.path, line, column)
