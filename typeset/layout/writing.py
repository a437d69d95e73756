"""Writing the pages as PDF."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pydyf
from weasyprint import Document

from typeset.layout.copying import plain_spaces
from typeset.layout.links import mend_links, name_links
from typeset.layout.tagging import with_marks, write_tags

__all__ = ["write", "write_plain"]


def write(document: Document, body: Element, variant: str) -> bytes:
    """Return pages as a tagged PDF.

    Args:
        document: the pages.
        body: the document that they show.
        variant: the PDF variant, in the engine's words.
    """
    mend_links(document)
    document = with_marks(document)

    def finish(document: Document, pdf: pydyf.PDF) -> None:
        name_links(document, body)
        write_tags(pdf, document.pages, body)
        plain_spaces(pdf)
        _number_pages(pdf)

    data: bytes = document.write_pdf(
        finisher=finish, pdf_variant=variant, pdf_tags=True, custom_metadata=True
    )
    return data


def write_plain(document: Document) -> bytes:
    """Return pages as a PDF to be looked at: without tags.

    Args:
        document: the pages.
    """
    mend_links(document)
    data: bytes = document.write_pdf(finisher=lambda _, pdf: plain_spaces(pdf))
    return data


def _number_pages(pdf: pydyf.PDF) -> None:
    """Give pages their printed numbers, so that a viewer goes to the folio that a reader types."""
    pdf.catalog["PageLabels"] = pydyf.Dictionary(
        {"Nums": pydyf.Array([0, pydyf.Dictionary({"S": "/D"})])}
    )
