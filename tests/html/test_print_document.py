"""The document for the layout: safe, complete, and without anything from outside."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

import jinja2
import pytest
from weasyprint import HTML

from tests.publications import article, png, svg, write_publication
from typeset.addresses import BASE_URL
from typeset.html import print_job
from typeset.html.templates import environment_of
from typeset.layout.protocol import LayoutJob
from typeset.pipeline.build import LoadedIssue, load_issue

SCRIPT = "<script>alert('x')</script>"
NASTY = f'"Ports" & {SCRIPT} {{{{ 7 * 7 }}}}'


def render(loaded: LoadedIssue) -> LayoutJob:
    return print_job(loaded.issue, loaded.design, date(2026, 1, 14))


def tree(document: LayoutJob) -> Element:
    """The document as the layout's parser reads it."""
    root: Element = HTML(string=document.html, base_url=BASE_URL).etree_element
    return root


def text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def by_class(root: Element, name: str) -> list[Element]:
    return [element for element in root.iter() if name in element.get("class", "").split()]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> LoadedIssue:
    first = """\
A *paragraph*.[^1]

![A caption](images/used.png){credit="The Camera" alt="What is \\"seen\\" & <there>"}

| a | b |
|---|---|
| c | d |
Table: Of letters {unit="each" source="The Desk"}

[^1]: A note.
"""
    return load_issue(
        write_publication(
            tmp_path_factory.mktemp("html"),
            publication={"url": "https://example.org/{slug}/", "masthead": [{"text": "Us"}]},
            articles={
                "1.md": article(
                    first,
                    kicker="Harbors",
                    standfirst="A word.",
                    takeaway="Quays last.",
                    authors=["Ada", "Ben", {"name": "Cy", "bio": "Cy writes."}],
                ),
                "2.md": article("Der Text.", title="Ein Hafen", language="de"),
            },
            files={"images/used.png": png(30, 20), "images/unused.svg": svg()},
        )
    )


@pytest.fixture(scope="module")
def root(loaded: LoadedIssue) -> Element:
    return tree(render(loaded))


def test_text_of_authors_is_never_markup(tmp_path: Path) -> None:
    """In any place where an author writes."""
    settings = dict.fromkeys(("title", "kicker", "standfirst", "takeaway", "summary"), NASTY)
    body = f'{NASTY}[^1]\n\n![{NASTY}](x.png){{credit="{SCRIPT}" alt="{SCRIPT}"}}\n\n[^1]: {NASTY}'
    loaded = load_issue(
        write_publication(
            tmp_path,
            publication={
                "name": NASTY,
                "publisher": NASTY,
                "subject": NASTY,
                "rights": NASTY,
                "masthead": [{"heading": SCRIPT, "text": SCRIPT}],
            },
            articles={
                "1.md": article(body, authors=[{"name": NASTY, "bio": NASTY}], **settings),
            },
            files={"x.png": png(30, 20)},
        )
    )
    document = render(loaded)
    root = tree(document)
    assert list(root.iter("script")) == []
    assert "49" not in document.html
    assert "alert(" in text(by_class(root, "title")[-1])


def test_a_setting_that_a_template_misspells_is_a_fault_and_not_an_empty_text(
    loaded: LoadedIssue,
) -> None:
    environment = environment_of(loaded.design)
    with pytest.raises(jinja2.UndefinedError):
        environment.from_string("{{ nmae }}").render(name="x")
    assert environment.from_string("{{ name }}").render(name="<b>") == "&lt;b&gt;"


def test_every_address_that_the_document_names_is_among_its_resources(
    loaded: LoadedIssue, root: Element
) -> None:
    document = render(loaded)
    images = {element.attrib["src"] for element in root.iter("img")}
    fonts = {
        match for css in document.stylesheets for match in re.findall(r'url\("([^"]+)"\)', css)
    }
    assert len(images) == 1
    assert len(fonts) == 8
    assert images | fonts == set(document.resources)
    assert all(address.startswith(BASE_URL) for address in document.resources)
    assert list(root.iter("link")) == []
    assert all("@import" not in css for css in document.stylesheets)


