"""What every language file gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

__all__ = ["Language", "Quotes", "Starter"]

Quotes = tuple[str, str, str, str]
"""Opening and closing marks of the outer quotes, then of the inner ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
    """The texts that a new publication begins with, for its editor to write over.

    In ``about`` and ``title``, ``{name}`` stands for the publication's name.
    """

    about: str
    """The masthead's first paragraph; Markdown."""
    editor: str
    """The masthead's heading above the editor's name."""
    desk: str
    """Who signs where nobody is named: ``The Editors``."""
    web: str
    """The masthead's paragraph on the web edition, in which ``{url}`` stands for its address."""
    title: str
    """The title of the first article of a publication."""
    standfirst: str
    takeaway: str
    body: str
    """The text of that article: Markdown with a heading, a list, a table and a note."""
    untitled: str
    """The title of an article that has none yet."""
    paragraph: str
    """The one paragraph of a new article, which says what to write instead."""


@dataclass(frozen=True, slots=True)
class Language:
    """The marks, words and forms of a language."""

    quotes: Quotes
    glue: tuple[str, ...]
    """Regular expressions whose last space never breaks, such as the one in ``Vol. 10``."""
    elisions: tuple[str, ...]
    """Words that an apostrophe begins, without it: ``tis``."""
    labels: Mapping[str, str]
    """The words that the page itself says, such as ``contents``."""
    format_date: Callable[[date], str]
    starter: Starter
