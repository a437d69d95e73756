"""Words that a shell may complete: issues, editions, themes, codes."""

from __future__ import annotations

from collections.abc import Iterable

from click import Context, Parameter
from click.shell_completion import CompletionItem

__all__ = ["complete_code", "complete_edition", "complete_issue", "complete_theme"]


def complete_issue(
    _context: Context, _parameter: Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer the issues of the publication around the current folder, or any folder."""
    from typeset.scaffold.paths import find_issues

    issues = _beginning_with(incomplete, find_issues())
    return issues or [CompletionItem(incomplete, type="file")]


def complete_edition(
    _context: Context, _parameter: Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer the names of the editions."""
    from typeset.editions import EDITIONS

    return [
        CompletionItem(edition.name, help=edition.summary)
        for edition in EDITIONS.values()
        if edition.name.startswith(incomplete)
    ]


def complete_code(
    _context: Context, _parameter: Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer the codes of diagnostics."""
    from typeset.diagnostic_codes import Code

    return _beginning_with(incomplete, map(str, Code))


def complete_theme(
    _context: Context, _parameter: Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer the installed themes."""
    from typeset.theme.load import theme_names

    return _beginning_with(incomplete, theme_names())


def _beginning_with(incomplete: str, words: Iterable[str]) -> list[CompletionItem]:
    return [CompletionItem(word) for word in words if word.startswith(incomplete)]
