"""Makes names of files from names and titles: ASCII, lower case, joined by hyphens."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["plain_name"]

_LONGEST = 80
_PLAIN_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | dict.fromkeys("'’ʼ‘")
)
"""Letters that Unicode does not decompose, and apostrophes, which do not separate words."""


def plain_name(text: str, fallback: str = "", *, longest: int = _LONGEST) -> str:
    """Return a text as a file's name.

    Args:
        text: a name or a title.
        fallback: the result for a text without ASCII letters or digits, such as 港の新聞.
        longest: the most characters to keep.
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN_LETTERS))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode())
    return "-".join(words)[:longest].strip("-") or fallback
