"""A judge of PDF/X-4 of our own, since no independent one can be installed.

It is independent of the code that makes the files.  It checks all objects of a file for what ISO
15930-7 requires and forbids, as far as our files can go wrong, and for what print shops require
besides: no RGB, and no annotations.

By hand: ``python -m tests.validators.pdfx FILE…``
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf

__all__ = ["faults_of", "main", "output_profile"]

_RGB = {"/DeviceRGB", "/CalRGB", "/RGB"}
_LATEST_VERSION = "1.6"
_XMP = {
    "PDF/X-4 as its version": r"GTS_PDFXVersion(>|=[\"'])PDF/X-4[<\"']",
    "a document id": r"xmpMM:DocumentID",
    "a version id": r"xmpMM:VersionID",
    "a rendition class": r"xmpMM:RenditionClass",
    "the date of its making": r"xmp:CreateDate",
    "the date of its last change": r"xmp:ModifyDate",
    "the date of its metadata": r"xmp:MetadataDate",
    "whether it is trapped": r"pdf:Trapped",
    "a title": r"dc:title",
}
_SLACK = 0.01
"""In points."""


def faults_of(path: Path, profile: bytes | None = None) -> list[str]:
    """Return the faults of a file that claims to be PDF/X-4, a line each.

    Args:
        path: the file.
        profile: the color profile that must be its output intent, byte for byte.
    """
    try:
        with pikepdf.open(path) as pdf:
            return [
                *_faults_of_file(pdf),
                *_faults_of_intent(pdf, profile),
                *_faults_of_metadata(pdf),
                *(f for n, page in enumerate(pdf.pages, 1) for f in _faults_of_page(page, n)),
                *dict.fromkeys(_faults_of_objects(pdf)),
            ]
    except pikepdf.PdfError as error:
        return [f"unreadable: {error}"]


def output_profile(pdf: pikepdf.Pdf) -> bytes:
    """Return the color profile of the first output intent."""
    return bytes(pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes())


def _faults_of_file(pdf: pikepdf.Pdf) -> Iterator[str]:
    if pdf.is_encrypted:
        yield "it is encrypted"
    if pdf.pdf_version > _LATEST_VERSION:
        yield f"it is PDF {pdf.pdf_version}, later than {_LATEST_VERSION}"
    ids = pdf.trailer.get("/ID", pikepdf.Array())
    if len(ids) != 2 or not all(bytes(one) for one in ids):
        yield "it has no ID in its trailer"
    for key in ("/OpenAction", "/AA", "/AcroForm", "/Collection", "/Requirements"):
        if key in pdf.Root:
            yield f"its catalog has {key}"
    for key in map(str, pdf.Root.get("/Names", pikepdf.Dictionary()).keys()):
        if key in {"/JavaScript", "/EmbeddedFiles", "/AlternatePresentations"}:
            yield f"it has names of {key}"


def _faults_of_intent(pdf: pikepdf.Pdf, profile: bytes | None) -> Iterator[str]:
    intents = list(pdf.Root.get("/OutputIntents", pikepdf.Array()))
    if len(intents) != 1:
        yield f"it has {len(intents)} output intents"
        return
    (intent,) = intents
    if intent.get("/S") != "/GTS_PDFX":
        yield f"its output intent is of the kind {intent.get('/S')}"
    if not str(intent.get("/OutputConditionIdentifier", "")):
        yield "its output intent does not say what it is"
    if "/DestOutputProfile" not in intent:
        yield "its output intent has no color profile"
        return
    data = bytes(intent.DestOutputProfile.read_bytes())
    if intent.DestOutputProfile.get("/N") != 4:
        yield "its output intent's color profile is not said to have four colors"
    if data[12:20] != b"prtrCMYK" or data[36:40] != b"acsp":
        yield "its output intent's color profile is not of a press in CMYK"
    if int.from_bytes(data[:4], "big") != len(data):
        yield "its output intent's color profile is not whole"
    if profile is not None and data != profile:
        yield "its output intent's color profile is not the one that was given"


def _faults_of_metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    info = pdf.trailer.get("/Info", pikepdf.Dictionary())
    for key in ("/Title", "/CreationDate", "/ModDate"):
        if not str(info.get(key, "")):
            yield f"its information has no {key}"
    if info.get("/Trapped") not in {pikepdf.Name("/True"), pikepdf.Name("/False")}:
        yield "its information does not say whether it is trapped"
    if "/Metadata" not in pdf.Root:
        yield "it has no metadata"
        return
    if "/Filter" in pdf.Root.Metadata:
        yield "its metadata are compressed"
    xmp = bytes(pdf.Root.Metadata.read_bytes()).decode("utf-8")
    for what, pattern in _XMP.items():
        if not re.search(pattern, xmp):
            yield f"its metadata do not say {what}"
    title = str(info.get("/Title", ""))
    if title and title not in _unescaped(xmp):
        yield "its metadata have another title than its information"


def _unescaped(xmp: str) -> str:
    return xmp.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _faults_of_page(page: pikepdf.Page, number: int) -> Iterator[str]:
    boxes = {
        name: [float(value) for value in page.obj[name]]
        for name in ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")
        if name in page.obj
    }
    if "/TrimBox" not in boxes:
        yield f"page {number} has no trim box"
    if "/ArtBox" in boxes:
        yield f"page {number} has an art box besides its trim box"
    chain = [name for name in ("/TrimBox", "/BleedBox", "/MediaBox") if name in boxes]
    for inner, outer in pairwise(chain):
        if not _holds(boxes[outer], boxes[inner]):
            yield f"page {number}: its {outer} does not hold its {inner}"
    for key in ("/Annots", "/AA", "/PresSteps"):
        if key in page.obj:
            yield f"page {number} has {key}"
    group = page.obj.get("/Group", pikepdf.Dictionary())
    if _is_transparent(page.obj) and group.get("/CS") != "/DeviceCMYK":
        yield f"page {number} has transparency, but does not say in which inks it is mixed"


def _holds(outer: Sequence[float], inner: Sequence[float]) -> bool:
    left, bottom, right, top = outer
    return (
        left - _SLACK <= inner[0]
        and bottom - _SLACK <= inner[1]
        and inner[2] <= right + _SLACK
        and inner[3] <= top + _SLACK
    )


def _is_transparent(page: pikepdf.Object) -> bool:
    return any(_mixes(one) for one in _walk(page, without={"/Parent"}))


def _mixes(item: pikepdf.Object) -> bool:
    """Return whether an object is transparent: it mixes what it paints with what is below."""
    if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        return False
    return (
        float(item.get("/ca", 1)) < 1
        or float(item.get("/CA", 1)) < 1
        or str(item.get("/BM", "/Normal")) not in {"/Normal", "/Compatible"}
        or ("/SMask" in item and item.SMask != pikepdf.Name.None_)
    )


def _faults_of_objects(pdf: pikepdf.Pdf) -> Iterator[str]:
    for item in _walk(pdf.Root):
        if isinstance(item, pikepdf.Array):
            yield from _faults_of_color_space(item)
        elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            yield from _faults_of_dictionary(item)
            if isinstance(item, pikepdf.Stream) and _is_content(item):
                yield from _faults_of_content(item)
    for number, page in enumerate(pdf.pages, 1):
        yield from (f"page {number}: {fault}" for fault in _faults_of_content(page))


def _faults_of_dictionary(item: Any) -> Iterator[str]:
    for key in ("/ColorSpace", "/CS"):
        if str(item.get(key, "")) in _RGB:
            yield f"{_name_of(item)} is in RGB"
    spaces = item.get("/ColorSpace")
    if isinstance(spaces, pikepdf.Dictionary):
        yield from (f"a color space {n} is RGB" for n, one in spaces.items() if str(one) in _RGB)
    if item.get("/Type") == "/FontDescriptor" and not any(
        key in item for key in ("/FontFile", "/FontFile2", "/FontFile3")
    ):
        yield f"the font {item.get('/FontName')} is not embedded"
    if item.get("/Type") == "/Annot":
        yield f"it has an annotation, {item.get('/Subtype')}"
    if item.get("/S") in {"/JavaScript", "/URI", "/GoTo", "/GoToR", "/Launch", "/SubmitForm"}:
        yield f"it has an action, {item.S}"
    if item.get("/Subtype") == "/PS" or "/OPI" in item or "/Alternates" in item:
        yield f"{_name_of(item)} is of a kind that may not be printed"
    if any(key in item for key in ("/TR", "/TR2", "/HTP")):
        yield "it changes how inks are screened"


def _faults_of_color_space(item: pikepdf.Array) -> Iterator[str]:
    if not len(item):
        return
    kind = item[0] if isinstance(item[0], pikepdf.Name) else None
    if kind is not None and str(kind) in _RGB:
        yield f"a color space is {kind}"
    if kind == "/ICCBased" and len(item) > 1 and item[1].get("/N") == 3:
        yield "a color space has a profile of RGB"
    if kind in {"/Indexed", "/Separation", "/DeviceN", "/Pattern"}:
        yield from (f"a color space is {kind} of RGB" for part in item if _is_rgb(part))


def _is_rgb(item: Any) -> bool:
    return isinstance(item, pikepdf.Name) and str(item) in _RGB


def _is_content(item: Any) -> bool:
    return bool(item.get("/Subtype") == "/Form" or item.get("/PatternType") == 1)


def _faults_of_content(content: Any) -> Iterator[str]:
    for instruction in pikepdf.parse_content_stream(content):
        operator = str(instruction.operator)
        is_named = operator in {"cs", "CS"} and str(instruction.operands[0]) in _RGB
        if operator in {"rg", "RG"} or is_named:
            yield f"something is painted in RGB ({operator})"
        elif isinstance(instruction, pikepdf.ContentStreamInlineImage):
            picture = instruction.iimage.obj
            if any(str(picture.get(key, "")) in _RGB for key in ("/CS", "/ColorSpace")):
                yield "a small picture is in RGB"


def _name_of(item: Any) -> str:
    kind = item.get("/Subtype") or item.get("/Type") or item.get("/S")
    if kind is None and "/ShadingType" in item:
        return "a gradient"
    words = {"/Image": "a picture", "/Transparency": "a group", "/Group": "a group"}
    return words.get(str(kind), f"an object ({kind})")


def _walk(start: Any, without: set[str] = frozenset()) -> Iterator[Any]:  # type: ignore[assignment]
    """Yield an object and all that it refers to, each once."""
    seen: set[tuple[int, int]] = set()
    waiting = [start]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Object) and item.is_indirect:
            if item.objgen in seen:
                continue
            seen.add(item.objgen)
        yield item
        if isinstance(item, pikepdf.Array):
            waiting += list(item)
        elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            waiting += [value for key, value in item.items() if key not in without]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.validators.pdfx")
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+")
    failed = False
    for file in parser.parse_args(arguments).files:
        faults = faults_of(file)
        failed = failed or bool(faults)
        print("FAIL" if faults else "PASS", file)
        for fault in faults:
            print("    ", fault)
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
