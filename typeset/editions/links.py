"""Checks links in finished PDF files: they may lead to the web, to mail, or within the file.

Templates may come from anybody.  So the finished file is checked for all that makes a PDF reader
act: its links, its outline, its pages and its catalog.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from typeset.addresses import BASE_URL, LINK_SCHEMES, scheme_of
from typeset.diagnostic_codes import Code
from typeset.diagnostics import Diagnostic, PagePlace
from typeset.editions.base import PlaceOf

__all__ = ["judge_links"]

_WITHIN = "/GoTo"
_MOST = 20
"""Links to report for a file; more of them have the same cause."""
_LONGEST = 1000
"""Actions to follow in a chain, which may be endless."""
_HINT = "link to a whole address with https, http or mailto, or to an id in the document"


def judge_links(pdf: pikepdf.Pdf, place_of: PlaceOf) -> tuple[Diagnostic, ...]:
    """Return a diagnostic for every link or action that a PDF may not have.

    Args:
        pdf: the file, as it will be saved.
        place_of: finds the place in a template that wrote a link.
    """
    found: list[Diagnostic] = []
    for page, fault, address in _faults(pdf):
        place = place_of(address) if address else None
        paged = PagePlace(page) if page else None
        message = f"the PDF is not safe: {fault}"
        one = Diagnostic(Code.PDF_LINK_UNSAFE, message, place, paged, (_HINT,))
        if one not in found:
            found.append(one)
        if len(found) == _MOST:
            break
    return tuple(found)


_Faults = Iterator[tuple[int, str, str]]
"""The page, from 1, or 0; what is wrong; and the address, where there is one."""


def _faults(pdf: pikepdf.Pdf) -> _Faults:
    root: Any = pdf.Root
    yield from _of_catalog(root)
    for number, page in enumerate(pdf.pages, 1):
        yield from _of_page(number, page.obj)
    for item in _outline(root):
        for fault, address in _of_holder(item):
            yield 0, f"an entry of the outline {fault}", address


def _of_catalog(root: Any) -> _Faults:
    base = root.get("/URI", {}).get("/Base")
    if base is not None:
        yield 0, f"its links count from `{base}`", ""
    if "/JavaScript" in root.get("/Names", {}):
        yield 0, "it holds JavaScript", ""
    if "/AcroForm" in root:
        yield 0, "it holds a form", ""
    for fault, address in _of_holder(root):
        yield 0, f"when it is opened, it {fault}", address


def _of_page(number: int, page: Any) -> _Faults:
    for fault, address in _of_holder(page):
        yield number, f"the page {fault}", address
    for note in page.get("/Annots", ()):
        kind = note.get("/Subtype")
        if kind != "/Link":
            yield number, f"there is a note of the kind `{kind}`", ""
        for fault, address in _of_holder(note):
            yield number, f"a link {fault}", address


def _outline(root: Any) -> Iterator[Any]:
    waiting = [root.get("/Outlines", {}).get("/First")]
    while waiting:
        item = waiting.pop()
        if item is not None:
            yield item
            waiting += [item.get("/Next"), item.get("/First")]


def _of_holder(holder: Any) -> Iterator[tuple[str, str]]:
    """Check the actions of a catalog, a page, an annotation or an entry of the outline."""
    if "/AA" in holder:
        yield "starts an action by itself", ""
    for key in ("/OpenAction", "/A", "/PA"):
        action = holder.get(key)
        if isinstance(action, pikepdf.Dictionary):
            yield from _of_action(action)


def _of_action(action: Any) -> Iterator[tuple[str, str]]:
    waiting, count = [action], 0
    while waiting and count < _LONGEST:
        one, count = waiting.pop(), count + 1
        kind = str(one.get("/S", ""))
        if kind == "/URI":
            address = str(one.get("/URI", ""))
            if scheme_of(address) not in LINK_SCHEMES:
                yield f"leads to `{address}`", address
            elif address.startswith(BASE_URL):
                written = address.removeprefix(BASE_URL)
                yield f"leads to `{written}`, which is not a whole address", written
        elif kind != _WITHIN:
            yield f"has the action `{kind.strip('/')}`", ""
        following = one.get("/Next")
        if following is not None:
            waiting += list(following) if isinstance(following, pikepdf.Array) else [following]
