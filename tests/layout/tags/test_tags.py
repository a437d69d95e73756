"""What a screen reader speaks: the tags of the file, read as a reader reads them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from tests.pages import Pages, lay_out_issue, paragraph, plain, prose
from tests.publications import article, png, write_publication
from typeset.layout.protocol import LayoutJob
from typeset.model import Figure

EMPHASIS = "Words so many that they cannot stand on one line of this page, be it as wide as it may"
LINK = "a link of so many words that it too has to run over the end of its line somewhere here"
ROWS = 70
FIRST = f"""\
{paragraph(1, 30)} *{EMPHASIS}.* There is [{LINK}](https://example.org/long).[^1] The
港則法 and [神戸]{{lang=ja}} and **all** that.[^two] Of the EEZ.[^1]

*[EEZ]: exclusive economic zone

## The first section

{prose(5, 10)}

- one thing
- another
    - with *a part*

1. first
2. second

Term
:   What it means.

![A wide picture](x.png){{alt="Cranes at dawn" width=wide}}

{prose(5, 20)}

> {paragraph(40, 20)}

| Port | Depth |
|---|---|
{"".join(f"| Quay {number} | {number}.5 |{chr(10)}" for number in range(ROWS))}
Table: Depths of quays {{source="The Desk"}}

{prose(2, 30)}

[^1]: As [the court](https://example.org/court) said.
[^two]: Another.
"""
SECOND = """\
## Ein Kapitel

Ein Satz über [le port]{lang=fr} und mehr.[^1]

[^1]: Eine Anmerkung.
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    pages = lay_out_issue(
        write_publication(
            tmp_path_factory.mktemp("tags"),
            publication={"language": "en-GB", "name": "The Tagged Brief"},
            articles={
                "1.md": article(FIRST, title="A *Harbor*"),
                "2.md": article(SECOND, title="Der Hafen", language="de"),
            },
            files={"x.png": png(900, 300)},
        )
    )
    assert list(pages.report) == []
    return pages


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag, with what it says in the order in which it is heard."""

    type: str
    written: Any
    language: str
    kids: tuple[Tag | tuple[int, int] | int, ...]
    """Tags; marks, as page and number; links, by the number of the object."""
    said: dict[tuple[int, int], str]

    @property
    def text(self) -> str:
        return "".join(
            kid.text if isinstance(kid, Tag) else self.said[kid]
            for kid in self.kids
            if not isinstance(kid, int)
        )

    @property
    def marks(self) -> list[tuple[int, int]]:
        return [kid for kid in self.kids if isinstance(kid, tuple)]

    @property
    def areas(self) -> list[int]:
        return [kid for kid in self.kids if isinstance(kid, int)]

    @property
    def tags(self) -> list[Tag]:
        return [kid for kid in self.kids if isinstance(kid, Tag)]

    def walk(self) -> Iterator[Tag]:
        yield self
        for tag in self.tags:
            yield from tag.walk()

    def all(self, *types: str) -> list[Tag]:
        return [tag for tag in self.walk() if tag.type in types]

    def holding(self, words: str, *types: str) -> Tag:
        """The innermost tag of a type, or of any, that holds the words whole."""
        found = [
            tag
            for tag in self.walk()
            if (not types or tag.type in types) and plain(words) in plain(tag.text)
        ]
        return found[-1]


@pytest.fixture(scope="module")
def document(pages: Pages) -> Tag:
    return read(pages.path)


def read(path: Path) -> Tag:
    said = dict(words_of(path))
    with pikepdf.open(path) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
        (top,) = pdf.Root.StructTreeRoot.K
        return read_tag(top, str(pdf.Root.Lang), numbers, said)


def read_tag(
    written: Any, language: str, pages: dict[Any, int], said: dict[tuple[int, int], str]
) -> Tag:
    language = str(written.get("/Lang", language))
    kids: list[Tag | tuple[int, int] | int] = []
    for kid in written.K:
        if isinstance(kid, int):
            kids.append((pages[written.Pg.objgen], kid))
        elif kid.Type == "/MCR":
            kids.append((pages[kid.Pg.objgen], int(kid.MCID)))
        elif kid.Type == "/OBJR":
            kids.append(int(kid.Obj.objgen[0]))
        else:
            assert kid.P.objgen == written.objgen
            kids.append(read_tag(kid, language, pages, said))
    values = {name: kid for name, kid in written.items() if name not in ("/K", "/P", "/Pg")}
    return Tag(str(written.S).lstrip("/"), unbound(values), language, tuple(kids), said)


def unbound(value: Any) -> Any:
    """A value of a file as one that outlives it."""
    if isinstance(value, dict | pikepdf.Dictionary):
        return {str(name).lstrip("/"): unbound(inner) for name, inner in value.items()}
    if isinstance(value, pikepdf.Array):
        return [unbound(inner) for inner in value]
    return value if isinstance(value, int) else str(value).lstrip("/")


def words_of(path: Path) -> Iterator[tuple[tuple[int, int], str]]:
    """The words of each mark, by page and number."""
    with pypdfium2.PdfDocument(path) as document:
        found = dict.fromkeys(marks_of(path), "")
        for number, page in enumerate(document):
            text = page.get_textpage()
            for item in page.get_objects():
                mark = pdfium.FPDFPageObj_GetMarkedContentID(item.raw)
                if mark >= 0 and item.type == pdfium.FPDF_PAGEOBJ_TEXT:
                    found[number, mark] += words(item, text)
        yield from found.items()


def words(item: Any, page: Any) -> str:
    size = pdfium.FPDFTextObj_GetText(item.raw, page.raw, None, 0)
    buffer = (pdfium.FPDF_WCHAR * (size // 2))()
    pdfium.FPDFTextObj_GetText(item.raw, page.raw, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def marks_of(path: Path) -> Iterator[tuple[int, int]]:
    """Each mark in the content, by page and number; an artifact has none."""
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages):
            for kind, properties in marked(page):
                assert (kind == "/Artifact") == ("/MCID" not in properties)
                if "/MCID" in properties:
                    yield number, int(properties["/MCID"])


def marked(page: Any) -> Iterator[tuple[str, Any]]:
    """Each sequence of marked content: its kind, and its properties."""
    for instruction in pikepdf.parse_content_stream(page, "BDC BMC"):
        kind, *properties = instruction.operands
        yield str(kind), properties[0] if properties else pikepdf.Dictionary()


def test_every_mark_is_held_by_one_tag(pages: Pages, document: Tag) -> None:
    held = [mark for tag in document.walk() for mark in tag.marks]
    assert sorted(held) == sorted(marks_of(pages.path))


def test_marks_and_links_know_the_tag_that_holds_them(pages: Pages) -> None:
    with pikepdf.open(pages.path) as pdf:
        root = pdf.Root.StructTreeRoot
        numbers: list[Any] = list(root.ParentTree.Nums)
        holders = dict(zip(numbers[::2], numbers[1::2], strict=True))
        assert numbers[::2] == sorted(holders)
        assert int(root.ParentTreeNextKey) == len(holders)
        pages_by_key = {int(page.StructParents): page for page in pdf.pages}
        for key, page in pages_by_key.items():
            for mark, holder in enumerate(holders.pop(key)):
                assert holder is None or holds(holder, page, mark)
        links = [(page, link) for page in pdf.pages for link in page.get("/Annots", [])]
        assert len(links) > 12
        for page, link in links:
            holder = holders.pop(int(link.StructParent))
            assert holder.S == "/Link"
            (found,) = [kid for kid in holder.K if is_area(kid, link)]
            assert found.Pg.objgen == page.objgen
        assert holders == {}


def holds(tag: Any, page: Any, mark: int) -> bool:
    return any(
        (kid == mark and tag.Pg.objgen == page.objgen)
        if isinstance(kid, int)
        else (kid.get("/MCID") == mark and kid.Pg.objgen == page.objgen)
        for kid in tag.K
    )


def is_area(kid: Any, link: Any) -> bool:
    return not isinstance(kid, int) and kid.Type == "/OBJR" and kid.Obj.objgen == link.objgen


def test_no_heading_is_heard_twice(document: Tag) -> None:
    headings = document.all("H1", "H2", "H3", "H4")
    assert [(tag.type, " ".join(tag.text.split())) for tag in headings] == [
        ("H1", "The Tagged Brief"),
        ("H2", "A Harbor"),
        ("H3", "The first section"),
        ("H3", "Notes"),
        ("H2", "Der Hafen"),
        ("H3", "Ein Kapitel"),
        ("H3", "Anmerkungen"),
    ]


def test_an_article_is_one_element_from_its_head_to_its_notes(document: Tag) -> None:
    first, second = document.all("Art")
    assert {page for tag in first.walk() for page, _ in tag.marks} >= {0, 1, 2}
    for words in ("A Harbor", paragraph(1, 30), paragraph(31), "As the court said."):
        assert plain(words) in plain(first.text)
    assert plain(second.text).startswith("DerHafen")
    assert "Eine Anmerkung" in second.text


def test_an_article_is_one_element_where_articles_begin_pages(tmp_path: Path) -> None:
    folder = write_publication(
        tmp_path,
        issue={"flow": "new-page"},
        articles={
            "1.md": article(prose(5)),
            "2.md": article(SECOND, title="Der Hafen", language="de"),
        },
    )
    first, second = read(lay_out_issue(folder).path).all("Art")
    assert plain(prose(5)) in plain(first.text)
    assert plain(second.text).startswith("DerHafen")
    assert (first.language, second.language) == ("en-US", "de")


def test_a_paragraph_over_two_columns_is_one_element(pages: Pages, document: Tag) -> None:
    cut = 0
    for number in (*range(10, 15), *range(20, 25), 30, 31):
        found = [plain(tag.text) for tag in document.all("P")]
        assert found.count(plain(paragraph(number))) == 1
        words = paragraph(number).split()
        ends = pages.the(words[0])[0], pages.the(" ".join(words[-9:]))[-1]
        places = {(end.page, pages.column_of(end.page, end.x)) for end in ends}
        cut += len(places) > 1
    assert cut


def test_everything_is_heard_in_the_order_of_the_article(document: Tag) -> None:
    """A wide picture stands at the foot of its page, and is met where the article has it."""
    text = plain(document.all("Art")[0].text)
    order = [
        *("A Harbor", paragraph(1, 30), "The first section", paragraph(10), "one thing"),
        *("Term", "A wide picture", paragraph(20), paragraph(40, 20), "Depths of quays"),
        *("Quay 0", f"Quay {ROWS - 1}", "The Desk", paragraph(30), "Notes", "As the court"),
    ]
    places = [text.index(plain(words)) for words in order]
    assert places == sorted(places)


def test_what_goes_over_the_end_of_a_line_is_one_element(pages: Pages, document: Tag) -> None:
    (emphasis,) = [tag for tag in document.all("Em") if plain(EMPHASIS) in plain(tag.text)]
    assert len(emphasis.marks) > 1
    link = document.holding(LINK, "Link")
    assert plain(link.text) == plain(LINK)
    addresses = [one.uri for one in pages.links]
    assert len(link.areas) == addresses.count("https://example.org/long") > 1


def test_foreign_words_say_their_language_and_others_do_not(document: Tag) -> None:
    first, second = document.all("Art")
    said = {
        plain(tag.text): tag.written["Lang"] for tag in document.walk() if "Lang" in tag.written
    }
    contents = document.all("TOC")[0].holding("Der Hafen", "Span")
    assert contents.written["Lang"] == "de"
    del said["DerHafen"]
    assert said.pop(plain(second.text)) == "de"
    assert said == {"港則法": "zh-Hant", "神戸": "ja", "leport": "fr"}
    assert second.holding("Ein Kapitel", "H3").language == "de"
    assert first.holding("one thing", "LBody").language == "en-GB"


def test_a_note_is_a_note_with_a_name_of_its_own(pages: Pages, document: Tag) -> None:
    notes = document.all("Note")
    assert [" ".join(tag.text.split()) for tag in notes] == [
        "[1] [b] As the court said.",
        "[2] Another.",
        "[1] Eine Anmerkung.",
    ]
    names = [tag.written["ID"] for tag in notes]
    with pikepdf.open(pages.path) as pdf:
        tree = list(pdf.Root.StructTreeRoot.IDTree.Names)
        assert sorted(names) == [str(name) for name in tree[::2]]
        for name, tag in zip(tree[::2], tree[1::2], strict=True):
            assert tag.S == "/Note"
            assert str(tag.ID) == str(name)


def test_a_note_s_number_is_its_label_and_leads_back(document: Tag) -> None:
    for note in document.all("Note"):
        (label,) = note.all("Lbl")
        assert note.kids[0] is label
        (link,) = label.tags
        assert (link.type, link.text[0], len(link.areas)) == ("Link", "[", 1)
    first = document.all("Note")[0]
    assert [tag.text.strip() for tag in first.all("Link")] == ["[1]", "[b]", "the court"]


def test_a_call_is_a_reference(document: Tag) -> None:
    references = [tag for article in document.all("Art") for tag in article.all("Reference")]
    assert [tag.text.strip() for tag in references] == ["[1]", "[2]", "[1]", "[1]"]
    for tag in references:
        (link,) = tag.tags
        assert (link.type, len(link.areas)) == ("Link", 1)


def test_lists_have_items_with_labels_and_what_they_say(document: Tag) -> None:
    lists = document.all("L")
    assert [tag.written.get("A", [{}])[0].get("ListNumbering") for tag in lists] == [
        "Disc",
        "Disc",
        "Decimal",
        None,
    ]
    for tag in lists:
        assert {item.type for item in tag.tags} == {"LI"}
        for item in tag.tags:
            assert [part.type for part in item.tags] == ["Lbl", "LBody"]
    things, nested, numbered, terms = lists
    assert [item.tags[0].text.strip() for item in numbered.tags] == ["1.", "2."]
    assert nested in things.tags[1].tags[1].tags
    assert plain(terms.text) == plain("Term What it means.")


def test_a_table_over_several_columns_is_one_with_one_head(document: Tag, pages: Pages) -> None:
    (table,) = document.all("Table")
    assert [tag.type for tag in table.tags] == ["Caption", "THead", "TBody"]
    assert table.tags[0].text.strip() == "Depths of quays"
    heads = table.all("TH")
    assert [tag.text.strip() for tag in heads] == ["Port", "Depth"]
    assert all({"O": "Table", "Scope": "Column"} in tag.written["A"] for tag in heads)
    rows = table.all("TR")
    assert [[cell.text.strip() for cell in row.tags] for row in rows[1:]] == [
        [f"Quay {number}", f"{number}.5"] for number in range(ROWS)
    ]
    assert len(pages.find("PortDepth")) > 1
    assert plain(document.text).count("PortDepth") == 1


def test_a_figure_has_words_a_place_and_a_caption_that_is_heard(
    document: Tag, pages: Pages
) -> None:
    (figure,) = document.all("Figure")
    assert figure.written["Alt"] == "Cranes at dawn"
    assert figure.tags == []
    (holder,) = [tag for tag in document.all("Div") if figure in tag.tags]
    assert [tag.type for tag in holder.tags] == ["Figure", "Caption"]
    assert holder.tags[1].text.strip() == "A wide picture"
    left, low, right, high = map(float, figure.written["A"][0]["BBox"])
    block = next(
        block for block in pages.loaded.issue.articles[0].blocks if isinstance(block, Figure)
    )
    box = pages.box(block.id)
    height = pages.geometry.height
    assert (left, right) == pytest.approx((box.left, box.right), abs=0.1)
    assert box.top - 0.01 < height - high < height - low < box.bottom
    assert right - left == pytest.approx(3 * (high - low), rel=0.05)


def test_the_contents_are_heard_without_leader_dots(document: Tag, pages: Pages) -> None:
    (contents,) = document.all("TOC")
    (second,) = {box.page for box in pages.laid_out.boxes["a2"]}
    assert [plain(tag.text) for tag in contents.tags] == [
        plain(f"A Harbor The Test Desk {1}"),
        plain(f"Der Hafen The Test Desk {second}"),
    ]
    for entry in contents.tags:
        assert [entry.type, *(tag.type for tag in entry.walk())][:4] == [
            *("TOCI", "TOCI", "Reference", "Link")
        ]
    assert ". . ." not in document.text
    assert "...." not in document.text


def test_running_heads_are_not_heard(document: Tag, pages: Pages) -> None:
    running = [glyph for glyph in pages.running(2) if glyph.character == "T"]
    assert running
    assert document.text.count("The Tagged Brief") == 1
    with pikepdf.open(pages.path) as pdf:
        kinds = Counter(str(properties.get("/Type")) for _, properties in marked(pdf.pages[1]))
    assert kinds["/Pagination"] == 2  # the running head and the folio


def test_emphasis_tells_older_readers_no_less(pages: Pages, document: Tag) -> None:
    assert document.holding("all", "Strong").text.strip() == "all"
    with pikepdf.open(pages.path) as pdf:
        roles = pdf.Root.StructTreeRoot.RoleMap
        assert {str(name): str(role) for name, role in roles.items()} == {
            "/Em": "/Span",
            "/Strong": "/Span",
        }


def test_an_abbreviation_says_what_it_stands_for(document: Tag) -> None:
    (tag,) = [tag for tag in document.walk() if "E" in tag.written]
    assert (tag.text.strip(), tag.written["E"]) == ("EEZ", "exclusive economic zone")


def test_words_that_stand_in_a_division_are_a_paragraph(tmp_path: Path) -> None:
    """Articles make no divisions, but templates of a publication's own may."""

    def change(job: LayoutJob) -> LayoutJob:
        return replace(
            job, html=re.sub(r"<p( id=[^>]*>The quay.*?)</p>", r"<div\1</div>", job.html)
        )

    folder = write_publication(tmp_path, articles={"1.md": article("The quay is open.")})
    document = read(lay_out_issue(folder, change=change).path)
    assert document.holding("The quay is open").type == "P"
    assert not [tag for tag in document.all("Div") if tag.marks]


def small(alt: str) -> Any:
    def change(job: LayoutJob) -> LayoutJob:
        return replace(job, html=job.html.replace(' alt="Cranes"', alt))

    return change


@pytest.mark.parametrize(
    ("alt", "figures", "complaints"), [(' alt="A quay"', 1, 0), (' alt=""', 0, 0), ("", 1, 1)]
)
def test_an_image_without_words_is_decoration_or_is_complained_of(
    tmp_path: Path, alt: str, figures: int, complaints: int
) -> None:
    """Articles cannot leave the words out, but templates of a publication's own can."""
    text = article('![](x.png){alt="Cranes"}')
    folder = write_publication(tmp_path, articles={"1.md": text}, files={"x.png": png()})
    pages = lay_out_issue(folder, change=small(alt))
    document = read(pages.path)
    assert len(document.all("Figure")) == figures
    assert len(pages.laid_out.records) == complaints
    assert all(re.search("x.png.* alt", record.message) for record in pages.laid_out.records)
