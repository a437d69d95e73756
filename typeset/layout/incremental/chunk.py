"""Some pages of a document as a document of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from typeset.layout.document import GRID, flows_of

__all__ = ["Chunk", "front_chunk", "inner_chunk", "neighbor", "shell"]

_HIDDEN = "display: none"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A document that shows pages of another one, and others before and behind them."""

    root: Element
    css: str
    before: int
    """How many pages stand before those."""


def inner_chunk(
    root: Element,
    flow: Element,
    blocks: Sequence[Element],
    page: int,
    strings: Mapping[str, str],
) -> Chunk:
    """Return a document that begins with a page other than the first.

    Args:
        root: the whole document.
        flow: the container that the page starts in.
        blocks: its children from there on, the first without what stands on the pages before.
        page: the page's number.
        strings: what the pages before have named for running heads.
    """
    # Pages are left and right by turns, the first one being a right one.
    before, side = (1, "left") if page % 2 == 0 else (2, "right")
    named = ", ".join(f"{name} {_quoted(text)}" for name, text in strings.items())
    style = f"height: 1px; break-after: {side}; string-set: {named or 'none'}"
    own_root, within = shell(root, flow)
    body = next(own_root.iter("body"))
    body.insert(0, Element("div", {"style": style}))
    within.extend(blocks)
    css = f"@page :first {{ counter-reset: page {page - before} }}"
    return Chunk(own_root, css, before)


def shell(root: Element, flow: Element) -> tuple[Element, Element]:
    """Return a document with nothing but an empty flow, and that flow.

    Args:
        root: the whole document.
        flow: the container that it is to have.
    """
    parents = {child: parent for parent in root.iter() for child in parent}
    within = own = Element(flow.tag, flow.attrib)
    while flow in parents:
        flow = parents[flow]
        outer = Element(flow.tag, flow.attrib)
        outer.append(own)
        own = outer
    return own, within


def front_chunk(root: Element, blocks: Sequence[Element], targets: Mapping[str, int]) -> Chunk:
    """Return a document that begins with the front page.

    Args:
        root: the whole document.
        blocks: what its first pages show.
        targets: the pages that the contents lead to, by id.
    """
    others = flows_of(root)
    own_root = _without(root, others)
    within = flows_of(own_root)[0]
    within.extend(blocks)
    shown = {element.get("id") for element in own_root.iter()}
    body = next(own_root.iter("body"))
    css = ""
    for name, page in targets.items():
        if name not in shown:
            css += f"@page start-{page} {{ counter-set: page {page} }}"
            SubElement(body, "div", {"id": name, "style": f"page: start-{page}; height: 1px"})
    return Chunk(own_root, css, 0)


def _without(element: Element, flows: Sequence[Element]) -> Element:
    """Return a copy of an element in which the first flow is empty, and no other is."""
    copy = Element(element.tag, element.attrib)
    copy.text, copy.tail = element.text, element.tail
    if element not in flows:
        copy.extend(_without(child, flows) for child in element if child not in flows[1:])
    return copy


def neighbor(block: Element) -> Element:
    """Return what stands for a block's neighbor: styles see it, readers do not."""
    attributes = {name: value for name, value in block.items() if name not in (GRID, "id")}
    return Element(block.tag, attributes | {"style": _HIDDEN})


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'
