"""Random edits of an issue, as its preview builds them one after the other.

``python -m tests.random_edits --count 500 --seed 1`` copies a sample issue and edits the copy:
words, paragraphs, headings, figures, notes, pictures, accents, files that are broken, and what
takes an edit back.  After each edit the preview's session builds the issue in its processes, which
keep what did not change.  Now and then, and at the end, its PDF must be that of a build in new
processes, byte for byte, or its errors must be the same.  At the end its processes must have ended,
and the memory of the layout process must not have grown with the number of edits.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.pages import paragraph
from tests.publications import png
from typeset.diagnostics import Report
from typeset.layout.protocol import Progress
from typeset.preview.proof import Proof
from typeset.preview.session import PreviewSession

__all__ = ["run"]

_SAMPLE = Path(__file__).parents[1] / "issues" / "2026-12-09"
_BODY = "\n---\n"
_GROWTH = 1.25
"""How much more memory the second half of the edits may take at most than the first one."""

Edit = Callable[[], None]


@dataclass(slots=True)
class Desk:
    """Edits a copy of an issue.

    Args:
        issue: the folder of the copy.
        choice: chooses the edits.
    """

    issue: Path
    choice: random.Random
    history: list[tuple[Path, bytes]] = field(default_factory=list)
    """The files before each edit."""

    @classmethod
    def of(cls, issue: Path, folder: Path, seed: int) -> Desk:
        """Return a desk with a copy of an issue.

        Args:
            issue: the issue's folder.
            folder: where the copy of its publication is to stand.
            seed: of the edits; with the same one they are the same.
        """
        root = next(up for up in issue.parents if (up / "publication.yaml").is_file())
        shutil.copytree(root, folder)
        (folder / issue.relative_to(root) / "images" / "made.png").write_bytes(png(900, 600, "tan"))
        return cls(folder / issue.relative_to(root), random.Random(seed))  # noqa: S311 - no secret

    @property
    def articles(self) -> list[Path]:
        """The files of its articles."""
        return sorted((self.issue / "articles").glob("*.md"))

    def edit(self, *, takes_back: bool = False) -> str:
        """Edit a file; return the kind of the edit.

        Args:
            takes_back: whether it is to take the last edit back.
        """
        if takes_back:
            self.undo()
            return "taken back"
        kinds: dict[str, tuple[int, Edit]] = {
            "word": (30, self._word),
            "longer": (10, self._longer),
            "shorter": (6, self._shorter),
            "paragraph more": (8, self._paragraph),
            "paragraph less": (5, self._less),
            "heading": (4, self._heading),
            "figure": (8, self._figure),
            "note": (6, self._note),
            "picture": (3, self._picture),
            "accent": (2, self._accent),
            "broken": (4, self._broken),
            "undo": (14, self._undo),
        }
        weights = [weight for weight, _ in kinds.values()]
        kind = self.choice.choices([*kinds], weights)[0]
        kinds[kind][1]()
        return kind

    def undo(self) -> None:
        """Take the last edit back."""
        if self.history:
            path, before = self.history.pop()
            path.write_bytes(before)

    _undo = undo

    def _write(self, path: Path, content: str | bytes) -> None:
        self.history.append((path, path.read_bytes()))
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def _change(self, change: Callable[[list[str], int], object]) -> None:
        """Change a paragraph of an article: a list of its blocks, and the place of one of them."""
        path = self.choice.choice(self.articles)
        head, mark, body = path.read_text("utf-8").partition(_BODY)
        blocks = body.split("\n\n")
        plain = [place for place, one in enumerate(blocks) if re.match(r"\s*[^\W\d_]", one)]
        if plain:
            change(blocks, self.choice.choice(plain))
            self._write(path, f"{head}{mark}" + "\n\n".join(blocks))

    def _words(self, count: int) -> str:
        return paragraph(self.choice.randrange(10_000), count)

    def _word(self) -> None:
        def change(blocks: list[str], place: int) -> None:
            words = blocks[place].split(" ")
            words.insert(self.choice.randrange(len(words)) + 1, "these")
            blocks[place] = " ".join(words)

        self._change(change)

    def _longer(self) -> None:
        def change(blocks: list[str], place: int) -> None:
            blocks[place] += " " + self._words(self.choice.randint(20, 60))

        self._change(change)

    def _shorter(self) -> None:
        def change(blocks: list[str], place: int) -> None:
            if not re.search(r"[\[*_`]", blocks[place]):
                words = blocks[place].split(" ")
                blocks[place] = " ".join(words[: len(words) // 2 + 1])

        self._change(change)

    def _paragraph(self) -> None:
        self._change(
            lambda blocks, place: blocks.insert(place, self._words(self.choice.randint(4, 120)))
        )

    def _less(self) -> None:
        def change(blocks: list[str], place: int) -> None:
            if len(blocks) > 4 and "[" not in blocks[place]:
                del blocks[place]

        self._change(change)

    def _heading(self) -> None:
        self._change(lambda blocks, place: blocks.insert(place, f"## {self._words(4)}"))

    def _figure(self) -> None:
        picture = self.choice.choice(self._pictures())
        address = picture.relative_to(self.issue).as_posix()
        wide = self.choice.choice(("", " width=wide"))
        words = f'![{self._words(6)}]({address}){{alt="A picture."{wide}}}'
        self._change(lambda blocks, place: blocks.insert(place, words))

    def _note(self) -> None:
        name = f"n{self.choice.randrange(1_000_000)}"

        def change(blocks: list[str], place: int) -> None:
            blocks[place] = f"{blocks[place].rstrip()}[^{name}]"
            blocks.append(f"[^{name}]: {self._words(12)}\n")

        self._change(change)

    def _pictures(self) -> list[Path]:
        found = (self.issue / "images").iterdir()
        return sorted(one for one in found if one.suffix in {".png", ".jpg", ".svg"})

    def _picture(self) -> None:
        made = [one for one in self._pictures() if one.suffix == ".png"]
        if made:
            color = self.choice.choice(("steelblue", "tan", "seagreen"))
            size = self.choice.randint(900, 1200), self.choice.randint(500, 1400)
            self._write(self.choice.choice(made), png(*size, color))

    def _accent(self) -> None:
        path = self.issue / "issue.yaml"
        text = re.sub(r"(?m)^accent:.*\n", "", path.read_text("utf-8"))
        color = self.choice.choice(("#1f4e79", "#7a2e2e", "#2e5a3a", "#4a3b76"))
        self._write(path, f"{text.rstrip()}\naccent: '{color}'\n")

    def _broken(self) -> None:
        path = self.choice.choice([*self.articles, self.issue / "issue.yaml"])
        text = path.read_text("utf-8")
        self._write(path, text[: self.choice.randrange(len(text))])


def same_pages(proof: Proof | None, fresh: Proof | None) -> bool:
    """Return whether two proofs show the same: the same PDF, or the same errors."""
    assert proof is not None
    assert fresh is not None
    if proof.issue is None or fresh.issue is None:
        return proof.issue is fresh.issue and _told(proof.report) == _told(fresh.report)
    return proof.issue.pdf == fresh.issue.pdf and _told(proof.report) == _told(fresh.report)


def _told(report: Report) -> list[str]:
    return [str(diagnostic) for diagnostic in report]


@contextmanager
def _session(issue: Path) -> Iterator[PreviewSession]:
    session = PreviewSession(issue)
    try:
        yield session
    finally:
        session.close()


def _silent(_progress: Progress) -> None:
    pass


def _children() -> dict[int, int]:
    """Return the memory in kilobytes of this process's children, by their numbers."""
    found = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text("utf-8")
        except OSError:
            continue  # it has ended
        parent = re.search(r"(?m)^PPid:\s*(\d+)", text)
        memory = re.search(r"(?m)^VmRSS:\s*(\d+)", text)
        if parent and memory and int(parent[1]) == os.getpid():
            found[int(status.parent.name)] = int(memory[1])
    return found


