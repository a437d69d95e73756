"""Writes a new publication, with its first issue and that issue's first article."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from typeset.config.validation import validate
from typeset.config.yaml_loader import YamlData
from typeset.diagnostics import Diagnostic, Report, Severity
from typeset.errors import ContentError, UsageError
from typeset.files.new_files import contents_of, new_folder
from typeset.files.slugs import plain_name
from typeset.languages import Language, language_for
from typeset.languages.cjk_regions import region_of
from typeset.manifest.load import ISSUE_FILE, PUBLICATION_FILE
from typeset.manifest.settings import Cadence, IssueSettings
from typeset.pipeline.build import load_issue
from typeset.scaffold.cadence import WEEKDAYS, first_day
from typeset.scaffold.json_schema import SCHEMAS, render_schema
from typeset.scaffold.paths import SCHEMA_FOLDER, schema_line
from typeset.scaffold.templates import first_manifest, manuscript
from typeset.scaffold.yaml_quote import in_quotes, scalar
from typeset.source import Location
from typeset.theme.load import DEFAULT_THEME, installed_theme, load_theme

__all__ = [
    "Answers",
    "NewPublication",
    "check_answer",
    "day_of",
    "folder_for",
    "needs_slug",
    "page_for",
    "require_answer",
    "start_publication",
]

_LETTER_REGIONS = {"US", "CA", "MX", "PH", "CL", "CO", "CR", "GT", "PA", "PR", "SV", "VE"}
"""The countries that use Letter instead of A4."""
_EXAMPLE_ADDRESS = "https://www.example.org/{slug}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The settings that an editor gives for a new publication; empty ones mean the default."""

    name: str
    slug: str = ""
    """The beginning of file names; needed if the name has no plain letters."""
    language: str = "en-US"
    page: str = ""
    theme: str = DEFAULT_THEME
    accent: str = ""
    publisher: str = ""
    url: str = ""
    date: str = ""
    """The date of the first issue."""


@dataclass(frozen=True, slots=True)
class NewPublication:
    """The publication that was written."""

    folder: Path
    files: tuple[Path, ...]
    """The files that its editor should know."""
    report: Report
    """The warnings of a build."""


def page_for(language: str) -> str:
    """Return the usual page size of a language tag's country: ``letter`` or ``a4``."""
    region = next((part for part in language.split("-")[1:] if len(part) == 2), "")
    return "letter" if region.upper() in _LETTER_REGIONS else "a4"


def check_answer(key: str, value: str) -> Diagnostic | None:
    """Return the diagnostic that a manifest would give for a setting, or None if it is valid.

    Args:
        key: a field of :class:`Answers`.
        value: the answer.
    """
    report = Report()
    place = Location(PUBLICATION_FILE)
    if key == "theme":
        load_theme(value, None, place, report)
    validate(IssueSettings, YamlData({key: _parsed(key, value)}, place), report, partial=True)
    return next(iter(report), None)


def require_answer(key: str, value: str) -> None:
    """Refuse an answer that is not valid in a manifest.

    Raises:
        UsageError: with the message of the diagnostic.
    """
    problem = check_answer(key, value)
    if problem is not None:
        raise UsageError(problem.message, hint="; ".join(problem.hints))


def day_of(text: str) -> date:
    """Parse a date as a manifest does.

    Raises:
        UsageError: if it is not a date.
    """
    require_answer("date", text)
    return date.fromisoformat(text.strip())


def needs_slug(name: str) -> bool:
    """Return whether no file names can be made from a publication's name."""
    return not plain_name(name)


def folder_for(folder: Path | None, name: str) -> Path:
    """Return the folder of a new publication.

    Args:
        folder: the folder that the user chose; None means one named after the publication.
        name: the publication's slug or name.

    Raises:
        UsageError: if it is not empty.
    """
    target = Path(plain_name(name)) if folder is None else folder
    if (target / PUBLICATION_FILE).exists():
        hint = "`typeset-press new issue` adds an issue to it"
        raise UsageError(f"there is a publication in {target} already", hint=hint)
    if target.exists() and not target.is_dir():
        raise UsageError(f"{target} is a file, not a folder", hint="name another folder")
    if contents := contents_of(target):
        hint = "name a new folder after `typeset-press new publication`"
        raise UsageError(f"the folder {target} is not empty; it holds {contents[0]}", hint=hint)
    return target


def start_publication(folder: Path | None, answers: Answers, today: date) -> NewPublication:
    """Write a new publication with an issue that can be built at once.

    Args:
        folder: the folder, new or empty; None means one in the current folder, named after the
            publication.
        answers: the settings from its editor.
        today: the first issue appears on this day or on the next right weekday, unless the
            answers have a date.

    Raises:
        UsageError: if an answer is wrong, or the folder is not empty.
        EnvironmentFault: if the files cannot be written.
    """
    for field in fields(answers):
        value = getattr(answers, field.name)
        if value or field.name == "name":
            require_answer(field.name, value)
    if not answers.slug and needs_slug(answers.name):
        hint = "give a word in plain letters with --slug, such as --slug wenxue"
        message = f"no file or folder names can be made from `{answers.name}`"
        raise UsageError(message, hint=hint)
    target = folder_for(folder, answers.slug or answers.name)
    cadence = Cadence()
    if answers.date:
        day = day_of(answers.date)
        cadence = Cadence.model_validate({"weekday": WEEKDAYS[day.weekday()]})
    else:
        day = first_day(cadence, today)
    files = _files(answers, cadence, day)
    with new_folder(target, files, last=PUBLICATION_FILE) as draft:
        report = _require_sound(draft / day.isoformat())
    ours = [name for name in files if not name.startswith(SCHEMA_FOLDER)]
    return NewPublication(target, tuple(target / name for name in ours), report)


