"""Characters that are not allowed in texts, and those of them that we use as internal signs."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.source import Location, SourceFile

__all__ = [
    "CODE_SIGN",
    "ELSEWHERE",
    "STRAIGHT_QUOTES",
    "TAKEN_SIGN",
    "clean",
    "clean_source",
    "extends",
]

# Noncharacters of Unicode are meant for internal use; they are removed from files.
STRAIGHT_QUOTES = {'"': "\ufdd0", "'": "\ufdd1"}
"""What stands for a quotation mark that the author wants straight."""
CODE_SIGN = "\ufdd2"
"""What stands before and after the number of a block of code until the text is parsed."""
ELSEWHERE = "\ufdd3"
"""What stands for a line of which nothing is left: what it held is elsewhere, or nowhere."""
TAKEN_SIGN = "\ufdd4"
"""What stands before and after the number of something that a rule took out of a text."""

_ZERO_WIDTH_JOINERS = "\u200c\u200d"
_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)


def clean(text: str, location: Location, report: Report) -> str:
    """Return a text without the characters that cannot be printed; report them.

    Args:
        text: as the author wrote it.
        location: where it stands.
        report: receives each kind of such characters once.
    """
    for character, count in Counter(_UNPRINTABLE.findall(text)).items():
        _report(character, count, location, report)
    return _UNPRINTABLE.sub("", _BREAKS.sub(" ", text))


def clean_source(source: SourceFile, report: Report) -> SourceFile:
    """Return a file without the characters that cannot be printed; report them."""
    for character, count in Counter(_UNPRINTABLE.findall(source.text)).items():
        before = source.text[: source.text.index(character)]
        column = len(before) - before.rfind("\n")
        place = source.at(before.count("\n") + 1, column)
        _report(character, count, place, report)
    return SourceFile(source.path, _UNPRINTABLE.sub("", _BREAKS.sub(" ", source.text)))


def _report(character: str, count: int, location: Location, report: Report) -> None:
    times = "once" if count == 1 else f"{count} times"
    message = f"the character U+{ord(character):04X} cannot be printed and is left out"
    hint = f"remove it; it occurs here {times}"
    report.add(Code.CHARACTER_UNPRINTABLE, message, location, hint)


def extends(text: str, position: int) -> bool:
    """Return whether the character at a position is part of what the one before it shows."""
    character = text[position]
    if character < "\u0300":
        return False
    return (
        unicodedata.category(character) in ("Mn", "Mc", "Me")
        or character in _ZERO_WIDTH_JOINERS
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
        or (position > 0 and text[position - 1] == "\u200d")
    )
