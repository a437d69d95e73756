"""The skeleton: pages without their text, with all that stands around it.

Front matter, running heads and folios are the engine's own.  What is named by where it stands, as
by the contents, leaves an anchor on its page.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from weasyprint import Document, Page

from typeset.layout.document import GRID, has_class
from typeset.layout.engine.boxes import Box, root_of, walk
from typeset.layout.engine.units import POINTS_PER_PIXEL
from typeset.layout.page_cache import PageCache
from typeset.layout.renderer import Renderer

__all__ = ["Beginning", "Skeleton", "bed_of", "front_matter", "pad_to_grid", "targets_of"]

_TOLERANCE = 0.01
"""In points: a height this close to whole lines is whole lines, rounded by the engine."""
_BED = "bed"
_SHEET = (
    f".{_BED} {{ height: 0; margin: 0 }} .{_BED} + .{_BED} {{ break-before: page }}"
    f" .{_BED} > i {{ position: absolute }}"
)


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where the text begins, below the front matter."""

    page: int
    """The page, from 1."""
    top: float
    """In points, from the top of that page."""
    heights: dict[str, float]
    """The heights in points of the parts of the front matter that are measured, by id."""


class Skeleton:
    """Makes the pages of a document without their text.

    Args:
        renderer: the tools for it.
        root: the document; its front matter is replaced by that of the last one if it is the same.
    """

    def __init__(self, renderer: Renderer, root: Element) -> None:
        self._renderer = renderer
        self._root = root
        if renderer.pages is not None:
            _take_over(root, renderer.pages)

    def begin(self) -> Beginning:
        """Return where the text begins."""
        front = front_matter(next(self._root.iter("body")))
        document = self._render("beginning", 1, dict.fromkeys(targets_of(front), 0))
        heights: dict[str, float] = {}
        for page in document.pages:
            for box in walk(root_of(page)):
                if box.element is not None and GRID in box.element.attrib:
                    name = box.element.attrib["id"]
                    heights.setdefault(name, box.border_height() * POINTS_PER_PIXEL)
        for number, page in enumerate(document.pages, 1):
            bed = bed_of(page)
            if bed is not None:
                return Beginning(number, bed.position_y * POINTS_PER_PIXEL, heights)
        raise AssertionError("a skeleton has its beds")

    def render(self, pages: int, anchors: Mapping[str, int]) -> Document:
        """Lay pages out, each with an empty bed for its type.

        Args:
            pages: how many have a bed.
            anchors: the bed, from 0, of each id that is to be found there.
        """
        return self._render("pages", pages, anchors)

    def _render(self, kind: str, pages: int, anchors: Mapping[str, int]) -> Document:
        source = next(self._root.iter("body"))
        root = Element("html", dict(self._root.attrib))
        root.extend(self._root.iter("head"))
        body = SubElement(root, "body", dict(source.attrib))
        body.extend(front_matter(source))
        main = SubElement(body, "main", dict(next(source.iter("main")).attrib))
        beds = [SubElement(main, "div", {"class": _BED}) for _ in range(pages)]
        for name, number in anchors.items():
            SubElement(beds[number], "i", {"id": name})

        def render() -> Document:
            return self._renderer.render(self._renderer.document(root), _SHEET)

        cache = self._renderer.pages
        return render() if cache is None else cache.skeleton(kind, _markup(root), render)


def _take_over(root: Element, cache: PageCache) -> None:
    """Replace the front matter of a document by that of the last one if it was the same.

    The pages of the last document refer to its elements.
    """
    body = next(root.iter("body"))
    own = front_matter(body)
    last = cache.begin(_around(root), "".join(map(_markup, own)), own)
    for one, attributes in zip(last, [dict(new.attrib) for new in own], strict=True):
        one.attrib.clear()  # it was padded
        one.attrib.update(attributes)
    replaced = dict(zip(own, last, strict=True))
    body[:] = [replaced.get(child, child) for child in body]


def _around(root: Element) -> Hashable:
    """Return what styles see of a document besides its front matter and its text."""
    head, body, main = (next(root.iter(tag)) for tag in ("head", "body", "main"))
    return _markup(head), *(tuple(one.items()) for one in (root, body, main))


def _markup(element: Element) -> str:
    return tostring(element, "unicode")


def front_matter(body: Element) -> list[Element]:
    """Return what stands above and beside the text of the first page."""
    return [child for child in body if child.tag != "main"]


def pad_to_grid(body: Element, heights: Mapping[str, float], baseline: float) -> float:
    """Pad the parts of the front matter that stand above the text to whole lines.

    Args:
        body: the document; those of its children that are measured are changed.
        heights: of the parts, in points, by id.
        baseline: the distance of two lines, in points.

    Returns:
        By how many points the text begins lower.
    """
    added = 0.0
    for part in front_matter(body):
        if GRID in part.attrib:
            height = heights[part.attrib["id"]]
            padding = math.ceil((height - _TOLERANCE) / baseline) * baseline - height
            part.set("style", f"margin-bottom: {max(padding, 0):.3f}pt")
            added += max(padding, 0)
    return added


def targets_of(elements: Iterable[Element]) -> frozenset[str]:
    """Return the ids that links within some elements lead to."""
    links = (link.get("href", "") for element in elements for link in element.iter("a"))
    return frozenset(link[1:] for link in links if link.startswith("#"))


def bed_of(page: Page) -> Box | None:
    """Return the box on a page that takes the type; None if there is none."""
    return next((box for box in walk(root_of(page)) if has_class(box.element, _BED)), None)
