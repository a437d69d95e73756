"""Multiplies matrices in one step, as charts have thousands of transformations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from weasyprint.matrix import Matrix

__all__ = ["quick_products"]


@contextmanager
def quick_products() -> Iterator[None]:
    """Let the engine multiply matrices by the formula, not by loops over rows and columns."""
    before, Matrix.__matmul__ = Matrix.__matmul__, _product
    try:
        yield
    finally:
        Matrix.__matmul__ = before


def _product(self: Matrix, other: Matrix) -> Matrix:
    (a, b, c), (d, e, f), (g, h, i) = other
    # Added up from 0 like the engine's own, to the last bit.
    return Matrix(
        matrix=[
            [0 + x * a + y * d + z * g, 0 + x * b + y * e + z * h, 0 + x * c + y * f + z * i]
            for x, y, z in self
        ]
    )
