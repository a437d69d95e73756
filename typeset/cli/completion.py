"""``typeset-press completion``."""

from __future__ import annotations

import click

__all__ = ["completion"]


@click.command(short_help="Print a script for your shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, *, shell: str) -> None:
    """Print a script with which SHELL completes typeset's words, options and issues.

    For bash, put this into ~/.bashrc: eval "$(typeset-press completion bash)"
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None, "click knows the shells that are offered"
    made = kind(context.find_root().command, {}, "typeset-press", "_TYPESET_PRESS_COMPLETE")
    # Not `source()`, which starts a shell to ask for its version.
    click.echo(made.source_template % made.source_vars())
