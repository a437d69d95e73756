"""Documents given back to WeasyPrint 70.0 and cssselect2 0.10, and the styles of their elements."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML
from weasyprint.css.properties import INITIAL_VALUES

from typeset.layout.engine.boxes import TextBox, root_of, walk
from typeset.layout.engine.documents import document_of, parse
from typeset.layout.engine.fetching import Fetcher
from typeset.layout.engine.styles import (
    ComputedStyle,
    FontConfiguration,
    StyleFor,
    computed_styles,
    features_of,
    forget_derived,
)

BASE = "https://typeset.invalid/"
SOURCE = "<!doctype html><html lang=en><title>x</title><body><p class=a>One</p><p>Two</p>"


class Files(Fetcher):
    """Has some files, and keeps in mind what was asked for."""

    def __init__(self, files: dict[str, tuple[str, bytes]]) -> None:
        super().__init__()
        self.files = files
        self.asked: list[str] = []

    def content_at(self, address: str) -> tuple[str, bytes]:
        self.asked.append(address)
        if address not in self.files:
            raise ValueError("there is none")
        return self.files[address]


@pytest.fixture
def root() -> Element:
    return parse(SOURCE, BASE, Files({}))


def styles_for(root: Element, css: str) -> StyleFor:
    fonts = FontConfiguration()
    html = document_of(root, BASE, Files({}))
    return computed_styles(html, [CSS(string=css, font_config=fonts)], fonts)


def said(root: Element) -> list[str]:
    document = document_of(root, BASE, Files({})).render()
    boxes = (box for page in document.pages for box in walk(root_of(page)))
    return [box.text for box in boxes if isinstance(box, TextBox)]


def test_a_document_is_parsed_without_name_spaces(root: Element) -> None:
    assert [element.tag for element in root.iter()] == ["html", "head", "title", "body", "p", "p"]
    assert root.get("lang") == "en"


def test_a_document_that_was_changed_is_laid_out_as_it_has_become(root: Element) -> None:
    body = root[-1]
    body[0].text = "Changed"
    body.remove(body[1])
    assert said(root) == ["Changed"]


def test_a_document_can_be_made_of_elements_alone(root: Element) -> None:
    made = Element("html")
    made.append(root[-1])
    assert said(made) == ["One", "Two"]


def test_styles_are_matched_with_the_document_as_it_has_become(root: Element) -> None:
    """Both the tree and its wrapper are put in: the styles are found by the wrapper."""
    root[-1][1].set("class", "a")
    style_for = styles_for(root, ".a { text-indent: 7px }")
    assert [computed(style_for, one)["text_indent"].value for one in root[-1]] == [7, 7]


def computed(style_for: StyleFor, element: Element, pseudo: str | None = None) -> ComputedStyle:
    style = style_for(element, pseudo) if pseudo else style_for(element)
    assert style is not None
    return style


@pytest.mark.parametrize(
    ("css", "name", "value"),
    [
        ("p { display: block }", "display", ("block", "flow")),
        ("p { display: inline }", "display", ("inline", "flow")),
        ("p { display: inline-block }", "display", ("inline", "flow-root")),
        ("p { text-align: justify }", "text_align_all", "justify"),
        ("p { white-space: nowrap }", "white_space", "nowrap"),
        ("p { hyphens: auto }", "hyphens", "auto"),
        ("p { font: italic bold 12px A, B }", "font_family", ("A", "B")),
        ("p { font: italic bold 12px A, B }", "font_weight", 700),
        ("p { font: italic bold 12px A, B }", "font_style", "italic"),
        ("p { font: italic bold 12px A, B }", "font_size", 12),
        ("p { letter-spacing: normal }", "letter_spacing", "normal"),
        ("p { position: relative }", "position", "relative"),
        ("p { margin-left: auto }", "margin_left", "auto"),
        ("p { border-left: 3px solid }", "border_left_width", 3),
        ("p { width: auto }", "width", "auto"),
        ("html { font-size: 10px }", "lang", "en"),
    ],
)
def test_a_style_is_read_by_its_name_with_underscores(
    root: Element, css: str, name: str, value: object
) -> None:
    found = computed(styles_for(root, css), root[-1][0])[name]
    assert (tuple(found) if isinstance(found, list) else found) == value


@pytest.mark.parametrize("name", ["margin_left", "padding_right", "margin_bottom", "text_indent"])
def test_a_length_is_a_value_with_a_unit(root: Element, name: str) -> None:
    style_for = styles_for(root, f"p {{ {name.replace('_', '-')}: 3pt }}")
    length = computed(style_for, root[-1][0])[name]
    assert (length.value, length.unit) == (4, "px")


def test_what_stands_before_an_element_has_a_style_of_its_own(root: Element) -> None:
    style_for = styles_for(root, ".a::before { content: '(' }")
    content = computed(style_for, root[-1][0], "before")["content"]
    assert [tuple(item) for item in content] == [("string", "(")]
    assert style_for(root[-1][1], "before") is None


def test_styles_that_authors_hint_at_are_not_taken(root: Element) -> None:
    root[-1][0].set("align", "right")
    assert computed(styles_for(root, ""), root[-1][0])["text_align_all"] != "right"


@pytest.mark.parametrize(
    ("css", "tag", "value"),
    [
        ("font-kerning: none", "kern", 0),
        ("font-variant-ligatures: none", "liga", 0),
        ("font-variant-position: super", "sups", 1),
        ("font-variant-caps: small-caps", "smcp", 1),
        ("font-variant-numeric: oldstyle-nums", "onum", 1),
        ("font-variant-alternates: historical-forms", "hist", 1),
        ("font-variant-east-asian: ruby", "ruby", 1),
        ("font-feature-settings: 'ss01' 2", "ss01", 2),
    ],
)
def test_each_property_of_a_font_asks_for_its_feature(
    root: Element, css: str, tag: str, value: int
) -> None:
    style = computed(styles_for(root, f".a {{ {css} }}"), root[-1][0])
    assert features_of(style)[tag] == value
    assert tag not in features_of(computed(styles_for(root, ""), root[-1][1]))


PICTURE = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"


def test_files_are_asked_of_us_alone(caplog: pytest.LogCaptureFixture) -> None:
    """Even one on this machine, or in the document itself, is none of the engine's business."""
    files = Files({f"{BASE}x.svg": ("image/svg+xml", PICTURE)})
    addresses = ["x.svg", "no.svg", "file:///etc/hostname"]
    images = "".join(f'<img src="{one}">' for one in addresses)
    document_of(parse(f"<body>{images}", BASE, files), BASE, files).render()
    assert files.asked == [f"{BASE}x.svg", f"{BASE}no.svg", "file:///etc/hostname"]
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]


