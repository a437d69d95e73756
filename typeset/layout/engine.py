"""WeasyPrint's only door: from a job to finished pages.

Runs in the layout process.  Nothing is fetched: the job carries every file that the document may
name.
"""

from __future__ import annotations

import gc
import logging
import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, repeat
from typing import Any
from xml.etree.ElementTree import Element

import pydyf
from weasyprint import CSS, HTML, Document
from weasyprint.css import get_all_computed_styles
from weasyprint.css.counters import CounterStyle
from weasyprint.css.targets import TargetCollector
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from typeset.layout.columns import settle_figures
from typeset.layout.completeness import compare, missing_ids
from typeset.layout.copying import plain_spaces
from typeset.layout.eastasian import spread_lines
from typeset.layout.floats import defer_wide_figures, flows_of, suit_front_page
from typeset.layout.grid import broken_tables, mark_tables, pad_to_grid, probe_page
from typeset.layout.lines.cache import cache_folder
from typeset.layout.lines.fonts import FontBook
from typeset.layout.lines.paragraphs import StyleFor
from typeset.layout.lines.rebuild import STYLES
from typeset.layout.lines.report import justified_lines
from typeset.layout.lines.setting import LineSetter
from typeset.layout.links import mend_links, name_links
from typeset.layout.overset import find_overset
from typeset.layout.planner import Plan, plan
from typeset.layout.reading import read
from typeset.layout.spaces import detach_spaces
from typeset.pages import Box, EngineRecord, LaidOut, LayoutJob, Loss, Progress

__all__ = ["JobFetcher", "lay_out"]

_POINTS_PER_PIXEL = 0.75
_MOST_PLANS = 20
"""Plans of one document: each spares the hyphen at the end of a page."""
_MOST_ROUNDS = 4
"""Layouts of one document after the first: each mends lines that came out otherwise, the place of a
figure, or what stands on the front page."""
_LONG = 60
"""Pages from which on a document is laid out but twice."""


def lay_out(job: LayoutJob, report: Callable[[Progress], None]) -> LaidOut:
    """Lay a document out and write it, unless content was lost on the way.

    Args:
        job: the document.
        report: told of each step, and of each page as it is laid out.
    """
    clock = _Clock()
    with _records(report) as records:
        engine = _Engine(job)
        report(Progress("grid"))
        engine.align()
        clock.lap("grid")
        engine.set_lines()
        clock.lap("lines")
        document, boxes = engine.place()
        spread_lines(document)
        clock.lap("layout")
        report(Progress("verify"))
        losses = _losses(engine.body, document, boxes)
        overset = find_overset(document, job.geometry)
        lines = justified_lines(engine.body, document, job.geometry)
        clock.lap("verify")
        report(Progress("write"))
        pdf = b"" if losses else _write(document, engine.body, job)
        clock.lap("write")
        report(Progress("finish"))
        files = {} if losses else {one.edition: one.finish(pdf) for one in job.prints}
        clock.lap("finish")
    return LaidOut(
        pdf=pdf,
        files=files,
        pages=len(document.pages),
        boxes=boxes,
        heights=engine.heights,
        losses=losses,
        overset=overset,
        broken=broken_tables(engine.body),
        lines=lines,
        records=tuple(records),
        seconds=clock.seconds,
    )


