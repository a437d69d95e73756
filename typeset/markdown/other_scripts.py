"""Scripts that are neither Latin nor East Asian: the properties of a run of one.

The names of Unicode's characters begin with their script, so that no table of ranges is needed.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["belongs_to", "direction_of", "is_gap", "language_of_script", "script_of"]

_LANGUAGES = {
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "GREEK": "el",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "HEBREW": "he",
    "KANNADA": "kn",
    "KHMER": "km",
    "LAO": "lo",
    "MALAYALAM": "ml",
    "MYANMAR": "my",
    "ORIYA": "or",
    "SINHALA": "si",
    "SYRIAC": "syr",
    "TAMIL": "ta",
    "TELUGU": "te",
    "THAANA": "dv",
    "THAI": "th",
    "TIBETAN": "bo",
}
"""The main language of a script."""
_SHARED = {
    "ARABIC": ("und-Arab", "ar fa ps ur"),
    "BENGALI": ("und-Beng", "as bn"),
    "CYRILLIC": ("und-Cyrl", "be bg kk ky mk mn ru sr tg uk"),
    "DEVANAGARI": ("und-Deva", "hi mr ne sa"),
    "ETHIOPIC": ("und-Ethi", "am ti"),
}
"""For a script that several languages share, the tag of the script, and these languages."""
_FROM_THE_RIGHT = frozenset("ar dv fa he iw ps syr ur yi".split())
_GAP = re.compile("[ \u00a0'\u2019\u05be-]{1,3}")
_SIGNS = re.compile(r"[\W\d_]+")
_LETTERS_OF_WORD = 2
"""The least letters of a word; a single one is a symbol, such as a constant."""


def script_of(cluster: str) -> str:
    """Return the script of a character, in Unicode's word; nothing for signs of no script."""
    if not unicodedata.category(cluster[0]).startswith(("L", "M", "N")):
        return ""
    script = re.split("[ -]", unicodedata.name(cluster[0], ""), maxsplit=1)[0]
    return script if script in _LANGUAGES or script in _SHARED else ""


def direction_of(text: str) -> str:
    """Return ``rtl`` for a text that is written from right to left, or ``ltr``."""
    directions = map(unicodedata.bidirectional, text)
    first = next((one for one in directions if one in ("L", "R", "AL")), "L")
    return "ltr" if first == "L" else "rtl"


def language_of_script(script: str, text: str, around: str) -> str:
    """Return the language of a run, or nothing where it is that of the text around it.

    Args:
        script: its script.
        text: the run.
        around: the language around it.
    """
    if sum(map(str.isalpha, text)) < _LETTERS_OF_WORD:
        return ""
    language = _LANGUAGES.get(script, "")
    tag, languages = _SHARED.get(script, (language, language))
    return "" if _primary(around) in languages.split() else tag


def is_gap(text: str) -> bool:
    """Return whether a text may stand between the words of one phrase.

    Words from right to left must be handed to the engine together, or they stand in the wrong
    order.
    """
    return _GAP.fullmatch(text) is not None


def belongs_to(text: str, script: str, around: str) -> bool:
    """Return whether figures and marks belong to a run beside them that reads from right to left.

    They do where the text around is in such a language: there they are part of its lines.

    Args:
        text: the figures and marks.
        script: the script of the run.
        around: the language of the text around both.
    """
    return bool(script) and _primary(around) in _FROM_THE_RIGHT and bool(_SIGNS.fullmatch(text))


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()
