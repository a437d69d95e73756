"""Run independent judges on PDF files and web pages, and print a table for each kind.

By hand: ``python -m tests.validators.judge FILE…``

The judges of a file depend on the end of its name, as editions have it, and on the standards that
it claims; `judges` has the table.  Two judges of one standard must agree.

Exit codes: 0 no faults, 1 a fault was found, 2 a judge or a file is missing.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.validators.judges import JUDGES, PAGE_JUDGES, Judge
from tests.validators.standards import look_at
from tests.validators.verdict import JudgeMissingError, Verdict

__all__ = ["Hearing", "hear", "main"]

_SHOWN = 10
"""How many faults of a file a judge lists; more are only counted."""


@dataclass
class Hearing:
    """The verdicts of all judges on some files."""

    files: Sequence[Path]
    judges: Sequence[Judge]
    verdicts: dict[tuple[Path, str], Verdict] = field(default_factory=dict)
    """By file and name of the judge, for those files that a judge checks."""
    missing: dict[str, str] = field(default_factory=dict)
    """What is not installed, by the judge that needs it."""
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    """The time of each judge for all files."""

    @property
    def passed(self) -> bool:
        """Whether every judge ran, and found no fault."""
        return not self.missing and all(verdict.passed for verdict in self.verdicts.values())

    def disagreements(self) -> Iterator[str]:
        """Yield a line for each file on which judges of one standard do not agree."""
        for file in self.files:
            for standard in dict.fromkeys(
                judge.standard for judge in self.judges if judge.standard
            ):
                said = {
                    judge.name: self.verdicts[file, judge.name]
                    for judge in self.judges
                    if judge.standard == standard and (file, judge.name) in self.verdicts
                }
                if len({verdict.passed for verdict in said.values()}) == 2:
                    words = "; ".join(
                        f"{name}: {verdict.faults[0] if verdict.faults else 'content'}"
                        for name, verdict in said.items()
                    )
                    yield f"{file}: the judges of {standard} disagree: {words}"


def hear(files: Sequence[Path], judges: Sequence[Judge] = JUDGES) -> Hearing:
    """Run every judge on its files, on all cores."""
    hearing = Hearing(files, judges)
    subjects = [look_at(file) for file in files]
    tasks: list[tuple[Judge, list[Path]]] = []
    for judge in judges:
        own = [subject.file for subject in subjects if judge.hears(subject)]
        tasks += [(judge, own)] if judge.at_once and own else [(judge, [file]) for file in own]
    # The slowest first, so that none runs alone at the end.
    tasks.sort(key=lambda task: (task[0].at_once, task[0].name == "structure text"), reverse=True)

    def work(task: tuple[Judge, list[Path]]) -> list[Verdict]:
        judge, own = task
        started = time.monotonic()
        try:
            return judge.judge(own)
        except JudgeMissingError as error:
            hearing.missing[judge.name] = str(error)
            return []
        finally:
            hearing.seconds[judge.name] += time.monotonic() - started

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for (judge, _), verdicts in zip(tasks, pool.map(work, tasks), strict=True):
            for verdict in verdicts:
                hearing.verdicts[verdict.file, judge.name] = verdict
    return hearing


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.validators.judge")
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    absent = [file for file in options.files if not file.is_file()]
    if absent:
        parser.error(f"no such file: {', '.join(map(str, absent))}")
    pages = [file for file in options.files if file.suffix == ".html"]
    prints = [file for file in options.files if file not in pages]
    kinds = ((prints, JUDGES), (pages, PAGE_JUDGES))
    return max(_report(hear(files, judges)) for files, judges in kinds if files)


def _report(hearing: Hearing) -> int:
    """Print the verdicts, and return the exit code."""
    _print_table(hearing)
    for line in (*_faults(hearing), *hearing.disagreements()):
        print(line)
    for name, what in hearing.missing.items():
        print(f"{name}: {what}")
    if hearing.missing:
        return 2
    return 0 if hearing.passed else 1


def _faults(hearing: Hearing) -> Iterator[str]:
    for (file, name), verdict in hearing.verdicts.items():
        for fault in verdict.faults[:_SHOWN]:
            yield f"{file}: {name}: {fault}"
        if len(verdict.faults) > _SHOWN:
            yield f"{file}: {name}: {len(verdict.faults) - _SHOWN} more"


def _print_table(hearing: Hearing) -> None:
    """Print a row a file: each judge's verdict, ``-`` if it does not apply, ``?`` if missing."""
    common = os.path.commonpath([file.parent for file in hearing.files])
    names = {file: os.path.relpath(file, common) for file in hearing.files}
    width = max(map(len, names.values()))
    print(common)
    print(" " * width, *(judge.name for judge in hearing.judges), sep="  ")
    for file, name in names.items():
        cells = [_word(hearing, file, judge).ljust(len(judge.name)) for judge in hearing.judges]
        print("  ".join([name.ljust(width), *cells]).rstrip())
    times = [
        f"{hearing.seconds.get(judge.name, 0):.0f} s".ljust(len(judge.name))
        for judge in hearing.judges
    ]
    print("  ".join(["time".ljust(width), *times]).rstrip())


def _word(hearing: Hearing, file: Path, judge: Judge) -> str:
    if judge.name in hearing.missing:
        return "?"
    verdict = hearing.verdicts.get((file, judge.name))
    if verdict is None:
        return "-"
    return "pass" if verdict.passed else "FAIL"


if __name__ == "__main__":
    sys.exit(main())
