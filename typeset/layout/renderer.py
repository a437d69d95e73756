"""Caches what documents of one design share: parsed styles, fonts, measured words, images.

Reusing a renderer for the next layout saves half a second.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint import CSS, HTML, Document

from typeset.files.disk_cache import cache_folder
from typeset.layout.block_cache import BlockCache
from typeset.layout.engine import documents
from typeset.layout.engine.fetching import Fetcher
from typeset.layout.engine.styles import FontConfiguration, StyleFor, computed_styles
from typeset.layout.engine.svg_cache import keep_drawings
from typeset.layout.engine.svg_paths import PathCache
from typeset.layout.engine.text_setups import TextSetups
from typeset.layout.findings import DrawingFault
from typeset.layout.lines.font_book import FontBook
from typeset.layout.lines.line_styles import LineStyles
from typeset.layout.lines.rewrite import STYLES
from typeset.layout.page_cache import PageCache
from typeset.layout.protocol import EngineRecord, LayoutJob
from typeset.layout.svg import Prepared, faults_of, prepare

__all__ = ["JobFetcher", "Renderer"]

_DRAWING = "image/svg+xml"


class Renderer:
    """The engine's tools, prepared for a job and others like it.

    Args:
        job: the first document.
        keeps: whether to keep what may be of use for the next one.
    """

    def __init__(self, job: LayoutJob, *, keeps: bool = False) -> None:
        self.fetcher = JobFetcher(job.resources)
        self.fonts = FontConfiguration()
        self.cache: dict[str, Any] = {}
        """The engine's cache of images."""
        self.blocks = None if job.sight is None else BlockCache(job.stylesheets)
        """The blocks of the last document, if it is edited."""
        self.pages = None if job.sight is None else PageCache()
        """Its pages."""
        self.paths = PathCache()
        """The paths of drawings."""
        self.setups = TextSetups()
        """What Pango was set up for."""
        self._judged: dict[Prepared, tuple[DrawingFault, ...]] = {}
        """What is wrong with drawings."""
        self._base_url = job.base_url
        self._job = job
        self.styles = [self.style(css) for css in job.stylesheets]
        self.records: tuple[EngineRecord, ...] = ()
        """The engine's log of the styles."""
        self.line_styles = LineStyles()
        """The styles of the lines that we choose."""
        self._line_rules = ""
        self._line_sheet: tuple[CSS, ...] = ()
        self.book: FontBook | None = None
        """The fonts for measuring lines, if we choose them."""
        if job.line_breaking == "total-fit":
            self.book = FontBook(job.faces, job.resources, cache_folder("fonts"))
            self.fetcher.add(self.book.resources)
            self.styles += [self.style(self.book.style_sheet()), self.style(STYLES)]

    def style(self, css: str) -> CSS:
        """Return a style sheet, parsed."""
        return CSS(
            string=css,
            base_url=self._base_url,
            url_fetcher=self.fetcher,
            font_config=self.fonts,
        )

    def parse(self, html: str) -> Element:
        """Return the root of a document."""
        return documents.parse(html, self._base_url, self.fetcher)

    def document(self, root: Element) -> HTML:
        """Return a document that is parsed already, as the engine takes it."""
        return documents.document_of(root, self._base_url, self.fetcher)

    def computed(self, html: HTML) -> StyleFor:
        """Return a function that gives the present styles of a document's elements."""
        return computed_styles(html, self.styles, self.fonts)

    def render(self, html: HTML, *styles: str) -> Document:
        """Lay a document out.

        Args:
            html: the document.
            styles: style sheets that count for it alone.
        """
        document = html.render(
            font_config=self.fonts,
            stylesheets=[*self.styles, *self._lines(), *map(self.style, styles)],
            cache=self.cache,
            pdf_variant=self._job.variant,
        )
        keep_drawings(self.cache, self.fetcher.drawing_at, cache_folder("drawings"))
        return document

    def _lines(self) -> tuple[CSS, ...]:
        """Return the style sheet of the lines, if there are any."""
        rules = self.line_styles.style_sheet()
        if rules != self._line_rules:
            self._line_rules, self._line_sheet = rules, (self.style(rules),)
        return self._line_sheet

    def drawing_faults(self) -> tuple[DrawingFault, ...]:
        """Return what is wrong with the drawings of the job that documents have asked for."""
        faults: list[DrawingFault] = []
        for address, drawing in self.fetcher.drawings.items():
            if address in self._job.resources:
                if drawing not in self._judged:
                    self._judged[drawing] = faults_of(drawing, self.fonts)
                faults += self._judged[drawing]
        return tuple(faults)

    def suits(self, job: LayoutJob) -> bool:
        """Return whether another job can be done with the same tools; if so, take its images.

        Args:
            job: the next document.
        """
        own = self._job
        if (job.stylesheets, job.base_url, job.line_breaking, job.faces) != (
            own.stylesheets,
            own.base_url,
            own.line_breaking,
            own.faces,
        ):
            return False
        fonts = {face.address for face in job.faces}
        if any(job.resources[address] != own.resources[address] for address in fonts):
            return False
        changed = [
            address
            for address, content in own.resources.items()
            if job.resources.get(address) != content
        ]
        for address in changed:
            # The engine identifies images only by their addresses.
            self.cache.pop(address, None)
        if self.pages:
            self.pages.forget(changed)
        if self.blocks and self.pages and not self.blocks.forget(changed):
            # What styles show may be anywhere.
            self.blocks.clear()
            self.pages.clear()
        self.fetcher.add(job.resources)
        self._job = job
        return True


class JobFetcher(Fetcher):
    """Returns the resources of jobs, and nothing else.

    Args:
        resources: media type and content by address.
    """

    def __init__(self, resources: Mapping[str, tuple[str, bytes]]) -> None:
        super().__init__()
        self._resources = dict(resources)
        self.drawings: dict[str, Prepared] = {}
        """Those that were asked for, as the engine got them, by address."""

    def add(self, resources: Mapping[str, tuple[str, bytes]]) -> None:
        """Give more resources, by address."""
        for address, content in resources.items():
            if self._resources.get(address) != content:
                self.drawings.pop(address, None)
        self._resources |= resources

    def drawing_at(self, address: str) -> bytes:
        """Return a drawing as the engine got it; nothing if it did not ask for it here."""
        drawing = self.drawings.get(address)
        return b"" if drawing is None else drawing.data

    def content_at(self, address: str) -> tuple[str, bytes]:
        """Return a resource.

        Raises:
            ValueError: if the job has none there.
        """
        if address not in self._resources:
            raise ValueError("nothing is fetched while building")
        media_type, content = self._resources[address]
        if media_type == _DRAWING:
            if address not in self.drawings:
                self.drawings[address] = prepare(address, content)
            content = self.drawings[address].data
        return media_type, content
