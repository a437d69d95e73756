"""Writes the metadata of a PDF: its XMP packet, and an Info dictionary that agrees with it.

The packet is XMP (ISO 16684-1) with Dublin Core for what every reader knows, and PRISM for volume,
number and the like.  It names the standards that the file conforms to.  PDF/A also requires a
description of properties that XMP does not define (ISO 19005-3, 6.6.2.3).
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterator
from importlib.metadata import version
from xml.sax.saxutils import escape, quoteattr

import pikepdf

from typeset.editions.metadata import Metadata, Standards

__all__ = ["info_entries", "write_metadata", "xmp_packet"]

_TOOL = "typeset"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that are not allowed in XML."""

_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}

_EXPLAINED: dict[str, tuple[str, dict[str, tuple[str, str, str]]]] = {
    "pdfuaid": (
        "The standard of accessible PDF",
        {"part": ("Integer", "internal", "The part of ISO 14289 that the file keeps to")},
    ),
    "pdfxid": (
        "The standard of PDF for print",
        {"GTS_PDFXVersion": ("Text", "internal", "The part of ISO 15930 that the file keeps to")},
    ),
    "prism": (
        "Publishing Requirements for Industry Standard Metadata",
        {
            "publicationName": ("Text", "external", "The name of the publication"),
            "volume": ("Text", "external", "The volume of the issue"),
            "number": ("Text", "external", "The number of the issue in its volume"),
            "coverDate": ("Date", "external", "The day of the issue"),
            "issn": ("Text", "external", "The serial number of the publication"),
            "doi": ("Text", "external", "The digital object identifier of this document"),
            "url": ("Text", "external", "Where this document stands in the web"),
            "startingPage": ("Text", "external", "The first page of the article in its issue"),
            "endingPage": ("Text", "external", "The last page of the article in its issue"),
        },
    ),
}
"""The names of schemas that XMP does not define, and the type, category and meaning of each of
their properties that we write."""


def write_metadata(
    pdf: pikepdf.Pdf, metadata: Metadata, standards: Standards, *, made_of: bytes
) -> None:
    """Replace the XMP packet and the Info dictionary of a file.

    The packet stays uncompressed in the saved file, so that tools find it without reading PDF.

    Args:
        pdf: the file.
        metadata: its metadata.
        standards: the standards that it conforms to.
        made_of: what the file is made of, such as the engine's file; the instance id depends
            on it.
    """
    packet = pdf.make_stream(xmp_packet(metadata, standards, made_of=made_of))
    packet["/Type"] = pikepdf.Name.Metadata
    packet["/Subtype"] = pikepdf.Name.XML
    pdf.Root["/Metadata"] = packet
    entries: dict[str, pikepdf.Object] = {
        key: pikepdf.String(text) for key, text in info_entries(metadata).items()
    }
    if standards.x:
        entries["/Trapped"] = pikepdf.Name("/False")
        entries["/GTS_PDFXVersion"] = pikepdf.String(standards.x)
    pdf.trailer["/Info"] = pdf.make_indirect(pikepdf.Dictionary(entries))


def info_entries(metadata: Metadata) -> dict[str, str]:
    """Return the entries of the Info dictionary, which say what the XMP packet says."""
    day = metadata.created.strftime("D:%Y%m%d000000Z")
    entries = {
        "/Title": metadata.title,
        "/Author": ", ".join(metadata.authors),
        "/Subject": metadata.description,
        "/Keywords": ", ".join(metadata.keywords),
        "/Creator": _TOOL,
        "/Producer": _producer(),
        "/CreationDate": day,
        "/ModDate": day,
    }
    return {key: _NO_XML.sub("", text) for key, text in entries.items() if text}


def xmp_packet(metadata: Metadata, standards: Standards, *, made_of: bytes) -> bytes:
    """Return the XMP packet of a file; the arguments are those of `write_metadata`."""
    properties = dict(_properties(metadata, standards, made_of))
    explained = _explanation(properties) if standards.a else ""
    used = {name.partition(":")[0] for name in properties} | {"rdf"}
    if explained:
        used |= {"pdfaExtension", "pdfaProperty", "pdfaSchema"}
    declared = "".join(
        f"\n   xmlns:{prefix}={quoteattr(_NAMESPACES[prefix])}" for prefix in sorted(used)
    )
    body = "".join(f"   {_element(name, value)}\n" for name, value in properties.items())
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        f" <rdf:RDF{declared}>\n"
        f'  <rdf:Description rdf:about="">\n{body}{explained}  </rdf:Description>\n'
        " </rdf:RDF>\n"
        "</x:xmpmeta>\n"
        '<?xpacket end="r"?>'
    )
    return packet.encode()


