"""``typeset-press new``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from typeset.cli.clock import current_day
from typeset.cli.completers import complete_issue, complete_theme
from typeset.cli.console import print_note, print_result

__all__ = ["new"]


@click.group()
def new() -> None:
    """Begin a publication, its next issue, or an article."""


@new.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--name", metavar="TEXT", help="What it is called.")
@click.option(
    "--slug", metavar="WORD", help="What names of files begin with.  [default: the name in letters]"
)
@click.option("--language", metavar="TAG", help="Its language.  [default: en-US]")
@click.option(
    "--page",
    metavar="SIZE",
    help="letter, a4, or '[180 mm, 250 mm]'.  [default: what is usual where the language is]",
)
@click.option(
    "--theme",
    metavar="NAME",
    shell_complete=complete_theme,
    help="Its design.  [default: brief]",
)
@click.option("--accent", metavar="COLOR", help="One color, '#7A1F2B'.  [default: the theme's]")
@click.option("--publisher", metavar="TEXT", help="Who publishes it.")
@click.option("--url", metavar="ADDRESS", help="Where its web edition will stand.")
@click.option(
    "--date",
    metavar="DAY",
    help="The first issue's day, as 2026-11-25.  [default: the next Wednesday]",
)
@click.option("--no-input", is_flag=True, help="Ask nothing.")
def publication(folder: Path | None, no_input: bool, **given: str | None) -> None:
    """Begin a publication in FOLDER, with a first issue that can be built at once.

    Without FOLDER, it is named after the publication. What no option says is asked for on a
    terminal; in a script, only --name is needed.
    """
    from typeset.cli.console import print_report
    from typeset.errors import UsageError
    from typeset.scaffold.publication import Answers, start_publication

    answers = {key: value for key, value in given.items() if value is not None}
    if not no_input and _can_ask():
        _ask_for_all(folder, answers)
    elif "name" not in answers:
        raise UsageError("a publication needs a name", hint='give it with --name "…"')
    made = start_publication(folder, Answers(**answers), current_day())
    _print_paths(made.files)
    if len(made.report):
        print_report(made.report)
    print_note(f"now build it: typeset-press build {_quoted(made.folder)}")


@new.command()
@click.argument("publication", required=False, type=click.Path(path_type=Path))
@click.option("--volume", type=click.IntRange(0, 99_999), help="Another volume.")
@click.option("--number", type=click.IntRange(0, 99_999), help="Another number.")
@click.option("--date", "day", metavar="DAY", help="Another day, as 2026-11-25.")
def issue(
    publication: Path | None, volume: int | None, number: int | None, day: str | None
) -> None:
    """Begin the next issue of PUBLICATION.

    Number and date follow from the newest issue and from `cadence` in publication.yaml. What the
    newest issue sets for itself, such as another masthead, is carried over. Without PUBLICATION,
    that around the current folder is meant.
    """
    from typeset.scaffold.issue import start_issue
    from typeset.scaffold.publication import day_of

    made = start_issue(
        publication,
        current_day(),
        volume=volume,
        number=number,
        day=None if day is None else day_of(day),
    )
    _print_paths(made.files)
    numbers = made.numbers
    day = f"{numbers.date:%A} {numbers.date}"
    print_note(f"volume {numbers.volume}, number {numbers.number}, {day}")
    if made.is_uncertain:
        volume = numbers.volume + 1
        print_note(f"the year has turned; for a new volume give --volume {volume}")


@new.command()
@click.argument("title")
@click.option(
    "--issue",
    type=click.Path(path_type=Path),
    shell_complete=complete_issue,
    help="The issue's folder or its issue.yaml.  [default: the one around the current folder, or "
    "else the newest]",
)
@click.option(
    "--author", "authors", multiple=True, metavar="NAME", help="An author; may be given again."
)
@click.option("--kicker", metavar="TEXT", help="The word or two above the title.")
def article(title: str, issue: Path | None, authors: tuple[str, ...], kicker: str | None) -> None:
    """Begin an article called TITLE, the last one of its issue.

    Its file gets the next number, and a line in the issue's list of articles.
    """
    from typeset.cli.console import print_report
    from typeset.scaffold.article import start_article

    made = start_article(title, issue, authors=authors, kicker=kicker or "")
    _print_paths([made.file])
    if len(made.report):
        print_report(made.report)


def _can_ask() -> bool:
    return sys.stdin.isatty()


def _ask_for_all(folder: Path | None, answers: dict[str, str]) -> None:
    """Ask for what no option gave; an answer may suggest the default of the next question."""
    from typeset.scaffold.publication import folder_for, needs_slug, page_for, require_answer
    from typeset.theme.load import theme_names

    # Report a wrong option before asking questions whose answers would be lost.
    for key, value in answers.items():
        require_answer(key, value)
    if folder is not None:
        folder_for(folder, "")
    print_note("Enter takes the value in brackets.")

    def ask(key: str, question: str, default: str | None, shown: str = "") -> None:
        if key not in answers:
            answers[key] = _ask(key, question, default, shown)

    ask("name", "Name of the publication", None)
    if needs_slug(answers["name"]):
        ask("slug", "Name in plain letters, for files and addresses (wenxue …)", None)
    folder_for(folder, answers.get("slug") or answers["name"])
    ask("language", "Language (en-US, de, fr, zh-Hant …)", "en-US")
    ask("page", "Page (letter, a4, or [180 mm, 250 mm])", page_for(answers["language"]))
    themes = theme_names()
    ask("theme", f"Theme ({', '.join(themes)})", "brief" if "brief" in themes else themes[0])
    ask("accent", "Accent color (#7A1F2B …)", "", "the theme's")
    ask("publisher", "Publisher", "", "none")
    ask("url", "Web address (https://…)", "", "none")


def _ask(key: str, question: str, default: str | None, shown: str) -> str:
    """Ask until the answer is valid."""
    from typeset.scaffold.publication import check_answer

    bracket = f" [{shown or default}]" if default is not None else ""
    while True:
        answer: str = click.prompt(question + bracket, default, show_default=False, err=True)
        answer = answer.strip()
        problem = check_answer(key, answer) if answer or default is None else None
        if problem is None:
            return answer
        message = problem.message.removeprefix(f"`{key}`: ")
        print_note("  " + "; ".join((message, *problem.hints)))


def _print_paths(paths: Sequence[Path]) -> None:
    for path in paths:
        print_result(str(path))


def _quoted(path: Path) -> str:
    import shlex

    return shlex.quote(str(path))
