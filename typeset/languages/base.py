"""What every language file gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

__all__ = ["METRIC_UNITS", "Language", "Quotes", "Starter"]

Quotes = tuple[str, str, str, str]
"""Opening and closing marks of the outer quotes, then of the inner ones."""

METRIC_UNITS = (
    "km|m|cm|mm|nm|ha|km²|m²|m³|t|kg|g|l|s|min|h|kn|bar|hPa|kV|V|A|W|kW|MW|GW|kWh|MWh|GWh|TWh|Hz|"
    "kHz|MHz|GHz|TEU|EUR|USD|CHF|°C|€|\\$|%|‰"
)
"""Units that most languages write alike, for a regular expression; none follows a digit bare."""


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
    """The marks, words and forms of a language.

    Where a field has a default, that suits a language that spaces its words and its marks as
    English does.
    """

    quotes: Quotes
    glue: tuple[str, ...]
    """Regular expressions whose last space never breaks, such as the one in ``Vol. 10``."""
    elisions: tuple[str, ...]
    """Words that an apostrophe begins, without it: ``tis``."""
    labels: Mapping[str, str]
    """The words that the page itself says, such as ``contents``.

    Those with a name in braces say where it goes: ``By {names}``.  ``after_volume`` stands between
    volume and issue in the nameplate.  ``citation`` is how an article is cited; its ``{pages}`` are
    ``page`` or ``pages``, and its ``{authors}`` are ``and_others`` where they are many.
    """
    format_date: Callable[[date], str]
    conjunction: Callable[[str], str]
    """What stands between the last two names of a byline, its spaces included, by the last name."""
    starter: Starter
    comma: str = ", "
    """What stands between the other names."""
    space: str = " "
    """What stands between a label and the text that it introduces."""
    replacements: tuple[tuple[str, str], ...] = ()
    """Regular expressions and what takes their place, before the dashes and dots of all languages
    take theirs."""
    spaced_before: str = ""
    """A regular expression of the marks that a narrow space stands before, typed or not."""
    spaced_after: str = ""
    """The same for those that it stands after."""
