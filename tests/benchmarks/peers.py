"""Compares the command with other typesetters that set the words of the sample issue.

``make bench-peers`` prints what each takes, with all its processes and its start: CPU and wall
clock, medians of five runs after one that is not counted, and the pages.  Each works by its
defaults, with a few plain styles where it reads CSS.  What is not installed is listed as absent;
how to install it stands in `docs/how-it-works.md`.

By hand: ``python -m tests.benchmarks.peers [NAME…]``.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pypdfium2

from tests.benchmarks.peer_sources import latex_source, typst_source
from tests.benchmarks.plain_html import write_plain_html
from tests.benchmarks.process_tree import run
from typeset.layout.protocol import LayoutJob
from typeset.pipeline.build import layout_job, load_issue

__all__ = ["PEERS", "main"]

_RUNS = 5
_ROOT = Path(__file__).parents[2]
_ISSUE = _ROOT / "issues" / "2026-11-25"
_BARE = Path(__file__).with_name("bare.py")
_TYPST = "import sys, typst; typst.compile('index.typ', output='typst.pdf', font_paths=['fonts'])"
_FONTS = "fonts/font_source_serif_pro"
OURS = "typeset"


@dataclass(frozen=True, slots=True)
class Peer:
    """A typesetter: its command, and the file that this writes, in a folder with all sources."""

    find: Callable[[], list[str] | None]
    """Returns the command; None if it is not installed."""
    pdf: str


def _ours() -> list[str]:
    return [sys.executable, "-m", "typeset", "build", str(_ISSUE), "--output", "ours"]


def _weasyprint() -> list[str]:
    return [sys.executable, str(_BARE), "."]


def _vivliostyle() -> list[str] | None:
    own = _ROOT / "build" / "peers" / "node_modules" / ".bin" / "vivliostyle"
    found = os.environ.get("VIVLIOSTYLE") or (str(own) if own.exists() else None)
    chromium = _browser()
    if found is None or chromium is None:
        return None
    return [found, "build", "index.html", "-o", "vivliostyle.pdf", "--executable-browser", chromium]


def _chromium() -> list[str] | None:
    chromium = _browser()
    if chromium is None:
        return None
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    return [chromium, *options, "--print-to-pdf=chromium.pdf", "index.html"]


def _typst() -> list[str] | None:
    return [sys.executable, "-c", _TYPST] if importlib.util.find_spec("typst") else None


def _lualatex() -> list[str] | None:
    found = shutil.which("lualatex")
    return [found, "--interaction=batchmode", "index.tex"] if found else None


def _browser() -> str | None:
    return shutil.which(os.environ.get("CHROMIUM", "chromium"))


PEERS = {
    OURS: Peer(_ours, "ours/*.pdf"),
    "WeasyPrint": Peer(_weasyprint, "bare.pdf"),
    "Vivliostyle": Peer(_vivliostyle, "vivliostyle.pdf"),
    "Chromium": Peer(_chromium, "chromium.pdf"),
    "Typst": Peer(_typst, "typst.pdf"),
    "LuaLaTeX": Peer(_lualatex, "index.pdf"),
}


def main() -> None:
    """Measure those named on the command line, or all, and print a table."""
    wanted = sys.argv[1:] or list(PEERS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_sources(layout_job(load_issue(_ISSUE))(), folder)
        print("| typesetter | CPU, s | wall, s | pages | our CPU over its |")
        print("|---|---|---|---|---|")
        ours = None
        for one in dict.fromkeys([OURS, *wanted]):
            command = PEERS[one].find()
            if command is None:
                print(f"| {one} | absent | | | |")
                continue
            environment = {"TYPESET_CACHE": str(folder / "cache")}
            taken = [run(command, cwd=folder, env=environment) for _ in range(1 + _RUNS)][1:]
            cpu = statistics.median(time.cpu for time in taken)
            wall = statistics.median(time.wall for time in taken)
            ours = ours or cpu
            with pypdfium2.PdfDocument(next(folder.glob(PEERS[one].pdf))) as pdf:
                print(
                    f"| {one} | {cpu:.2f} | {wall:.2f} | {len(pdf)} | {ours / cpu:.2f} |",
                    flush=True,
                )


def _write_sources(job: LayoutJob, folder: Path) -> None:
    """Write the sources of all typesetters into one folder."""
    write_plain_html(job, folder)
    page = folder / "index.html"
    link = '<link rel="stylesheet" href="style.css"></head>'
    page.write_text(page.read_text("utf-8").replace("</head>", link, 1), "utf-8")
    pictures = {address: unquote(urlsplit(address).path).lstrip("/") for address in job.resources}
    (folder / "index.typ").write_text(typst_source(job, pictures), "utf-8")
    (folder / "index.tex").write_text(latex_source(job, folder / _FONTS), "utf-8")


if __name__ == "__main__":
    main()
