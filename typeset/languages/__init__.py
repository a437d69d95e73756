"""The typography and the labels of languages: one file a language, chosen by its tag.

- ``base`` is the model of a language; each file named by a tag defines one;
- ``east_asian`` recognizes East Asian characters and their languages;
- ``cjk_regions`` finds the regional shapes that a language needs, and the fonts that have them.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report, nearest
from typeset.languages.base import Language
from typeset.source import Location

__all__ = ["Language", "check_language", "language_for"]

_SHARED = {
    # Dates as in Britain; guillemets as in Switzerland.
    **dict.fromkeys(("en_au", "en_ie", "en_in", "en_nz", "en_za"), "en_gb"),
    "de_li": "de_ch",
    # The region implies the script.  `zh` without either means traditional, as for unmarked text.
    "zh": "zh_hant",
    "zh_tw": "zh_hant",
    "zh_hk": "zh_hant",
    "zh_mo": "zh_hant",
    "zh_cn": "zh_hans",
    "zh_sg": "zh_hans",
    "zh_my": "zh_hans",
}
"""The files for tags that share the file of another region."""

_NO_LANGUAGES = {"base", "cjk_regions", "east_asian"}
"""The modules here that are not languages."""


def language_for(tag: str) -> Language:
    """Return the language of a tag such as ``en-US``; English if it has no file.

    A file is for a language (``de``) or for its form in one country (``de_ch``).
    """
    return _load(_file_for(tag) or "en")


def check_language(tag: str, location: Location, report: Report) -> None:
    """Warn of a language that has no file, so that English is used.

    Args:
        tag: the language's tag.
        location: where it was set.
        report: receives the warning.
    """
    if _file_for(tag):
        return
    known = sorted(map(_tag_of, _known()))
    message = f"the language `{tag}` is not known: its labels, dates and quotes are set in English"
    hint = nearest(tag, known) or f"there are: {', '.join(known)}"
    report.add(Code.LANGUAGE_UNKNOWN, message, location, hint)


def _file_for(tag: str) -> str:
    """Return the file for the longest known beginning of a tag, or an empty text."""
    words = tag.lower().split("-")
    for count in range(len(words), 0, -1):
        name = "_".join(words[:count])
        if name not in _known():
            name = _SHARED.get(name, "")
        if name:
            return name
    return ""


def _tag_of(name: str) -> str:
    """Return the tag of a file: ``de-CH`` for ``de_ch``, ``zh-Hant`` for ``zh_hant``."""
    language, *subtags = name.split("_")
    return "-".join((language, *(s.upper() if len(s) == 2 else s.title() for s in subtags)))


@cache
def _known() -> frozenset[str]:
    return frozenset(module.name for module in pkgutil.iter_modules(__path__)) - _NO_LANGUAGES


@cache
def _load(name: str) -> Language:
    language: Language = importlib.import_module(f"{__name__}.{name}").LANGUAGE
    return language
