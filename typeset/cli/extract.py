"""``typeset-press extract``."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["extract"]


@click.command(short_help="Unpack the source of an issue from its archive.")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def extract(*, file: Path, folder: Path) -> None:
    """Write the source that FILE, an archive edition, holds to DIR, a new or empty folder.

    A build of DIR gives the same issue again.
    """
    from typeset.cli.console import print_note, print_result
    from typeset.editions.extract import extract

    written = extract(file, folder)
    for path in written:
        print_result(str(path))
    print_note(f"{len(written)} files; `typeset-press build {folder}` builds the issue again")
