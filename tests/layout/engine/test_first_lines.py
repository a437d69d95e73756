"""First lines of texts, as WeasyPrint 70.0 splits them."""

from __future__ import annotations

import pytest
from weasyprint.layout import inline

from tests.layout.engine.rendering import render, written
from typeset.layout.engine.first_lines import known_lines

LINES = "<span>The quay and</span>\n<span style='word-spacing: 2px'>the office</span>\n<i>end</i>"
BODIES = (
    f"<style>span {{ white-space: nowrap }}</style><p style='white-space: pre-line'>{LINES}</p>",
    "<pre>one\ttwo\nthree  four\n\n five</pre>",
    "<p style='white-space: nowrap; text-overflow: ellipsis; overflow: hidden'>The quay</p>",
    "<p style='white-space: nowrap; letter-spacing: 3px'>The quay\n</p>",
    "<p style='white-space: pre-line; letter-spacing: 3px'>a\n\nb</p>",
    "<p style='white-space: nowrap; text-decoration: underline'>The quay</p>",
    "<p style='white-space: nowrap; direction: rtl'>The quay</p>",
    "<p style='white-space: pre-wrap; text-align: justify'>The quay and the office\n\nend</p>",
)


@pytest.mark.parametrize("body", [*BODIES, "".join(BODIES)])
def test_texts_that_are_known_are_set_as_the_engine_sets_them(body: str) -> None:
    again = "".join(f"<div style='width: {width}px'>{body}</div>" for width in (300, 60, 1, 300))
    expected = written(render(again))[0]
    with known_lines():
        assert written(render(again))[0] == expected


def test_equal_texts_are_split_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    own = inline.split_first_line

    def split(text: str, *others: object, **named: object) -> object:
        asked.append(text)
        return own(text, *others, **named)

    monkeypatch.setattr(inline, "split_first_line", split)
    with known_lines():
        render("<pre>one two</pre><pre>one two</pre><pre>one</pre>")
    assert sorted(asked) == ["one", "one two"]


def test_the_engine_splits_on_its_own_afterwards() -> None:
    own = inline.split_first_line
    with known_lines():
        assert inline.split_first_line is not own
    assert inline.split_first_line is own
