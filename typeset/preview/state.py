"""The state of the preview: the last good pages and the last proof, for the browser."""

from __future__ import annotations

import secrets
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from typeset.layout.protocol import Progress
from typeset.model import Figure
from typeset.preview.page_images import PageImages, sheets_of
from typeset.preview.panels import PANELS, Panel
from typeset.preview.phases import Phase
from typeset.preview.proof import LaidOutIssue, Proof
from typeset.preview.revision import Revision
from typeset.preview.source_map import Area, SourceMap, short, sides

__all__ = ["Gone", "PreviewState"]

_CACHE_BYTES = 64_000_000
"""The size of the cache of images, in bytes."""
_STEPS = {
    "grid": "measuring",
    "layout": "laying out",
    "verify": "comparing",
    "write": "writing",
    "finish": "finishing",
}
_BORDER = 2.0
"""How far a mark extends beyond what it marks, in points."""

_Answer = TypeVar("_Answer")


class Gone(Exception):
    """The requested revision is no longer there."""


@dataclass(frozen=True, slots=True)
class EarlyPage:
    """The page in sight, as the build under way has it."""

    page: int
    """Its place among the pages, from 1."""
    sheets: PageImages
    """That page alone."""


class PreviewState:
    """Holds what is shown, and reports each change of it.

    Args:
        on_change: called, from any thread, after each change.
        panels: what the page shows.
    """

    def __init__(self, on_change: Callable[[], None], panels: Sequence[Panel] = PANELS) -> None:
        self._on_change = on_change
        self._panels = panels
        # PDFium is not thread-safe, so it has its own thread.
        self._pdfium = ThreadPoolExecutor(1, "pdfium")
        self._lock = threading.Lock()
        self._images: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._run = secrets.token_hex(4)
        self.revision: Revision | None = None
        self.before: Revision | None = None
        self.proof: Proof | None = None
        self.early: EarlyPage | None = None
        """The page in sight of the build under way, or of one that the next build replaces."""
        self.sight = 1
        """The page that is looked at, as far as the browser has said."""
        self._phase = Phase.EDITING
        self._step = ""
        """What a build is doing, in words."""
        self.version = 0
        """Grows with each change of what the browser shows."""

    def close(self) -> None:
        """Release the memory of the pages."""
        self._pdfium.shutdown(cancel_futures=True)

    def enter(self, phase: Phase) -> None:
        """Show the phase."""
        with self._lock:
            self._phase, self._step = phase, ""
        self._on_change()

    def begin(self, progress: Progress) -> None:
        """Show a step of the build under way."""
        words = _STEPS.get(progress.step, progress.step)
        self._step = f"{words} page {progress.page}" if progress.page else words
        self._on_change()

    def show_early(self, progress: Progress) -> None:
        """Show the page in sight, by itself, until the build ends or another page takes its place.

        It stays if that build is abandoned, since the next one follows at once.
        """
        fonts = self.revision.issue.fonts if self.revision is not None else ""
        page = EarlyPage(progress.page, self._images_of(progress.pdf, fonts))
        with self._lock:
            early, self.early = self.early, page
        self._on_change()
        self._close(early)

    def show(self, proof: Proof) -> None:
        """Show a new proof: its diagnostics, and its pages if it has any."""
        revision = self._revision(proof.issue) if proof.issue is not None else None
        old = None
        with self._lock:
            self.proof, self._step = proof, ""
            if revision is not None:
                if self.revision is None or revision.number > self.revision.number:
                    old, self.before = self.before, self.revision
                self.revision = revision
            early, self.early = self.early, None
            self.version += 1
        self._on_change()
        self._close(old, early)

    def _images_of(self, pdf: bytes, fonts: str) -> PageImages:
        # The browser need not wait for the digests, which need no PDFium.
        sheets = sheets_of(pdf, fonts)
        return self._ask_pdfium(lambda: PageImages(pdf, sheets))

    def _close(self, *gone: Revision | EarlyPage | None) -> None:
        for pages in gone:
            if pages is not None:
                self._pdfium.submit(pages.sheets.close)

    def _revision(self, issue: LaidOutIssue) -> Revision:
        last = self.revision
        if last is not None and last.issue.laid_out is issue.laid_out:
            return replace(last, issue=issue)  # it has a web page now, or is what was built last
        sheets = self._images_of(issue.pdf, issue.fonts)
        outline = tuple(self._ask_pdfium(sheets.outline))
        places = SourceMap(issue.loaded.issue, issue.laid_out, issue.loaded.geometry)
        number = last.number + 1 if last else 1
        if last is None:
            return Revision(number, issue, sheets, places, outline)
        before = last.sheets.position
        changed = [
            page for page, sheet in enumerate(sheets.sheets, 1) if sheet.digest not in before
        ]
        figures = {image for image, _ in _figures(last.issue)}
        new = frozenset(name for image, name in _figures(issue) if image not in figures)
        return Revision(number, issue, sheets, places, outline, tuple(changed), new)

    def _ask_pdfium(self, work: Callable[[], _Answer]) -> _Answer:
        """Call a function in PDFium's thread."""
        return self._pdfium.submit(work).result()

    # --- Requests of the page ------------------------------------------------------------------

    def image(self, digest: str, width: int) -> bytes:
        """Return the image of a page.

        Raises:
            Gone: if neither these pages nor those before have it, nor is it the early one.
        """
        key = (digest, width)
        with self._lock:
            cached = self._images.get(key)
            if cached is not None:
                self._images.move_to_end(key)
                return cached
        data = self._ask_pdfium(lambda: self._of_sheet(digest, lambda s, at: s.image(at, width)))
        with self._lock:
            self._images[key] = data
            size = sum(map(len, self._images.values()))
            while size > _CACHE_BYTES and len(self._images) > 1:
                size -= len(self._images.popitem(last=False)[1])
        return data

    def text(self, digest: str) -> dict[str, Any]:
        """Return the text of a page.

        Raises:
            Gone: if neither these pages nor those before have it.
        """
        return self._ask_pdfium(
            lambda: self._of_sheet(
                digest,
                lambda sheets, at: {
                    "lines": [
                        [line.text, *short(line.left, line.top, line.right, line.bottom)]
                        for line in sheets.lines(at)
                    ]
                },
            )
        )

    def _of_sheet(self, digest: str, ask: Callable[[PageImages, int], _Answer]) -> _Answer:
        """Call a function with the document that has a page; in PDFium's thread."""
        for pages in (self.revision, self.early, self.before):
            if pages is not None and digest in pages.sheets.position:
                return ask(pages.sheets, pages.sheets.position[digest])
        raise Gone

    def places(self, number: int, page: int) -> dict[str, Any]:
        """Return the areas of a page and their sources.

        Args:
            number: the revision's.
            page: from 1.

        Raises:
            Gone: if that revision is no longer shown, or has no such page.
        """
        revision = self._revision_with(number, page)
        return {"areas": [_area(area) for area in revision.places.on_page(page)]}

    def links(self, number: int, page: int) -> list[dict[str, Any]]:
        """Return the links of a page.

        They belong to a revision, since pages that look the same may have other links.

        Args:
            number: the revision's.
            page: from 1.

        Raises:
            Gone: as `places` does.
        """
        revision = self._revision_with(number, page)
        return self._ask_revision(
            revision,
            lambda: [
                {
                    "box": short(link.left, link.top, link.right, link.bottom),
                    "address": link.address,
                    "page": link.page,
                    "top": round(link.to, 1),
                }
                for link in revision.sheets.links(page - 1)
            ],
        )

    def marks(self, number: int, page: int) -> list[list[float]]:
        """Return the areas of a page that changed, in points from its top left.

        Args:
            number: the revision's.
            page: from 1.

        Raises:
            Gone: as `places` does.
        """
        revision, before = self._revision_with(number, page), self.before
        if before is None or page not in revision.changed:
            return []
        return self._ask_revision(revision, lambda: _marks(revision, before, page))

    def _revision_with(self, number: int, page: int) -> Revision:
        revision = self.revision
        if revision is None or number != revision.number:
            raise Gone
        if not 1 <= page <= len(revision.sheets.sheets):
            raise Gone
        return revision

    def _ask_revision(self, revision: Revision, work: Callable[[], _Answer]) -> _Answer:
        """Call a function on the shown pages, in PDFium's thread, which also closes them."""

        def answer() -> _Answer:
            if self.revision is None or self.revision.number != revision.number:
                raise Gone
            return work()

        return self._ask_pdfium(answer)

    def source(self, element_id: str) -> dict[str, Any] | None:
        """Return where the element with an id was written; None if that is unknown."""
        revision = self.revision
        place = revision.issue.loaded.issue.place_of(element_id) if revision else None
        return {"file": place.path, "line": place.line} if place else None

    def locate(self, path: str, line: int) -> dict[str, Any] | None:
        """Return the area of a line of a file on the pages; None if it has none."""
        area = self.revision.places.of_line(path, line) if self.revision else None
        return _area(area) | {"page": area.box.page} if area else None

    @property
    def activity(self) -> dict[str, Any]:
        """What changes during a build, as the page in the browser needs it."""
        early = self.early
        return {
            "phase": self._phase,
            "step": self._step,
            "early": early and {"page": early.page, **early.sheets.sheets[0].as_json()},
        }

    def as_json(self) -> dict[str, Any]:
        """Return the whole state, as the page in the browser needs it: the issue and each panel."""
        with self._lock:
            revision, proof, version = self.revision, self.proof, self.version
            activity = self.activity
        state: dict[str, Any] = {
            "run": self._run,
            "version": version,
            "activity": activity,
            "revision": revision.number if revision else 0,
            "partial": revision is not None and revision.issue.is_partial,
            "fresh": proof is not None and proof.issue is not None,
            "waiting": proof is None,
            "seconds": round(proof.seconds, 1) if proof else 0,
        }
        if revision is not None:
            issue = revision.issue.loaded.issue
            state |= {
                "title": issue.name.text,
                "volume": issue.volume,
                "number": issue.number,
                "slug": issue.slug,
                "language": issue.language,
            }
        for panel in self._panels:
            state |= panel.state(revision, proof)
        return state


