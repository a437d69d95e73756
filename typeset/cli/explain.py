"""``typeset-press explain``."""

from __future__ import annotations

from textwrap import fill, indent

import click

from typeset.cli.completers import complete_code
from typeset.diagnostic_codes import PARTED, Code, Group

__all__ = ["explain"]

_WIDTH = 80


@click.command(short_help="Say what a diagnostic means, and what to do.")
@click.argument("code", required=False, shell_complete=complete_code)
def explain(*, code: str | None) -> None:
    """Say what the diagnostic CODE means, and what to do; without CODE, list all.

    The code stands in brackets in front of each message, as in error[endnote-undefined].
    """
    from typeset.cli.console import print_result

    print_result(_list_of_all() if code is None else _explanation(_code_of(code)))


def _code_of(name: str) -> Code:
    from typeset.diagnostics import nearest
    from typeset.errors import UsageError

    codes = {str(code): code for code in Code}
    if name not in codes:
        hint = nearest(name, codes) or "`typeset-press explain` lists all"
        raise UsageError(f"there is no diagnostic `{name}`", hint=hint)
    return codes[name]


def _explanation(code: Code) -> str:
    row = code.row
    parts = [
        f"{row.severity}[{code}] · {row.group}",
        fill(row.meaning, _WIDTH),
        fill(f"What to do: {row.remedy}.", _WIDTH),
        f"Instead of\n\n{indent(row.bad, '    ')}",
        f"write or have\n\n{indent(row.good, '    ')}",
    ]
    if code in PARTED:
        now = ", ".join(PARTED[code])
        parts.append(fill(f"It once meant also what is now called {now}.", _WIDTH))
    return "\n\n".join(parts)


def _list_of_all() -> str:
    width = max(map(len, Code))
    groups = []
    for group in Group:
        codes = [code for code in Code if code.row.group is group]
        lines = [f"  {code:<{width}}  {code.row.severity}" for code in codes]
        groups.append("\n".join([group, *lines]))
    return "\n\n".join(groups)
