"""The one YAML loader: plain data in which every value knows its place.

Scalars stay the strings that the author wrote (``no``, ``1:30``, ``012``): what they mean is for
the model to say that receives them.  Aliases, merge keys, tags and duplicate keys are refused,
since a manifest needs none of them and each has surprised or harmed somebody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from typeset.diagnostics import Report
from typeset.source import Location, SourceFile

__all__ = ["Path", "YamlData", "load_yaml", "merge"]

Path = tuple[str | int, ...]
"""The keys and list positions that lead to a value."""

MAX_CHARACTERS = 512_000
MAX_DEPTH = 24
MAX_NODES = 20_000


@dataclass(frozen=True, slots=True)
class YamlData:
    """A mapping read from YAML, with the places of its keys and values."""

    data: dict[str, Any]
    """Strings, lists and mappings only; None where a key has no value."""
    origin: Location
    """The file (or the first line of the front matter) it was read from."""
    values: Mapping[Path, Location] = field(default_factory=dict)
    keys: Mapping[Path, Location] = field(default_factory=dict)

    def locate(self, path: Path, *, key: bool = False) -> Location:
        """Return the place of the value (or key) at a path, or of what it would stand in."""
        places = self.keys if key else self.values
        while path and path not in places:
            path = path[:-1]
            places = self.values
        return places.get(path, self.origin)


class _Refused(yaml.MarkedYAMLError):
    """YAML that is well-formed, but that we do not take."""


class _Loader(yaml.BaseLoader):
    """A loader of strings, lists and mappings, limited in depth and size."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.depth = 0
        self.nodes = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            raise _Refused(problem="aliases are not allowed here", problem_mark=event.start_mark)
        self.depth += 1
        self.nodes += 1
        if self.depth > MAX_DEPTH:
            raise _Refused(problem="this is nested too deeply", problem_mark=event.start_mark)
        if self.nodes > MAX_NODES:
            raise _Refused(problem="this file has too many values", problem_mark=event.start_mark)
        node: yaml.Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node


def load_yaml(source: SourceFile, report: Report, *, first_line: int = 1) -> YamlData | None:
    """Read a YAML mapping, reporting every mistake with its place.

    Args:
        source: the text; for front matter only the part between the fences.
        report: receives the mistakes.
        first_line: the line of the file on which the text begins, from 1.

    Returns:
        The mapping (empty for an empty text), or None if it cannot be read at all.
    """
    origin = source.at(first_line)
    if len(source.text) > MAX_CHARACTERS:
        report.error("yaml-too-large", f"more than {MAX_CHARACTERS} characters of YAML", origin)
        return None
    reader = _Reader(source, report, first_line)
    try:
        loader = _Loader(source.text)
        node = loader.get_single_node()  # type: ignore[no-untyped-call]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join(filter(None, (error.context, error.problem)))
        report.error("yaml-syntax", problem, reader.at(mark) if mark else origin, _advice(error))
        return None
    except yaml.reader.ReaderError as error:
        line = source.text.count("\n", 0, error.position) + first_line
        message = f"the character U+{ord(str(error.character)):04X} is not allowed in YAML"
        report.error("yaml-syntax", message, source.at(line))
        return None
    if node is None:
        return YamlData({}, origin)
    data = reader.read(node, ())
    if not isinstance(data, dict):
        hint = "write settings as `name: value`, one a line"
        report.error("yaml-not-a-mapping", "expected settings", reader.at(node.start_mark), hint)
        return None
    return YamlData(data, origin, reader.values, reader.keys)


def merge(base: YamlData, override: YamlData) -> YamlData:
    """Lay one mapping over another: mappings merge key by key, anything else is replaced."""
    values = dict(base.values)
    keys = dict(base.keys)

    def drop(path: Path) -> None:
        for places in (values, keys):
            for known in [known for known in places if known[: len(path)] == path]:
                del places[known]

    def take(path: Path) -> None:
        for places, new in ((values, override.values), (keys, override.keys)):
            places.update({p: place for p, place in new.items() if p[: len(path)] == path})

    def lay(below: dict[str, Any], above: dict[str, Any], path: Path) -> dict[str, Any]:
        result = dict(below)
        for key, value in above.items():
            here = (*path, key)
            under = below.get(key)
            if isinstance(under, dict) and isinstance(value, dict):
                result[key] = lay(under, value, here)
            else:
                drop(here)
                take(here)
                result[key] = value
        return result

    data = lay(base.data, override.data, ())
    return YamlData(data, override.origin, values, keys)


class _Reader:
    """Turns YAML nodes into plain data, noting places and refusing what we do not take."""

    def __init__(self, source: SourceFile, report: Report, first_line: int) -> None:
        self.source = source
        self.report = report
        self.first_line = first_line
        self.values: dict[Path, Location] = {}
        self.keys: dict[Path, Location] = {}

    def at(self, mark: yaml.Mark) -> Location:
        return self.source.at(mark.line + self.first_line, mark.column + 1)

    def read(self, node: yaml.Node, path: Path) -> Any:
        self.values[path] = self.at(node.start_mark)
        if not node.tag.startswith("tag:yaml.org,2002:") or node.tag.endswith(":null"):
            hint = "remove the word that begins with an exclamation mark"
            self.report.error("yaml-tag", "tags are not allowed here", self.values[path], hint)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*path, n)) for n, item in enumerate(node.value)]
        return None if not node.value and node.style is None else node.value

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            place = self.at(key_node.start_mark)
            if not isinstance(key_node, yaml.ScalarNode):
                self.report.error("yaml-key", "a key must be a plain word", place)
                continue
            key = key_node.value
            here = (*path, key)
            if key in result:
                first = self.keys[here]
                message = f"`{key}` is set twice; the first time on line {first.line}"
                self.report.error("duplicate-key", message, place, "keep one of the two")
                continue
            self.keys[here] = place
            result[key] = self.read(value_node, here)
        return result


def _advice(error: yaml.MarkedYAMLError) -> str:
    """Return a hint for the YAML mistakes that editors make most."""
    problem = error.problem or ""
    if "'\\t'" in problem:
        return "indent with spaces; YAML does not take tabs"
    if "mapping values are not allowed" in problem:
        return "put a text that contains `: ` in quotes"
    if "aliases" in problem:
        return "write the value out, or put a text that begins with `*` in quotes"
    if "expected <block end>" in problem or "could not find expected" in problem:
        return "check the indentation, and that quotes and brackets are closed"
    return ""
