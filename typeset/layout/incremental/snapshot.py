"""What is kept of a document that was laid out."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from weasyprint import Document

from typeset.layout.compose import Composition
from typeset.layout.document import flows_of
from typeset.layout.engine.font_subsets import Subset, subsets_of
from typeset.layout.engine.links import anchors_on
from typeset.layout.engine.svg_cache import Drawn, drawings_on
from typeset.layout.incremental.diff import Fingerprint
from typeset.layout.incremental.page_starts import PageStart, page_starts, strings_before
from typeset.layout.protocol import LayoutJob

__all__ = ["Snapshot", "design_of", "keep"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A document that was laid out, as it was set."""

    design: bytes
    """A digest of all that the text is set with."""
    fingerprint: Fingerprint
    """The document as it came."""
    html: str
    """The same as it was given to the layout."""
    root: Element
    """The document as it was set."""
    order: tuple[tuple[int, ...], ...]
    """Of each flow's children as they were set, the position at which they came."""
    starts: tuple[PageStart, ...]
    """Where each page starts."""
    strings: tuple[Mapping[str, str], ...]
    """What the pages before each page have named for running heads."""
    heights: Mapping[str, float]
    """The heights in points of the blocks that were measured by themselves, by id."""
    front_lines: int
    """The lines of the grid that the front page has for the text."""
    targets: Mapping[str, int]
    """The pages that links from outside of the text, such as the contents, lead to, by id."""
    subsets: Mapping[str, Subset]
    """The fonts as they were embedded, by the engine's names."""
    drawings: tuple[Drawn, ...]
    """The drawings on the pages."""

    @classmethod
    def read(cls, message: bytes) -> Snapshot:
        """Return what a message of :func:`keep` holds."""
        snapshot: Snapshot = pickle.loads(message)  # noqa: S301 - it comes from our own process
        return snapshot


def keep(composition: Composition, document: Document, fingerprint: Fingerprint) -> bytes:
    """Return what an edit needs of a document that was laid out, as a message.

    Args:
        composition: the document as it was set.
        document: its pages, which have been written.
        fingerprint: the document as it came.
    """
    flows = flows_of(composition.body)
    positions = {
        block: position for flow in composition.order for position, block in enumerate(flow)
    }
    pages = {
        name: number for number, page in enumerate(document.pages, 1) for name in anchors_on(page)
    }
    inside = {element for flow in flows for element in flow.iter()}
    links = (
        element.get("href", "").removeprefix("#")
        for element in composition.body.iter("a")
        if element not in inside
    )
    snapshot = Snapshot(
        design=design_of(composition.job),
        fingerprint=fingerprint,
        html=composition.job.html,
        root=composition.root,
        order=tuple(tuple(positions[block] for block in flow) for flow in flows),
        starts=page_starts(document, composition.body),
        strings=strings_before(document),
        heights=composition.heights,
        front_lines=composition.front_lines,
        targets={name: pages[name] for name in links if name in pages},
        subsets=subsets_of(document),
        drawings=drawings_on(document.pages),
    )
    return pickle.dumps(snapshot, protocol=pickle.HIGHEST_PROTOCOL)


def design_of(job: LayoutJob) -> bytes:
    """Return a digest of all that a document is set with, its images included."""
    digest = hashlib.sha256()
    digest.update(repr((job.stylesheets, job.geometry, job.faces, job.line_breaking)).encode())
    for address, (media_type, content) in sorted(job.resources.items()):
        digest.update(f"{address} {media_type} {len(content)} ".encode())
        digest.update(content)
    return digest.digest()
