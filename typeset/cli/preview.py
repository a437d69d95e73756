"""``typeset-press preview``."""

from __future__ import annotations

import os
from urllib.parse import urlencode

import click

from typeset.cli.completers import complete_issue
from typeset.cli.limit_options import max_memory_option, max_seconds_option

__all__ = ["preview"]


@click.command(short_help="Show an issue in the browser, live.")
@click.argument("issue", required=False, shell_complete=complete_issue)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    help="Serve at this port.  [default: the first free one from 8740 on]",
)
@click.option("--open", "open_page", is_flag=True, help="Open the page in your browser.")
@click.option(
    "--editor",
    metavar="COMMAND",
    help="What opens a source line, such as `code`.  [default: $VISUAL, or else $EDITOR]",
)
@click.option("--poll", is_flag=True, help="Look for changes, where the system reports none.")
@max_seconds_option
@max_memory_option
def preview(
    *,
    issue: str | None,
    port: int | None,
    open_page: bool,
    editor: str | None,
    poll: bool,
    max_seconds: int | None,
    max_memory_mb: int | None,
) -> None:
    """Show ISSUE in the browser, as its pages will print, and again after each save.

    ISSUE is an issue's folder or its issue.yaml; without it, the newest issue of the publication
    around the current folder is shown.  Of an article, ARTICLE.md or ARTICLE.md:LINE, its issue is
    shown, at that line.
    """
    from typeset.cli.console import print_note, print_report
    from typeset.manifest.discovery import place_in_issue
    from typeset.preview import ServerOptions, serve
    from typeset.preview.proof import Proof
    from typeset.preview.session import PreviewSession

    folder, place = place_in_issue(issue)
    session = PreviewSession(folder, max_seconds=max_seconds, max_memory_mb=max_memory_mb)
    at = "" if place is None else f"#{urlencode({'file': place.path, 'line': place.line or 1})}"
    command = editor or os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""

    def ready(address: str) -> None:
        print_note(f"the preview of {session.folder} is at {address}{at}  (Ctrl-C ends it)")
        if open_page:
            click.launch(f"{address}{at}")

    def print_proof(proof: Proof) -> None:
        if len(proof.report):
            print_report(proof.report)
        if proof.issue is not None:
            of = " of what can be set" if proof.issue.is_partial else ""
            print_note(f"{proof.issue.laid_out.pages} pages{of} in {proof.seconds:.1f} s")

    options = ServerOptions(port=port, editor=command, poll=poll)
    try:
        serve(session, options, on_ready=ready, on_proof=print_proof, on_note=print_note)
    except KeyboardInterrupt:
        print_note("the preview has ended")
