"""Products of matrices, as WeasyPrint 70.0 has them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from weasyprint.matrix import Matrix

from typeset.layout.engine.matrices import quick_products

FLOAT = st.floats(-1e6, 1e6)
MATRIX = st.tuples(FLOAT, FLOAT, FLOAT, FLOAT, FLOAT, FLOAT).map(lambda values: Matrix(*values))


@given(MATRIX, MATRIX, FLOAT, FLOAT)
def test_products_are_the_engine_s_to_the_last_bit(
    one: Matrix, other: Matrix, x: float, y: float
) -> None:
    expected = repr(one @ other), repr(one.transform_point(x, y))
    with quick_products():
        assert (repr(one @ other), repr(one.transform_point(x, y))) == expected


def test_the_engine_multiplies_on_its_own_afterwards() -> None:
    own = Matrix.__matmul__
    with quick_products():
        assert Matrix.__matmul__ is not own
    assert Matrix.__matmul__ is own
