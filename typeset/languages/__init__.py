"""What typography and labels owe to a language: one file a language, chosen by its tag.

- ``base`` is what every language file gives; the files named by tags give it;
- ``east_asian`` tells East Asian characters and their languages;
- ``cjk_regions`` tells which regional shapes a language wants, and which fonts have them.
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
    # The region tells the script.  Whoever names neither gets the characters that bare runs get.
    "zh": "zh_hant",
    "zh_tw": "zh_hant",
    "zh_hk": "zh_hant",
    "zh_mo": "zh_hant",
    "zh_cn": "zh_hans",
    "zh_sg": "zh_hans",
    "zh_my": "zh_hans",
}
"""The files of tags that share one with another region."""

_NO_LANGUAGES = {"base", "cjk_regions", "east_asian"}
"""The files here that are no languages."""


def language_for(tag: str) -> Language:
    """Return the language of a tag such as ``en-US``; English where there is no file for it.

    A file may stand for a language (``de``) or for what it is in one place (``de_ch``).
    """
    return _load(_file_for(tag) or "en")


def check_language(tag: str, location: Location, report: Report) -> None:
    """Warn of a language that English stands in for.

    Args:
        tag: the language's tag.
        location: where it was set.
        report: told if there is no file for it.
    """
    if _file_for(tag):
        return
    known = sorted(map(_tag_of, _known()))
    message = f"the language `{tag}` is not known: its labels, dates and quotes are set in English"
    hint = nearest(tag, known) or f"there are: {', '.join(known)}"
    report.add(Code.LANGUAGE_UNKNOWN, message, location, hint)


def _file_for(tag: str) -> str:
    """Return the name of the file for a tag, or nothing: from the whole tag to its first word."""
    words = tag.lower().split("-")
    for count in range(len(words), 0, -1):
        name = "_".join(words[:count])
        name = _SHARED.get(name, name)
        if name in _known():
            return name
    return ""


def _tag_of(name: str) -> str:
    """Write the name of a file as a tag: ``de_ch`` as ``de-CH``, ``zh_hant`` as ``zh-Hant``."""
    language, *subtags = name.split("_")
    return "-".join((language, *(s.upper() if len(s) == 2 else s.title() for s in subtags)))


@cache
def _known() -> frozenset[str]:
    return frozenset(module.name for module in pkgutil.iter_modules(__path__)) - _NO_LANGUAGES


@cache
def _load(name: str) -> Language:
    language: Language = importlib.import_module(f"{__name__}.{name}").LANGUAGE
    return language
