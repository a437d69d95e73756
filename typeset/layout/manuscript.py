"""The manuscript: what flows from column to column, text and the figures in it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from typeset.layout.document import PLACE, Class, flows_of, has_class, is_head, is_wide, without_id
from typeset.layout.makeup.values import Kind, Wanted

__all__ = [
    "STAND_IN",
    "Flow",
    "closes_article",
    "is_figure",
    "kind_of",
    "read_flows",
    "stand_in",
    "text_alone",
    "wanted_of",
]

STAND_IN = "data-stand-in"
"""The attribute of an element for a block that is not to be set."""
_ENDINGS = (Class.TAKEAWAY, Class.NOTES)
"""What ends an article: its figures stand above."""
_HEADINGS = frozenset({"h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class Flow:
    """What flows through columns of its own."""

    within: tuple[Element, ...]
    """The elements around its blocks, from the body's child inwards; the last one holds them."""
    blocks: tuple[Element, ...]
    """In the order of the document."""
    articles: tuple[int, ...]
    """The number of the article of each block, from 0."""

    def only(self, blocks: Container[Element]) -> Flow:
        """Return the flow with some of its blocks alone."""
        kept = [
            (block, article)
            for block, article in zip(self.blocks, self.articles, strict=True)
            if block in blocks
        ]
        return Flow(self.within, tuple(b for b, _ in kept), tuple(a for _, a in kept))

    @property
    def text(self) -> list[Element]:
        """The blocks that keep their places."""
        return [block for block in self.blocks if not is_figure(block)]

    @property
    def figures(self) -> list[Element]:
        """The figures and tables that are placed where there is room."""
        return [block for block in self.blocks if is_figure(block)]


def read_flows(body: Element) -> list[Flow]:
    """Return the flows of a document."""
    main = next(body.iter("main"))
    flows = []
    for element in flows_of(body):
        blocks = tuple(element)
        within = (element,) if element is main else (main, element)
        flows.append(Flow(within, blocks, tuple(_articles(blocks))))
    return flows


def _articles(blocks: tuple[Element, ...]) -> Iterator[int]:
    number = 0
    for position, block in enumerate(blocks):
        if position and is_head(block):
            number += 1
        yield number


def is_figure(element: Element) -> bool:
    """Return whether an element is a figure or table that is placed where there is room."""
    is_column = has_class(element, Class.COLUMN) and not has_class(element, Class.LONG)
    return is_wide(element) or is_column


def kind_of(block: Element) -> Kind:
    """Return what a child of a flow is to the make-up."""
    if is_figure(block):
        return Kind.FIGURE
    if is_head(block):
        return Kind.HEAD
    if block.tag == "hr":
        return Kind.SEPARATOR
    return Kind.HEADING if block.tag in _HEADINGS else Kind.TEXT


def wanted_of(figure: Element) -> Wanted | None:
    """Return where its author wants a figure or table."""
    place = figure.get(PLACE)
    return None if place is None else Wanted(place)


def closes_article(block: Element) -> bool:
    """Return whether figures of an article stand above a block if they can."""
    return has_class(block, *_ENDINGS)


def text_alone(root: Element, flows: Iterable[Flow], blocks: Container[Element]) -> Element:
    """Return a document of the text alone, whose styles no figure between two blocks changes.

    Args:
        root: the document.
        flows: its flows.
        blocks: those that are wanted; the others are only what their styles may depend on.
    """
    body = next(root.iter("body"))
    main = next(body.iter("main"))
    text = Element("html", dict(root.attrib))
    copy = SubElement(SubElement(text, "body", dict(body.attrib)), "main", dict(main.attrib))
    for flow in flows:
        holder = flow.within[-1]
        parent = copy if holder is main else SubElement(copy, holder.tag, dict(holder.attrib))
        parent.extend(one if one in blocks else stand_in(one) for one in flow.text)
    return text


def stand_in(block: Element) -> Element:
    """Return an element for a block that styles look at, and that is not to be set."""
    return Element(block.tag, {**without_id(block), STAND_IN: ""})