def _figures(issue: LaidOutIssue) -> list[tuple[bytes, str]]:
    """Return the image of each figure, with the figure's id."""
    return [
        (block.image.data, block.id)
        for article in issue.loaded.issue.articles
        for block in article.blocks
        if isinstance(block, Figure)
    ]


def _marks(revision: Revision, before: Revision, page: int) -> list[list[float]]:
    """Return boxes of the lines and figures that are new on a page and its neighbors.

    If there are none, the style has changed, and the whole page is marked.
    """
    last = before.sheets
    around = range(max(0, page - 2), min(len(last.sheets), page + 1))
    known = Counter(line.text for index in around for line in last.lines(index))
    marks = []
    for line in revision.sheets.lines(page - 1):
        if known[line.text]:
            known[line.text] -= 1
        else:
            marks.append([line.left, line.top, line.right, line.bottom])
    areas = revision.places.on_page(page)
    marks += [sides(area.box) for area in areas if area.element_id in revision.pictures]
    sheet = revision.sheets.sheets[page - 1]
    marks = marks or [[_BORDER * 2, _BORDER * 2, sheet.width - _BORDER * 2, sheet.height - 4]]
    return [
        short(left - _BORDER, top - _BORDER, right + _BORDER, bottom + _BORDER)
        for left, top, right, bottom in marks
    ]


def _area(area: Area) -> dict[str, Any]:
    return {
        "id": area.element_id,
        "box": sides(area.box),
        "file": area.location.path,
        "line": area.location.line,
    }
