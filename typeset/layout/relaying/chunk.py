"""Some pages of a document as a document of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

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


def front_chunk(root: Element, starts: Mapping[str, int]) -> Chunk:
    """Return a document that begins with the front page.

    Args:
        root: the document, shortened to what its first pages show.
        starts: the pages of what the contents lead to, by id, where these pages do not show it.
    """
    body = next(root.iter("body"))
    css = ""
    for name, page in starts.items():
        css += f"@page start-{page} {{ counter-set: page {page} }}"
        SubElement(body, "div", {"id": name, "style": f"page: start-{page}; height: 1px"})
    return Chunk(root, css, 0)


def neighbor(block: Element) -> Element:
    """Return what stands for a block's neighbor: styles see it, readers do not."""
    attributes = {name: value for name, value in block.items() if name not in ("data-grid", "id")}
    return Element(block.tag, attributes | {"style": _HIDDEN})


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'
