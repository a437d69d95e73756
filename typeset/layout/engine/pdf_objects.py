"""The parts of a PDF file that the engine writes: objects, and streams of operators.

Each item of a stream is an operator with its operands, as bytes, or several that ``compact`` has
joined; only the beginning of marked content has three items: its type, its properties, and the
operator.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

import pydyf
from weasyprint.pdf.stream import Stream

__all__ = [
    "change_lines",
    "compact",
    "content_of",
    "forget_state",
    "is_opacity",
    "make_artifacts",
    "names_in",
    "object_at",
    "patterns_in",
    "prepend",
    "resources_of",
    "streams_in",
    "structure_in",
    "unicode_maps_in",
]

_NAMES = re.compile(rb"(?:^|(?<= ))/(\S+)(?: \S+)? (gs|Do|sh|scn|SCN|Tf)$", re.MULTILINE)
"""An operator with the name of a resource."""


def object_at(pdf: pydyf.PDF, reference: bytes) -> pydyf.Dictionary:
    """Return an object of a file by its reference, such as ``12 0 R``."""
    return pdf.objects[int(reference.split()[0])]


def structure_in(pdf: pydyf.PDF) -> tuple[pydyf.Dictionary, pydyf.Dictionary]:
    """Return the root of a file's tree of tags, and its only child."""
    root = object_at(pdf, pdf.catalog["StructTreeRoot"])
    return root, object_at(pdf, root["K"][0])


def patterns_in(pdf: pydyf.PDF) -> Iterator[pydyf.Stream]:
    """Yield the cells of the patterns in a file."""
    return (one for one in streams_in(pdf) if one.extra.get("PatternType") == 1)


def unicode_maps_in(pdf: pydyf.PDF) -> Iterator[pydyf.Stream]:
    """Yield the maps from the glyphs of each font to characters, with one line for each glyph."""
    return (one for one in streams_in(pdf) if b"begincmap" in one.stream)


def streams_in(pdf: pydyf.PDF) -> Iterator[pydyf.Stream]:
    """Yield the streams in a file."""
    return (one for one in pdf.objects if isinstance(one, pydyf.Stream))


def prepend(stream: pydyf.Stream, operator: str) -> None:
    """Put an operator with its operands before all others of a stream."""
    stream.stream.insert(0, operator.encode())


def change_lines(stream: pydyf.Stream, change: Callable[[bytes], bytes]) -> None:
    """Change the lines of a stream, one by one."""
    stream.stream[:] = [change(line) if isinstance(line, bytes) else line for line in stream.stream]


def compact(stream: pydyf.Stream, start: int = 0) -> None:
    """Join the operators of a stream that stand together, each of which takes memory of its own.

    Args:
        stream: changed in place.
        start: the first item to join.
    """
    parts: list[Any] = []
    for is_bytes, items in groupby(stream.stream[start:], lambda item: isinstance(item, bytes)):
        run = [*items]
        parts += [b"\n".join(run)] if is_bytes else run
    stream.stream[start:] = parts


def content_of(stream: pydyf.Stream) -> bytes:
    """Return what a stream holds, before it is compressed."""
    return b"\n".join(map(pydyf._to_bytes, stream.stream))


def names_in(operators: Iterable[Any]) -> dict[str, dict[str, None]]:
    """Return the names of resources by the operators that name them, in the order of their use.

    Args:
        operators: items of a stream.

    Returns:
        The names by ``gs`` (states), ``Do`` (images and groups), ``sh`` (shadings), ``scn``
        (patterns, of strokes, too) and ``Tf`` (fonts).
    """
    found: dict[str, dict[str, None]] = {name: {} for name in ("gs", "Do", "sh", "scn", "Tf")}
    content = b"\n".join(item for item in operators if isinstance(item, bytes))
    for name, operator in _NAMES.findall(content):
        found[operator.decode().replace("SCN", "scn")][name.decode()] = None
    return found


def is_opacity(name: str) -> bool:
    """Return whether the name of a state is that of an opacity, which says which one."""
    return name.startswith(("a", "A"))


def make_artifacts(stream: Stream, kind_of: Callable[[int], str | None]) -> None:
    """Turn marked content into artifacts.

    Args:
        stream: the content of a page; changed in place.
        kind_of: returns the type of the artifact that a mark becomes, by the mark's number, or
            None to leave it as it is.
    """
    content = stream.stream
    for position, item in enumerate(content):
        number = item.get("MCID") if isinstance(item, pydyf.Dictionary) else None
        kind = None if number is None else kind_of(number)
        if kind is not None:
            properties = pydyf.Dictionary({"Type": f"/{kind}"})
            content[position - 1 : position + 1] = ["/Artifact", properties]


def forget_state(stream: Stream) -> None:
    """Make a stream set its color, opacity and font again, as its content may be used elsewhere."""
    stream.push_state()
    stream.pop_state()


def resources_of(stream: Stream) -> dict[str, Any]:
    """Return the resources of a stream's operators, by kind and name."""
    resources: dict[str, Any] = stream._resources
    return resources
