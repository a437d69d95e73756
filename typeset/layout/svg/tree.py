"""A drawing's elements, with their lines in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, TreeBuilder, tostring
from xml.parsers import expat

__all__ = ["NAMESPACE", "Tree", "local_name", "read_tree"]

NAMESPACE = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True, slots=True)
class Tree:
    """A drawing that was read."""

    root: Element
    lines: dict[Element, int]
    """The line of each element that the file has, from 1."""

    def line_of(self, element: Element) -> int:
        """Return an element's line; the first one for an element that was put in."""
        return self.lines.get(element, 1)

    def parents(self) -> Iterator[tuple[Element, list[Element]]]:
        """Yield each element that has children, and these, so that they may be replaced."""
        for element in list(self.root.iter()):
            if len(element):
                yield element, list(element)

    def write(self) -> bytes:
        """Return the drawing as a file."""
        data: bytes = tostring(self.root, "utf-8")
        return data


def read_tree(data: bytes) -> Tree:
    """Return the tree of an SVG file that is known to be well-formed."""
    builder = TreeBuilder()
    lines: dict[Element, int] = {}
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        named = {_qualified(key): value for key, value in attributes.items()}
        lines[builder.start(_qualified(name), named)] = parser.CurrentLineNumber

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: builder.end(_qualified(name))
    parser.CharacterDataHandler = builder.data
    parser.Parse(data, True)  # noqa: FBT003 - expat's own signature
    return Tree(builder.close(), lines)


def _qualified(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def local_name(element: Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2]
