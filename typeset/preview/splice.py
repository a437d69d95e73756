"""Splicing: some pages of a finished PDF give place to others."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name

from typeset.editions.embedded_fonts import shown_glyphs

__all__ = ["spliced"]


def spliced(whole: bytes, part: bytes, first: int) -> bytes:
    """Return a PDF in which some pages show what those of another show.

    The pages themselves stay, for outlines and links lead to them.

    Args:
        whole: the PDF.
        part: the pages that are shown instead, as the layout engine writes them.
        first: the number of the first page that gives place, from 1.
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