class _Engine:
    """A parsed document with its parsed styles, which can be rendered more than once."""

    def __init__(self, job: LayoutJob) -> None:
        self.job = job
        self.fetcher = JobFetcher(job)
        self.fonts = FontConfiguration()
        self.cache: dict[str, Any] = {}
        self.heights: dict[str, float] = {}
        """The heights in points of the blocks that were measured, by id."""
        self.html = HTML(string=job.html, base_url=job.base_url, url_fetcher=self.fetcher)
        self.language: str = self.html.etree_element.get("lang", "")
        self.body: Element = next(self.html.etree_element.iter("body"))
        self.styles = [self._style(css) for css in job.stylesheets]
        self.lines = self._line_setter() if job.line_breaking == "total-fit" else None
        detach_spaces(self.body, but=self.lines.elements if self.lines else ())

    def _line_setter(self) -> LineSetter:
        """Read the paragraphs by their styles, and make the expanded fonts known."""
        book = FontBook(self.job.faces, self.job.resources, cache_folder())
        setter = LineSetter(self.body, self._computed(), book, self.job.geometry)
        self.fetcher.add(book.resources)
        self.styles += [self._style(book.style_sheet()), self._style(STYLES)]
        return setter

    def _computed(self) -> StyleFor:
        """Return what gives the styles of the elements as they now stand."""
        styles: StyleFor = get_all_computed_styles(
            self.html,
            self.styles,
            False,  # noqa: FBT003 - the engine's own signature
            self.fonts,
            CounterStyle(),
            {},
            [],
            [],
            TargetCollector(),
            False,  # noqa: FBT003
        )
        return styles

    def set_lines(self) -> None:
        """Choose the lines of every paragraph, those of the front page for its one column."""
        if self.lines is None:
            return
        geometry = self.job.geometry
        above = sum(
            math.ceil(self.heights.get(name, 0.0) / geometry.baseline - 0.01)
            for name in ("nameplate", "contents")
        )
        height = geometry.height - geometry.bottom - geometry.first_top
        front_lines = round(height / geometry.baseline) - above
        failed = self.lines.set_lines(front_lines, self.heights)
        plans = self._plans(front_lines)
        if any(planned.order != list(flow) for flow, planned in plans):
            for flow, planned in plans:
                flow[:] = planned.order
            self.lines.restyle(self._computed())
            failed += self.lines.set_lines(front_lines, self.heights)
            plans = self._plans(front_lines)
        for _ in range(_MOST_PLANS):
            if not any(self.lines.spare_hyphens(planned.breaks) for _, planned in plans):
                break
            plans = self._plans(front_lines)
        for element in failed:
            detach_spaces(element)

    def _plans(self, front_lines: int) -> list[tuple[Element, Plan]]:
        """Return how each flow will fill its columns."""
        assert self.lines is not None
        lines = self.job.geometry.lines
        return [
            (flow, plan(self.lines.blocks(flow, self.heights), lines=lines, front=front))
            for flow, front in zip(
                flows_of(self.body), chain([front_lines], repeat(0)), strict=False
            )
        ]

    def _style(self, css: str) -> CSS:
        return CSS(
            string=css,
            base_url=self.job.base_url,
            url_fetcher=self.fetcher,
            font_config=self.fonts,
        )

    def render(self) -> Document:
        return self._render(self.html, self.styles)

    def _render(self, html: HTML, styles: list[CSS]) -> Document:
        return html.render(
            font_config=self.fonts,
            stylesheets=styles,
            cache=self.cache,
            pdf_variant=self.job.variant,
        )

    def align(self) -> None:
        """Measure the blocks whose height is no whole number of lines, and pad them."""
        measured = self._measure()
        while mark_tables(self.body, measured, self.job.geometry):
            measured = self._measure()
        pad_to_grid(self.body, measured, self.job.geometry.baseline)
        self.heights = {name: box.bottom - box.top for name, box in measured.items()}

    def _measure(self) -> dict[str, Box]:
        """Return where each block to be measured, and each table, stands on a page of its own."""
        page = probe_page(self.body, self.job.geometry, self.language)
        html = HTML(string=page.html, base_url=self.job.base_url, url_fetcher=self.fetcher)
        document = self._render(html, [*self.styles, self._style(page.css)])
        return {name: boxes[0] for name, boxes in _boxes(document).items()}

    def place(self) -> tuple[Document, dict[str, tuple[Box, ...]]]:
        """Lay the document out until lines, heads and figures stand well, or long enough."""
        document = self.render()
        boxes = _boxes(document)
        rounds = _MOST_ROUNDS if len(document.pages) <= _LONG else 1
        for left in reversed(range(rounds)):
            mended = self._mend(document, give_up=not left)
            if suit_front_page(self.body, boxes):
                self.align()
            elif left and self._settle(document, boxes):
                self._restyle()
            elif not mended:
                break
            # Two layouts of a long document at once would take twice the memory.
            del document
            gc.collect()
            document = self.render()
            boxes = _boxes(document)
        return document, boxes

    def _settle(self, document: Document, boxes: dict[str, tuple[Box, ...]]) -> bool:
        """Move figures that left room empty; tell whether there were any."""
        geometry = self.job.geometry
        return defer_wide_figures(self.body, boxes, geometry) or settle_figures(
            self.body, document, geometry, self.heights
        )

    def _restyle(self) -> None:
        if self.lines is not None:
            self.lines.restyle(self._computed())

    def _mend(self, document: Document, *, give_up: bool) -> bool:
        if self.lines is None:
            return False
        changed, failed = self.lines.mend(document, give_up=give_up)
        for element in failed:
            detach_spaces(element)
        return changed


