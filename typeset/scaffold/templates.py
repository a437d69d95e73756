"""The texts of a new issue.yaml and a new article."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from typeset.diagnostics import Report
from typeset.errors import UsageError
from typeset.markdown.front_matter import split_front_matter
from typeset.scaffold.paths import schema_line
from typeset.scaffold.yaml_quote import listed, scalar
from typeset.source import SourceFile

__all__ = ["first_manifest", "manuscript"]


def first_manifest(path: str, day: date, article: str, *, with_schema: bool) -> str:
    """Return the issue.yaml of a publication's first issue.

    Args:
        path: the file's path relative to the publication's folder.
        day: the issue's date.
        article: the path of its article, relative to the issue's folder.
        with_schema: whether the publication has schemas for editors.
    """
    return (
        f"{schema_line('issue', path) if with_schema else ''}"
        "# One issue. What publication.yaml says holds here too, unless it is set again.\n"
        "volume: 1\n"
        "number: 1\n"
        f"date: {day.isoformat()}\n"
        "# In the order of the contents; `typeset-press new article` adds one.\n"
        "articles:\n"
        f"  - {article}\n"
    )


def manuscript(
    path: str,
    *,
    title: str,
    authors: Sequence[str],
    text: str,
    kicker: str = "",
    more: Sequence[tuple[str, str]] = (),
    with_schema: bool,
) -> str:
    """Return an article's file.

    Args:
        path: the file's path relative to the publication's folder.
        title: its title.
        authors: their names.
        text: what follows the front matter.
        kicker: its kicker; empty for none.
        more: more settings, by name.
        with_schema: whether the publication has schemas for editors.

    Raises:
        UsageError: if one of these is not valid in front matter.
    """
    settings = [("title", title), *([("kicker", kicker)] if kicker else [])]
    lines = [f"{key}: {scalar(value)}" for key, value in settings]
    lines.append(f"authors: {listed(authors)}")
    lines += [f"{key}: {scalar(value)}" for key, value in more]
    schema = schema_line("article", path) if with_schema else ""
    head = "".join(f"{line}\n" for line in lines)
    made = f"---\n{schema}{head}---\n\n{text.strip()}\n"
    report = Report()
    split_front_matter(SourceFile(path, made), report)
    for problem in report:
        raise UsageError(problem.message, hint="; ".join(problem.hints))
    return made
