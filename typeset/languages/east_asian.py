"""East Asian characters, and how to recognize the language of a text by them.

The same code point has regional shapes, so the right font depends on the language.  Kana and hangul
belong to one language.  Many Chinese characters are used in one country only, and the old national
character sets show which: a character in GB 2312 but not in Big5 is Simplified Chinese, and one in
Shift JIS but in neither of those is Japanese.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = [
    "EAST_ASIAN",
    "HAN",
    "is_east_asian",
    "language_by_letters",
    "language_by_repertoire",
    "language_in_words",
    "language_of",
    "writing_of",
]

EAST_ASIAN = re.compile(
    "[\u1100-\u11ff\u2e80-\u31ff\u3200-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe10-\ufe1f"
    "\ufe30-\ufe6f\uff00-\uffef\U0001aff0-\U0001b16f\U00020000-\U0003ffff]"
)
"""An East Asian character: a letter, punctuation, or a full-width form."""
HAN = re.compile("[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""A Chinese character, radical or iteration mark."""

_KANA = re.compile(
    "[\u3041-\u3096\u309b-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3190-\u319f\u31f0-\u31ff\u32d0-\u3357"
    "\u337b-\u337f\uff66-\uff9f\U0001aff0-\U0001b16f]"
)
_HANGUL = re.compile(
    "[\u1100-\u11ff\u3130-\u318f\u3200-\u321e\u3260-\u327f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc]"
)
_BOPOMOFO = re.compile("[\u3100-\u312f\u31a0-\u31bf]")
_COMMON = re.compile("[\u4e00-\u9fff]+")
"""Chinese characters that the old national sets may contain."""
_LANGUAGES = frozenset("zh ja ko cmn yue wuu nan hak lzh vi ryu ain".split())
_NAMES = {
    "zh-Hant": "Traditional Chinese",
    "zh-Hans": "Simplified Chinese",
    "ja": "Japanese",
    "ko": "Korean",
}
_SETS = {"zh-Hant": "cp950", "zh-Hans": "gb2312", "ja": "shift_jis", "ko": "euc_kr"}
_REGIONS = {"hk": "big5hkscs"}
_SIMPLIFIED = {"hans", "cn", "sg", "my"}
_TRADITIONAL = {"hant", "tw", "hk", "mo"}


def is_east_asian(language: str) -> bool:
    """Return whether a language is written with East Asian characters."""
    return _primary(language) in _LANGUAGES


def language_in_words(language: str) -> str:
    """Return the name of a language that a run may be marked with, such as ``Japanese``."""
    return _NAMES.get(writing_of(language), language)


def language_by_letters(text: str, default: str) -> str:
    """Return the language of a text by its kana, hangul or bopomofo, or an empty text."""
    if _KANA.search(text):
        return "ja"
    if _HANGUL.search(text):
        return "ko"
    return "zh-Hant" if _BOPOMOFO.search(text) and _primary(default) != "zh" else ""


@lru_cache(maxsize=4096)
def language_by_repertoire(text: str, default: str) -> tuple[tuple[str, ...], str]:
    """Return the likely languages of a text that its expected language cannot write.

    Args:
        text: one word or name.
        default: the language that it is expected to be in.

    Returns:
        The languages, the most likely first, and the first character that the expected one lacks;
        both empty if the text may be in its expected language.
    """
    family = writing_of(default)
    expected = _REGIONS.get(default.lower().rpartition("-")[2], _SETS.get(family, ""))
    characters = "".join(_COMMON.findall(text))
    if not expected or _holds(expected, characters):
        return (), ""
    # Traditional forms in Korea's set, such as 峯, are used in Taiwan and Hong Kong too.
    foreign = [
        one
        for one in characters
        if not _holds(expected, one) and not (family == "zh-Hant" and _holds("euc_kr", one))
    ]
    if not foreign:
        return (), ""
    likely = ("zh-Hans", "zh-Hant", "ja")
    found = tuple(one for one in likely if one != family and _holds(_SETS[one], characters))
    return found, foreign[0] if found else ""


def language_of(text: str, default: str) -> str:
    """Return the language of a name by its letters, else by its characters, else the default.

    Args:
        text: the name.
        default: the language of names that are not recognized.
    """
    languages, _ = language_by_repertoire(text, default)
    return language_by_letters(text, default) or next(iter(languages), default)


def _holds(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def writing_of(language: str) -> str:
    """Return the writing system of a tag: zh-Hant, zh-Hans, ja, ko or an empty text."""
    parts = set(language.lower().split("-"))
    if "zh" not in parts:
        return _primary(language) if _primary(language) in ("ja", "ko") else ""
    if parts & _TRADITIONAL:
        return "zh-Hant"
    return "zh-Hans" if parts & _SIMPLIFIED else ""
