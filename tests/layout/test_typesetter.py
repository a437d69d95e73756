"""Blocks are set for columns and for the front page, whichever lines come out otherwise."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from tests.layout.lines.watching import lay_out_watched
from tests.pages import lay_out_issue, paragraph, prose
from tests.publications import article, write_publication
from typeset.layout import compose
from typeset.layout.engine.boxes import Box
from typeset.layout.impose import impose
from typeset.layout.lines.line_setter import LineSetter
from typeset.layout.typesetter import Typesetter

LIST = "\n".join(f"- {paragraph(20 + n, 40)}" for n in range(4))


@pytest.mark.parametrize("narrowest", [0, 250])
@pytest.mark.parametrize(
    "before", [5, *(pytest.param(n, marks=pytest.mark.slow) for n in (2, 3, 4))]
)
def test_nothing_is_lost_where_a_paragraph_comes_out_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: int, narrowest: int
) -> None:
    """On the front page alone, or wherever it is set: it is then left to the engine."""
    wrong = LineSetter.wrong

    def some(
        setter: LineSetter, elements: Iterable[Element], type_: Sequence[Box]
    ) -> list[Element]:
        elements = list(elements)
        found = wrong(setter, elements, type_)
        if not found and len(elements) > 1 and max(box.width for box in type_) * 0.75 > narrowest:
            return [elements[1]]
        return found

    monkeypatch.setattr(LineSetter, "wrong", some)
    body = f"{prose(before, 0)}\n\n{LIST}\n\n{prose(14, 30)}"
    pages = lay_out_issue(write_publication(tmp_path, articles={"1.md": article(body)}))
    assert pages.laid_out.losses == ()
    assert pages.laid_out.pdf


@pytest.mark.parametrize("before", [3, *(pytest.param(n, marks=pytest.mark.slow) for n in (1, 4))])
def test_the_lines_of_its_pages_are_the_document_s_wherever_the_front_page_ends(
    tmp_path: Path, before: int
) -> None:
    """With hyphens at the ends of columns near by, which are spared after it was set."""
    body = f"{prose(2 + before, 0, 50)}\n\n{LIST}\n\n{prose(14, 30)}"
    watched = lay_out_watched(write_publication(tmp_path, articles={"1.md": article(body)}))
    assert watched.pages.laid_out.losses == ()
    assert watched.watch.given_up == []


def test_no_type_is_kept_once_it_is_to_be_put_on_the_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is most of what a long issue needs memory for, and Python rarely looks for cycles."""
    setters: list[weakref.ref[Typesetter]] = []

    class Watched(Typesetter):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            setters.append(weakref.ref(self))

    def imposing(*arguments: Any) -> Any:
        assert [setter() for setter in setters] == [None]
        return impose(*arguments)

    monkeypatch.setattr(compose, "Typesetter", Watched)
    monkeypatch.setattr(compose, "impose", imposing)
    issue = write_publication(tmp_path, articles={"1.md": article(prose(12))})
    gc.disable()
    try:
        pages = lay_out_issue(issue)
    finally:
        gc.enable()
    assert pages.laid_out.pdf
    assert setters
