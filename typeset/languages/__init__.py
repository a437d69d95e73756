"""What typography and labels owe to a language: one file a language, chosen by its tag."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from typeset.languages.base import Language

__all__ = ["Language", "language_for"]


def language_for(tag: str) -> Language:
    """Return the language of a tag such as ``en-US``; English where there is no file for it.

    A file may stand for a language (``de``) or for what it is in one place (``de_ch``).
    """
    words = tag.lower().split("-")
    names = ("_".join(words[:count]) for count in range(len(words), 0, -1))
    return _load(next((name for name in names if name in _known()), "en"))


@cache
def _known() -> frozenset[str]:
    return frozenset(module.name for module in pkgutil.iter_modules(__path__)) - {"base"}


@cache
def _load(name: str) -> Language:
    language: Language = importlib.import_module(f"{__name__}.{name}").LANGUAGE
    return language