def _properties(
    metadata: Metadata, standards: Standards, made_of: bytes
) -> Iterator[tuple[str, str]]:
    """Yield each property that has a value, and its value as XML."""
    yield "dc:format", "application/pdf"
    yield "dc:title", _in_language(metadata.title, metadata.language)
    texts = {
        "dc:creator": _array("Seq", metadata.authors),
        "dc:description": _in_language(metadata.description, metadata.language),
        "dc:subject": _array("Bag", metadata.keywords),
        "dc:publisher": _array("Bag", (metadata.publisher,)),
        "dc:rights": _in_language(metadata.rights, metadata.language),
        "dc:identifier": _text(f"doi:{metadata.doi}" if metadata.doi else metadata.url or ""),
        "pdf:Keywords": _text(", ".join(metadata.keywords)),
        "prism:publicationName": _text(metadata.publication),
        "prism:issn": _text(metadata.issn or ""),
        "prism:doi": _text(metadata.doi or ""),
        "prism:url": _text(metadata.url or ""),
    }
    yield from ((name, value) for name, value in texts.items() if value)
    yield "dc:language", _array("Bag", (metadata.language,))
    yield "dc:date", _array("Seq", (metadata.issued.isoformat(),))
    yield "prism:volume", str(metadata.volume)
    yield "prism:number", str(metadata.number)
    yield "prism:coverDate", metadata.issued.isoformat()
    if metadata.pages:
        yield "prism:startingPage", str(metadata.pages[0])
        yield "prism:endingPage", str(metadata.pages[1])
    yield "pdf:Producer", _text(_producer())
    yield "xmp:CreatorTool", _TOOL
    for name in ("CreateDate", "ModifyDate", "MetadataDate"):
        yield f"xmp:{name}", f"{metadata.created.isoformat()}T00:00:00Z"
    content = f"{metadata.edition} {standards} {hashlib.sha256(made_of).hexdigest()}"
    yield "xmpMM:DocumentID", metadata.document_id.urn
    yield "xmpMM:InstanceID", uuid.uuid5(metadata.document_id, content).urn
    yield "xmpMM:RenditionClass", "default"
    yield "xmpMM:VersionID", "1"
    yield from _identification(standards)


def _identification(standards: Standards) -> Iterator[tuple[str, str]]:
    if standards.ua:
        yield "pdfuaid:part", str(standards.ua)
    if standards.a:
        yield "pdfaid:part", standards.a[0]
        yield "pdfaid:conformance", standards.a[1]
    if standards.x:
        yield "pdfxid:GTS_PDFXVersion", standards.x
        yield "pdf:Trapped", "False"


def _explanation(properties: dict[str, str]) -> str:
    """Return the extension schemas that PDF/A requires for these properties."""
    schemas = []
    for prefix, (title, known) in _EXPLAINED.items():
        rows = [
            _resource(
                ("pdfaProperty:name", name),
                ("pdfaProperty:valueType", kind),
                ("pdfaProperty:category", category),
                ("pdfaProperty:description", meaning),
            )
            for name, (kind, category, meaning) in known.items()
            if f"{prefix}:{name}" in properties
        ]
        if rows:
            schemas.append(
                _resource(
                    ("pdfaSchema:schema", title),
                    ("pdfaSchema:namespaceURI", _NAMESPACES[prefix]),
                    ("pdfaSchema:prefix", prefix),
                    ("pdfaSchema:property", _element("rdf:Seq", "".join(rows))),
                )
            )
    bag = _element("rdf:Bag", "".join(schemas))
    return f"   {_element('pdfaExtension:schemas', bag)}\n" if schemas else ""


def _resource(*fields: tuple[str, str]) -> str:
    inside = "".join(f"\n     {_element(name, value)}" for name, value in fields)
    return f'\n    <rdf:li rdf:parseType="Resource">{inside}</rdf:li>'


def _element(name: str, inside: str) -> str:
    return f"<{name}>{inside}</{name}>"


def _text(text: str) -> str:
    return escape(_NO_XML.sub("", text))


def _array(kind: str, texts: tuple[str, ...]) -> str:
    items = "".join(_element("rdf:li", _text(text)) for text in texts if text)
    return _element(f"rdf:{kind}", items) if items else ""


def _in_language(text: str, language: str) -> str:
    """Return a text as XMP's list of languages: its own one and the default."""
    if not text:
        return ""
    items = "".join(
        f"<rdf:li xml:lang={quoteattr(tag)}>{_text(text)}</rdf:li>"
        for tag in ("x-default", language)
    )
    return _element("rdf:Alt", items)


def _producer() -> str:
    return f"WeasyPrint {version('weasyprint')}"
