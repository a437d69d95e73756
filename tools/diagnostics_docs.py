"""Write ``docs/diagnostics.md`` from the table of diagnostics.

``make diagnostics`` runs it.
"""

from __future__ import annotations

from pathlib import Path
from textwrap import fill

from typeset.diagnostic_codes import PARTED, Code, Group

_WIDTH = 105
"""Characters of a line in the page's source."""

PAGE = Path(__file__).parents[1] / "docs" / "diagnostics.md"
HEAD = """\
# Diagnostics

Every mistake is reported with its place, a code and a hint. An **error** stops the build, and
nothing is written; a **warning** stops it only with `--strict`; **info** never does.
`typeset-press explain CODE` prints what stands here, and `typeset-press explain` lists all codes.

This page is made from `typeset/diagnostic_codes.py` by `make diagnostics`.
"""


def page() -> str:
    """Return the page."""
    groups = [(group, [code for code in Code if code.row.group is group]) for group in Group]
    contents = "\n".join(f"- [{group}](#{_anchor(group)})" for group, _ in groups)
    sections = ["\n".join([f"## {group}\n", *map(_entry, codes)]) for group, codes in groups]
    return "\n".join([HEAD, f"{contents}\n", *sections])


def _entry(code: Code) -> str:
    row = code.row
    once = ""
    if code in PARTED:
        now = ", ".join(f"[`{one}`](#{one})" for one in PARTED[code])
        once = f" It once meant also what is now {now}."
    meaning = f"**{row.severity.capitalize()}.** {_escaped(row.meaning)}{once}"
    return (
        f"### {code}\n\n{_wrapped(meaning)}\n{_wrapped(f'What to do: {_escaped(row.remedy)}.')}\n\n"
        f"````text\n{row.bad}\n````\n\nbetter:\n\n````text\n{row.good}\n````\n"
    )


def _wrapped(text: str) -> str:
    return fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _escaped(text: str) -> str:
    """Return a text with Markdown escaped, except code in backticks."""
    parts = text.split("`")
    for position in range(0, len(parts), 2):
        for mark in "\\<>#|*[]":
            parts[position] = parts[position].replace(mark, f"\\{mark}")
    return "`".join(parts)


def _anchor(group: Group) -> str:
    return group.lower().replace(",", "").replace(" ", "-")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
