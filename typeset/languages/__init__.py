"""What typography and labels owe to a language: one file a language, chosen by its tag."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from typeset.languages.base import Language

__all__ = ["Language", "language_for"]


def language_for(tag: str) -> Language:
    """Return the language of a tag such as ``en-US``; English where there is no file for it."""
    primary = tag.lower().split("-")[0]
    return _load(primary if primary in _known() else "en")


@cache
def _known() -> frozenset[str]:
    return frozenset(module.name for module in pkgutil.iter_modules(__path__))


@cache
def _load(name: str) -> Language:
    language = importlib.import_module(f"{__name__}.{name}").LANGUAGE
    assert isinstance(language, Language)
    return language
