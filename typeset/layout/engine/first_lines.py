"""Sets equal texts that do not wrap only once.

The lines that we choose do not wrap, and what parts them is a new line; many are set again, for
another measure or beside others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy as shallow
from typing import Any

from weasyprint.layout import inline

from typeset.layout.engine.releases import replaced
from typeset.layout.engine.text_setups import setup_of

__all__ = ["known_lines"]

_MOST = 4096
"""How many texts are kept in mind."""
_UNWRAPPED = frozenset({"nowrap", "pre"})
_SPACED = ("white_space", "word_spacing", "letter_spacing", "overflow_wrap")


@contextmanager
def known_lines() -> Iterator[None]:
    """Let the engine take the first line of a text from an equal one."""
    with replaced(inline, "split_first_line", _quick):
        yield


def _quick(engine: Callable[..., Any]) -> Callable[..., Any]:
    known: dict[tuple[Any, ...], Any] = {}

    def split_first_line(
        text: str, style: Any, context: Any, max_width: float | None, *others: Any, **named: Any
    ) -> Any:
        if not _is_width_idle(text, style, max_width):
            return engine(text, style, context, max_width, *others, **named)
        spaced = [style[name] for name in _SPACED]
        key = (text, *others, *named.items(), *spaced, *setup_of(style))
        if key not in known:
            if len(known) >= _MOST:
                known.clear()
            known[key] = engine(text, style, context, max_width, *others, **named)
        layout, *line = known[key]
        layout = shallow(layout)
        layout.max_width = max_width
        return (layout, *line)

    return split_first_line


def _is_width_idle(text: str, style: Any, max_width: float | None) -> bool:
    """Return whether the first line of a text is the same in any width."""
    if text == "\n":
        return style["letter_spacing"] == "normal" and (max_width is None or max_width >= 0)
    return style["white_space"] in _UNWRAPPED and "\t" not in text
