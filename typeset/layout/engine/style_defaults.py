"""Gives styles what they inherit and what is initial by a shorter way than all other values.

Nine of ten values that the engine asks a style for are not set by any rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from weasyprint.css import ComputedStyle
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

from typeset.layout.engine.releases import replaced

__all__ = ["quick_defaults"]

_ENTANGLED = ("display", "float", "page", "position", "text_decoration")
"""What the engine computes by rules of its own; names begin so."""
_PLAIN = frozenset({str, int, float})
_ALONE: frozenset[str] = frozenset()


def _logical(name: str) -> frozenset[str]:
    """Return the names by which a rule may set a value besides its own, such as of a margin."""
    if name not in PHYSICAL_FUNCTIONS:
        return _ALONE
    find = PHYSICAL_FUNCTIONS[name]
    return frozenset(find(block="ttb", inline=inline) for inline in ("ltr", "rtl"))


_OTHERS: Mapping[str, frozenset[str]] = {
    name: _logical(name) for name in INITIAL_VALUES if not name.startswith(_ENTANGLED)
}
_INITIAL: Mapping[str, Any] = {
    name: INITIAL_VALUES[name]
    for name in _OTHERS
    if name not in INHERITED | INITIAL_NOT_COMPUTED and not check_math(INITIAL_VALUES[name])
}
_INHERITED = INHERITED & _OTHERS.keys()


@contextmanager
def quick_defaults() -> Iterator[None]:
    """Let styles take what no rule sets from the tables and from their parents."""
    with replaced(ComputedStyle, "__missing__", _quick):
        yield


def _quick(engine: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    def value_of(style: Any, name: str) -> Any:
        others = _OTHERS.get(name)
        cascaded = style.cascaded
        if others is None or name in cascaded or (others and not others.isdisjoint(cascaded)):
            return engine(style, name)
        if name in _INITIAL:
            value = _INITIAL[name]
        elif name in _INHERITED and style.parent_style is not None:
            value = style.parent_style[name]
            if type(value) not in _PLAIN and check_math(value):
                return engine(style, name)
        else:
            return engine(style, name)
        style[name] = value
        return value

    return value_of
