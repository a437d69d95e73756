"""The next issue of a publication: the newest one's settings, the next numbers, one article."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

from typeset.diagnostics import Report
from typeset.errors import UsageError
from typeset.finding import find_publication, issue_folders
from typeset.languages import language_for
from typeset.manifest import ISSUE_FILE, PUBLICATION_FILE, IssueSettings
from typeset.newfiles import new_folder
from typeset.slugs import slug
from typeset.source import Location
from typeset.starting.edits import put_values, read_settings
from typeset.starting.manuscript import manuscript
from typeset.starting.places import has_schemas, own_text, shown
from typeset.starting.rhythm import Numbered, day_after, number_after
from typeset.validation import validate
from typeset.workspace import ReadProblem, Workspace
from typeset.yamldata import YamlData, load_yaml, merge

__all__ = ["NewIssue", "start_issue"]


@dataclass(frozen=True, slots=True)
class NewIssue:
    """What was written."""

    numbers: Numbered
    files: tuple[Path, ...]
    is_uncertain: bool
    """Whether a year has turned, and no earlier turn shows what the numbers do then."""


@dataclass(frozen=True, slots=True)
class _Earlier:
    """An issue that is there."""

    folder: str
    data: YamlData
    settings: IssueSettings

    @property
    def numbers(self) -> Numbered:
        return Numbered(self.settings.volume, self.settings.number, self.settings.date)


def start_issue(
    publication: Path | None = None,
    *,
    volume: int | None = None,
    number: int | None = None,
    day: date | None = None,
) -> NewIssue:
    """Write the next issue beside the newest one.

    Everything that the newest issue's manifest sets for itself is kept as it is written, but for
    the volume, the number, the date and the articles.

    Args:
        publication: the publication's folder; None means the one around the current folder.
        volume: another volume than the one that follows; a new one begins with number 1.
        number: another number.
        day: another day.

    Raises:
        ContentError: if an earlier issue's manifest has errors.
        UsageError: if there is no issue to go on from, or the new one is there already.
        EnvironmentFault: if the files cannot be written.
    """
    workspace = find_publication(publication)
    earlier = _earlier_issues(workspace)
    newest = earlier[-1]
    numbers = _next(earlier, volume, number, day)
    home = str(PurePosixPath(newest.folder).parent / numbers.date.isoformat())
    target = workspace.root / home
    if target.exists():
        hint = "give the new issue another day with --date"
        raise UsageError(f"there is a folder {shown(workspace, home)} already", hint=hint)
    if any(numbers == replace(one.numbers, date=numbers.date) for one in earlier):
        what = f"volume {numbers.volume}, number {numbers.number}"
        raise UsageError(f"there is an issue of {what} already", hint="give another --number")
    starter = language_for(newest.settings.language).starter
    article = f"articles/01-{slug(starter.untitled, 'article')}.md"
    manifest = _manifest(workspace, newest, numbers, article)
    text = manuscript(
        f"{home}/{article}",
        title=starter.untitled,
        authors=[starter.desk],
        text=starter.paragraph,
        with_schema=has_schemas(workspace),
    )
    with new_folder(target, {article: text, ISSUE_FILE: manifest}, last=ISSUE_FILE):
        pass  # the manifest was read when it was made
    files = tuple(shown(workspace, f"{home}/{name}") for name in (ISSUE_FILE, article))
    turned = numbers.date.year != newest.settings.date.year
    example = any(one.settings.date.year != newest.settings.date.year for one in earlier)
    return NewIssue(numbers, files, turned and not example and volume is None and number is None)


def _earlier_issues(workspace: Workspace) -> list[_Earlier]:
    report = Report()
    publication = _load(workspace, PUBLICATION_FILE, report)
    issues = []
    for folder in issue_folders(workspace):
        own = _load(workspace, str(PurePosixPath(folder) / ISSUE_FILE), report)
        if publication is not None and own is not None:
            settings = validate(IssueSettings, merge(publication, own), report)
            if settings is not None:
                issues.append(_Earlier(folder, own, settings))
    report.stop_on_errors()
    if not issues:
        where = shown(workspace, ".")
        hint = "make a folder with an issue.yaml in it, which the next issues will follow"
        raise UsageError(f"the publication in {where} has no issue to go on from", hint=hint)
    return issues


def _load(workspace: Workspace, path: str, report: Report) -> YamlData | None:
    try:
        return load_yaml(workspace.read_text(path), report)
    except ReadProblem as problem:
        report.error(f"manifest-{problem.code}", f"{path} {problem.message}", Location(path), problem.hint)
        return None


def _next(
    earlier: list[_Earlier], volume: int | None, number: int | None, day: date | None
) -> Numbered:
    newest = earlier[-1].settings
    try:
        day = day or day_after(newest.cadence, newest.date)
    except OverflowError as error:
        raise UsageError("the calendar ends before the next issue", hint="give --date") from error
    numbers = number_after([one.numbers for one in earlier], day)
    if volume is not None and volume != numbers.volume:
        numbers = replace(numbers, volume=volume, number=1)
    return numbers if number is None else replace(numbers, number=number)


def _manifest(workspace: Workspace, newest: _Earlier, numbers: Numbered, article: str) -> str:
    """Return the newest issue's manifest with other numbers and another list of articles."""
    path = str(PurePosixPath(newest.folder) / ISSUE_FILE)
    values: dict[str, str | list[str]] = {
        "volume": str(numbers.volume),
        "number": str(numbers.number),
        "date": numbers.date.isoformat(),
        "articles": [article],
    }
    text = put_values(own_text(workspace, path), values)
    if read_settings(path, text) != newest.data.data | values:
        hint = f"copy it to the new issue, and set there {', '.join(values)}"
        raise UsageError(f"{shown(workspace, path)} is written in an unusual way", hint=hint)
    return text
