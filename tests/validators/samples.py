"""Build the files for the judges: all editions of both sample issues, in both themes.

By hand: ``python -m tests.validators.samples build/judge``

The folder is replaced; ``THEME/ISSUE/`` in it has the files.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

__all__ = ["ISSUES", "THEMES", "build_samples", "main"]

_CHECKOUT = Path(__file__).parents[2]
_PUBLICATION = _CHECKOUT / "issues"
ISSUES = ("2026-11-25", "2026-12-09")
THEMES = ("brief", "ledger")


def build_samples(folder: Path) -> list[Path]:
    """Build all editions, as many at a time as there are cores, and return the PDF files.

    Raises:
        RuntimeError: if one cannot be built; its message is what the command printed.
    """
    shutil.rmtree(folder, ignore_errors=True)
    for theme in THEMES:
        _dress(folder / theme / "publication", theme)

    def build(what: tuple[str, str]) -> list[Path]:
        theme, issue = what
        output = folder / theme / issue
        source = folder / theme / "publication" / issue
        command = [sys.executable, "-m", "typeset", "build", str(source), "--all"]
        result = subprocess.run(
            [*command, "--output", str(output)],
            cwd=_CHECKOUT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if result.returncode:
            raise RuntimeError(f"{issue} in {theme} cannot be built:\n{result.stderr}")
        return sorted(output.rglob("*.pdf"))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return [file for files in pool.map(build, product(THEMES, ISSUES)) for file in files]


def _dress(folder: Path, theme: str) -> None:
    """Copy the sample publication with another theme."""
    shutil.copytree(_PUBLICATION, folder, ignore=shutil.ignore_patterns("figures", "__pycache__"))
    manifest = folder / "publication.yaml"
    text, changes = re.subn(r"(?m)^theme: .*$", f"theme: {theme}", manifest.read_text("utf-8"))
    if changes != 1:
        raise RuntimeError("the sample publication no longer says its theme in one line")
    manifest.write_text(text, "utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.validators.samples")
    parser.add_argument("folder", metavar="DIR", type=Path)
    options = parser.parse_args(arguments)
    try:
        files = build_samples(options.folder.resolve())
    except RuntimeError as error:
        print(error)
        return 1
    print(f"{len(files)} PDF files of {len(THEMES) * len(ISSUES)} issues in {options.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
