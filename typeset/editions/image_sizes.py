"""Finds how large the pictures of a PDF are printed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pikepdf

__all__ = ["Size", "is_picture", "printed_sizes"]

Size = tuple[float, float]
"""Width and height in points."""
_Key = tuple[int, int]

_NESTED = 12
"""How deep nested drawings are followed."""


def is_picture(item: object) -> bool:
    """Return whether an object of a file is a picture made of pixels."""
    return isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"


def printed_sizes(pdf: pikepdf.Pdf) -> dict[_Key, Size]:
    """Return the size of each picture at the largest place where it is printed.

    Args:
        pdf: the file.

    Returns:
        Sizes by the object's and generation's number of the picture.
    """
    sizes: dict[_Key, Size] = {}
    for page in pdf.pages:
        resources = page.get("/Resources")
        if resources is None or not _has_pictures(resources):
            continue
        # Parsing is slow, so skip pages that paint no picture or drawing.
        if b" Do" in page.Contents.read_bytes():
            _walk(page, resources, pikepdf.Matrix(), sizes, _NESTED)
        for pattern in resources.get("/Pattern", {}).values():
            _enter(pattern, resources, pikepdf.Matrix(), sizes, _NESTED)
    return sizes


def _has_pictures(resources: Any) -> bool:
    return "/XObject" in resources or "/Pattern" in resources


def _walk(
    content: Any, resources: Any, matrix: pikepdf.Matrix, sizes: dict[_Key, Size], left: int
) -> None:
    """Follow the transformations of a content stream to what it paints."""
    stack = [matrix]
    painted: Mapping[str, Any] = resources.get("/XObject", {})
    for instruction in pikepdf.parse_content_stream(content, "q Q cm Do"):
        match str(instruction.operator):
            case "q":
                stack.append(stack[-1])
            case "Q" if len(stack) > 1:
                stack.pop()
            case "cm":
                stack[-1] = pikepdf.Matrix(*map(float, instruction.operands)) @ stack[-1]
            case "Do":
                item: Any = painted.get(str(instruction.operands[0]))
                if is_picture(item):
                    _note(item, stack[-1], sizes)
                else:
                    _enter(item, resources, stack[-1], sizes, left)


def _enter(
    item: Any, resources: Any, matrix: pikepdf.Matrix, sizes: dict[_Key, Size], left: int
) -> None:
    """Follow what a form or a pattern paints in its turn."""
    if not left or not isinstance(item, pikepdf.Stream):
        return
    own = item.get("/Resources", resources)
    if _has_pictures(own):
        inner = pikepdf.Matrix(*map(float, item.get("/Matrix", (1, 0, 0, 1, 0, 0)))) @ matrix
        _walk(item, own, inner, sizes, left - 1)


def _note(picture: Any, matrix: pikepdf.Matrix, sizes: dict[_Key, Size]) -> None:
    width, height = math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)
    before = sizes.get(picture.objgen, (0.0, 0.0))
    sizes[picture.objgen] = (max(width, before[0]), max(height, before[1]))
