"""An issue laid out in this process, with an eye on what sets its lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest

import typeset.layout.lay_out
from tests.pages import Pages, lay_out_issue
from typeset.layout import typesetter
from typeset.layout.compose import Composed, compose
from typeset.layout.lines.line_setter import LineSetter
from typeset.layout.protocol import LayoutJob
from typeset.layout.renderer import Renderer

__all__ = ["Watched", "greedy", "lay_out_watched", "watch"]


@dataclass
class Watch:
    """What the setter of lines did."""

    setters: list[LineSetter] = field(default_factory=list)
    bodies: list[Element] = field(default_factory=list)
    given_up: list[Element] = field(default_factory=list)
    """The paragraphs that were set by us and then left to the engine."""


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
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            seen.setters.append(self)

        def give_up(self, element: Element) -> None:
            super().give_up(element)
            seen.given_up.append(element)

    def watched(job: LayoutJob, renderer: Renderer, root: Element) -> Composed:
        seen.bodies.append(next(root.iter("body")))
        return compose(job, renderer, root)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typesetter, "LineSetter", Setter)
        patch.setattr(typeset.layout.lay_out, "compose", watched)
        yield seen


def lay_out_watched(
    folder: Path, *, change: Callable[[LayoutJob], LayoutJob] = lambda job: job, cold: bool = False
) -> Watched:
    """Lay out the issue in a folder, watched, as :func:`tests.pages.lay_out_issue` does."""
    with watch() as seen:
        pages = lay_out_issue(folder, change=change, cold=cold)
    return Watched(pages, seen)


def greedy(job: LayoutJob) -> LayoutJob:
    """Return a job that leaves all lines to the engine."""
    return replace(job, line_breaking="greedy")
