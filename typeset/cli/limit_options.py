"""The options that limit the time and memory of a layout."""

from __future__ import annotations

import click

from typeset.limits import MEMORY_MB, SECONDS

__all__ = ["max_memory_option", "max_seconds_option"]

max_seconds_option = click.option(
    "--max-seconds",
    type=click.IntRange(SECONDS[0], SECONDS[-1]),
    metavar="N",
    help="Stop a layout after N seconds, whatever the manifest says.  [env: TYPESET_MAX_SECONDS]",
)
max_memory_option = click.option(
    "--max-memory",
    "max_memory_mb",
    type=click.IntRange(MEMORY_MB[0], MEMORY_MB[-1]),
    metavar="MB",
    help="Give a layout at most MB megabytes of memory.  [env: TYPESET_MAX_MEMORY_MB]",
)
