"""Points of WeasyPrint that our layout relies on, each shown on the engine alone.

If one of these fails after an upgrade, the engine has changed: look for what relies on the point
before you change the test.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import tostring

import pytest
import weasyprint
from weasyprint import CSS, HTML, Document
from weasyprint.formatting_structure.boxes import LineBox, TextBox
from weasyprint.urls import URLFetcher

from tests.pages import paragraph, prose
from typeset.layout.lines.space_workaround import detach_spaces

POINTS = 0.75
FONT = "font: 10pt/13pt 'Source Serif Pro', serif"


def render(body: str, css: str = "") -> Document:
    html = f"<!doctype html><html lang=en><title>x</title><body>{body}"
    base = f"html {{ {FONT} }} body, p, h2, h3, figure {{ margin: 0 }}"
    return HTML(string=html).render(stylesheets=[CSS(string=base + css)])


def box(document: Document, name: str) -> tuple[int, float, float, float, float]:
    """The page of an element with an id, and its left, top, right and bottom in points."""
    for number, page in enumerate(document.pages, 1):
        if name in page.anchors:
            left, top, right, bottom = (value * POINTS for value in page.anchors[name])
            return number, left, top, right, bottom
    raise LookupError(name)


def lines(document: Document) -> Iterator[tuple[int, float, float, str]]:
    """Every line of text: its page, left edge and baseline in points, and its words."""
    for number, page in enumerate(document.pages, 1):
        for line in page._page_box.descendants():
            if isinstance(line, LineBox):
                texts = [child for child in line.descendants() if isinstance(child, TextBox)]
                if texts:
                    baseline = (texts[0].position_y + texts[0].baseline) * POINTS
                    words = "".join(text.text for text in texts)
                    yield number, line.position_x * POINTS, baseline, words


def paragraphs(count: int) -> str:
    return "".join(f"<p id=p{n}>{text}</p>" for n, text in enumerate(prose(count).split("\n\n")))


COLUMNS = """
@page { size: 612pt 792pt; margin: 66pt 54pt 63pt }
@page :first { margin-right: 224pt }
main { column-width: 240pt; column-gap: 18pt }
"""


def test_the_release_is_the_one_that_was_measured() -> None:
    assert weasyprint.__version__.split(".")[0] == "70"


def test_a_block_wider_than_the_first_page_s_column_keeps_its_width() -> None:
    wide = "<header id=wide style='width: 504pt'>Name</header>"
    document = render(f"{wide}<main>{paragraphs(2)}</main>", COLUMNS)
    _, left, _, right, _ = box(document, "wide")
    assert (left, right) == pytest.approx((54, 558))


def test_a_sidebar_stands_beside_the_flow_without_taking_room_in_it() -> None:
    side = (
        "<div style='position: relative; height: 0'><aside id=side "
        "style='position: absolute; left: 354pt; top: 0; width: 150pt'>Masthead</aside></div>"
    )
    document = render(f"{side}<main>{paragraphs(20)}</main>", COLUMNS)
    page, left, top, right, _ = box(document, "side")
    assert (page, left, right) == pytest.approx((1, 408, 558))
    assert top == pytest.approx(box(document, "p0")[2])


def test_space_above_a_heading_can_be_set_below_the_block_before_it() -> None:
    css = "p:has(+ h3) { margin-bottom: 13pt }"
    body = "<p id=one>One</p><h3 id=head>Head</h3><p id=two>Two</p><p id=three>Three</p>"
    document = render(body, css + "h3 { font: inherit }")
    tops = {name: box(document, name)[2] for name in ("one", "head", "two", "three")}
    assert tops["head"] - tops["one"] == pytest.approx(26)
    assert tops["three"] - tops["two"] == pytest.approx(13)


def test_the_hyphen_can_be_another_character() -> None:
    css = "p { width: 60pt; hyphens: auto; hyphenate-character: '-' }"
    document = render("<p>administration responsibilities navigational</p>", css)
    hyphenated = [words for _, _, _, words in lines(document) if words.endswith(("-", "\u2010"))]
    assert hyphenated
    assert all(words.endswith("-") for words in hyphenated)


@pytest.mark.parametrize(
    "run",
    [
        "<span style='line-height: 0; font-family: Noto Serif CJK JP'>神戸港</span>",
        "<sup style='line-height: 0'>2</sup>",
        "<code style='line-height: 0; font-family: Source Sans Pro'>make</code>",
        "<em style='line-height: 0; font-size: 14pt'>large</em>",
    ],
)
def test_a_run_without_line_height_leaves_its_line_on_the_grid(run: str) -> None:
    text = f"<p>{paragraph(1, 40)} {run} {paragraph(2, 40)}</p>"
    document = render(text, "p { width: 240pt }")
    base = [y for _, _, y, _ in lines(document)]
    assert [b - a for a, b in pairwise(base)] == pytest.approx([13] * (len(base) - 1), abs=0.05)


def test_a_run_of_a_fallback_font_with_its_own_line_height_leaves_the_grid() -> None:
    """What the point above is for."""
    run = "<span style='font-family: Noto Serif CJK JP; line-height: normal'>神戸港</span>"
    document = render(f"<p>One</p><p>{run}</p><p id=end>Two</p>")
    assert box(document, "end")[2] % 13 != pytest.approx(box(render("<p id=end>x"), "end")[2] % 13)


def greedy_lines(body: str, width: float, *, detour: bool) -> list[str]:
    """The lines of a paragraph of a width, with our detour around the engine's fault or without."""
    html = HTML(string=f"<!doctype html><html lang=en><title>x</title><body>{body}")
    if detour:
        detach_spaces(next(html.etree_element.iter("body")))
    css = f"@page {{ size: 600pt 800pt }} html {{ {FONT} }} p {{ width: {width}pt; margin: 0 }}"
    document = html.render(stylesheets=[CSS(string=css)])
    return [words.replace("\u200b", "").strip() for _, _, _, words in lines(document)]


