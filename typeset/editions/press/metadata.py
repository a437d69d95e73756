"""What the file says of itself: PDF/X-4, its output intent, and when it was made."""

from __future__ import annotations

import re
import uuid
from html import escape
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

__all__ = ["describe", "intend_output"]

_REGISTRY = "http://www.color.org"
_REGISTERED = re.compile(r"FOGRA ?(\d+)|\b(?:ISO ?)?Coated ?v2", re.IGNORECASE)
"""How the names of profiles tell a printing condition of that registry."""

_XMP = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
<xmp:CreateDate>{created}</xmp:CreateDate>
<xmp:ModifyDate>{modified}</xmp:ModifyDate>
<xmp:MetadataDate>{modified}</xmp:MetadataDate>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmpMM:DocumentID>uuid:{document}</xmpMM:DocumentID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<xmpMM:VersionID>1</xmpMM:VersionID>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""


def intend_output(pdf: pikepdf.Pdf, profile: bytes, name: str) -> None:
    """Make a color profile the file's one output intent, byte by byte.

    Args:
        pdf: the file.
        profile: the color profile of the press.
        name: what it calls itself.
    """
    stream = pdf.make_stream(profile, N=4, Alternate=Name.DeviceCMYK)
    condition = _condition_of(name)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=condition or "Custom",
        Info=name or "Custom",
        DestOutputProfile=stream,
    )
    if condition:
        intent.RegistryName = _REGISTRY
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def _condition_of(name: str) -> str:
    """Return the registered name of a printing condition, as far as a profile's name tells it."""
    match = _REGISTERED.search(name)
    return "" if match is None else f"FOGRA{match[1] or '39'}"


def describe(pdf: pikepdf.Pdf) -> None:
    """Write the metadata that PDF/X-4 asks for, in both places that it asks for."""
    info: Any = pdf.docinfo
    info.Trapped = Name.False_
    said = {key: str(info.get(f"/{key}", "")) for key in ("Title", "Producer", "Creator")}
    created, modified = (_date(str(info.get(key, ""))) for key in ("/CreationDate", "/ModDate"))
    xmp = _XMP.format(
        title=escape(said["Title"]),
        producer=escape(said["Producer"]),
        creator=escape(said["Creator"]),
        created=created,
        modified=modified,
        document=uuid.uuid5(uuid.NAMESPACE_URL, f"{said['Title']} {created} press"),
    )
    pdf.Root.Metadata = pdf.make_stream(xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)


def _date(value: str) -> str:
    """Return a date of PDF as XMP writes it; the engine knows the day alone."""
    digits = value.removeprefix("D:")[:8]
    return "-".join(filter(None, (digits[:4], digits[4:6], digits[6:])))