def _require_sound(issue: Path) -> Report:
    """Read the new files as a build will, which finds faults that no single answer shows."""
    try:
        return load_issue(issue).report
    except ContentError as error:
        problem = next(one for one in error.report if one.severity is Severity.ERROR)
        hint = "; ".join(problem.hints)
        raise UsageError(
            f"no issue could be built of this: {problem.message}", hint=hint
        ) from error


def _files(answers: Answers, cadence: Cadence, day: date) -> dict[str, str]:
    language = language_for(answers.language)
    starter = language.starter
    home = day.isoformat()
    article = f"articles/01-{plain_name(_named(starter.title, answers), 'welcome', longest=40)}.md"
    return {
        PUBLICATION_FILE: _publication(answers, cadence, language),
        f"{home}/{ISSUE_FILE}": first_manifest(
            f"{home}/{ISSUE_FILE}", day, article, with_schema=True
        ),
        f"{home}/{article}": manuscript(
            f"{home}/{article}",
            title=_named(starter.title, answers),
            authors=[starter.desk],
            more=[("standfirst", starter.standfirst), ("takeaway", starter.takeaway)],
            text=starter.body,
            with_schema=True,
        ),
        **{f"{SCHEMA_FOLDER}/{kind}.json": f"{render_schema(kind)}\n" for kind in SCHEMAS},
    }


def _publication(answers: Answers, cadence: Cadence, language: Language) -> str:
    """Return publication.yaml, with a comment on every setting."""
    starter = language.starter
    url = answers.url.strip()
    blocks = [
        ("# The version of these settings.", "schema: 1"),
        ("# On the nameplate and in the running head.", f"name: {scalar(answers.name)}"),
        *(
            [("# What the names of files begin with.", f"slug: {scalar(answers.slug)}")]
            if answers.slug
            else []
        ),
        (
            "# Who publishes it; for the PDF's metadata.",
            _setting("publisher", scalar(answers.publisher), answers.publisher, "…"),
        ),
        (
            "# Hyphenation, quotation marks, labels and the form of dates follow it.",
            *_languages(answers),
        ),
        (
            "# How often issues appear; `typeset-press new issue` counts by it.",
            f"cadence: {{weeks: {cadence.weeks}, weekday: {cadence.weekday}}}",
        ),
        (
            "# letter, a4, or a width and a height such as [180 mm, 250 mm].",
            f"page: {answers.page.strip() or page_for(answers.language)}",
        ),
        ("# The design.", f"theme: {scalar(answers.theme)}"),
        (
            "# One color, in quotes, dark enough to be read on white; without it, the theme's own.",
            _setting("accent", f'"{answers.accent}"', answers.accent, f'"{_accent_of(answers)}"'),
        ),
        (
            "# Where the web edition will stand; {slug} stands for the issue's name there.",
            _setting("url", scalar(url), url, _EXAMPLE_ADDRESS),
        ),
        (
            "# The box beside the first article. Texts may hold Markdown, and {url}, {year},",
            "# {volume} and {number} for the issue's own.",
            "masthead:",
            f"  - text: {in_quotes(_named(starter.about, answers))}",
            f"  - heading: {scalar(starter.editor)}",
            f"    text: {scalar(starter.desk)}",
            # {url} has no value without an address.
            f"  {'' if url else '# '}- text: {in_quotes(starter.web)}",
        ),
    ]
    head = "# What all issues share. An issue.yaml may say otherwise for its issue.\n"
    text = "\n".join("".join(f"{line}\n" for line in lines) for lines in blocks)
    return f"{schema_line('publication', PUBLICATION_FILE)}{head}\n{text}"


def _setting(key: str, value: str, answer: str, example: str) -> str:
    """Return a setting as a line; without an answer, as a comment with an example."""
    return f"{key}: {value}" if answer.strip() else f"# {key}: {example}"


def _languages(answers: Answers) -> list[str]:
    lines = [f"language: {answers.language}"]
    if region_of(answers.language) is not None:
        lines += ["# The language of bare Chinese characters.", f"cjk_language: {answers.language}"]
    return lines


def _accent_of(answers: Answers) -> str:
    return installed_theme(answers.theme).accent


def _named(text: str, answers: Answers) -> str:
    return text.replace("{name}", " ".join(answers.name.split()))


def _parsed(key: str, value: str) -> object:
    """Return an answer as YAML would be read: a page may be a list."""
    inside = value.strip()
    if key == "page" and inside.startswith("[") and inside.endswith("]"):
        return [item.strip() for item in inside[1:-1].split(",")]
    return inside