def test_the_media_type_that_we_give_decides(caplog: pytest.LogCaptureFixture) -> None:
    files = Files({f"{BASE}x": ("text/css", b"p { text-indent: 5px }")})
    link = "<link rel=stylesheet href=x type=text/css>"
    root = parse(f"<head>{link}<body><p>x", BASE, files)
    fonts = FontConfiguration()
    style_for = computed_styles(document_of(root, BASE, files), [], fonts)
    assert computed(style_for, root[-1][0])["text_indent"].value == 5


@pytest.mark.parametrize("kind", ["marker", "footnote-call", "note-marker", "note-callback"])
def test_the_engine_s_own_sheet_styles_no_marks_of_notes(root: Element, kind: str) -> None:
    """It would do so for each element, whether it is a note or not."""
    style_for = styles_for(root, "p::before { content: '-' }")
    assert computed(style_for, root[-1][0], "before")["content"] == (("string", "-"),)
    assert style_for(root[-1][0], kind) is None
    (own,) = HTML(string="<p>")._ua_stylesheets()
    assert kind in {one[3] for one in own.matcher.other_selectors}, "the engine has them"
    (sheet,) = document_of(root, BASE, Files({}))._ua_stylesheets()
    left = {one[3] for one in sheet.matcher.other_selectors}
    assert (kind in left) == (kind == "marker"), "a layout needs the bullets of items"


SIBLINGS = (
    "p:has(+ h3)",
    "p:has(+ h3:has(+ p))",
    "p:has(~ h3)",
    "p:not(:has(+ *))",
    "h3 + p",
    "h3 ~ p",
    "p:nth-child(2n)",
    "p:nth-last-of-type(2)",
    "p:first-child",
    "p:last-child",
    "div:has(em)",
    ":root:has(+ p)",
)


@pytest.mark.parametrize("selector", SIBLINGS)
def test_rules_see_the_same_siblings_as_in_the_engine_s_own_documents(selector: str) -> None:
    source = "<body><p>1<p>2<h3>3</h3><p>4<div><p>5<p><em>6</em></div><p>7"
    css = f"* {{ color: red }} {selector} {{ color: blue }}"
    own = HTML(string=source)
    fonts = FontConfiguration()
    expected = computed_styles(own, [CSS(string=css)], fonts)
    root = parse(source, BASE, Files({}))
    style_for = styles_for(root, css)
    colors = [computed(style_for, one)["color"] for one in root.iter()]
    assert colors == [computed(expected, one)["color"] for one in own.etree_element.iter()]
    assert len(set(map(str, colors))) == (1 if "root" in selector else 2)


def test_a_rule_that_looks_at_siblings_wraps_no_element_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    count = 0
    own = ElementWrapper.__init__

    def wrap(*args: object, **options: object) -> None:
        nonlocal count
        count += 1
        own(*args, **options)

    monkeypatch.setattr(ElementWrapper, "__init__", wrap)
    root = parse("<body>" + "<p>x" * 200, BASE, Files({}))
    styles_for(root, "p:has(+ h3) { color: red }")
    assert count < 250


def test_a_style_that_has_forgotten_computes_the_same_again(root: Element) -> None:
    css = (
        "body { color: red; font-size: 11px; text-decoration: underline }"
        "p { text-indent: 7px; margin-top: 2em; float: left; position: relative }"
    )
    names = sorted(INITIAL_VALUES)
    style, untouched = (styles_for(root, css)(root[-1][0]) for _ in range(2))
    assert style is not None
    assert untouched is not None
    expected = [untouched[name] for name in names]
    assert [style[name] for name in names] == expected
    forget_derived(style)
    assert len(style) < len(names) / 4
    assert [style[name] for name in names] == expected


def test_what_a_style_was_given_besides_is_not_forgotten(root: Element) -> None:
    style = styles_for(root, "")(root[-1][0])
    assert isinstance(style, dict)
    style["position"], style["letter_spacing"] = "absolute", 3
    forget_derived(style)
    assert (style["position"], style["letter_spacing"]) == ("absolute", 3)
