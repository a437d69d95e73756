"""Faults to seed in sound files, and exactly those judges that must catch each."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

__all__ = ["FAULTS", "Fault"]

UA = frozenset({"veraPDF UA-1", "page-validation UA-1"})
A = frozenset({"veraPDF A-3a", "page-validation A-3a"})
X = frozenset({"X-4 structure"})


@dataclass(frozen=True, slots=True)
class Fault:
    """A change of a sound file."""

    edition: str
    """The edition of the file to change."""
    seed: Callable[[Path], None]
    caught_by: frozenset[str]

    @property
    def name(self) -> str:
        return self.seed.__name__

    @property
    def file_name(self) -> str:
        return f"{self.name}.pdf" if self.edition == "screen" else f"{self.name}-{self.edition}.pdf"


FAULTS: list[Fault] = []


def _fault(
    edition: str, *caught_by: str | frozenset[str]
) -> Callable[[Callable[[Pdf], None]], Callable[[Pdf], None]]:
    """Note down a fault that is seeded by changing a file's objects."""

    def note(change: Callable[[Pdf], None]) -> Callable[[Pdf], None]:
        def seed(file: Path) -> None:
            with pikepdf.open(file, allow_overwriting_input=True) as pdf:
                change(pdf)
                pdf.save(file, deterministic_id=True)

        _note(edition, change.__name__, seed, caught_by)
        return change

    return note


