"""The pages of a PDF: compared by what they show, drawn as images, and read as text.

PDFium is not thread-safe, so only one thread at a time may call the functions that use it.
"""

from __future__ import annotations

import ctypes
import hashlib
import io
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from typeset.addresses import LINK_SCHEMES, scheme_of

__all__ = ["Heading", "Link", "PageImage", "PageImages", "TextLine", "sheets_of"]

_MOST_PIXELS = 16_000_000
"""The most pixels of an image: about four times a page on a dense screen."""
_GAP = 1.2
"""The largest gap, in font sizes, between characters of a line; cells of a table are further."""
_HYPHENS = {"\x02": "\u00ad", "\ufffe": "\u00ad"}
"""The characters that PDFium returns for a hyphen at the end of a line."""
_UNSEEN = {"/Resources", "/Parent", "/StructParent", "/StructParents"}
"""Keys of an object that do not change how it looks."""
_NAME = re.compile(rb"/[^\s/<>\[\](){}%]+")


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page; lengths in points."""

    digest: str
    """A digest that is the same for pages that look the same."""
    width: float
    height: float

    def as_json(self) -> dict[str, str | float]:
        """Return it as the page in the browser needs it."""
        size = {"width": round(self.width, 2), "height": round(self.height, 2)}
        return {"digest": self.digest, **size}


@dataclass(frozen=True, slots=True)
class TextLine:
    """A piece of a line of text; lengths in points from the top left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Link:
    """A link on a page; lengths in points from the top left."""

    left: float
    top: float
    right: float
    bottom: float
    address: str
    """Its address on the web; empty if it leads to a page."""
    page: int
    """The page that it leads to, from 1; 0 if it leads to the web."""
    to: float
    """The height on that page."""


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the PDF's outline."""

    title: str
    level: int
    """From 0."""
    page: int
    """From 1."""
    top: float
    """The distance from the top of the page, in points."""


class PageImages:
    """A PDF's pages.

    Args:
        pdf: the file.
        sheets: its pages, by `sheets_of`.
    """

    def __init__(self, pdf: bytes, sheets: tuple[PageImage, ...]) -> None:
        self.pdf = pdf
        self.sheets = sheets
        self.position = {sheet.digest: index for index, sheet in enumerate(self.sheets)}
        self._document = pypdfium2.PdfDocument(pdf)

    def close(self) -> None:
        """Release the memory of the PDF."""
        self._document.close()

    def image(self, index: int, width: int) -> bytes:
        """Return a page as PNG.

        Args:
            index: the page, from 0.
            width: in pixels; a very large image is made smaller.
        """
        sheet = self.sheets[index]
        scale = width / sheet.width
        scale = min(scale, (_MOST_PIXELS / (sheet.width * sheet.height)) ** 0.5)
        page = self._document[index]
        try:
            bitmap = page.render(scale=scale, rev_byteorder=True)
            try:
                return _png(bitmap)
            finally:
                bitmap.close()
        finally:
            page.close()

    def lines(self, index: int) -> list[TextLine]:
        """Return the text of a page, in the order of its content; pages are counted from 0."""
        page = self._document[index]
        text = page.get_textpage()
        try:
            return list(_lines_of(text, self.sheets[index].height))
        finally:
            text.close()
            page.close()

    def links(self, index: int) -> list[Link]:
        """Return the links of a page; pages are counted from 0."""
        page = self._document[index]
        try:
            return list(self._links_of(page, self.sheets[index].height))
        finally:
            page.close()

    def _links_of(self, page: pypdfium2.PdfPage, height: float) -> Iterator[Link]:
        position, link, area = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
        while pdfium.FPDFLink_Enumerate(page.raw, position, link):
            if not pdfium.FPDFLink_GetAnnotRect(link, area):
                continue
            # The engine writes the lower side of an area first.
            top, bottom = sorted((height - area.top, height - area.bottom))
            sides = (area.left, top, area.right, bottom)
            address = self._address_of(link)
            target = pdfium.FPDFLink_GetDest(self._document.raw, link)
            if address:
                yield Link(*sides, address, 0, 0.0)
            elif target:
                destination = pypdfium2.PdfDest(target, self._document)
                yield Link(*sides, "", *self._place_of(destination))

    def _address_of(self, link: pdfium.FPDF_LINK) -> str:
        action = pdfium.FPDFLink_GetAction(link)
        if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
            return ""
        size = pdfium.FPDFAction_GetURIPath(self._document.raw, action, None, 0)
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDFAction_GetURIPath(self._document.raw, action, buffer, size)
        address = buffer.value.decode("utf-8", "replace")
        return address if scheme_of(address) in LINK_SCHEMES else ""

    def outline(self) -> list[Heading]:
        """Return the outline, in its order."""
        headings = []
        for bookmark in self._document.get_toc():
            destination = bookmark.get_dest()
            if destination is not None:
                place = self._place_of(destination)
                headings.append(Heading(bookmark.get_title(), bookmark.level, *place))
        return headings

    def _place_of(self, destination: pypdfium2.PdfDest) -> tuple[int, float]:
        """Return the page of a destination, from 1, and its distance from the top."""
        index = destination.get_index() or 0
        height = self.sheets[index].height
        _, values = destination.get_view()
        # The height is the second value of /XYZ, and the first one of /FitH.
        top = values[1] if len(values) > 1 else values[0] if values else height
        return index + 1, max(0.0, height - (height if top is None else top))