class JobFetcher(URLFetcher):  # type: ignore[misc]
    """Gives the job's own resources, and nothing else."""

    def __init__(self, job: LayoutJob) -> None:
        super().__init__(allowed_protocols=())
        self._resources = dict(job.resources)

    def add(self, resources: Mapping[str, tuple[str, bytes]]) -> None:
        """Give more resources, by address."""
        self._resources |= resources

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return a resource of the job; there are no requests, so headers mean nothing."""
        if url not in self._resources:
            raise ValueError("nothing is fetched while building")
        media_type, content = self._resources[url]
        return URLFetcherResponse(url, content, {"Content-Type": media_type})


class _Clock:
    """CPU seconds by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.process_time()

    def lap(self, step: str) -> None:
        now = time.process_time()
        self.seconds[step] = now - self._last
        self._last = now


class _Handler(logging.Handler):
    """Collects the engine's complaints and passes on its progress."""

    def __init__(self, records: list[EngineRecord], report: Callable[[Progress], None]) -> None:
        super().__init__()
        self._records = records
        self._report = report

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if record.name == "weasyprint.progress":
            _, mark, page = message.rpartition("Page ")
            if mark and page.isdigit():
                self._report(Progress("layout", int(page)))
        elif record.levelno >= logging.WARNING:
            self._records.append(EngineRecord(record.levelno >= logging.ERROR, message))


@contextmanager
def _records(report: Callable[[Progress], None]) -> Iterator[list[EngineRecord]]:
    records: list[EngineRecord] = []
    handler = _Handler(records, report)
    loggers = [
        logging.getLogger(name) for name in ("weasyprint", "weasyprint.progress", "fontTools")
    ]
    for logger in loggers:
        logger.handlers = [handler]
        logger.propagate = False
    loggers[1].setLevel(logging.INFO)
    try:
        yield records
    finally:
        for logger in loggers:
            logger.handlers = []


def _boxes(document: Document) -> dict[str, tuple[Box, ...]]:
    boxes: dict[str, tuple[Box, ...]] = {}
    for number, page in enumerate(document.pages, 1):
        for name, rectangle in page.anchors.items():
            box = Box(number, *(value * _POINTS_PER_PIXEL for value in rectangle))
            boxes[name] = (*boxes.get(name, ()), box)
    return boxes


def _losses(
    body: Element, document: Document, boxes: dict[str, tuple[Box, ...]]
) -> tuple[Loss, ...]:
    """Compare the document's ids and text with those of the pages, part by part."""
    ids = [element.attrib["id"] for element in body.iter() if "id" in element.attrib]
    losses = missing_ids(ids, boxes)
    expected, found = read(body, document)
    for part, runs in expected.items():
        losses += compare(runs, found.get(part, []))
    return tuple(losses)


def _write(document: Document, body: Element, job: LayoutJob) -> bytes:
    mend_links(document)

    def finish(document: Document, pdf: pydyf.PDF) -> None:
        name_links(document, body)
        plain_spaces(pdf)
        _number_pages(pdf, job.first_folio)

    data: bytes = document.write_pdf(
        finisher=finish, pdf_variant=job.variant, pdf_tags=True, custom_metadata=True
    )
    return data


def _number_pages(pdf: pydyf.PDF, first: int) -> None:
    """Give pages their printed numbers, so that a viewer goes to the folio that a reader types."""
    labels = pydyf.Dictionary({"S": "/D", "St": first})
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, labels])})
