"""Measures the time from a save until the browser shows it, for 20 edits.

``python -m tests.benchmarks.preview [ISSUE]`` (``make bench-preview``) copies the issue's
publication, opens its preview in Chromium, and edits the copy.  An edit is *seen* when the page in
sight is drawn again, and *final* when every page that the browser holds is one of the new revision,
whose PDF is that of a build.  It needs Playwright and Chromium.

It has no budgets: each edit takes a whole build, whose budgets are those of `cold`.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

__all__ = ["main"]

_ROOT = Path(__file__).parents[2]
_SAMPLE = _ROOT / "issues" / "2026-11-25"
_PATIENCE = 300_000
"""Milliseconds."""
_POLL = 0.05
"""Seconds between two looks whether an edit is final."""
_PAUSE = 1.5
"""Seconds between two edits, as a fast author makes them."""
_THREE_LINES = (
    " The harbor office keeps a register of every ship that has passed since the spring, and"
    " anybody may read it there on a weekday morning; it is kept by hand, in one long column."
)
_WORDS = ("these", "those", "where", "while", "their", "there", "which")
_WORD = re.compile(rf"\b({'|'.join(_WORDS)})\b")
_THEME = "themes/tried/theme.yaml", "version: 1\nextends: {theme}\n"
_STYLE = "themes/tried/print.css"


@dataclass(frozen=True)
class Edit:
    """A change of one file."""

    kind: str
    make: Callable[[], object]
    place: tuple[Path, int] | None = None
    """The line of an article that changes, from 1."""


class Copy:
    """A copy of a publication that is edited.

    Args:
        issue: the issue's folder.
        folder: where the copy is to stand.
    """

    def __init__(self, issue: Path, folder: Path) -> None:
        root = next(up for up in issue.resolve().parents if (up / "publication.yaml").is_file())
        shutil.copytree(root, folder)
        self.root = folder
        self.issue = folder / issue.resolve().relative_to(root)
        manifest = (self.issue / "issue.yaml").read_text("utf-8")
        self.articles = [
            self.issue / name for name in re.findall(r"articles/[\w./-]+\.md", manifest)
        ]
        publication = folder / "publication.yaml"
        text = publication.read_text("utf-8")
        theme = re.search(r"(?m)^theme: *(\S+)", text)
        name, content = _THEME
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(content.format(theme=theme[1] if theme else "brief"), "utf-8")
        (folder / _STYLE).write_text("", "utf-8")
        text = re.sub(r"(?m)^theme:.*\n", "", text) + "\ntheme: tried\n"
        publication.write_text(text, "utf-8")

    def edits(self) -> Iterator[Edit]:
        """Yield twenty edits, the kinds mixed."""
        image = next(
            path.relative_to(self.issue)
            for path in sorted((self.issue / "images").iterdir())
            if path.suffix in {".png", ".jpg", ".svg"}
        )
        figure = f'\n\n![A figure more]({image.as_posix()}){{alt="A figure."}}\n\n'
        publication = self.root / "publication.yaml"
        accents = ("#1f4e79", "#7a2e2e", "#2e5a3a", "#4a3b76")
        for number in range(4):
            article = self.articles[number % len(self.articles)]
            first = self.articles[0]
            line = self._first_paragraph(first)
            longer = self._insert(first, _THREE_LINES)
            yield Edit("three lines more in the first article", longer, (first, line))
            yield self._word(self.articles[-1 - number % len(self.articles)])
            yield Edit(
                "another accent", self._append(publication, f"\naccent: '{accents[number]}'\n")
            )
            yield Edit(
                "a style",
                self._append(
                    self.root / _STYLE, f"h2 {{ font-style: {('italic', 'normal')[number % 2]} }}\n"
                ),
            )
            if number < 2:
                place = article, self._first_paragraph(article)
                yield Edit("a figure more", self._insert(article, figure), place)
            else:
                yield self._word(article)

    @staticmethod
    def _first_paragraph(article: Path) -> int:
        """Return the line of the first paragraph."""
        head, mark, body = article.read_text("utf-8").partition("\n---\n")
        return f"{head}{mark}{body[: len(body) - len(body.lstrip())]}".count("\n") + 1

    def _insert(self, article: Path, text: str) -> Callable[[], object]:
        """Add a text at the end of the first paragraph."""

        def make() -> None:
            head, mark, body = article.read_text("utf-8").partition("\n---\n")
            first, gap, rest = body.lstrip("\n").partition("\n\n")
            article.write_text(f"{head}{mark}{first}{text}{gap}{rest}", "utf-8")

        return make

    def _word(self, article: Path) -> Edit:
        """Replace one word in the middle of an article."""
        text = article.read_text("utf-8")
        words = [word for word in _WORD.finditer(text) if word.start() > len(text) // 3]
        old = words[0]
        new = _WORDS[(_WORDS.index(old[0]) + 1) % len(_WORDS)]
        changed = f"{text[: old.start()]}{new}{text[old.end() :]}"

        def make() -> None:
            article.write_text(changed, "utf-8")

        return Edit("a word in an article", make, (article, text.count("\n", 0, old.start()) + 1))

    @staticmethod
    def _append(file: Path, text: str) -> Callable[[], object]:
        def make() -> None:
            kept = re.sub(r"(?m)^accent:.*\n", "", file.read_text("utf-8"))
            file.write_text(kept + text, "utf-8")

        return make


_WATCH = """() => {
  const html = document.documentElement;
  const inSight = () => document.getElementById(`sheet-${document.getElementById("page").value}`);
  const whole = () => html.dataset.revision !== window.before.revision
    && [...document.querySelectorAll(".sheet[data-digest]")].every(
      ({ dataset }) => dataset.revision === html.dataset.revision);
  window.begin = () => {
    window.before = { revision: html.dataset.revision, digest: inSight().dataset.digest };
    window.seenAt = window.finalAt = null;
  };
  const note = () => {
    if (!window.before) return;
    if (inSight().dataset.digest !== window.before.digest) window.seenAt ??= Date.now();
    if (whole()) window.finalAt ??= Date.now();
  };
  const attributeFilter = ["data-digest", "data-revision"];
  new MutationObserver(note).observe(html, { attributes: true, subtree: true, attributeFilter });
}"""
"""Lets the page record when it shows an edit, in milliseconds, since requests would take time."""


def measure(page: Page, copy: Copy) -> dict[str, list[tuple[float, float]]]:
    """Make each edit, and return by kind the seconds until it was seen, and final.

    The edited place is visible.
    """
    seconds: dict[str, list[tuple[float, float]]] = {}
    page.evaluate(_WATCH)
    for edit in copy.edits():
        if edit.place is not None:
            file, line = edit.place
            page.evaluate(f"location.hash = '#file={file.relative_to(copy.root)}&line={line}'")
            time.sleep(_PAUSE)
        page.evaluate("begin()")
        started = time.time()
        edit.make()
        while not (at := page.evaluate("window.finalAt")):
            time.sleep(_POLL)
        final = at / 1000 - started
        # An edit that changes another page is seen when all is final.
        seen = page.evaluate("(seenAt ?? finalAt) / 1000") - started
        seconds.setdefault(edit.kind, []).append((seen, final))
        if page.locator("#status.broken").count():
            sys.exit(f"{edit.kind}: {page.locator('#banner').inner_text()}")
        print(f"{seen:6.2f} {final:6.2f} s  {edit.kind}", flush=True)
        time.sleep(_PAUSE)
    return seconds


def main() -> None:
    """Measure, and print the figures."""
    issue = Path(sys.argv[1]) if len(sys.argv) > 1 else _SAMPLE
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        copy = Copy(issue, Path(folder, "publication"))
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        with _preview(copy.issue) as address:
            page = chromium.new_page(viewport={"width": 1280, "height": 860})
            page.goto(address)
            html = page.locator("html")
            expect(html).to_have_attribute("data-revision", "1", timeout=_PATIENCE)
            pages = page.locator(".sheet").count()
            seconds = measure(page, copy)
        chromium.close()
    print(f"\n| {pages} pages | edits | seen, median | 95 % | final, median | 95 % |")
    print("|---|---|---|---|---|---|")
    seconds["all"] = list(chain.from_iterable(seconds.values()))
    for kind, values in seconds.items():
        times = [
            f"{take(one):.2f} s"
            for one in zip(*values, strict=True)
            for take in (statistics.median, _late)
        ]
        print(f"| {kind} | {len(values)} | {' | '.join(times)} |")


def _late(values: Sequence[float]) -> float:
    """Return the 95th percentile of values."""
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


@contextmanager
def _preview(issue: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "typeset", "preview", str(issue), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=_ROOT)
    try:
        assert process.stderr is not None
        found = re.search(r"http://\S+", process.stderr.readline())
        assert found
        # Read its other output, since a full pipe would block it.
        threading.Thread(target=process.stderr.read, daemon=True).start()
        yield found[0]
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    main()
