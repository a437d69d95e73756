"""The requests and results of the layout process, as picklable values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeVar

from typeset.diagnostics import Diagnostic
from typeset.layout.findings import LOSSES, Inspection, Loss

if TYPE_CHECKING:
    from typeset.geometry import PageGeometry
    from typeset.model import ElementKind

__all__ = [
    "LINE_BREAKING",
    "Box",
    "Breach",
    "Contract",
    "ContractFault",
    "DocumentFault",
    "EngineRecord",
    "Finish",
    "Finished",
    "JobFace",
    "LaidOut",
    "LayoutJob",
    "MadeUp",
    "MakeFile",
    "MakeJob",
    "Need",
    "OnProgress",
    "PlacedFigure",
    "Progress",
    "RenderRequest",
    "SetLine",
    "Template",
    "silent",
]


T = TypeVar("T")

LINE_BREAKING = ("greedy", "total-fit")
"""The ways of choosing the lines of a paragraph: the engine's own, and ours."""


class DocumentFault(Exception):
    """A document that cannot be made, by the fault of a template or a font.

    Args:
        message: what is wrong with it.
        path: its file: relative to the publication's folder where it is its own, empty if no file
            is to blame.
        line: its line, from 1; 0 where the whole file is meant.
        kind: ``template`` or ``font``.
    """

    def __init__(self, message: str, path: str, line: int, kind: str = "template") -> None:
        super().__init__(message, path, line, kind)
        self.kind = kind
        self.message = message
        self.path = path
        self.line = line

    @property
    def is_own(self) -> bool:
        """Whether the file is the publication's, not one that comes with typeset."""
        return bool(self.path) and not PurePath(self.path).is_absolute()


@dataclass(frozen=True, slots=True)
class Template:
    """A template that a document is made with."""

    name: str
    """Such as ``print/figure.html.j2``."""
    path: str
    """Its file, relative to the publication's folder; empty for one that comes with typeset."""


@dataclass(frozen=True, slots=True)
class Need:
    """An element that a document must have for the layout to find its way."""

    template: Template
    """The template that must write it."""
    written: str
    """As a template writes it: ``id="{{ block.id }}"``."""
    purpose: str
    element_id: str
    """Empty where an element with one of the classes is enough."""
    classes: tuple[str, ...]
    """Of which it has one, unless there are none."""
    within: str
    """The class of its parent, if that matters."""
    measured: bool
    """Whether it is marked with ``data-grid``."""
    holds: str
    """The tag of something in it, if that matters."""
    required: bool
    """Whether it must be there; if not, it must still be right where it is."""


@dataclass(frozen=True, slots=True)
class Contract:
    """What a document must have."""

    needs: tuple[Need, ...]
    rest: Template
    """The template that must write all else: that of the whole document, or the only one that is
    not built in."""


@dataclass(frozen=True, slots=True)
class Breach:
    """Something that a document lacks."""

    template: Template
    message: str


class ContractFault(Exception):
    """A document that lacks what the layout needs.

    Args:
        breaches: all that it lacks.
    """

    def __init__(self, breaches: tuple[Breach, ...]) -> None:
        super().__init__(breaches)
        self.breaches = breaches


@dataclass(frozen=True, slots=True)
class JobFace:
    """A font file that a document brings."""

    family: str
    bold: bool
    italic: bool
    address: str


@dataclass(frozen=True, slots=True)
class Finished:
    """A file as an edition makes it of the engine's."""

    data: bytes = field(repr=False)
    """Empty if a diagnostic says that it cannot be made."""
    diagnostics: tuple[Diagnostic, ...] = ()


Finish = Callable[[bytes], Finished]
"""Makes an edition's file of the engine's; it is picklable, and runs in the layout process."""


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """What an edition asks of the layout: one document may be printed for several of them."""

    edition: str
    finish: Finish
    bleed: float = 0.0
    """How far the page's background goes on beyond the trim, in points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutJob:
    """A document to lay out and write as PDF."""

    html: str = field(repr=False)
    stylesheets: tuple[str, ...] = field(repr=False)
    resources: Mapping[str, tuple[str, bytes]] = field(repr=False)
    """Media type and content by absolute address; nothing else can be fetched."""
    base_url: str
    geometry: PageGeometry
    variant: str
    """The PDF variant, in the engine's words: ``pdf/ua-1``."""
    faces: tuple[JobFace, ...]
    """The font files among the resources."""
    line_breaking: str
    """One of `LINE_BREAKING`."""
    contract: Contract
    """What the layout needs of the document."""
    elements: tuple[ElementKind, ...] = ()
    """The elements of the document besides those that the layout knows."""
    first_folio: int = 1
    """The number of the first page."""
    requests: tuple[RenderRequest, ...] = ()
    """The editions that are made of the pages."""
    sight: int | None = None
    """The page from 1 that is looked at, if the pages are shown as a document is edited: that page
    is drawn before the others, and what may serve the next layout is kept.  None in a build."""


