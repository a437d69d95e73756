"""Drive the judges of web pages: axe in Chromium, Chromium itself, html-validate and vnu.

``make tools`` installs them beside ``web/judge.mjs``; Chromium is the system's, or what the
variable ``CHROMIUM`` names.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from tests.validators.verdict import JudgeMissingError, Verdict

__all__ = ["WEB_JUDGES"]

_HOME = Path(__file__).with_name("web")
_PACKAGES = _HOME / "node_modules"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_MAC_BROWSER = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
_MINUTES = 15
_UNKNOWN_TO_VNU = "violates Content Security Policy"
"""vnu takes no look at hashes, and holds each style sheet and image for blocked; Chromium knows."""


def _node(judge: str, files: Sequence[Path], *, browses: bool) -> list[Verdict]:
    if shutil.which("node") is None:
        raise JudgeMissingError("Node.js")
    if not _PACKAGES.is_dir():
        raise JudgeMissingError(f"{judge}, a package of {_HOME.name}/package.json,")
    browser = _browser() if browses else "-"
    command = ["node", str(_HOME / "judge.mjs"), judge, browser, *map(str, files)]
    result = _run(command)
    rows = [json.loads(row) for row in result.stdout.splitlines()]
    if result.returncode or len(rows) != len(files):
        raise RuntimeError(f"{judge} broke off:\n{result.stdout}{result.stderr}")
    return [Verdict(file, tuple(row["faults"])) for file, row in zip(files, rows, strict=True)]


def _browser() -> str:
    named = os.environ.get("CHROMIUM")
    found = named or next(filter(None, map(shutil.which, _BROWSERS)), None)
    if found is None and _MAC_BROWSER.exists():
        found = str(_MAC_BROWSER)
    if found is None:
        raise JudgeMissingError("Chromium")
    return found


def _vnu(files: Sequence[Path]) -> list[Verdict]:
    """The validator of the W3C: errors and warnings, of the style sheet too."""
    jars = list(_PACKAGES.glob("vnu-jar/build/dist/vnu.jar"))
    if not jars or shutil.which("java") is None:
        raise JudgeMissingError("vnu-jar, or Java,")
    result = _run(["java", "-jar", str(jars[0]), "--format", "json", "--stdout", *map(str, files)])
    if not result.stdout.startswith("{"):
        raise RuntimeError(f"vnu broke off:\n{result.stdout}{result.stderr}")
    faults: dict[Path, list[str]] = {file.resolve(): [] for file in files}
    for message in json.loads(result.stdout)["messages"]:
        if _UNKNOWN_TO_VNU in message["message"]:
            continue
        place = f"line {message.get('lastLine', 0)}"
        file = Path(message["url"].removeprefix("file:"))
        faults[file].append(f"{place}: {message['type']}: {message['message'][:200]}")
    return [Verdict(file, tuple(faults[file.resolve()])) for file in files]


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=_MINUTES * 60,
        check=False,
    )


WEB_JUDGES: dict[str, Callable[[Sequence[Path]], list[Verdict]]] = {
    "axe": partial(_node, "axe", browses=True),
    "Chromium": partial(_node, "chromium", browses=True),
    "html-validate": partial(_node, "html-validate", browses=False),
    "vnu": _vnu,
}
"""The judges by name, in the order of the table's columns."""