def _bytes_fault(
    edition: str, *caught_by: str | frozenset[str]
) -> Callable[[Callable[[bytes], bytes]], Callable[[bytes], bytes]]:
    """Note down a fault that is seeded by changing a file's bytes."""

    def note(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
        def seed(file: Path) -> None:
            before = file.read_bytes()
            after = change(before)
            assert after != before
            file.write_bytes(after)

        _note(edition, change.__name__, seed, caught_by)
        return change

    return note


def _note(
    edition: str,
    name: str,
    seed: Callable[[Path], None],
    caught_by: tuple[str | frozenset[str], ...],
) -> None:
    seed.__name__ = name
    sets = (frozenset({one}) if isinstance(one, str) else one for one in caught_by)
    FAULTS.append(Fault(edition, seed, frozenset[str]().union(*sets)))


def _elements(pdf: Pdf, kind: str) -> list[pikepdf.Object]:
    return [o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/S") == kind]


def _descriptors(pdf: Pdf) -> Iterator[pikepdf.Object]:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == "/FontDescriptor":
            yield item


def _copy(item: pikepdf.Object) -> Dictionary:
    return Dictionary({str(key): value for key, value in item.items()})


def _paint(pdf: Pdf, instructions: bytes) -> None:
    page = pdf.pages[0]
    page.contents_add(pdf.make_stream(instructions))


def _metadata(pdf: Pdf, pattern: bytes, by: bytes) -> None:
    xmp = pdf.Root.Metadata.read_bytes()
    changed, count = re.subn(pattern, by, xmp, flags=re.DOTALL)
    assert count == 1
    pdf.Root.Metadata = pdf.make_stream(changed, Type=Name.Metadata, Subtype=Name.XML)


# Structure and language --------------------------------------------------------------------------


@_fault("screen", UA)
def no_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


@_fault("screen", UA)
def no_alternative_text(pdf: Pdf) -> None:
    del _elements(pdf, "/Figure")[0]["/Alt"]


@_fault("screen", UA)
def empty_alternative_text(pdf: Pdf) -> None:
    _elements(pdf, "/Figure")[0].Alt = String("")


@_fault("screen", UA)
def heading_level_skipped(pdf: Pdf) -> None:
    _elements(pdf, "/H2")[0].S = Name.H4


@_fault("screen", UA)
def content_untagged(pdf: Pdf) -> None:
    _paint(pdf, b"q 10 10 20 20 re f Q")


@_fault("screen", UA, "structure text")
def no_structure(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot


@_fault("screen", UA)
def no_title(pdf: Pdf) -> None:
    _metadata(pdf, rb"<dc:title>.*?</dc:title>", b"")


@_fault("screen", UA)
def claims_another_part(pdf: Pdf) -> None:
    _metadata(pdf, rb'pdfuaid:part="1"', b'pdfuaid:part="7"')


@_fault("screen", UA)
def link_says_nothing(pdf: Pdf) -> None:
    del pdf.pages[0].Annots[0]["/Contents"]


@_fault("screen", UA)
def cells_without_heads(pdf: Pdf) -> None:
    for cell in _elements(pdf, "/TH") + _elements(pdf, "/TD"):
        for key in ("/A", "/ID"):
            if key in cell:
                del cell[key]


@_fault("screen", UA, "Poppler", "structure text")
def unknown_element(pdf: Pdf) -> None:
    _elements(pdf, "/P")[0].S = Name.Paragraph


@_fault("screen", UA)
def letters_without_meaning(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and "/ToUnicode" in item:
            del item["/ToUnicode"]


@_fault("screen", "veraPDF UA-1")
def tags_interlocked(pdf: Pdf) -> None:
    """The judges disagree about this one."""
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(page.Contents.read_bytes().replace(b"EMC", b"", 1))


@_bytes_fault("screen", "page-validation UA-1")
def no_end_of_file(data: bytes) -> bytes:
    return data.replace(b"%%EOF", b"%%EO")


@_fault("screen", "structure text")
def structure_without_text(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and "/S" in item and "/P" in item and "/K" in item:
            kids = item.K if isinstance(item.K, Array) else [item.K]
            item.K = Array([kid for kid in kids if isinstance(kid, Dictionary)])


# Archive -----------------------------------------------------------------------------------------


@_fault("archive", A)
def claims_another_level(pdf: Pdf) -> None:
    _metadata(pdf, rb'pdfaid:conformance="A"', b'pdfaid:conformance="B"')


@_fault("archive", UA)
def claims_no_accessibility(pdf: Pdf) -> None:
    _metadata(pdf, rb'pdfuaid:part="1"', b"")


@_fault("archive", A)
def no_output_intent(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


@_fault("archive", A)
def two_output_intents(pdf: Pdf) -> None:
    (intent,) = pdf.Root.OutputIntents
    profile = pdf.make_stream(intent.DestOutputProfile.read_bytes(), N=3)
    other = _copy(intent)
    other.DestOutputProfile = profile
    pdf.Root.OutputIntents.append(other)


@_fault("archive", A)
def picture_smoothed(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image":
            item.Interpolate = True


@_fault("archive", A)
def script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.beep()"))


@_bytes_fault("archive", "page-validation A-3a")
def metadata_compressed(data: bytes) -> bytes:
    """Appended as an update of the file, since pikepdf never compresses metadata."""
    (metadata,) = re.finditer(
        rb"(\d+) 0 obj\n<<[^>]*/Metadata[^>]*>>\nstream\n(.*?)\nendstream", data, re.DOTALL
    )
    number, packed = int(metadata[1]), zlib.compress(metadata[2])
    head = b"<< /Type /Metadata /Subtype /XML /Filter /FlateDecode /Length %d >>" % len(packed)
    (trailer,) = re.finditer(rb"trailer <<(.*?)>>\nstartxref\n(\d+)", data, re.DOTALL)
    added = b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (number, head, packed)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, len(data))
    last = b"trailer <<%s /Prev %s >>\nstartxref\n" % (trailer[1], trailer[2])
    return data + added + table + last + b"%d\n%%%%EOF\n" % (len(data) + len(added))


# The file itself ---------------------------------------------------------------------------------

READERS = frozenset({"qpdf", "Poppler", "structure text", "fonts", "Ghostscript"})


@_bytes_fault("screen", UA, READERS)
def cut_short(data: bytes) -> bytes:
    return data[: len(data) // 2]


@_bytes_fault("screen", UA, READERS)
def broken_cross_references(data: bytes) -> bytes:
    return re.sub(rb"startxref\n\d+", b"startxref\n77", data)


@_fault("screen", "qpdf", "Poppler", "structure text")
def content_breaks_off(pdf: Pdf) -> None:
    _paint(pdf, b"(never closed")


@_fault("press", "Poppler")
def tags_end_too_often(pdf: Pdf) -> None:
    _paint(pdf, b"EMC")


@_fault("screen", "Ghostscript")
def page_without_a_size(pdf: Pdf) -> None:
    page = pdf.pages[0].obj
    for holder in (page, page.Parent):
        if "/MediaBox" in holder:
            del holder["/MediaBox"]


@_fault("screen", "qpdf")
def spoiled_stream(pdf: Pdf) -> None:
    stream = pdf.make_stream(b"")
    stream.write(b"no JPEG", filter=Name.DCTDecode)
    pdf.Root.Spoiled = stream


@_fault("screen", UA, "Poppler", "fonts")
def font_not_embedded(pdf: Pdf) -> None:
    for descriptor in _descriptors(pdf):
        for key in ("/FontFile", "/FontFile2", "/FontFile3"):
            if key in descriptor:
                del descriptor[key]


@_fault("screen", "fonts")
def font_not_subset(pdf: Pdf) -> None:
    for item in pdf.objects:
        for key in ("/BaseFont", "/FontName"):
            if isinstance(item, Dictionary) and key in item:
                item[key] = Name("/" + str(item[key]).rpartition("+")[2])


# Press -------------------------------------------------------------------------------------------


@_fault("press", X)
def text_in_rgb(pdf: Pdf) -> None:
    _paint(pdf, b"1 0 0 rg 100 100 5 5 re f")


@_fault("press", X)
def picture_in_rgb(pdf: Pdf) -> None:
    picture = pdf.make_stream(bytes(12), Type=Name.XObject, Subtype=Name.Image)
    picture.update(Dictionary(Width=2, Height=2, BitsPerComponent=8, ColorSpace=Name.DeviceRGB))
    pdf.pages[0].Resources.XObject = Dictionary(Picture=picture)
    _paint(pdf, b"q 20 0 0 20 100 100 cm /Picture Do Q")


@_fault("press", "ink")
def too_much_ink_in_text(pdf: Pdf) -> None:
    page = pdf.pages[0]
    (content, *marks) = page.Contents
    inked = content.read_bytes().replace(b"0 0 0 1 scn", b"1 1 1 1 scn")
    page.Contents = Array([pdf.make_stream(inked), *marks])


@_fault("press", "ink")
def too_much_ink_in_a_picture(pdf: Pdf) -> None:
    pixels = bytes(12) + bytes([255, 255, 255, 40])
    picture = pdf.make_stream(pixels, Type=Name.XObject, Subtype=Name.Image)
    picture.update(Dictionary(Width=2, Height=2, BitsPerComponent=8, ColorSpace=Name.DeviceCMYK))
    pdf.pages[0].Resources.XObject = Dictionary(Picture=picture)
    _paint(pdf, b"q 20 0 0 20 100 100 cm /Picture Do Q")


@_fault("press", X)
def press_without_output_intent(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


@_fault("press", X)
def press_with_two_output_intents(pdf: Pdf) -> None:
    pdf.Root.OutputIntents.append(_copy(pdf.Root.OutputIntents[0]))


@_fault("press", X)
def press_with_a_link(pdf: Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[50, 50, 90, 60], F=4)
    pdf.pages[0].Annots = Array([pdf.make_indirect(link)])


@_fault("press", X)
def trim_outside_the_bleed(pdf: Pdf) -> None:
    pdf.pages[0].TrimBox = Array([0, 0, 100, 100])


@_fault("press", X)
def no_trim(pdf: Pdf) -> None:
    del pdf.pages[0].obj["/TrimBox"]


@_fault("press", X)
def claims_nothing(pdf: Pdf) -> None:
    _metadata(pdf, rb'pdfxid:GTS_PDFXVersion="PDF/X-4"', b"")


@_fault("press", X, "Poppler", "fonts")
def press_font_not_embedded(pdf: Pdf) -> None:
    font_not_embedded(pdf)