MakeJob = Callable[[], LayoutJob]
"""Makes a job; it is picklable, so that the layout process can do that under its limits."""

MakeFile = Callable[[], Finished]
"""Makes a file that needs no layout, there for the same reason."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where an element stands: a page from 1, and a rectangle in points from its top left."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class EngineRecord:
    """What the engine logged."""

    is_error: bool
    message: str
    kind: str = "other"
    """``image`` for one that it cannot show, ``glyph`` for a character that no font has; or
    ``other``."""
    subject: str = ""
    """The address of the image, or the character."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLine:
    """A line of running text as it stands on a page."""

    page: int
    """Page number from 1."""
    column: int
    """Column number from 1."""
    element_id: str
    """The paragraph that it belongs to, or the nearest element with an id."""
    text: str
    ratio: float | None
    """Its mean word space relative to the font's own; None where it has no word space."""
    hyphenated: bool
    """Whether it ends in a hyphen, added or typed."""
    last: bool
    """Whether it is the last of its paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedFigure:
    """A figure or table on the pages, and its call: where the text above it in the source ends."""

    element_id: str
    page: int
    """Its page, from 1; of a table over more pages the first."""
    call: int
    """The page of its call."""
    is_above: bool
    """Whether it stands above its call, or earlier in the order of reading."""

    @property
    def pages_behind(self) -> int:
        """By how many pages it stands behind its call; negative before it."""
        return self.page - self.call

    @property
    def is_facing(self) -> bool:
        """Whether it stands on the page that faces that of its call."""
        return self.page != self.call and self.page // 2 == self.call // 2


@dataclass(frozen=True, slots=True)
class MadeUp:
    """What came of the make-up of the pages."""

    costs: Mapping[str, float]
    """What the pages cost, by the names of the make-up's weights."""
    empty: Mapping[int, int]
    """Empty lines at the feet of columns, by the pages that have any; the last page of a flow may
    end where it ends."""
    figures: tuple[PlacedFigure, ...]
    """In the order of the source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """The finished pages."""

    pdf: bytes = field(repr=False)
    """The file as the engine wrote it, that with the least bleed; empty if content was lost."""
    files: Mapping[str, Finished] = field(default_factory=dict, repr=False)
    """The file of each edition that the job was to print, by the edition's name."""
    pages: int
    boxes: Mapping[str, tuple[Box, ...]] = field(repr=False)
    """Where each element with an id is, one box a page."""
    heights: Mapping[str, float] = field(repr=False)
    """The heights in points of the blocks that were measured by themselves, by id."""
    findings: Mapping[Inspection[Any], tuple[Any, ...]]
    """What each inspection of the pages found; :meth:`found` gives that with its type."""
    lines: tuple[SetLine, ...] = field(default=(), repr=False)
    """Every line of justified text, paragraph by paragraph."""
    made_up: MadeUp
    records: tuple[EngineRecord, ...]
    seconds: Mapping[str, float]
    """CPU time of each step."""

    def found(self, inspection: Inspection[T]) -> tuple[T, ...]:
        """Return what an inspection found, in the order of the pages.

        Raises:
            KeyError: if these pages were not inspected for that.
        """
        found: tuple[T, ...] = self.findings[inspection]
        return found

    @property
    def losses(self) -> tuple[Loss, ...]:
        """The content that the pages do not hold; where there is any, nothing is written."""
        return self.found(LOSSES)

    @property
    def are_sound(self) -> bool:
        """Whether all content is on the pages, complete and without overlaps."""
        return not any(found for one, found in self.findings.items() if one.spoils)

    def boxes_of(self, article_id: str) -> list[Box]:
        """Return where the parts of an article stand."""
        return [
            box
            for name, boxes in self.boxes.items()
            if name == article_id or name.startswith(f"{article_id}-")
            for box in boxes
        ]


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of a build that has begun, or `written` once its files are in their places."""

    step: str
    page: int = 0
    """The page that is laid out, or the offprint that is printed; 0 in any other step."""
    file: str = ""
    """The file that is read, by its path in the publication's folder; empty in any other step."""
    pdf: bytes = field(default=b"", repr=False)
    """In the step `sight` the page that is looked at, as a PDF; empty in any other step."""


OnProgress = Callable[[Progress], None]
"""Called with each step."""


def silent(_progress: Progress) -> None:
    """Ignore progress."""