def torn(found: list[str]) -> bool:
    """Whether a line holds a single word though the next one's would have fitted on it."""
    return any(len(line.split()) == 1 for line in found[:-1])


WIDTHS = range(110, 260)
SENTENCES = [
    "<p>the harbor wakes before the <em>town</em> does and its cranes are first to move</p>",
    "<p>the port counted about 900,000 <b>boxes</b> by sea and rail in a year of storms</p>",
]


@pytest.mark.slow
def test_a_space_that_does_not_fit_before_an_element_leaves_a_word_alone_in_the_bare_engine() -> (
    None
):
    """The fault that layout/lines/space_workaround.py avoids, needed until it is fixed."""
    for sentence in SENTENCES:
        assert any(torn(greedy_lines(sentence, width, detour=False)) for width in WIDTHS)


@pytest.mark.slow
@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_detour_leaves_no_word_alone_and_changes_no_text(sentence: str) -> None:
    for width in WIDTHS:
        found = greedy_lines(sentence, width, detour=True)
        assert not torn(found), f"at {width} pt: {found}"
        assert " ".join(found).split() == re.sub("<[^>]*>", "", sentence).split()


def test_the_detour_keeps_the_text_of_a_document() -> None:
    source = "<p>One <em>two</em> three <a href='#x'>four</a>, <b>five</b></p>"
    html = HTML(string=source)
    body = next(html.etree_element.iter("body"))
    before = "".join(body.itertext())
    detach_spaces(body)
    assert "".join(body.itertext()).replace("\u200b", "") == before
    assert "<em>two</em>" in tostring(body, encoding="unicode")


@pytest.mark.parametrize(
    ("body", "css", "level", "words"),
    [
        ("<img src='https://typeset.invalid/none.png'>", "", logging.ERROR, "image"),
        ("<p>\U00012000</p>", "", logging.WARNING, "U+12000"),
        ("<p>x</p>", "p { colour: red }", logging.WARNING, "colour"),
    ],
)
def test_what_goes_wrong_is_only_logged(
    body: str, css: str, level: int, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    """So every record becomes a diagnostic."""
    with caplog.at_level(logging.WARNING, "weasyprint"):
        document = HTML(string=body, url_fetcher=URLFetcher(allowed_protocols=()))
        assert document.write_pdf(stylesheets=[CSS(string=css)])
    assert any(
        record.levelno >= level and words in record.getMessage() for record in caplog.records
    )


def test_anchors_are_corners_and_not_sizes() -> None:
    document = render("<p style='margin: 100pt 0 0 200pt; width: 50pt'><b id=x>Word</b></p>")
    _, left, top, right, bottom = box(document, "x")
    assert left > 200
    assert right > left
    assert right - left < 50
    assert bottom >= top
