"""Types of C, as WeasyPrint 70.0 names them to cffi."""

from __future__ import annotations

import pytest
from weasyprint.text.ffi import ffi

from typeset.layout.engine.c_types import quick_arrays


@pytest.mark.parametrize("item", ["char", "hb_codepoint_t", "hb_tag_t"])
def test_an_array_is_of_the_type_that_cffi_parses(item: str) -> None:
    name = f"{item}[7391]"
    with quick_arrays():
        array = ffi.new(name)
    assert ffi.typeof(array) is ffi.typeof(f"{item} [7391]")
    assert (len(array), ffi.typeof(array).item) == (7391, ffi.typeof(item))


def test_no_array_is_parsed_whose_items_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []
    own = ffi._parser.parse_type

    def parse_type(name: str) -> object:
        parsed.append(name)
        return own(name)

    monkeypatch.setattr(ffi._parser, "parse_type", parse_type)
    with quick_arrays():
        for length in (7393, 7394, 7395):
            ffi.new(f"hb_codepoint_t[{length}]")
    assert parsed.count("hb_codepoint_t") == 1
    assert not [name for name in parsed if "739" in name]


def test_what_is_no_array_is_left_to_cffi() -> None:
    with quick_arrays():
        assert ffi.typeof("PangoRectangle *").kind == "pointer"
    assert ffi._parser.parse_type.__module__ != quick_arrays.__module__
