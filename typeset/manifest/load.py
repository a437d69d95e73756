"""Reads and validates the manifest: ``publication.yaml`` and ``issue.yaml`` together.

An issue inherits every setting of its publication and may override any: mappings merge, lists
replace.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from pathlib import PurePosixPath

from typeset.config.validation import salvage, validate
from typeset.config.yaml_loader import YamlData, load_yaml, merge
from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report, nearest
from typeset.files import file_codes
from typeset.files.workspace import FileFault, ReadProblem, Workspace
from typeset.manifest.settings import MAX_ARTICLES, IssueSettings
from typeset.source import Location

__all__ = ["ISSUE_FILE", "PUBLICATION_FILE", "Manifest", "load_manifest"]

PUBLICATION_FILE = "publication.yaml"
ISSUE_FILE = "issue.yaml"

MAX_GUESSES = 20
"""For how many missing articles a name is guessed: it is slow, and more have the same cause."""

_STAND_INS = {"schema": "1", "name": "Untitled", "volume": 0, "number": 0, "date": "2000-01-01"}


@dataclass(frozen=True, slots=True)
class Manifest:
    """An issue's settings, each with the place where it was set."""

    settings: IssueSettings
    folder: str
    """The issue's folder, relative to the publication's."""
    source: YamlData

    @property
    def location(self) -> Location:
        """The issue's manifest as a whole."""
        return Location(str(PurePosixPath(self.folder) / ISSUE_FILE))

    def locate(self, *path: str | int) -> Location:
        """Return the place where a setting was made."""
        return self.source.locate(path)

    def has(self, *path: str | int) -> bool:
        """Return whether a setting was made, and is not a default."""
        return path in self.source.values


def load_manifest(workspace: Workspace, folder: str, report: Report) -> Manifest | None:
    """Read an issue's manifest, merged with its publication's.

    Args:
        workspace: the publication's folder.
        folder: the issue's folder, relative to it.
        report: receives every mistake at its place.

    Returns:
        The manifest, or None if it cannot be used.  After an error, settings that are wrong or
        missing have stand-ins, so that the articles can still be read and checked.
    """
    publication = _load(workspace, PUBLICATION_FILE, report)
    issue = _load(workspace, str(PurePosixPath(folder) / ISSUE_FILE), report)
    # Articles are checked in the raw data, so that a wrong setting hides no missing file.
    if publication is None or issue is None:
        for source in filter(None, (publication, issue)):
            validate(IssueSettings, source, report, partial=True)
            _check_articles(source, workspace, folder, report)
        return None
    source = merge(publication, issue)
    homes = dict.fromkeys(("schema", "name"), publication.locate(()))
    settings = validate(IssueSettings, source, report, homes=homes)
    _check_articles(source, workspace, folder, report)
    _check_glossary(source, report)
    if settings is None:
        # Stop at an entry without a path, so that each article keeps its position.
        paths = list(takewhile(bool, _paths(source)))
        settings = salvage(IssueSettings, source, {**_STAND_INS, "articles": paths})
    return None if settings is None else Manifest(settings, folder, source)


def _load(workspace: Workspace, path: str, report: Report) -> YamlData | None:
    try:
        source = workspace.read_text(path)
    except ReadProblem as problem:
        place = Location(path, problem.line)
        code = file_codes.MANIFEST.of(problem.fault)
        report.add(code, f"{path} {problem.message}", place, problem.hint)
        return None
    return load_yaml(source, report)


def _paths(source: YamlData) -> list[str]:
    """Return the path of each entry of the articles; empty for an entry without one."""
    entries = source.data.get("articles")
    if not isinstance(entries, list):
        return []
    paths = [entry.get("path") if isinstance(entry, dict) else entry for entry in entries]
    return [path.strip() if isinstance(path, str) else "" for path in paths[:MAX_ARTICLES]]


def _check_glossary(source: YamlData, report: Report) -> None:
    """Report names without a value, which validation would drop like an unset setting."""
    glossary = source.data.get("glossary")
    for name, value in glossary.items() if isinstance(glossary, dict) else ():
        if value is None:
            place = source.locate(("glossary", name), key=True)
            hint = f"write them after `{name}: `, or remove the line"
            report.add(Code.SETTING_MISSING, f"`glossary.{name}` has no characters", place, hint)


def _check_articles(source: YamlData, workspace: Workspace, folder: str, report: Report) -> None:
    names = workspace.names(folder)
    guesses = MAX_GUESSES
    seen: dict[str, Location] = {}
    for position, path in enumerate(_paths(source)):
        if not path:
            continue
        place = source.locate(("articles", position, "path"))
        try:
            found = workspace.find(path, folder)
        except ReadProblem as problem:
            hint = problem.hint
            if problem.fault is FileFault.MISSING and guesses:
                hint = nearest(path, names)
                guesses -= 1
            code = file_codes.ARTICLE.of(problem.fault)
            report.add(code, f"{path} {problem.message}", place, hint)
            continue
        if found in seen:
            message = f"{path} is listed twice; the first time on line {seen[found].line}"
            report.add(Code.ARTICLE_DUPLICATE, message, place, "keep one of the two")
        seen.setdefault(found, place)
