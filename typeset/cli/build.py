"""``typeset-press build``."""

from __future__ import annotations

from pathlib import Path

import click

from typeset.cli.completers import complete_edition, complete_issue
from typeset.cli.limit_options import max_memory_option, max_seconds_option
from typeset.layout.protocol import LINE_BREAKING

__all__ = ["build"]


@click.command(short_help="Build an issue.")
@click.argument(
    "issue", required=False, type=click.Path(path_type=Path), shell_complete=complete_issue
)
@click.option(
    "--edition",
    "editions",
    multiple=True,
    metavar="NAME",
    shell_complete=complete_edition,
    help="An edition to build; may be given again.  [default: screen]",
)
@click.option("--all", "every", is_flag=True, help="Build every edition.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write to DIR instead of build/<issue>.",
)
@click.option("--strict", is_flag=True, help="Let warnings stop the build too.")
@click.option(
    "--line-breaking",
    type=click.Choice(LINE_BREAKING),
    help="How to choose the lines of paragraphs, whatever the manifest says.",
)
@max_seconds_option
@max_memory_option
@click.option("--report", is_flag=True, help="Print how well lines are set and pages made up, too.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the results.",
)
def build(
    *,
    issue: Path | None,
    editions: tuple[str, ...],
    every: bool,
    output: Path | None,
    strict: bool,
    line_breaking: str | None,
    max_seconds: int | None,
    max_memory_mb: int | None,
    report: bool,
    form: str,
) -> None:
    """Build ISSUE, an issue's folder or its issue.yaml.

    Without ISSUE, the newest issue of the publication around the current folder is built.
    """
    from typeset.cli.console import ProgressBar, print_json, print_report, print_result
    from typeset.editions import DEFAULT_EDITION, EDITIONS
    from typeset.pipeline.build import build_issue
    from typeset.reports.json import render_build
    from typeset.reports.lines import render_lines
    from typeset.reports.pages import render_pages

    with ProgressBar() as progress:
        result = build_issue(
            issue,
            editions=tuple(EDITIONS) if every else editions or (DEFAULT_EDITION,),
            output=output,
            strict=strict,
            line_breaking=line_breaking,
            max_seconds=max_seconds,
            max_memory_mb=max_memory_mb,
            on_progress=progress,
        )
        progress.close()
        if len(result.report):
            print_report(result.report)
        if form == "json":
            print_json(render_build(result, statistics=report))
            return
        for file in result.outputs:
            print_result(str(file.path))
        if report:
            place_of = result.issue.place_of
            parts = [render_lines(result.lines, place_of)]
            if result.made_up is not None:
                parts.append(render_pages(result.made_up, place_of))
            print_result("\n" + "\n".join(parts).removesuffix("\n"))
        first = result.outputs[0].edition
        pages = sum(file.pages or 0 for file in result.outputs if file.edition == first)
        done = f"{pages} pages" if pages else "done"
        progress.close(f"{done} in {sum(result.seconds.values()):.1f} s")
