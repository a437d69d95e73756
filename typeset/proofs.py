"""Proofs: the pages of an issue on their way to print, as they are shown to those who write it."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field, replace
from functools import lru_cache

import pikepdf
from pikepdf import Array, Dictionary, Name

from typeset.diagnostics import Report
from typeset.editions.fontfiles import shown_glyphs
from typeset.pages import LaidOut, Relaid
from typeset.pipeline import LoadedIssue

__all__ = ["Proof", "SetIssue", "revised"]


@dataclass(frozen=True, slots=True)
class SetIssue:
    """An issue with its finished pages."""

    loaded: LoadedIssue
    laid_out: LaidOut
    pdf: bytes = field(repr=False)
    """The screen edition."""
    html: bytes = field(repr=False)
    """The html edition."""

    @property
    def fonts(self) -> str:
        """A digest of the font files, by which pages that look alike are told apart."""
        design = self.loaded.design
        faces = (face.data for face in design.theme.faces)
        return _digest((*faces, *(font.data for font in design.own_fonts)))


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of building an issue once."""

    issue: SetIssue | None
    """None if there are no pages; the report then says why."""
    report: Report
    seconds: float
    """Wall-clock time."""
    touched: range = range(0)
    """The pages, from 1, that an edit touched, if they alone were laid out anew; the others may
    not be as a build makes them."""

    @property
    def is_final(self) -> bool:
        """Whether all pages are as a build makes them."""
        return not self.touched


def revised(issue: SetIssue, loaded: LoadedIssue, relaid: Relaid) -> SetIssue:
    """Return an issue with those of its pages replaced that an edit touched.

    Args:
        issue: the issue before the edit.
        loaded: the same as it is now.
        relaid: the pages.
    """
    new = range(relaid.first, relaid.first + relaid.pages)
    boxes = {
        relaid.renamed.get(name, name): kept
        for name, places in issue.laid_out.boxes.items()
        if (kept := tuple(box for box in places if box.page not in new))
    }
    for name, places in relaid.boxes.items():
        boxes[name] = tuple(sorted((*boxes.get(name, ()), *places), key=lambda box: box.page))
    lines = tuple(
        replace(line, element_id=relaid.renamed.get(line.element_id, line.element_id))
        for line in issue.laid_out.lines
        if line.page not in new
    )
    laid_out = replace(issue.laid_out, boxes=boxes, lines=lines)
    pdf = _spliced(issue.pdf, relaid.pdf, relaid.first)
    return replace(issue, loaded=loaded, laid_out=laid_out, pdf=pdf)


@lru_cache(maxsize=4)
def _digest(files: tuple[bytes, ...]) -> str:
    digest = hashlib.sha256()
    for data in files:
        digest.update(data)
    return digest.hexdigest()


def _spliced(whole: bytes, part: bytes, first: int) -> bytes:
    """Return a PDF in which some pages show what those of another show.

    The pages themselves stay, for outlines and links lead to them.
    """
    with pikepdf.open(io.BytesIO(whole)) as pdf, pikepdf.open(io.BytesIO(part)) as other:
        resources = _resources(pdf, other)
        for number, source in enumerate(other.pages, first - 1):
            target = pdf.pages[number].obj
            target[Name.Contents] = pdf.copy_foreign(other.make_indirect(source.obj.Contents))
            target[Name.Resources] = resources
            links = [
                link for link in source.obj.get(Name.Annots, ()) if "/URI" in link.get("/A", {})
            ]
            target[Name.Annots] = Array([_web_link(link) for link in links])
        data = io.BytesIO()
        pdf.save(data)
        return data.getvalue()


def _resources(pdf: pikepdf.Pdf, other: pikepdf.Pdf) -> pikepdf.Object:
    """Bring the resources of one PDF into another, but for what that has already.

    An edition makes its pictures and fonts smaller, and what is shown is to look as it does there.
    The engine names pictures by their files, and gives all pages the same resources.
    """
    there: dict[tuple[str, str], list[pikepdf.Object]] = {}
    for page in pdf.pages:
        for kind in ("/Font", "/XObject"):
            for name, item in page.resources.get(kind, Dictionary()).items():
                there.setdefault((kind, name), []).append(item)
    own, taken = other.pages[0].resources, []
    for kind in ("/Font", "/XObject"):
        items = own.get(kind, Dictionary())
        for name, item in list(items.items()):
            same = (one for one in there.get((kind, name), ()) if _can_stand_for(one, item))
            found = next(same, None)
            if found is not None:
                taken.append((kind, name, found))
                del items[name]
    resources = pdf.copy_foreign(other.make_indirect(own))
    for kind, name, item in taken:
        resources[kind][name] = item
    return resources


def _can_stand_for(one: pikepdf.Object, other: pikepdf.Object) -> bool:
    """Tell whether a picture, or a font, can stand for one of its name."""
    if one.get(Name.Type) == Name.Font:
        glyphs, others = (shown_glyphs(font.DescendantFonts[0].W) for font in (one, other))
        return others <= glyphs
    return bool(one.get(Name.Subtype) == other.get(Name.Subtype) == Name.Image)


def _web_link(link: pikepdf.Object) -> Dictionary:
    action = Dictionary(S=Name.URI, URI=str(link.A.URI))
    rectangle = Array([float(side) for side in link.Rect])
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=rectangle, A=action)
