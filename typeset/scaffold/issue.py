"""Writes the next issue: with the newest one's settings, the next numbers, and one article."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

from typeset.config.validation import validate
from typeset.config.yaml_loader import YamlData, load_yaml, merge
from typeset.diagnostics import Report
from typeset.errors import UsageError
from typeset.files import file_codes
from typeset.files.new_files import new_folder
from typeset.files.slugs import plain_name
from typeset.files.workspace import ReadProblem, Workspace
from typeset.languages import language_for
from typeset.manifest.discovery import find_publication, issue_folders
from typeset.manifest.load import ISSUE_FILE, PUBLICATION_FILE
from typeset.manifest.settings import Cadence, IssueSettings
from typeset.scaffold.cadence import Numbered, day_after, first_day, number_after
from typeset.scaffold.paths import has_schemas, own_text, shown
from typeset.scaffold.templates import first_manifest, manuscript
from typeset.scaffold.yaml_edit import put_values, read_settings
from typeset.source import Location

__all__ = ["NewIssue", "start_issue"]


@dataclass(frozen=True, slots=True)
class NewIssue:
    """The issue that was written."""

    numbers: Numbered
    files: tuple[Path, ...]
    is_uncertain: bool
    """Whether the issue is the first of a year, and no earlier year shows how to number it."""


@dataclass(frozen=True, slots=True)
class _Earlier:
    """An existing issue."""

    folder: str
    data: YamlData
    settings: IssueSettings

    @property
    def numbers(self) -> Numbered:
        return Numbered(self.settings.volume, self.settings.number, self.settings.date)


def start_issue(
    publication: Path | None,
    today: date,
    *,
    volume: int | None = None,
    number: int | None = None,
    day: date | None = None,
) -> NewIssue:
    """Write the next issue beside the newest one.

    Its manifest is a copy of the newest issue's, with another volume, number, date and list of
    articles, and an empty DOI.

    Args:
        publication: the publication's folder; None means the one around the current folder.
        today: if there is no issue yet, the first appears on this day, or on the next right
            weekday.
        volume: another volume than the one that follows; a new one begins with number 1.
        number: another number.
        day: another day.

    Raises:
        ContentError: if the publication's or an earlier issue's manifest has errors.
        UsageError: if the new issue exists already.
        EnvironmentFault: if the files cannot be written.
    """
    workspace = find_publication(publication)
    settings, earlier = _read(workspace)
    numbers = _next(settings.cadence, earlier, today, day)
    if volume is not None and volume != numbers.volume:
        numbers = replace(numbers, volume=volume, number=1)
    if number is not None:
        numbers = replace(numbers, number=number)
    beside = PurePosixPath(earlier[-1].folder).parent if earlier else PurePosixPath()
    home = str(beside / numbers.date.isoformat())
    _require_new(workspace, home, earlier, numbers)
    starter = language_for(settings.language).starter
    article = f"articles/01-{plain_name(starter.untitled, 'article')}.md"
    with_schema = has_schemas(workspace)
    text = manuscript(
        f"{home}/{article}",
        title=starter.untitled,
        authors=[starter.desk],
        text=starter.paragraph,
        with_schema=with_schema,
    )
    if earlier:
        manifest = _manifest(workspace, earlier[-1], numbers, article)
    else:
        path = f"{home}/{ISSUE_FILE}"
        manifest = first_manifest(path, numbers.date, article, with_schema=with_schema)
        manifest = put_values(manifest, _values(numbers, article))
    with new_folder(workspace.root / home, {ISSUE_FILE: manifest, article: text}, last=ISSUE_FILE):
        pass  # both texts were checked when they were made
    files = tuple(shown(workspace, f"{home}/{name}") for name in (ISSUE_FILE, article))
    years = {one.settings.date.year for one in earlier}
    turned_first = len(years) == 1 and numbers.date.year not in years
    return NewIssue(numbers, files, turned_first and volume is None and number is None)


def _read(workspace: Workspace) -> tuple[IssueSettings, list[_Earlier]]:
    """Return the newest issue's settings, or else the publication's, and all issues."""
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
    if issues:
        return issues[-1].settings, issues
    assert publication is not None, "one that cannot be read has errors"
    stand_ins = {"volume": 1, "number": 1, "date": "2000-01-01", "articles": ["none"]}
    whole = YamlData(stand_ins | publication.data, publication.origin, publication.values)
    settings = validate(IssueSettings, whole, report)
    report.stop_on_errors()
    assert settings is not None, "settings that are none have errors"
    return settings, []


def _require_new(
    workspace: Workspace, home: str, earlier: list[_Earlier], numbers: Numbered
) -> None:
    if (workspace.root / home).exists():
        hint = "give the new issue another day with --date"
        raise UsageError(f"there is a folder {shown(workspace, home)} already", hint=hint)
    if any(one.numbers == replace(numbers, date=one.numbers.date) for one in earlier):
        what = f"volume {numbers.volume}, number {numbers.number}"
        raise UsageError(f"there is an issue of {what} already", hint="give another --number")


def _load(workspace: Workspace, path: str, report: Report) -> YamlData | None:
    try:
        return load_yaml(workspace.read_text(path), report)
    except ReadProblem as problem:
        code = file_codes.MANIFEST.of(problem.fault)
        report.add(code, f"{path} {problem.message}", Location(path), problem.hint)
        return None


def _next(cadence: Cadence, earlier: list[_Earlier], today: date, day: date | None) -> Numbered:
    if not earlier:
        return Numbered(1, 1, day or first_day(cadence, today))
    try:
        day = day or day_after(cadence, earlier[-1].settings.date)
    except OverflowError as error:
        raise UsageError("the calendar ends before the next issue", hint="give --date") from error
    return number_after([one.numbers for one in earlier], day)


def _manifest(workspace: Workspace, newest: _Earlier, numbers: Numbered, article: str) -> str:
    """Return the newest issue's manifest with other numbers and another list of articles."""
    path = str(PurePosixPath(newest.folder) / ISSUE_FILE)
    values = _values(numbers, article)
    # The DOI belongs to the newest issue; the next one gets another.
    emptied = {"doi"} & newest.data.data.keys()
    text = put_values(own_text(workspace, path), values | dict.fromkeys(emptied, ""))
    if read_settings(path, text) != newest.data.data | values | dict.fromkeys(emptied):
        hint = f"copy it to the new issue, and set there {', '.join(values)}"
        raise UsageError(f"{shown(workspace, path)} is written in an unusual way", hint=hint)
    return text


def _values(numbers: Numbered, article: str) -> dict[str, str | list[str]]:
    return {
        "volume": str(numbers.volume),
        "number": str(numbers.number),
        "date": numbers.date.isoformat(),
        "articles": [article],
    }
