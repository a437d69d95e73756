"""What is kept of a document that was laid out."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from xml.etree.ElementTree import Element

from weasyprint import HTML, Document

from typeset.layout.floats import flows_of
from typeset.layout.relaying.original import Original
from typeset.layout.relaying.starts import PageStart, page_starts, strings_before
from typeset.pages import LayoutJob

__all__ = ["Kept", "design_of", "keep"]


class _Composed(Protocol):
    """What is kept of a composition."""

    job: LayoutJob
    html: HTML
    body: Element
    order: list[list[Element]]


@dataclass(frozen=True, slots=True)
class Kept:
    """A document that was laid out, as it was set."""

    design: bytes
    """A digest of all that the text is set with."""
    original: Original
    """The document as it came."""
    root: Element
    """The document as it was set."""
    order: tuple[tuple[int, ...], ...]
    """Of each flow's children as they were set, the position at which they came."""
    starts: tuple[PageStart, ...]
    """Where each page starts."""
    strings: tuple[Mapping[str, str], ...]
    """What the pages before each page have named for running heads."""
    front: tuple[str, ...]
    """The ids of what stands on the front page."""


def keep(composed: _Composed, document: Document, original: Original) -> bytes:
    """Return what an edit needs of a document that was laid out, as a message.

    Args:
        composed: the document as it was set.
        document: its pages.
        original: the document as it came.
    """
    positions = {block: position for flow in composed.order for position, block in enumerate(flow)}
    order = tuple(tuple(positions[block] for block in flow) for flow in flows_of(composed.body))
    starts = page_starts(document, composed.body)
    root = composed.html.etree_element
    kept = Kept(
        design_of(composed.job),
        original,
        root,
        order,
        starts,
        strings_before(document),
        tuple(document.pages[0].anchors),
    )
    return pickle.dumps(kept, protocol=pickle.HIGHEST_PROTOCOL)


def design_of(job: LayoutJob) -> bytes:
    """Return a digest of all that a document is set with, its images included."""
    digest = hashlib.sha256()
    digest.update(repr((job.stylesheets, job.geometry, job.faces, job.line_breaking)).encode())
    for address, (media_type, content) in sorted(job.resources.items()):
        digest.update(f"{address} {media_type} {len(content)} ".encode())
        digest.update(content)
    return digest.digest()
