"""WeasyPrint's only door: from a job to finished pages.

Runs in the layout process.  Nothing is fetched: the job carries every file that the document may
name.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from xml.etree.ElementTree import Element

import pydyf
from weasyprint import CSS, HTML, Document
from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from typeset.layout.completeness import Run, compare, missing_ids
from typeset.layout.floats import defer_wide_figures, is_wide, narrow_front_page_figures
from typeset.layout.grid import pad_to_grid, probe_page
from typeset.layout.spaces import detach_spaces
from typeset.pages import Box, EngineRecord, LaidOut, LayoutJob, Loss, Progress

__all__ = ["JobFetcher", "lay_out"]

_POINTS_PER_PIXEL = 0.75
_MOST_ROUNDS = 4
"""Layouts of one document after the first: each mends the place of one wide figure."""
_REGIONS = frozenset({"header", "nav", "aside", "main"})


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
        document, boxes = engine.place()
        clock.lap("layout")
        report(Progress("verify"))
        losses = _losses(engine.body, document, boxes)
        clock.lap("verify")
        report(Progress("write"))
        pdf = b"" if losses else _write(document, job.variant)
        clock.lap("write")
    return LaidOut(pdf, len(document.pages), boxes, losses, tuple(records), clock.seconds)


class _Engine:
    """A parsed document with its parsed styles, which can be rendered more than once."""

    def __init__(self, job: LayoutJob) -> None:
        self.job = job
        self.fetcher = JobFetcher(job)
        self.fonts = FontConfiguration()
        self.cache: dict[str, Any] = {}
        self.html = HTML(string=job.html, base_url=job.base_url, url_fetcher=self.fetcher)
        self.body: Element = next(self.html.etree_element.iter("body"))
        detach_spaces(self.body)
        self.styles = [self._style(css) for css in job.stylesheets]

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
        page = probe_page(self.body, self.job.geometry)
        if page is None:
            return
        html = HTML(string=page.html, base_url=self.job.base_url, url_fetcher=self.fetcher)
        document = self._render(html, [*self.styles, self._style(page.css)])
        boxes = document.pages[0].anchors
        heights = {
            name: (boxes[name][3] - boxes[name][1]) * _POINTS_PER_PIXEL
            for name in page.ids
            if name in boxes
        }
        pad_to_grid(self.body, heights, self.job.geometry.baseline)

    def place(self) -> tuple[Document, dict[str, tuple[Box, ...]]]:
        """Lay the document out until every wide figure stands well."""
        document = self.render()
        boxes = _boxes(document)
        for _ in range(_MOST_ROUNDS):
            if narrow_front_page_figures(self.body, boxes):
                self.align()
            elif not defer_wide_figures(self.body, boxes, self.job.geometry):
                break
            document = self.render()
            boxes = _boxes(document)
        return document, boxes


class JobFetcher(URLFetcher):  # type: ignore[misc]
    """Gives the job's own resources, and nothing else."""

    def __init__(self, job: LayoutJob) -> None:
        super().__init__(allowed_protocols=())
        self._resources = job.resources

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
    expected: dict[str, list[Run]] = {}
    found: dict[str, list[Run]] = {}
    home: dict[Element, tuple[str, str]] = {}

    def visit(element: Element, part: str, element_id: str) -> None:
        element_id = element.get("id") or element_id
        # What leaves the flow of text is a part of its own: its place is not in the order.
        if element.tag in _REGIONS or is_wide(element):
            part = f"{part} {element.tag} {element_id}"
        home[element] = (part, element_id)
        runs = expected.setdefault(part, [])
        runs.append((element_id, element.text or ""))
        for child in element:
            visit(child, part, element_id)
            runs.append((element_id, child.tail or ""))

    visit(body, "", "")
    for page in document.pages:
        # The engine shows its boxes nowhere else; a test holds what we rely on.
        for box in page._page_box.descendants(placeholders=True):  # noqa: SLF001
            if isinstance(box, TextBox) and _is_content(box) and box.element in home:
                part, element_id = home[box.element]
                found.setdefault(part, []).append((element_id, box.text))
    ids = [element.attrib["id"] for element in body.iter() if "id" in element.attrib]
    losses = missing_ids(ids, boxes)
    for part, runs in expected.items():
        losses += compare(runs, found.get(part, []))
    return tuple(losses)


def _is_content(box: TextBox) -> bool:
    """Tell text of the document from what styles generate, such as markers and running heads."""
    return box.element_tag is not None and "::" not in box.element_tag


def _write(document: Document, variant: str) -> bytes:
    for page in document.pages:
        # The engine also links each element inside a link, though the link's own area holds it:
        # a reader would meet the link twice, and PDF/UA refuses a link that hangs on a span.
        page.links[:] = [link for link in page.links if link[3].element_tag == "a"]
    data: bytes = document.write_pdf(
        finisher=_number_pages, pdf_variant=variant, pdf_tags=True, custom_metadata=True
    )
    return data


def _number_pages(_document: Document, pdf: pydyf.PDF) -> None:
    """Give pages their printed numbers, so that a viewer goes to the folio that a reader types."""
    pdf.catalog["PageLabels"] = pydyf.Dictionary(
        {"Nums": pydyf.Array([0, pydyf.Dictionary({"S": "/D"})])}
    )
