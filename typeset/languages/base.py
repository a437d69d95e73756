"""The model of a language, which every language file defines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

__all__ = ["METRIC_UNITS", "Language", "Quotes", "Starter"]

Quotes = tuple[str, str, str, str]
"""The opening and closing marks of outer quotes, then of inner ones."""

METRIC_UNITS = (
    "km|m|cm|mm|nm|ha|km²|m²|m³|t|kg|g|l|s|min|h|kn|bar|hPa|kV|V|A|W|kW|MW|GW|kWh|MWh|GWh|TWh|Hz|"
    "kHz|MHz|GHz|TEU|EUR|USD|CHF|°C|€|\\$|%|‰"
)
"""Units that most languages share, as a regular expression; a space separates them from digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
    """The texts of a new publication, for its editor to replace.

    In ``about`` and ``title``, ``{name}`` stands for the publication's name.
    """

    about: str
    """The masthead's first paragraph; Markdown."""
    editor: str
    """The masthead's heading above the editor's name."""
    desk: str
    """The editor where no name is known: ``The Editors``."""
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
    """The only paragraph of a new article, which says what to write instead."""


@dataclass(frozen=True, slots=True)
class Language:
    """The punctuation, labels and formats of a language.

    The defaults suit a language that sets spaces between words and marks as English does.
    """

    quotes: Quotes
    glue: tuple[str, ...]
    """Regular expressions whose last space becomes no-break, such as the one in ``Vol. 10``."""
    elisions: tuple[str, ...]
    """Words that begin with an apostrophe, written here without it: ``tis``."""
    labels: Mapping[str, str]
    """The words that templates print, such as ``contents``.

    A name in braces is a placeholder: ``By {names}``.  ``after_volume`` stands between volume and
    issue in the nameplate.  ``citation`` is how an article is cited; its ``{pages}`` are
    ``page`` or ``pages``, and its ``{authors}`` are ``and_others`` where they are many.
    """
    format_date: Callable[[date], str]
    conjunction: Callable[[str], str]
    """Returns the text between the last two names of a byline, with spaces, by the last name."""
    starter: Starter
    comma: str = ", "
    """The text between the other names."""
    space: str = " "
    """The text between a label and what it introduces."""
    replacements: tuple[tuple[str, str], ...] = ()
    """Regular expressions and their replacements, which are made before those of the dashes and
    dots of all languages."""
    spaced_before: str = ""
    """A regular expression of marks that get a narrow space before them."""
    spaced_after: str = ""
    """A regular expression of marks that get a narrow space after them."""
    hyphen_minima: tuple[int, int] = (2, 3)
    """The least letters before and after a hyphen, as TeX has them (hyph-utf8)."""
