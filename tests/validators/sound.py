"""Makes sound PDF files, one of each kind, to seed faults in.

They are small, and made without our own editions, so that a seeded fault is the only one.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import PIL.Image
import PIL.ImageCms
from pikepdf import Array, Dictionary, Name, Pdf, String
from weasyprint import HTML

__all__ = ["SOUND"]

_TITLE = "A page"
_PAGE = f"""
<html lang="en">
  <head>
    <title>{_TITLE}</title>
    <meta name="dcterms.created" content="2026-01-14">
    <meta name="dcterms.modified" content="2026-01-14">
    <style>img {{ image-rendering: crisp-edges }} html, a {{ color: device-cmyk(0 0 0 1) }}</style>
  </head>
  <body>
    <h1>{_TITLE}</h1>
    <p>Text with <a href="https://example.org/">a link</a>.</p>
    <h2>A part</h2>
    <p>More text.</p>
  </body>
</html>
"""
_MORE = """
    <img alt="A blue square" src="data:image/png;base64,{picture}">
    <table><thead><tr><th>Berth</th><th>Depth</th></tr></thead>
    <tbody><tr><td>East</td><td>9</td></tr></tbody></table>
  </body>
"""
_A = b"""
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 pdfaid:part="3" pdfaid:conformance="A"/>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource">
 <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
 <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
 <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
 <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
  <pdfaProperty:name>part</pdfaProperty:name>
  <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
  <pdfaProperty:category>internal</pdfaProperty:category>
  <pdfaProperty:description>Part of the standard</pdfaProperty:description>
 </rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
_X = f"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 pdfxid:GTS_PDFXVersion="PDF/X-4" pdf:Trapped="False" xmp:CreateDate="2026-01-14T00:00:00Z"
 xmp:ModifyDate="2026-01-14T00:00:00Z" xmp:MetadataDate="2026-01-14T00:00:00Z"
 xmpMM:DocumentID="uuid:00000000-0000-5000-8000-000000000000" xmpMM:VersionID="1"
 xmpMM:RenditionClass="default">
 <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{_TITLE}</rdf:li></rdf:Alt></dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""

_D50 = (0xF6D6, 0x10000, 0xD32D)
"""The white of a profile."""


def _screen(file: Path) -> None:
    _html(with_more=True).write_pdf(file, pdf_variant="pdf/ua-1")


def _archive(file: Path) -> None:
    _screen(file)
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        # page-validation wants them uncompressed, and a PDF/A file claims both standards.
        xmp = pdf.Root.Metadata.read_bytes().replace(b"</rdf:RDF>", _A + b"</rdf:RDF>")
        pdf.Root.Metadata = pdf.make_stream(xmp, Type=Name.Metadata, Subtype=Name.XML)
        profile = PIL.ImageCms.ImageCmsProfile(PIL.ImageCms.createProfile("sRGB"))
        intent = _intent(pdf, Name.GTS_PDFA1, profile.tobytes(), colors=3)
        pdf.Root.OutputIntents = Array([intent])
        for link in pdf.pages[0].Annots:
            link.F = 4  # it is printed
        plain = pikepdf.ObjectStreamMode.disable
        pdf.save(file, deterministic_id=True, object_stream_mode=plain)


def _press(file: Path) -> None:
    data = _html(with_more=False).write_pdf()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            left, bottom, right, top = page.mediabox
            page.TrimBox = Array([left + 20, bottom + 20, right - 20, top - 20])
            page.BleedBox = Array([left + 10, bottom + 10, right - 10, top - 10])
            if "/Annots" in page:
                del page["/Annots"]
            # Crop marks: solid on every plate, outside of the bleed.
            marks = b"/All cs 1 scn 2 100 6 0.5 re f 0 0 0 1 k"
            page.Resources.ColorSpace = Dictionary(All=_all_plates(pdf))
            page.contents_add(pdf.make_stream(marks))
        for key in ("/Outlines", "/Lang", "/MarkInfo", "/StructTreeRoot", "/Names"):
            if key in pdf.Root:
                del pdf.Root[key]
        pdf.Root.OutputIntents = Array([_intent(pdf, Name.GTS_PDFX, _press_profile(), colors=4)])
        pdf.Root.Metadata = pdf.make_stream(_X.encode(), Type=Name.Metadata, Subtype=Name.XML)
        date = String("D:20260114000000Z")
        pdf.docinfo.update({"/Title": _TITLE, "/Trapped": Name("/False")})
        pdf.docinfo.update({"/CreationDate": date, "/ModDate": date})
        pdf.save(file, deterministic_id=True, force_version="1.6")


def _all_plates(pdf: Pdf) -> Array:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, pdf.make_indirect(tint)])


def _intent(pdf: Pdf, kind: Name, profile: bytes, *, colors: int) -> Dictionary:
    return Dictionary(
        Type=Name.OutputIntent,
        S=kind,
        OutputConditionIdentifier=String("Custom"),
        Info=String("Custom"),
        DestOutputProfile=pdf.make_stream(profile, N=colors),
    )


def _press_profile() -> bytes:
    """Return a color profile in CMYK (ICC.1:2001-04) that has only black and white."""
    from_inks = bytes(v for c in range(16) for v in (0 if c else 255, 128, 128))
    to_inks = bytes(v for lightness in (255, 0) for _ in range(4) for v in (0, 0, 0, lightness))
    parts = {
        b"A2B0": _table(4, 3, from_inks),
        b"B2A0": _table(3, 4, to_inks),
        b"wtpt": b"XYZ " + bytes(4) + b"".join(n.to_bytes(4, "big") for n in _D50),
    }
    offset = 128 + 4 + 12 * len(parts)
    table, data = len(parts).to_bytes(4, "big"), b""
    for name, part in parts.items():
        where = offset + len(data)
        table += name + where.to_bytes(4, "big") + len(part).to_bytes(4, "big")
        data += part
    head = bytearray(128)
    head[0:4] = (offset + len(data)).to_bytes(4, "big")
    head[8:24] = bytes([2, 0x40, 0, 0]) + b"prtrCMYKLab "
    head[36:40] = b"acsp"
    head[68:80] = b"".join(n.to_bytes(4, "big") for n in _D50)
    return bytes(head) + table + data


def _table(inputs: int, outputs: int, values: bytes) -> bytes:
    """Return a table of colors (``lut8Type``), two points along each of its sides."""
    one = (0x10000).to_bytes(4, "big")
    matrix = b"".join(one if row == column else bytes(4) for row in range(3) for column in range(3))
    head = b"mft1" + bytes(4) + bytes([inputs, outputs, 2, 0]) + matrix
    return head + bytes(range(256)) * inputs + values + bytes(range(256)) * outputs


def _html(*, with_more: bool) -> HTML:
    if not with_more:
        return HTML(string=_PAGE)
    data = io.BytesIO()
    PIL.Image.new("RGB", (60, 40), "steelblue").save(data, "PNG")
    more = _MORE.replace("{picture}", base64.b64encode(data.getvalue()).decode())
    page = _PAGE.replace("</body>", more).replace("device-cmyk(0 0 0 1)", "black")
    return HTML(string=page)


SOUND: dict[str, Callable[[Path], None]] = {
    "screen": _screen,
    "archive": _archive,
    "press": _press,
}
"""The function that writes a sound file of each edition."""
