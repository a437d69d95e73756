"""WeasyPrint's only door: from a job to finished pages.

Runs in the layout process.  Nothing is fetched: the job carries every file that the document may
name.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from typeset.layout.compose import boxes_of, compose
from typeset.layout.contract import check_contract
from typeset.layout.engine.c_types import quick_arrays
from typeset.layout.engine.first_lines import known_lines
from typeset.layout.engine.matrices import quick_products
from typeset.layout.engine.messages import listening
from typeset.layout.engine.style_defaults import quick_defaults
from typeset.layout.findings import LOSSES
from typeset.layout.inspect import INSPECTIONS, Inspector, LaidDocument
from typeset.layout.lines.report import justified_lines
from typeset.layout.pdf.write import write_all, write_page
from typeset.layout.protocol import (
    LaidOut,
    LayoutJob,
    OnProgress,
    Progress,
    silent,
)
from typeset.layout.renderer import Renderer

__all__ = ["Engine", "lay_out"]


_OBJECTS = 100_000
"""How many new objects make Python search for garbage; by default it does so after 700."""


class Engine:
    """The engine, with the tools of its last job at hand."""

    def __init__(self) -> None:
        self._renderer: Renderer | None = None

    def lay_out(self, job: LayoutJob, on_progress: OnProgress) -> LaidOut:
        """Lay a document out and write it, as :func:`lay_out` does."""
        if self._renderer is None or not self._renderer.suits(job):
            self._renderer = _renderer(job)
        return lay_out(job, on_progress, self._renderer)


def lay_out(
    job: LayoutJob,
    on_progress: OnProgress,
    renderer: Renderer | None = None,
    inspections: Sequence[Inspector[Any]] = INSPECTIONS,
) -> LaidOut:
    """Lay a document out and write it, unless content was lost on the way.

    Args:
        job: the document.
        on_progress: told of each step, and of each page as it is laid out.
        renderer: the tools of an earlier job that suit this one, too.
        inspections: what the pages are inspected for.

    Raises:
        ContractFault: if the document lacks what the layout needs.
    """
    clock = _Clock()
    renderer = renderer or _renderer(job)
    with _quick_engine(renderer), listening(on_progress) as records:
        root = renderer.parse(job.html)
        check_contract(root, job.contract)
        on_progress(Progress("grid"))
        composed = compose(job, renderer, root)
        document = composed.document
        if job.sight is not None:
            number = min(max(job.sight, 1), len(document.pages))
            on_progress(Progress("sight", number, pdf=write_page(document, number)))
        boxes = boxes_of(document)
        clock.lap("layout")
        on_progress(Progress("verify"))
        laid = LaidDocument(
            document=document,
            body=composed.body,
            boxes=boxes,
            heights=composed.heights,
            geometry=job.geometry,
            drawing_faults=renderer.drawing_faults(),
        )
        findings = {one.inspection: tuple(one.look(laid)) for one in inspections}
        is_whole = not findings[LOSSES]
        lines = justified_lines(composed.body, document, job.geometry)
        clock.lap("verify")
        on_progress(Progress("write"))
        painter = renderer.pages.painter if renderer.pages is not None else None
        written = write_all(document, composed.body, job, painter) if is_whole else {}
        clock.lap("write")
        on_progress(Progress("finish"))
        files = {one.edition: one.finish(written[one.bleed]) for one in job.requests if written}
        clock.lap("finish")
    return LaidOut(
        pdf=written[min(written)] if written else b"",
        files=files,
        pages=len(document.pages),
        boxes=boxes,
        heights=composed.heights,
        findings=findings,
        lines=lines,
        made_up=composed.made_up,
        records=(*renderer.records, *records),
        seconds=clock.seconds,
    )


def _renderer(job: LayoutJob) -> Renderer:
    """Return a renderer that knows what the engine says of its styles."""
    with listening(silent) as records:
        renderer = Renderer(job)
    renderer.records = tuple(records)
    return renderer


@contextmanager
def _quick_engine(renderer: Renderer) -> Iterator[None]:
    """Let the engine do the same with less work."""
    with (
        _few_collections(),
        known_lines(),
        quick_arrays(),
        quick_defaults(),
        quick_products(),
        renderer.setups.in_use(),
        renderer.paths.in_use(),
    ):
        yield


@contextmanager
def _few_collections() -> Iterator[None]:
    """Search for garbage less often.

    A layout makes millions of objects and keeps most, so that the searches take an eighth of its
    time and find little.
    """
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Clock:
    """CPU seconds by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.process_time()

    def lap(self, step: str) -> None:
        now = time.process_time()
        self.seconds[step] = now - self._last
        self._last = now
