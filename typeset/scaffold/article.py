"""Writes a new article, and its line in the issue's manifest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.errors import UsageError
from typeset.files.atomic_write import write_whole
from typeset.files.new_files import new_file
from typeset.files.slugs import plain_name
from typeset.files.workspace import Workspace
from typeset.languages import language_for
from typeset.manifest.discovery import find_issue
from typeset.manifest.load import ISSUE_FILE, PUBLICATION_FILE, Manifest, load_manifest
from typeset.manifest.settings import MAX_ARTICLES
from typeset.scaffold.paths import has_schemas, own_text, shown
from typeset.scaffold.templates import manuscript
from typeset.scaffold.yaml_edit import append_entry, read_settings

__all__ = ["NewArticle", "start_article"]

_LONGEST_SLUG = 40
_COMES_LATER = {Code.ARTICLE_MISSING}
"""Errors that an issue may have when an article is added."""


@dataclass(frozen=True, slots=True)
class NewArticle:
    """The article that was written."""

    file: Path
    report: Report
    """Holds a warning if the article could not be listed in the issue's manifest."""


def start_article(
    title: str, issue: Path | None = None, *, authors: Sequence[str] = (), kicker: str = ""
) -> NewArticle:
    """Write a new article, and list it at the end of its issue.

    Args:
        title: its title.
        issue: the issue's folder or ``issue.yaml``; None means the one around the current folder,
            or else the publication's newest.
        authors: their names; without any, the desk of the language, such as "The Editors".
        kicker: its kicker; empty for none.

    Raises:
        ContentError: if the issue's manifest has errors.
        UsageError: if there is no such issue, or the title or a name is not valid.
        EnvironmentFault: if the files cannot be written.
    """
    workspace, folder = find_issue(issue or _issue_around(Path.cwd()))
    report = Report()
    manifest = load_manifest(workspace, folder, report)
    if manifest is None or any(problem.code not in _COMES_LATER for problem in report):
        report.stop_on_errors()
    assert manifest is not None, "a manifest that is none has errors"
    if len(manifest.settings.articles) >= MAX_ARTICLES:
        raise UsageError(f"an issue has at most {MAX_ARTICLES} articles")
    entry = _entry_for(title, manifest, workspace)
    path = str(PurePosixPath(folder) / entry)
    if workspace.is_outside(path):
        message = f"{shown(workspace, path)} lies outside the publication's folder"
        raise UsageError(message, hint="a link leads there; delete it, or write the file there")
    starter = language_for(manifest.settings.language).starter
    text = manuscript(
        path,
        title=title,
        authors=list(authors) or [starter.desk],
        text=starter.paragraph,
        kicker=kicker,
        with_schema=has_schemas(workspace),
    )
    listing = _listing(workspace, manifest, entry)
    warnings = Report()
    with new_file(workspace.root / path, text):
        if listing is None:
            place = manifest.locate("articles")
            message = f"the list of articles could not be extended; {entry} is not in it yet"
            hint = f"add a line `- {entry}` to the list"
            warnings.add(Code.ARTICLE_UNLISTED, message, place, hint)
        else:
            write_whole(workspace.root / manifest.location.path, listing.encode())
    return NewArticle(shown(workspace, path), warnings)


def _issue_around(folder: Path) -> Path | None:
    """Return the folder of the issue around a folder, or None if there is none."""
    for candidate in (folder, *folder.parents):
        if (candidate / ISSUE_FILE).is_file():
            return candidate
        if (candidate / PUBLICATION_FILE).is_file():
            return None
    return None


def _entry_for(title: str, manifest: Manifest, workspace: Workspace) -> str:
    """Return the path of a new article in its issue: numbered, in the folder of the last one."""
    listed = [PurePosixPath(article.path) for article in manifest.settings.articles]
    home = listed[-1].parent if ".." not in listed[-1].parts else PurePosixPath("articles")
    names = workspace.names(str(PurePosixPath(manifest.folder) / home))
    taken = [path.name for path in listed] + [name for name in names if "/" not in name]
    numbers = [int(match[0]) for name in taken if (match := re.match(r"\d{1,3}(?=\D)", name))]
    number = max(numbers, default=len(listed)) + 1
    return str(home / f"{number:02d}-{plain_name(title, 'article', longest=_LONGEST_SLUG)}.md")


def _listing(workspace: Workspace, manifest: Manifest, entry: str) -> str | None:
    """Return the issue's manifest with one more article, or None if that cannot be done safely."""
    path = manifest.location.path
    before = own_text(workspace, path)
    try:
        after = append_entry(before, "articles", entry)
    except ValueError:
        return None
    old, new = read_settings(path, before), read_settings(path, after)
    if old is None or new is None:
        return None
    wanted = old | {"articles": [*old["articles"], entry]}
    return after if new == wanted else None