def test_an_image_of_no_figure_is_left_out(loaded: LoadedIssue) -> None:
    assert not any("unused" in address for address in render(loaded).resources)


def test_every_block_has_an_id_and_none_has_another_s(root: Element) -> None:
    tags = {"p", "h1", "h2", "h3", "h4", "li", "blockquote", "figure", "td", "th", "figcaption"}
    body = root.find("body")
    assert body is not None
    assert [
        element.tag for element in body.iter() if element.tag in tags and "id" not in element.attrib
    ] == []
    ids = [element.attrib["id"] for element in body.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))


def test_every_link_within_the_document_has_a_goal(root: Element) -> None:
    goals = {element.get("id") for element in root.iter()}
    links = [element.attrib["href"] for element in root.iter("a") if "href" in element.attrib]
    inside = [link[1:] for link in links if link.startswith("#")]
    assert len(inside) >= 4
    assert set(inside) <= goals


def test_the_parts_of_an_article_come_in_their_order(root: Element) -> None:
    (flow,) = by_class(root, "columns")
    said = [text(child) for child in flow]
    order = (
        "A Harbor at Dawn",
        "A paragraph.",
        "A caption",
        "Of letters",
        "Quays last.",
        "A note.",
        "Ein Hafen",
        "Der Text.",
    )
    places = [next(n for n, words in enumerate(said) if part in words) for part in order]
    assert places == sorted(set(places))


def test_an_article_begins_with_kicker_title_standfirst_byline_and_bio(root: Element) -> None:
    head = by_class(root, "head")[0]
    assert [child.get("class") for child in head] == [
        "kicker",
        "title",
        "standfirst",
        "byline",
        "bio",
    ]
    assert text(by_class(head, "byline")[0]) == "By Ada, Ben and Cy"


def test_a_takeaway_has_its_lead_in(root: Element) -> None:
    assert text(by_class(root, "takeaway")[0]) == "The main point: Quays last."


def test_a_table_says_its_unit_and_source(root: Element) -> None:
    (table,) = by_class(root, "table")
    assert text(by_class(table, "caption")[0]) == "Of letters Unit: each"
    assert text(by_class(table, "source")[0]) == "Source: The Desk"


def test_a_figure_says_its_credit_and_has_its_alternative_text(root: Element) -> None:
    (image,) = root.iter("img")
    assert image.attrib["alt"] == "What is “seen” & <there>"
    (caption,) = root.iter("figcaption")
    assert text(caption) == "A caption The Camera"


def test_an_article_in_another_language_is_marked_as_such(root: Element) -> None:
    assert root.attrib["lang"] == "en-US"
    heads = by_class(root, "head")
    assert [head.get("lang") for head in heads] == [None, "de"]
    (paragraph,) = [element for element in root.iter("p") if text(element) == "Der Text."]
    assert paragraph.get("lang") == "de"


def test_the_same_issue_gives_the_same_document(loaded: LoadedIssue) -> None:
    assert render(loaded) == render(loaded)


def test_contents_and_masthead_are_left_out_where_there_are_none(tmp_path: Path) -> None:
    root = tree(render(load_issue(write_publication(tmp_path, issue={"contents": False}))))
    assert list(root.iter("nav")) == []
    assert list(root.iter("aside")) == []


def test_styles_of_the_page_follow_its_size_and_the_publication_s_accent(tmp_path: Path) -> None:
    settings = {"page": ["170 mm", "240 mm"], "accent": "#1F4E7A"}
    loaded = load_issue(write_publication(tmp_path, publication=settings))
    page = render(loaded).stylesheets[0]
    size = re.search(r"size: ([\d.]+)pt ([\d.]+)pt", page)
    assert size is not None
    assert [float(value) for value in size.groups()] == pytest.approx([481.89, 680.31], abs=0.01)
    assert "--accent: #1f4e7a" in page.lower()


def test_no_style_names_an_element_that_spans_columns(loaded: LoadedIssue) -> None:
    """In the flow it silently drops the rest of the issue."""
    assert all("column-span" not in css for css in render(loaded).stylesheets)
