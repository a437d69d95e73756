"""Values of CSS in a drawing: variables, the shorthand of fonts, sizes of text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import tinycss2
from tinycss2.ast import Node

__all__ = ["expand_font", "font_size", "resolve_variables", "substitute"]

_LONGEST = 10_000
"""Characters of a value: variables that double each other would grow without end."""
_SIZES = {
    "xx-small": "9px",
    "x-small": "10px",
    "small": "13px",
    "medium": "16px",
    "large": "18px",
    "x-large": "24px",
    "xx-large": "32px",
    "xxx-large": "48px",
    "larger": "1.2em",
    "smaller": "0.8333em",
}
_STYLES = {"italic", "oblique"}
_WEIGHTS = {"bold", "bolder", "lighter"}
_RESET = {"font-style": "normal", "font-weight": "normal", "font-variant": "normal"}
_SYSTEM_FONTS = {"caption", "icon", "menu", "message-box", "small-caption", "status-bar"}
_WIDE = {"inherit", "initial", "unset", "revert", "revert-layer"}
_DEFAULT_SIZE = 16.0
"""Pixels of a drawing's text, where nothing says otherwise."""


def resolve_variables(own: Mapping[str, str], inherited: Mapping[str, str]) -> dict[str, str]:
    """Return the custom properties that hold at an element, none of which names another.

    Args:
        own: those that are set there.
        inherited: those of its parent.
    """
    resolved = {name: value for name, value in inherited.items() if name not in own}
    waiting: set[str] = set()

    def look_up(name: str) -> str | None:
        if name in resolved or name not in own or name in waiting:
            return resolved.get(name)
        waiting.add(name)
        value = substitute(own[name], look_up)
        if value is not None:
            resolved[name] = value
        return value

    for name in own:
        look_up(name)
    return resolved


def substitute(value: str, look_up: Callable[[str], str | None]) -> str | None:
    """Return a value with its variables replaced, or None if one has neither value nor fallback."""
    if "var(" not in value.lower():
        return value
    text = _substituted(tinycss2.parse_component_value_list(value), look_up)
    return text if text is None or len(text) <= _LONGEST else None


def _substituted(nodes: Sequence[Node], look_up: Callable[[str], str | None]) -> str | None:
    parts: list[str] = []
    length = 0
    for node in nodes:
        part: str | None
        if node.type == "function" and node.lower_name == "var":
            part = _value_of(node.arguments, look_up)
        elif node.type == "function":
            inner = _substituted(node.arguments, look_up)
            part = None if inner is None else f"{node.name}({inner})"
        else:
            part = node.serialize()
        if part is None or (length := length + len(part)) > _LONGEST:
            return None
        parts.append(part)
    return "".join(parts)


def _value_of(arguments: Sequence[Node], look_up: Callable[[str], str | None]) -> str | None:
    """Return the value of a variable, or its fallback."""
    comma = next((i for i, one in enumerate(arguments) if one == ","), len(arguments))
    name = tinycss2.serialize(arguments[:comma]).strip()
    value = look_up(name)
    if value is None and comma < len(arguments):
        return _substituted(arguments[comma + 1 :], look_up)
    return value


def expand_font(value: str) -> dict[str, str]:
    """Return what ``font: …`` stands for, property by property; nothing if it says nothing."""
    lowered = value.strip().lower()
    if lowered in _WIDE:
        return dict.fromkeys((*_RESET, "font-size", "font-family"), lowered)
    if lowered in _SYSTEM_FONTS:
        return {**_RESET, "font-size": "13.333px", "font-family": "sans-serif"}
    words = dict(_RESET)
    nodes = [node for node in tinycss2.parse_component_value_list(value) if node.type != "comment"]
    for position, node in enumerate(nodes):
        if _is_size(node):
            family = tinycss2.serialize(_after_line_height(nodes[position + 1 :])).strip()
            if not family:
                return {}
            return {**words, "font-size": node.serialize(), "font-family": family}
        if node.type == "ident" and node.lower_value in _STYLES:
            words["font-style"] = node.lower_value
        elif node.type == "ident" and node.lower_value in _WEIGHTS:
            words["font-weight"] = node.lower_value
        elif node.type == "ident" and node.lower_value == "small-caps":
            words["font-variant"] = node.lower_value
        elif node.type == "number":
            words["font-weight"] = node.serialize()
    return {}


def _is_size(node: Node) -> bool:
    if node.type == "ident":
        return node.lower_value in _SIZES
    angle = node.type == "dimension" and node.lower_unit in {"deg", "grad", "rad", "turn"}
    return node.type in {"dimension", "percentage", "function"} and not angle


def _after_line_height(nodes: Sequence[Node]) -> Sequence[Node]:
    """Return what follows the line height, if there is one."""
    rest = [node for node in nodes if node.type != "whitespace"]
    if not rest or rest[0] != "/":
        return nodes
    return nodes[nodes.index(rest[1]) + 1 :] if len(rest) > 1 else ()


def font_size(value: str, root: str | None) -> str:
    """Return a size of text as the engine reads it.

    Args:
        value: the size as it is written.
        root: that of the drawing's root, in which ``rem`` is measured.
    """
    lowered = value.strip().lower()
    if lowered in _SIZES:
        return _SIZES[lowered]
    if lowered.endswith("rem"):
        size = _number(lowered.removesuffix("rem"))
        whole = _number((root or "").strip().lower().removesuffix("px"))
        return value if size is None else f"{size * (whole or _DEFAULT_SIZE):g}px"
    return lowered


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
