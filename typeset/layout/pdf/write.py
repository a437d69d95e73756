"""Writes the pages as PDF."""

from __future__ import annotations

from contextlib import nullcontext
from copy import copy as shallow
from xml.etree.ElementTree import Element

import pydyf
from weasyprint import Document

from typeset.layout.engine.bleed import paints_bleed, with_bleed
from typeset.layout.engine.marked_content import with_marks
from typeset.layout.engine.painted import Painter
from typeset.layout.pdf.copyable_spaces import plain_spaces
from typeset.layout.pdf.gradients import widen_cells
from typeset.layout.pdf.links import mend_links, name_links
from typeset.layout.protocol import LayoutJob
from typeset.layout.tags import write_tags

__all__ = ["write_all", "write_page"]


def write_all(
    document: Document, body: Element, job: LayoutJob, painter: Painter | None = None
) -> dict[float, bytes]:
    """Return pages as tagged PDFs, one for each bleed that is asked for, by its points.

    Args:
        document: the pages.
        body: the document that they show.
        job: what was asked for.
        painter: repeats the pages that its last file held, if there may be another file after this.
    """
    bleeds = {one.bleed for one in job.requests} or {0.0}
    if not paints_bleed(document):
        # Most pages look the same with any bleed.
        return dict.fromkeys(bleeds, _write(document, body, job, painter))
    written = {}
    for bleed in sorted(bleeds):
        with with_bleed(document, bleed) if bleed else nullcontext():
            written[bleed] = _write(document, body, job, painter)
    return written


def write_page(document: Document, number: int) -> bytes:
    """Return a page by itself as a PDF without tags and links, which takes little time.

    Args:
        document: the pages.
        number: the page, from 1.
    """
    page = shallow(document.pages[number - 1])
    page.links, page.anchors, page.bookmarks = [], {}, []
    data: bytes = document.copy([page]).write_pdf()
    return data


def _write(document: Document, body: Element, job: LayoutJob, painter: Painter | None) -> bytes:
    mend_links(document)
    marked = with_marks(document, painter)

    def finish(document: Document, pdf: pydyf.PDF) -> None:
        name_links(document, body)
        write_tags(pdf, document.pages, body, job.elements)
        plain_spaces(pdf)
        widen_cells(pdf)
        _number_pages(pdf, job.first_folio)
        if painter is not None:
            painter.deflated.compress(pdf)

    data: bytes = marked.write_pdf(
        finisher=finish, pdf_variant=job.variant, pdf_tags=True, custom_metadata=True
    )
    return data


def _number_pages(pdf: pydyf.PDF, first: int) -> None:
    """Give pages their printed numbers, so that a viewer goes to the folio that a reader types."""
    labels = pydyf.Dictionary({"S": "/D", "St": first})
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, labels])})
