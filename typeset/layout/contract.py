"""Looking whether a document has what the layout needs, before anything is laid out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import get_args
from xml.etree.ElementTree import Element

from typeset.layout.document import GRID, PLACE, classes_of
from typeset.layout.measures import WIDTHS
from typeset.layout.protocol import Breach, Contract, ContractFault, Need, Template
from typeset.model import Placing

__all__ = ["check_contract"]


def check_contract(root: Element, contract: Contract) -> None:
    """Look whether a document keeps a contract.

    Args:
        root: the document.
        contract: what it must have.

    Raises:
        ContractFault: if it lacks anything; of every kind it names the first.
    """
    document = _Document(root)
    breaches = [*document.faults(contract)]
    for need in contract.needs:
        breaches += (
            Breach(need.template, f"{one}: {need.purpose}") for one in document.lacks(need)
        )
    if breaches:
        raise ContractFault(tuple(dict.fromkeys(breaches)))


class _Document:
    """A document's elements, by what they are looked for."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._parents = {child: parent for parent in root.iter() for child in parent}
        self._by_id: dict[str, Element] = {}
        for element in root.iter():
            if "id" in element.attrib:
                self._by_id.setdefault(element.attrib["id"], element)
        self._classes = {name for element in root.iter() for name in classes_of(element)}

    def lacks(self, need: Need) -> Iterator[str]:
        """Say what of a need is not met."""
        if not need.element_id:
            if self._classes.isdisjoint(need.classes):
                yield f"`{need.written}` is missing"
            return
        element = self._by_id.get(need.element_id)
        if element is None and not need.required:
            return
        if element is None:
            yield f"`{need.written}` is missing"
            return
        where = f"the element with `{need.written}`"
        if need.classes and set(need.classes).isdisjoint(classes_of(element)):
            yield f"{where} lacks the class {' or '.join(f'`{name}`' for name in need.classes)}"
        # Where no element has that class, this is told once, and not of each that should be in it.
        parent = self._parents.get(element)
        if need.within in self._classes and need.within not in classes_of(parent):
            yield f"{where} is not a child of the one with the class `{need.within}`"
        if need.measured and GRID not in element.attrib:
            yield f"{where} lacks `{GRID}`"
        if need.holds and element.find(f".//{need.holds}") is None:
            yield f"{where} holds no `<{need.holds}>`"

    def faults(self, contract: Contract) -> Iterator[Breach]:
        """Say what no document may be, whatever it is for."""
        owing = {need.element_id: need.template for need in contract.needs}
        if not self._root.get("lang"):
            yield Breach(contract.rest, "`<html>` lacks `lang`, by which words are divided")
        title = self._root.find("head/title")
        if title is None or not "".join(title.itertext()).strip():
            yield Breach(contract.rest, "there is no `<title>`, which names the PDF")
        ids = Counter(element.get("id") for element in self._root.iter())
        for name, count in ids.items():
            if name is not None and count > 1:
                message = f'{count} elements have `id="{name}"`: an id must be unique'
                yield Breach(_owing(name, owing, contract), message)
        for element in self._root.iter():
            if GRID in element.attrib:
                template = _owing(element.get("id", ""), owing, contract)
                yield from (Breach(template, one) for one in _faults_of_grid(element))
            if PLACE in element.attrib:
                template = _owing(element.get("id", ""), owing, contract)
                yield from (Breach(template, one) for one in _faults_of_place(element))


def _faults_of_grid(block: Element) -> Iterator[str]:
    """Say what is wrong with a block that is to be measured."""
    width = block.attrib[GRID]
    if width not in WIDTHS:
        yield f'`{GRID}="{width}"` is not a width: it may be {", ".join(WIDTHS)}'
    if "id" not in block.attrib:
        yield f'an element with `{GRID}="{width}"` lacks an `id`, by which it is measured'
    if any("id" not in table.attrib for table in block.iter("table")):
        yield f'a `<table>` within `{GRID}="{width}"` lacks an `id`, by which it is measured'


def _faults_of_place(figure: Element) -> Iterator[str]:
    """Say what is wrong with where a figure or table is wanted."""
    place, places = figure.attrib[PLACE], get_args(Placing)
    if place not in places:
        yield f'`{PLACE}="{place}"` is not a place: it may be {", ".join(places)}'


def _owing(name: str, owing: Mapping[str, Template], contract: Contract) -> Template:
    """Return the template that made the element with an id, or that of which it is a part."""
    while name and name not in owing:
        name = name.rpartition("-")[0]
    return owing[name] if name else contract.rest
