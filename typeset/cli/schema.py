"""``typeset-press schema``."""

from __future__ import annotations

import click

__all__ = ["schema"]


@click.command(short_help="Print a JSON Schema for your editor.")
@click.argument("kind", type=click.Choice(["publication", "issue", "article"]))
def schema(*, kind: str) -> None:
    """Print the JSON Schema of a publication.yaml, an issue.yaml or an article's front matter.

    Editors complete and check with it while you type.
    """
    from typeset.cli.console import print_json
    from typeset.scaffold.json_schema import render_schema

    print_json(render_schema(kind))
