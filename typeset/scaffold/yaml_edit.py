"""Changes values in a manifest, and leaves every other character as it is.

A manifest belongs to its editor, so comments, order, quotes and indentation stay.  A change is an
insertion or a replacement in the text; the caller checks that the result is right.
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
    """Return the text of a mapping with other values for some of its keys.

    Args:
        text: YAML whose top is a mapping.
        values: the new values by key: scalars, or the entries of lists.  A missing key is added
            at the end.
    """
    nodes = {key.value: value for key, value in _pairs(text)}
    there = [(node, values[key]) for key, node in nodes.items() if key in values]
    for node, value in sorted(there, key=lambda pair: -pair[0].start_mark.index):
        start, end = node.start_mark.index, _end(node)
        if isinstance(node, yaml.SequenceNode) and not node.flow_style:
            end += len(_rest_of_line(text, end))  # a comment on the former last entry
        text = text[:start] + _fitted(value, text, node) + text[end:]
    for key, value in values.items():
        if key not in nodes:
            written = value if isinstance(value, str) else f"[{', '.join(value)}]"
            text = f"{text.rstrip()}{_line_end(text)}{key}: {written}{_line_end(text)}"
    return text


def append_entry(text: str, key: str, entry: str) -> str:
    """Return the text of a mapping with one more entry at the end of a list.

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
    # With one entry a line, the last one keeps its comma and its comment.
    closed = rest.lstrip().startswith(",")
    first, last = ("", ",") if closed else (",", "")
    return f"{text[:end]}{first}{rest}{line_end}{indent}{entry}{last}{text[end + len(rest) :]}"


def read_settings(path: str, text: str) -> dict[str, Any] | None:
    """Return the data of a manifest, or None if it has mistakes."""
    report = Report()
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    read = load_yaml(SourceFile(path, plain), report)
    return None if read is None or report.failed else read.data


def _pairs(text: str) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    node = yaml.compose(text, yaml.BaseLoader)
    assert isinstance(node, yaml.MappingNode), "the text was read as settings before"
    return [(key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)]


def _end(node: yaml.Node) -> int:
    """Return where a value ends: the parser reports the end of a block at the next token."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    index: int = node.end_mark.index
    return index


def _fitted(value: str | list[str], text: str, node: yaml.Node) -> str:
    """Return a value as YAML that fits the place of a node."""
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
