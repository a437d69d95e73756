"""Writes the tree of tags into a file."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

import pydyf

from typeset.layout.engine.boxes import MarginBox, children_of, walk
from typeset.layout.engine.marked_content import MarkedPage
from typeset.layout.engine.pdf_objects import make_artifacts, object_at, structure_in
from typeset.layout.tags.roles import ROLE_MAP
from typeset.layout.tags.tree import Area, Mark, Tag, Value, grow
from typeset.model import ElementKind

__all__ = ["write_tags"]


def write_tags(
    pdf: pydyf.PDF,
    pages: Sequence[MarkedPage],
    body: Element,
    kinds: Iterable[ElementKind] = (),
) -> None:
    """Give a file its tags; what no tag holds becomes an artifact.

    Args:
        pdf: the file, its pages drawn.
        pages: its pages, which kept their marks.
        body: the document.
        kinds: elements that it may hold besides those that every layout knows.
    """
    document = grow(pages, body, pdf.catalog["Lang"].string, kinds)
    root, top = structure_in(pdf)
    writer = _Writer(pdf, len(pages))
    writer.write(document, top)

    root["RoleMap"] = pydyf.Dictionary({name: f"/{type_}" for name, type_ in ROLE_MAP.items()})
    if writer.names:
        root["IDTree"] = pydyf.Dictionary({"Names": _tree(writer.names, pydyf.String)})
    rows = {number: _row(holders) for number, holders in enumerate(writer.holders)}
    holders_of_areas = dict(enumerate(writer.holders_of_areas, len(pages)))
    object_at(pdf, root["ParentTree"])["Nums"] = _tree(rows | holders_of_areas, int)
    root["ParentTreeNextKey"] = len(rows) + len(holders_of_areas)
    for page, holders in zip(pages, writer.holders, strict=True):
        _make_artifacts(page, holders)


class _Writer:
    """Writes tags, and collects what the file must repeat elsewhere."""

    def __init__(self, pdf: pydyf.PDF, pages: int) -> None:
        self._pdf = pdf
        self._pages: tuple[bytes, ...] = pdf.page_references
        self.names: dict[str, bytes] = {}
        """The references of tags that have a name of their own."""
        self.holders: list[dict[int, bytes]] = [{} for _ in range(pages)]
        """Of each page, the tag that holds each mark."""
        self.holders_of_areas: list[bytes] = []
        """The tags that hold the areas of links."""

    def write(self, tag: Tag, written: pydyf.Dictionary) -> None:
        """Write a tag and all below it.

        Args:
            tag: the tag.
            written: the object in the file that is to be it; it has its parent already.
        """
        written["S"] = f"/{tag.type}"
        if tag.parent is not None and tag.language != tag.parent.language:
            written["Lang"] = pydyf.String(tag.language)
        for name, words in tag.words.items():
            written[name] = pydyf.String(words)
        if "ID" in tag.words:
            self.names[tag.words["ID"]] = written.reference
        if tag.attributes:
            written["A"] = pydyf.Array(
                pydyf.Dictionary({"O": f"/{owner}", **_values(values)})
                for owner, values in tag.attributes.items()
            )
        home = next((kid.page for kid in tag.kids if isinstance(kid, Mark)), None)
        if home is not None:
            written["Pg"] = self._pages[home]
        written["K"] = pydyf.Array([self._kid(kid, written, home) for kid in tag.kids])

    def _kid(self, kid: Tag | Mark | Area, written: pydyf.Dictionary, home: int | None) -> Any:
        match kid:
            case Mark(page, number):
                self.holders[page][number] = written.reference
                if page == home:
                    return number
                return pydyf.Dictionary({"Type": "/MCR", "Pg": self._pages[page], "MCID": number})
            case Area(page, annotation):
                annotation["StructParent"] = len(self._pages) + len(self.holders_of_areas)
                self.holders_of_areas.append(written.reference)
                return pydyf.Dictionary(
                    {"Type": "/OBJR", "Pg": self._pages[page], "Obj": annotation.reference}
                )
            case Tag():
                below = pydyf.Dictionary({"Type": "/StructElem", "P": written.reference})
                self._pdf.add_object(below)
                self.write(kid, below)
                return below.reference


def _values(values: Mapping[str, Value]) -> dict[str, Any]:
    return {
        name: pydyf.Array(value) if isinstance(value, list) else value
        for name, value in values.items()
    }


def _tree(entries: Mapping[Any, Any], key: type) -> pydyf.Array:
    """Return a tree of names or numbers, which has only one leaf."""
    return pydyf.Array(part for name in sorted(entries) for part in (key(name), entries[name]))


def _row(holders: Mapping[int, bytes]) -> pydyf.Array:
    """Return the tags that hold the marks of a page, by their numbers."""
    return pydyf.Array(
        holders.get(number, "null") for number in range(max(holders, default=-1) + 1)
    )


def _make_artifacts(page: MarkedPage, held: Container[int]) -> None:
    """Make an artifact of every mark that no tag holds, so that nobody hears of it."""
    running = _running(page)

    def kind_of(number: int) -> str | None:
        if number in held:
            return None
        return "Pagination" if number in running else "Layout"

    make_artifacts(page.stream, kind_of)


def _running(page: MarkedPage) -> set[int]:
    """Return the marks of a page's head and folio."""
    margins = [box for box in children_of(page.root) if isinstance(box, MarginBox)]
    return {page.marks[box] for margin in margins for box in walk(margin) if box in page.marks}
