"""Let independent judges look at PDF files and web pages, and print a table for each kind.

Each was written by others, from the standard or from what readers meet in the wild, and knows
nothing of how the files came about.

By hand: ``python -m tests.validators.judge [--profile ua1] FILE…``

Exit codes: 0 all are content, 1 one found a fault, 2 one is missing, or a file is.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from tests.validators import verapdf
from tests.validators.verdict import JudgeMissingError, Verdict
from tests.validators.webjudges import WEB_JUDGES

__all__ = ["JUDGES", "main"]

_MINUTES = 10
_SHOWN = 10
"""How many faults of one file a judge may list before the rest is only counted."""


def _page_validation(files: Sequence[Path], profile: str) -> list[Verdict]:
    """A second opinion on the standards, independent of veraPDF."""
    # Imported here, so that the other judges work where this one is not installed.
    try:
        import page
    except ImportError:
        raise JudgeMissingError("page-validation") from None
    verdicts = []
    for file in files:
        try:
            failures = page.validate_pdf(file, profile=profile).failures
            faults = tuple(f"{failure.rule_id}: {failure.message}" for failure in failures)
        except page.PageError as error:
            faults = (f"unreadable: {error}",)
        verdicts.append(Verdict(file, faults))
    return verdicts


def _qpdf(files: Sequence[Path], _: str) -> list[Verdict]:
    """Syntax: cross-references, streams, objects."""
    return [Verdict(file, _complaints("qpdf", "--check", file, silent=False)) for file in files]


def _poppler(files: Sequence[Path], _: str) -> list[Verdict]:
    """What most readers on Linux see: structure, text and pages, without a word of complaint.

    The structure without its text: for each element's text poppler draws that page anew.
    """
    return [
        Verdict(
            file,
            _complaints("pdfinfo", "-struct", file)
            + _complaints("pdftotext", file, "-")
            + _complaints("pdftoppm", "-r", "24", file),
        )
        for file in files
    ]


def _fonts(files: Sequence[Path], _: str) -> list[Verdict]:
    """Every font is embedded, so every reader shows the same letters."""
    verdicts = []
    for file in files:
        result = _run("pdffonts", file)
        # Two lines of heading, then a font a row: name, type, encoding, emb, sub, uni, object
        # number and generation.  The first three may hold spaces, so fields count from the end.
        fonts = _lines(result.stdout)[2:]
        loose = tuple(f"not embedded: {font}" for font in fonts if font.split()[-5] != "yes")
        verdicts.append(Verdict(file, _lines(result.stderr) + _exit_code(result) + loose))
    return verdicts


def _ghostscript(files: Sequence[Path], _: str) -> list[Verdict]:
    """What a printer's interpreter sees."""
    quiet = ("-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-dPDFSTOPONERROR", "-sDEVICE=nullpage")
    verdicts = []
    for file in files:
        result = _run("gs", *quiet, file)
        # It complains on its standard output.
        faults = _lines(result.stdout + result.stderr)
        verdicts.append(Verdict(file, faults or _exit_code(result)))
    return verdicts


Judge = Callable[[Sequence[Path], str], list[Verdict]]
"""Takes files and a profile's name, which only the judges of PDF files need."""

JUDGES: dict[str, Judge] = {
    "veraPDF": verapdf.judge,
    "page-validation": _page_validation,
    "qpdf": _qpdf,
    "poppler": _poppler,
    "fonts": _fonts,
    "Ghostscript": _ghostscript,
}
"""The judges of PDF files in the order of the table's columns."""


def _run(tool: str, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    if shutil.which(tool) is None:
        raise JudgeMissingError(tool)
    return subprocess.run(
        [tool, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=_MINUTES * 60,
        check=False,
    )


def _complaints(tool: str, *arguments: str | Path, silent: bool = True) -> tuple[str, ...]:
    """What a tool says on its standard error, where a content one says nothing.

    Without ``silent`` the tool may talk as it likes, and its exit code decides.
    """
    result = _run(tool, *arguments)
    if silent and result.stderr.strip():
        return tuple(f"{tool}: {line}" for line in _lines(result.stderr))
    if result.returncode:
        return tuple(f"{tool}: {line}" for line in _lines(result.stderr) or _exit_code(result))
    return ()


def _lines(output: bytes) -> tuple[str, ...]:
    return tuple(output.decode("utf-8", "replace").strip().splitlines())


def _exit_code(result: subprocess.CompletedProcess[bytes]) -> tuple[str, ...]:
    return (f"exit code {result.returncode}",) if result.returncode else ()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.validators.judge")
    parser.add_argument("--profile", choices=verapdf.FLAVOURS, default="ua1")
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    absent = [file for file in options.files if not file.is_file()]
    if absent:
        parser.error(f"no such file: {', '.join(map(str, absent))}")

    pages = [file for file in options.files if file.suffix == ".html"]
    kinds = ([file for file in options.files if file not in pages], JUDGES), (pages, WEB_JUDGES)
    codes = [_judge(files, judges, options.profile) for files, judges in kinds if files]
    return max(codes)


def _judge(files: Sequence[Path], judges: Mapping[str, Judge], profile: str) -> int:
    """Print the verdicts on files of one kind, and return the exit code that they call for."""
    words: dict[Path, list[str]] = {file: [] for file in files}
    notes: list[str] = []
    missing = failed = False
    for name, judge in judges.items():
        try:
            verdicts = judge(files, profile)
        except JudgeMissingError as error:
            missing = True
            notes.append(f"{name}: {error}")
            verdicts = []
        for verdict in verdicts:
            words[verdict.file].append("pass" if verdict.passed else "FAIL")
            failed = failed or not verdict.passed
            notes += [f"{verdict.file}: {name}: {fault}" for fault in verdict.faults[:_SHOWN]]
            if len(verdict.faults) > _SHOWN:
                notes.append(f"{verdict.file}: {name}: {len(verdict.faults) - _SHOWN} more")
        if not verdicts:
            for row in words.values():
                row.append("?")

    _print_table(words, judges)
    print("\n".join(notes), end="\n" if notes else "")
    return 2 if missing else int(failed)


def _print_table(words: Mapping[Path, list[str]], judges: Iterable[str]) -> None:
    width = max(len(str(file)) for file in words)
    print(" " * width, *judges, sep="  ")
    for file, row in words.items():
        cells = [word.ljust(len(name)) for word, name in zip(row, judges, strict=True)]
        print("  ".join([str(file).ljust(width), *cells]).rstrip())


if __name__ == "__main__":
    sys.exit(main())
