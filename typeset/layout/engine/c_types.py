"""Makes the types of arrays that the engine exchanges with C libraries.

The engine names each by a text, such as ``hb_codepoint_t[91]``, for which cffi parses all that the
engine has declared; it does so for each length, some forty times a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from weasyprint.text.ffi import ffi

from typeset.layout.engine.releases import replaced

__all__ = ["quick_arrays"]

_ARRAY = re.compile(r"(\w+)\[(\d+)\]")


@contextmanager
def quick_arrays() -> Iterator[None]:
    """Let cffi parse what arrays consist of, and not each array."""
    with replaced(ffi._parser, "parse_type", _quick):
        yield


def _quick(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    item = cache(parse)
    array = type(parse("char[1]"))

    def parse_type(declaration: str) -> Any:
        found = _ARRAY.fullmatch(declaration)
        return array(item(found[1]), int(found[2])) if found else parse(declaration)

    return parse_type
