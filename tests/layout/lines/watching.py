"""An issue laid out in this process, with an eye on what sets its lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from weasyprint import Document

from tests.pages import Pages, lay_out_issue
from typeset.layout import compose
from typeset.layout.lines.line_setter import LineSetter
from typeset.layout.protocol import LayoutJob

__all__ = ["Watched", "greedy", "lay_out_watched", "watch"]


@dataclass
class Watch:
    """What the setter of lines did."""

    setters: list[LineSetter] = field(default_factory=list)
    bodies: list[Element] = field(default_factory=list)
    rounds: list[tuple[bool, list[Element]]] = field(default_factory=list)
    """What each comparison with the pages came to."""

    @property
    def given_up(self) -> list[Element]:
        """The paragraphs that were set by us and then left to the engine."""
        return [element for _, failed in self.rounds for element in failed]


@dataclass
class Watched:
    """Pages, and how their lines came about."""

    pages: Pages
    watch: Watch

    @property
    def set_by_us(self) -> list[Element]:
        """The paragraphs whose lines were chosen, in order."""
        elements = self.watch.setters[0].elements
        return [element for element in self.watch.bodies[0].iter() if element in elements]


@contextmanager
def watch() -> Iterator[Watch]:
    """Take note of what setters of lines do."""
    seen = Watch()

    class Setter(LineSetter):
        def __init__(self, body: Element, *rest: Any) -> None:
            super().__init__(body, *rest)
            seen.setters.append(self)
            seen.bodies.append(body)

        def mend(self, document: Document, *, give_up: bool = False) -> tuple[bool, list[Element]]:
            answer = super().mend(document, give_up=give_up)
            seen.rounds.append(answer)
            return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compose, "LineSetter", Setter)
        yield seen


def lay_out_watched(
    folder: Path, *, change: Callable[[LayoutJob], LayoutJob] = lambda job: job
) -> Watched:
    """Lay out the issue in a folder, watched."""
    with watch() as seen:
        pages = lay_out_issue(folder, change=change)
    return Watched(pages, seen)


def greedy(job: LayoutJob) -> LayoutJob:
    """Return a job that leaves all lines to the engine."""
    return replace(job, line_breaking="greedy")