def sheets_of(pdf: bytes, fonts: str) -> tuple[PageImage, ...]:
    """Return the pages of a PDF; this needs no PDFium.

    Args:
        pdf: the file.
        fonts: a digest of the fonts, which the pages share.
    """
    return tuple(_sheets_of(pdf, fonts))


def _sheets_of(pdf: bytes, fonts: str) -> Iterator[PageImage]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        looks: dict[tuple[int, int], bytes] = {}
        for page in document.pages:
            left, bottom, right, top = (float(side) for side in page.mediabox)
            page.contents_coalesce()
            content = page.Contents.read_bytes()
            digest = hashlib.sha256(f"{fonts} {left} {bottom} {right} {top}".encode())
            digest.update(content)
            digest.update(_resources(page.resources, content, looks))
            yield PageImage(digest.hexdigest()[:32], right - left, top - bottom)


def _resources(
    resources: pikepdf.Object, content: bytes, known: dict[tuple[int, int], bytes]
) -> bytes:
    """Return a digest of the resources that a content uses, as pages may share a list of all."""
    named = {name.decode("latin-1") for name in _NAME.findall(content)}
    digest = hashlib.sha256()
    for kind, entries in sorted(resources.items()):
        if not isinstance(entries, pikepdf.Dictionary):
            continue
        for name in sorted(named.intersection(entries.keys())):
            digest.update(f"{kind} {name}".encode())
            # An embedded font subset depends on other pages, so compare only its name.
            resource = entries[name]
            looks = str(resource.get("/BaseFont", "")).encode() if kind == "/Font" else b""
            digest.update(looks or _digest_of(resource, known))
    return digest.digest()


def _digest_of(resource: object, known: dict[tuple[int, int], bytes]) -> bytes:
    """Return a digest of an object and of all that it refers to.

    Args:
        resource: the object.
        known: the digests of objects that other pages share.
    """
    key = resource.objgen if isinstance(resource, pikepdf.Object) else (0, 0)
    if key != (0, 0):
        if key in known:
            return known[key]
        known[key] = b""  # for an object that refers to itself
    digest = hashlib.sha256()
    if isinstance(resource, pikepdf.Stream):
        digest.update(resource.read_raw_bytes())
        if "/Resources" in resource:
            digest.update(_resources(resource.Resources, resource.read_bytes(), known))
    if isinstance(resource, pikepdf.Dictionary | pikepdf.Stream):
        for name in sorted(set(resource.keys()) - _UNSEEN):
            digest.update(name.encode())
            digest.update(_digest_of(resource[name], known))
    elif isinstance(resource, pikepdf.Array):
        for item in resource:
            digest.update(_digest_of(item, known))
    else:
        digest.update(str(resource).encode())
    known[key] = digest.digest()
    return known[key]


def _png(bitmap: pypdfium2.PdfBitmap) -> bytes:
    """Return an image in RGB as PNG.

    Its rows are not filtered: that makes a page of type hardly smaller, and takes most of the time
    that an imaging library needs.
    """
    width, size = bitmap.width, bitmap.width * 3
    pixels = memoryview(bitmap.buffer)
    starts = range(0, bitmap.height * bitmap.stride, bitmap.stride)
    rows = b"".join(part for at in starts for part in (b"\0", pixels[at : at + size]))
    header = struct.pack(">IIBBBBB", width, bitmap.height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def _lines_of(text: pypdfium2.PdfTextPage, height: float) -> Iterator[TextLine]:
    """Yield the pieces of the lines of a page, whose height is in points."""
    box = pdfium.FS_RECTF()
    piece, sides = "", [0.0] * 4
    for index in range(text.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(text.raw, index))
        if character in "\r\n\0":
            if piece.strip():
                yield _line(piece, sides)
            piece = ""
            continue
        pdfium.FPDFText_GetLooseCharBox(text.raw, index, box)
        here = [box.left, height - box.top, box.right, height - box.bottom]
        if piece and not character.isspace():
            apart = here[0] - sides[2]
            size = max(sides[3] - sides[1], 1.0)
            if apart > _GAP * size or apart < -size * 2 or abs(here[3] - sides[3]) > size:
                if piece.strip():
                    yield _line(piece, sides)
                piece = ""
        if character.isspace():
            piece += " " if piece else ""
            continue
        sides = _around(sides, here) if piece.strip() else here
        piece += _HYPHENS.get(character, character)
    if piece.strip():
        yield _line(piece, sides)


def _around(one: list[float], other: list[float]) -> list[float]:
    return [
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    ]


def _line(piece: str, sides: list[float]) -> TextLine:
    # PDFium returns a character beyond U+FFFF as two surrogates.
    text = piece.strip().encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return TextLine(text, *sides)
