"""Checks how deeply the brackets of a style sheet are nested, as parsers recurse."""

from __future__ import annotations

import re

__all__ = ["MOST_NESTED", "line_too_deep"]

MOST_NESTED = 40
"""The deepest nesting of brackets: several times what any style needs."""

_TOKEN = re.compile(
    r"""/\*.*?(?:\*/|\Z)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|\\.|[()\[\]{}]""", re.DOTALL
)


def line_too_deep(css: str) -> int:
    """Return the line, from 1, on which brackets are nested too deeply; 0 if there is none."""
    depth = 0
    for token in _TOKEN.finditer(css):
        if token[0] in "([{":
            depth += 1
        elif token[0] in ")]}":
            depth = max(0, depth - 1)
        if depth > MOST_NESTED:
            return css.count("\n", 0, token.start()) + 1
    return 0