def run(issue: Path, count: int, seed: int, every: int) -> int:
    """Edit an issue, and print what comes of it; return how many proofs are not those of a build.

    Args:
        issue: the issue's folder.
        count: how many edits.
        seed: of the edits.
        every: after so many edits, the proof is compared with that of a build.
    """
    wrong, memory = 0, [0, 0]
    with tempfile.TemporaryDirectory() as scratch:
        desk = Desk.of(issue, Path(scratch, "publication"), seed)
        with _session(desk.issue) as session:
            proof = session.build(_silent)
            for number in range(1, count + 1):
                kind = desk.edit(takes_back=proof is None or proof.issue is None)
                started = time.perf_counter()
                proof = session.build(_silent)
                seconds = time.perf_counter() - started
                half = number * 2 > count
                memory[half] = max(memory[half], *_children().values())
                shown = "pages" if proof and proof.issue else "errors"
                line = f"{number}: {kind}, {shown}, {seconds:.2f} s"
                if number % every == 0 or number == count:
                    with _session(desk.issue) as other:
                        # Without good pages before, it shows what can be set.
                        fresh = other.build(_silent)
                    if fresh is not None and fresh.issue is not None and fresh.issue.is_partial:
                        fresh = Proof(None, fresh.report, fresh.seconds)
                    is_same = same_pages(proof, fresh)
                    wrong += not is_same
                    line += ", as a build" if is_same else ", NOT AS A BUILD"
                print(line, flush=True)
        left = _children()
    grown = memory[1] > memory[0] * _GROWTH
    print(f"{count} edits: {wrong} not as a build, {len(left)} processes left")
    print(f"memory of the largest process: {memory[0] // 1024} MB, then {memory[1] // 1024} MB")
    return wrong + len(left) + grown


def main() -> int:
    """Edit, and return whether something was wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=30, help="how many edits")
    parser.add_argument("--seed", type=int, default=1, help="of the edits")
    parser.add_argument("--every", type=int, default=10, help="compare after so many edits")
    parser.add_argument("issue", type=Path, nargs="?", default=_SAMPLE, help="the issue's folder")
    options = parser.parse_args()
    return 1 if run(options.issue.resolve(), options.count, options.seed, options.every) else 0


if __name__ == "__main__":
    sys.exit(main())
