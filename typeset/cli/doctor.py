"""``typeset-press doctor``."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

__all__ = ["doctor"]

_COLORS = {"ok": "green", "missing": "red", "optional": "yellow"}


@click.command(short_help="Check whether this machine has what a build needs.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the findings.",
)
def doctor(*, form: str) -> None:
    """Check whether this machine has all that a build needs.

    It ends with 3 if something needed is missing.
    """
    from typeset.cli.console import may_color, print_json
    from typeset.doctor import Status, examine
    from typeset.errors import EnvironmentFault

    findings = examine()
    if form == "json":
        ok = all(finding.status is not Status.MISSING for finding in findings)
        result = {"ok": ok, "findings": [asdict(finding) for finding in findings]}
        print_json(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        color = may_color(sys.stdout)
        for finding in findings:
            word = f"{finding.status:<8}"
            label = click.style(word, fg=_COLORS[finding.status]) if color else word
            click.echo(f"{label}  {finding.name}: {finding.found}")
            if finding.status is not Status.OK:
                click.echo(f"{'':8}  for: {finding.purpose}")
                click.echo(f"{'':8}  get: {finding.remedy}")
    missing = [finding.name for finding in findings if finding.status is Status.MISSING]
    if missing:
        raise EnvironmentFault(f"missing: {', '.join(missing)}", hint="see above how to get it")
