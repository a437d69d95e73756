"""The metadata of a PDF, for catalogs, search engines and readers."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as etree

import pikepdf
import pytest

from tests.markdown.reading import read_file
from tests.publications import article, said, write_publication
from typeset.editions.metadata import Metadata, Standards
from typeset.editions.save import saved
from typeset.editions.xmp import info_entries, write_metadata, xmp_packet
from typeset.errors import ContentError
from typeset.pipeline.build import load_issue

NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
ALL = Standards(ua=1, a="3A")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Metadata, Metadata]:
    """The metadata of an issue, and of its second article."""
    folder = write_publication(
        tmp_path_factory.mktemp("metadata"),
        publication={
            "name": "The “Test” & <Brief>",
            "publisher": "The Desk & Sons",
            "subject": "Ports & straits",
            "rights": "CC BY 4.0",
            "language": "de-AT",
            "issn": "2049-3630",
            "url": "https://example.org/{slug}/?a=1&b=2",
        },
        issue={"volume": 7, "number": 12, "doi": "https://doi.org/10.5555/issue.12"},
        articles={
            "1.md": article(title="A *Harbor*", authors=["Ada Quay", "Ben Crane"], kicker="Häfen"),
            "2.md": article(
                title="The 港",
                authors=["Cy Lamp", "Ada Quay"],
                kicker="Ships",
                language="en-GB",
                summary="What it says.",
                doi="10.5555/article(2)",
            ),
        },
    )
    issue = load_issue(folder).issue
    return (
        Metadata.of_issue(issue, date(2026, 3, 1), "screen"),
        Metadata.of_article(issue, issue.articles[1], date(2026, 3, 1), "offprints", (3, 5)),
    )


@pytest.fixture(scope="module")
def metadata(whole: tuple[Metadata, Metadata]) -> Metadata:
    return whole[0]


def packet(metadata: Metadata, standards: Standards = ALL) -> etree.Element:
    return etree.fromstring(xmp_packet(metadata, standards, made_of=b"pages"))  # noqa: S314


def said_of(xmp: etree.Element, name: str) -> list[str]:
    """Return the values of a property: its own text, or the items of its array."""
    found = xmp.findall(f".//rdf:Description/{name}", NAMESPACES)
    assert len(found) <= 1
    items = xmp.findall(f".//rdf:Description/{name}/*/rdf:li", NAMESPACES)
    return [element.text or "" for element in items or found]


def test_the_packet_says_what_the_issue_is(metadata: Metadata) -> None:
    xmp = packet(metadata)
    title = "The “Test” & <Brief>, Jg.\u00a07, Heft\u00a012"
    assert said_of(xmp, "dc:title") == [title, title]
    assert said_of(xmp, "dc:creator") == ["Ada Quay", "Ben Crane", "Cy Lamp"]
    assert said_of(xmp, "dc:subject") == ["Häfen", "Ships"]
    assert said_of(xmp, "pdf:Keywords") == ["Häfen, Ships"]
    assert said_of(xmp, "dc:description") == ["Ports & straits"] * 2
    assert said_of(xmp, "dc:rights") == ["CC BY 4.0"] * 2
    assert said_of(xmp, "dc:publisher") == ["The Desk & Sons"]
    assert said_of(xmp, "dc:language") == ["de-AT"]
    assert said_of(xmp, "dc:date") == said_of(xmp, "prism:coverDate") == ["2026-01-14"]
    assert said_of(xmp, "dc:identifier") == ["doi:10.5555/issue.12"]
    assert said_of(xmp, "prism:doi") == ["10.5555/issue.12"]
    assert said_of(xmp, "prism:publicationName") == ["The “Test” & <Brief>"]
    assert said_of(xmp, "prism:issn") == ["2049-3630"]
    assert said_of(xmp, "prism:volume") + said_of(xmp, "prism:number") == ["7", "12"]
    (url,) = said_of(xmp, "prism:url")
    assert re.fullmatch(r"https://example\.org/the-test-brief\S*-12/\?a=1&b=2", url)


def test_texts_are_there_in_their_language_and_for_every_other(metadata: Metadata) -> None:
    for name in ("dc:title", "dc:rights", "dc:description"):
        items = packet(metadata).findall(f".//{name}/rdf:Alt/rdf:li", NAMESPACES)
        assert [item.get(LANGUAGE) for item in items] == ["x-default", "de-AT"]


def test_an_article_says_what_it_is_and_where_it_stands(whole: tuple[Metadata, Metadata]) -> None:
    xmp = packet(whole[1])
    assert said_of(xmp, "dc:title")[0] == "The 港"
    assert said_of(xmp, "dc:creator") == ["Cy Lamp", "Ada Quay"]
    assert said_of(xmp, "dc:language") == ["en-GB"]
    assert said_of(xmp, "dc:description")[0] == "What it says."
    assert said_of(xmp, "prism:doi") == ["10.5555/article(2)"]
    assert said_of(xmp, "prism:issn") == ["2049-3630"]
    assert said_of(xmp, "prism:startingPage") + said_of(xmp, "prism:endingPage") == ["3", "5"]


def test_what_is_not_given_is_not_said(tmp_path: Path) -> None:
    folder = write_publication(tmp_path, publication={"publisher": None})
    issue = load_issue(folder).issue
    metadata = Metadata.of_issue(issue, issue.date, "screen")
    xmp = packet(metadata)
    for name in ("dc:description", "dc:subject", "dc:publisher", "dc:rights", "dc:identifier"):
        assert said_of(xmp, name) == []
    assert not [element for element in xmp.iter() if element.tag.endswith(("}issn", "}doi"))]
    assert not [element for element in xmp.iter() if not (element.text or len(element))]
    assert {"/Subject", "/Keywords"}.isdisjoint(info_entries(metadata))


@pytest.mark.parametrize("standards", [Standards(ua=1), ALL, Standards(x="PDF/X-4")])
def test_the_info_dictionary_agrees_with_the_packet(
    metadata: Metadata, standards: Standards
) -> None:
    pdf = pikepdf.new()
    pdf.docinfo["/Producer"] = "someone else"
    write_metadata(pdf, metadata, standards, made_of=b"pages")
    with pikepdf.open(io.BytesIO(saved(pdf))) as pdf:
        xmp = etree.fromstring(pdf.Root.Metadata.read_bytes())  # noqa: S314
        info = {key: str(value) for key, value in pdf.docinfo.items()}
    assert info["/Title"] == said_of(xmp, "dc:title")[0]
    assert info["/Author"] == ", ".join(said_of(xmp, "dc:creator"))
    assert info["/Subject"] == said_of(xmp, "dc:description")[0]
    assert info["/Keywords"] == said_of(xmp, "pdf:Keywords")[0]
    assert info["/Producer"] == said_of(xmp, "pdf:Producer")[0]
    assert info["/Creator"] == said_of(xmp, "xmp:CreatorTool")[0]
    assert info["/CreationDate"] == info["/ModDate"] == "D:20260301000000Z"
    for name in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
        assert said_of(xmp, name) == ["2026-03-01T00:00:00Z"]
    assert info.get("/GTS_PDFXVersion") == standards.x
    assert said_of(xmp, "pdfxid:GTS_PDFXVersion") == ([standards.x] if standards.x else [])
    assert [info.get("/Trapped", "/").strip("/")] == (said_of(xmp, "pdf:Trapped") or [""])


def test_the_standards_are_named(metadata: Metadata) -> None:
    xmp = packet(metadata)
    assert said_of(xmp, "pdfuaid:part") == ["1"]
    assert said_of(xmp, "pdfaid:part") + said_of(xmp, "pdfaid:conformance") == ["3", "A"]
    plain = packet(metadata, Standards())
    for name in ("pdfuaid:part", "pdfaid:part", "pdfxid:GTS_PDFXVersion"):
        assert said_of(plain, name) == []


def test_an_archive_explains_the_properties_that_xmp_does_not_know(
    whole: tuple[Metadata, Metadata],
) -> None:
    for metadata in whole:
        xmp = packet(metadata)
        explained = {
            (schema.findtext("pdfaSchema:namespaceURI", "", NAMESPACES), name.text)
            for schema in xmp.iterfind(".//rdf:li[pdfaSchema:schema]", NAMESPACES)
            for name in schema.iterfind(".//pdfaProperty:name", NAMESPACES)
        }
        written = {
            tuple(element.tag.strip("{").split("}"))
            for element in xmp.iterfind(".//rdf:Description/*", NAMESPACES)
            if element.tag.startswith(
                (f"{{{NAMESPACES['prism']}}}", f"{{{NAMESPACES['pdfuaid']}}}")
            )
        }
        assert explained == written
    assert "pdfaExtension" not in xmp_packet(metadata, Standards(ua=1), made_of=b"").decode()


def test_the_same_document_has_the_same_id_in_every_edition(metadata: Metadata) -> None:
    def ids(metadata: Metadata, made_of: bytes = b"pages") -> list[str]:
        xmp = etree.fromstring(xmp_packet(metadata, ALL, made_of=made_of))  # noqa: S314
        return [said_of(xmp, f"xmpMM:{name}ID")[0] for name in ("Document", "Instance")]

    document, instance = ids(metadata)
    assert ids(metadata) == [document, instance]
    for other in (
        ids(replace(metadata, edition="press")),
        ids(metadata, b"other pages"),
    ):
        assert other[0] == document
        assert other[1] != instance
    assert ids(replace(metadata, doi="10.5555/other"))[0] != document
    assert ids(replace(metadata, doi=None))[0] != ids(replace(metadata, doi=None, number=1))[0]


def test_a_character_that_no_xml_may_hold_is_left_out_of_both(metadata: Metadata) -> None:
    odd = replace(metadata, title="A\u0001 \ufffe\udc80title\u001f \U0001f6a2")
    assert said_of(packet(odd), "dc:title")[0] == "A title \U0001f6a2"
    assert info_entries(odd)["/Title"] == "A title \U0001f6a2"


def test_the_packet_is_found_in_the_file_as_it_stands(metadata: Metadata) -> None:
    pdf = pikepdf.new()
    write_metadata(pdf, metadata, ALL, made_of=b"pages")
    assert xmp_packet(metadata, ALL, made_of=b"pages") in saved(pdf)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2049-3630", "2049-3630"),
        ("2434-561x", "2434-561X"),
        ("0028-0836", "0028-0836"),
    ],
)
def test_an_issn_is_read(tmp_path: Path, written: str, read: str) -> None:
    folder = write_publication(tmp_path, publication={"issn": written})
    assert load_issue(folder).issue.issn == read


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2049-3631", "check digit 2049-3631 0"),
        ("0317-8470", "check digit 1"),
        ("2434-5610", "check digit X"),
        ("20493630", "is not an ISSN such as"),
        ("2049-363", "is not an ISSN such as"),
        ("ISSN 2049-3630", "is not an ISSN such as"),
    ],
)
def test_a_wrong_issn_is_reported(tmp_path: Path, written: str, words: str) -> None:
    folder = write_publication(tmp_path, publication={"issn": written})
    with pytest.raises(ContentError) as caught:
        load_issue(folder)
    (problem,) = caught.value.report.sorted()
    assert (problem.code, str(problem.location)) == ("setting-invalid", "publication.yaml:4:7")
    for word in words.split():
        assert word in said(problem)


@pytest.mark.parametrize(
    "written",
    [
        "10.5555/12345678",
        "doi:10.5555/12345678",
        "DOI: 10.5555/12345678",
        "https://doi.org/10.5555/12345678",
        "http://dx.doi.org/10.5555/12345678",
    ],
)
def test_a_doi_is_read_as_people_write_it(tmp_path: Path, written: str) -> None:
    folder = write_publication(tmp_path, issue={"doi": written})
    assert load_issue(folder).issue.doi == "10.5555/12345678"
    assert read_file(article(doi=written)).whole.doi == "10.5555/12345678"


@pytest.mark.parametrize(
    "written", ["10.5555", "10.5/x", "11.5555/x", "10.5555/a b", "x/10.5555/a"]
)
def test_what_is_no_doi_is_reported(tmp_path: Path, written: str) -> None:
    folder = write_publication(tmp_path, issue={"doi": written})
    with pytest.raises(ContentError) as caught:
        load_issue(folder)
    (problem,) = caught.value.report.sorted()
    assert problem.code == "setting-invalid"
    assert "is not a DOI such as 10.5555/12345678" in said(problem)
    assert read_file(article(doi=written)).codes == ["setting-invalid"]
