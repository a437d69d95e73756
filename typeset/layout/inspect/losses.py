"""Losses: content of the document that its pages do not have."""

from __future__ import annotations

from collections.abc import Container
from xml.etree.ElementTree import Element

from weasyprint import Document

from typeset.layout.findings import Loss
from typeset.layout.inspect.completeness import compare, missing_ids
from typeset.layout.inspect.text import read

__all__ = ["find_losses"]


def find_losses(body: Element, document: Document, boxes: Container[str]) -> tuple[Loss, ...]:
    """Compare the document's ids and text with those of the pages, part by part.

    Args:
        body: the document.
        document: the pages.
        boxes: the ids that are on them.
    """
    ids = [element.attrib["id"] for element in body.iter() if "id" in element.attrib]
    losses = missing_ids(ids, boxes)
    expected, found = read(body, document)
    for part, runs in expected.items():
        losses += compare(runs, found.get(part, []))
    return tuple(losses)
