"""Changes to a manifest that leave every other character as it stands.

A manifest is its editor's: comments, order, quotes and indentation stay.  A change is an insertion
or a replacement in the text; whether the result says what it should is for the caller to read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from typeset.config.yaml_loader import load_yaml
from typeset.diagnostics import Report
from typeset.source import SourceFile

__all__ = ["append_entry", "put_values", "read_settings"]


def put_values(text: str, values: Mapping[str, str | list[str]]) -> str:
    """Return a mapping's text with other values at some of its keys.

    Args:
        text: YAML whose top is a mapping.
        values: by the key, what to write in place of its value, a scalar or the entries of a list.
            A key that is missing is added at the end.
    """
    nodes = {key.value: value for key, value in _pairs(text)}
    there = [(node, values[key]) for key, node in nodes.items() if key in values]
    for node, value in sorted(there, key=lambda pair: -pair[0].start_mark.index):
        start, end = node.start_mark.index, _end(node)
        if isinstance(node, yaml.SequenceNode) and not node.flow_style:
            end += len(_rest_of_line(text, end))  # a comment on what was the last entry
        text = text[:start] + _fitted(value, text, node) + text[end:]
    for key, value in values.items():
        if key not in nodes:
            written = value if isinstance(value, str) else f"[{', '.join(value)}]"
            text = f"{text.rstrip()}{_line_end(text)}{key}: {written}{_line_end(text)}"
    return text


def append_entry(text: str, key: str, entry: str) -> str:
    """Return a mapping's text with one more entry at the end of a list in it.

    Args:
        text: YAML whose top is a mapping.
        key: the list's key.
        entry: the entry as YAML, a text that needs no quotes.

    Raises:
        ValueError: if there is no such list, or it is empty.
    """
    node = next((value for name, value in _pairs(text) if name.value == key), None)
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        raise ValueError(f"there is no list `{key}` with entries")
    end = _end(node.value[-1])
    line_end = _line_end(text)
    rest = _rest_of_line(text, end)
    if not node.flow_style:
        before = text[: node.start_mark.index]
        indent = before[max(before.rfind("\n"), before.rfind("\r")) + 1 :]
        at = end + len(rest)
        return f"{text[:at]}{line_end}{indent}- {entry}{text[at:]}"
    start = node.value[-1].start_mark.index
    indent = re.split(r"[\r\n]", text[:start])[-1]
    if indent.strip() or not re.fullmatch(r"\s*+,?\s*+(#.*)?", rest):
        return f"{text[:end]}, {entry}{text[end:]}"
    # An entry a line: its comma, and a comment on it, stay with it.
    closed = rest.lstrip().startswith(",")
    first, last = ("", ",") if closed else (",", "")
    return f"{text[:end]}{first}{rest}{line_end}{indent}{entry}{last}{text[end + len(rest) :]}"


def read_settings(path: str, text: str) -> dict[str, Any] | None:
    """Return what a manifest's text says, or None if it cannot be read without a complaint."""
    report = Report()
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    read = load_yaml(SourceFile(path, plain), report)
    return None if read is None or report.failed else read.data


def _pairs(text: str) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    node = yaml.compose(text, yaml.BaseLoader)
    assert isinstance(node, yaml.MappingNode), "the text was read as settings before"
    return [(key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)]


def _end(node: yaml.Node) -> int:
    """Return where a value ends: the parser says it of a block only after what follows it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    index: int = node.end_mark.index
    return index


def _fitted(value: str | list[str], text: str, node: yaml.Node) -> str:
    """Return a value in the form that a node's place asks for."""
    start = node.start_mark.index
    if isinstance(value, str):
        # A key without a value ends at its colon.
        bare = start == node.end_mark.index and text[start - 1 : start] == ":"
        return f" {value}" if bare else value
    if isinstance(node, yaml.SequenceNode) and not node.flow_style:
        indent = re.split(r"[\r\n]", text[:start])[-1]
        return f"{_line_end(text)}{indent}".join(f"- {entry}" for entry in value)
    return f"[{', '.join(value)}]"


def _rest_of_line(text: str, index: int) -> str:
    return re.split(r"[\r\n]", text[index:], maxsplit=1)[0]


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
