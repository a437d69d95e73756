"""Drawings on the page have every letter and color, or the fault is reported at its line."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path

import pypdfium2
import pytest

from tests.pages import Pages, lay_out_issue
from tests.publications import article, svg, write_publication
from typeset.diagnostics import Severity
from typeset.html.data_urls import embed_image
from typeset.model import Figure

WIDTH, HEIGHT = 300, 100
RED, BLUE, WHITE = (200, 0, 0), (0, 0, 200), (255, 255, 255)


def drawing(inside: str) -> bytes:
    return svg(inside, viewBox=f"0 0 {WIDTH} {HEIGHT}")


def issue_of(folder: Path, drawings: Mapping[str, str]) -> Path:
    """An issue with a figure for each drawing."""
    figures = [f'![Figure.](images/{name}.svg){{alt="x"}}' for name in drawings]
    files = {f"images/{name}.svg": drawing(inside) for name, inside in drawings.items()}
    text = article("Text.\n\n" + "\n\n".join(figures))
    return write_publication(folder, articles={"01.md": text}, files=files)


def figure_of(pages: Pages, name: str) -> Figure:
    blocks = pages.loaded.issue.articles[0].blocks
    figures = [block for block in blocks if isinstance(block, Figure)]
    return next(one for one in figures if one.image.path.endswith(f"/{name}.svg"))


class Shown:
    """A drawing on its page."""

    def __init__(self, pages: Pages, name: str) -> None:
        box = pages.box(figure_of(pages, name).id)
        self._pages, self._box = pages, box
        self._scale = (box.right - box.left) / WIDTH

    def place_of(self, word: str) -> tuple[float, float, float]:
        """Where a word begins, in the drawing's own units, and how large its letters are."""
        glyphs = [
            glyph
            for glyph in self._pages.glyphs
            if glyph.page == self._box.page
            and self._box.top <= glyph.baseline <= self._box.top + HEIGHT * self._scale
            and self._box.left <= glyph.x < self._box.right
            and glyph.character.strip()
        ]
        said = "".join(glyph.character for glyph in glyphs)
        first = glyphs[said.index(word)]
        return (
            (first.x - self._box.left) / self._scale,
            (first.baseline - self._box.top) / self._scale,
            first.size / self._scale,
        )

    def color(self, x: float, y: float) -> tuple[int, ...]:
        """The color at a place of the drawing."""
        zoom = 4
        with pypdfium2.PdfDocument(self._pages.path) as document:
            page = document[self._box.page - 1].render(scale=zoom).to_pil().convert("RGB")
        place = (self._box.left + x * self._scale, self._box.top + y * self._scale)
        pixel = page.getpixel((int(place[0] * zoom), int(place[1] * zoom)))
        assert isinstance(pixel, tuple)
        return pixel


TEXTS = {
    "font-attribute": '<text x="50" y="40" style="font: bold 14px Arial">Word</text>',
    "font-sheet": "<style>text { font: italic 600 14px/1.2 'A B', serif }</style>"
    '<text x="50" y="40">Word</text>',
    "font-later": '<text x="50" y="40" style="font: 30px serif; font-size: 14px">Word</text>',
    "font-variable": "<style>:root { --size: 14px }</style>"
    '<text x="50" y="40" style="font: bold var(--size) Arial">Word</text>',
    "no-attribute": '<g font-size="14"><text x="50" y="40" font="99px a">Word</text></g>',
    "size-in-words": '<g font-size="14"><text x="50" y="40" font-size="Larger">Word</text></g>',
    "size-of-root": '<g font-size="3"><text x="50" y="40" font-size="0.875rem">Word</text></g>',
    "size-in-capitals": '<text x="50" y="40" font-size="14PX">Word</text>',
    "halo": '<text x="50" y="40" font-size="14" stroke="white" stroke-width="4" '
    'paint-order="stroke">Word</text>',
    "switch": '<switch font-size="14"><text x="9" y="9" systemLanguage="fi">Sana</text>'
    '<text x="50" y="40" systemLanguage="de, en-GB">Word</text><text>None</text></switch>',
    "switch-with-a-rest": '<switch><text systemLanguage="fi">Sana</text>'
    '<text x="50" y="40" font-size="14">Word</text></switch>',
    "shadow": '<filter id="f"><feOffset dx="90" dy="40"/></filter>'
    '<text x="50" y="40" font-size="14" filter="url(#f)">Word</text>',
    "link": '<a href="https://tides.example/"><rect width="5" height="5"/>'
    '<text x="50" y="40" font-size="14">Word</text></a>',
    "link-in-text": '<text x="50" y="40" font-size="14"><a href="#">Word</a></text>',
    "media": "<style>@media print { text { font-size: 14px } } @media (prefers-color-scheme: dark) "
    '{ text { font-size: 99px } }</style><text x="50" y="40">Word</text>',
    "unknown-selector": "<style>text::::x { fill: red } text { font-size: 14px }</style>"
    '<text x="50" y="40">Word</text>',
    "used": '<defs><text id="t" font-size="14">Word</text></defs><use href="#t" x="50" y="40"/>',
    "anchored": '<text x="200" y="40" font-size="14"><tspan x="50" y="40">Word</tspan></text>',
    "line-break": '<text x="50" y="40" font-size="14">Word\nor two</text>',
    "accent": '<text x="50" y="40" font-size="14">Word e\u0301</text>',
}
"""Drawings whose word begins at (50, 40) and is 14 units large, or as large as said below."""
SIZES = {"size-in-words": 16.8}


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return lay_out_issue(issue_of(tmp_path_factory.mktemp("texts"), TEXTS))


@pytest.mark.parametrize("name", TEXTS)
def test_a_drawings_text_stands_at_its_place_in_its_size(name: str, texts: Pages) -> None:
    x, y, size = Shown(texts, name).place_of("Word")
    assert (x, y) == pytest.approx((50, 40), abs=0.6)
    assert size == pytest.approx(SIZES.get(name, 14), abs=0.1)


def test_what_is_drawn_right_is_not_reported(texts: Pages) -> None:
    reported = [
        (one.location.path.rpartition("/")[2], one.code)
        for one in texts.report.sorted()
        if one.location is not None
    ]
    assert reported == [
        ("shadow.svg", "image-simplified"),
        ("unknown-selector.svg", "image-simplified"),
    ]


def test_an_accent_stands_on_its_letter(texts: Pages) -> None:
    assert Shown(texts, "accent").place_of("é")[0] > 50


SHAPE = '<rect x="30" y="20" width="40" height="40"'
PAINTS = {
    "variable": "<style>:root { --c: #c80000 } .x { fill: var(--c) }</style>"
    f"{SHAPE} class='x'/>",
    "variable-in-attribute": f'<g style="--C: #c80000">{SHAPE} fill="var(--C)"/></g>',
    "fallback": f'{SHAPE} style="fill: var(--none, var(--nor-this, rgb(200, 0, 0)))"/>',
    "inherited": f'<g fill="#c80000">{SHAPE} style="fill: var(--none)"/></g>',
    "of-a-variable": f'<g style="--a: var(--b); --b: #c80000">{SHAPE} fill="var(--a)"/></g>',
    "channels": f'<g style="--a: 200, 0, 0">{SHAPE} fill="rgb(var(--a))"/></g>',
    "in-a-circle": '<g fill="#c80000" style="--a: var(--b); --b: var(--a)">'
    f'{SHAPE} fill="var(--a)"/></g>',
    "current": f'<g color="#c80000">{SHAPE} style="fill: currentcolor"/></g>',
    "initial": f'<g fill="#0000c8"><g stroke="#0000c8" stroke-width="90">{SHAPE} '
    'style="stroke: initial; fill: #c80000"/></g></g>',
    "important": f"<style>rect {{ fill: #c80000 !important }}</style>{SHAPE} style='fill: blue'/>",
    "stroke-below": f'{SHAPE} fill="#c80000" stroke="#0000c8" stroke-width="60" '
    'paint-order="stroke"/>',
    "stroke-below-group": '<g style="paint-order: stroke fill" stroke="#0000c8" stroke-width="60">'
    f'{SHAPE} fill="#c80000"/></g>',
    "filter": f'<filter id="f"><feOffset dx="90" dy="40"/></filter>{SHAPE} fill="#c80000" '
    'filter="url(#f)"/>',
}
"""Drawings of a square that is red at (50, 40)."""


@pytest.fixture(scope="module")
def paints(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return lay_out_issue(issue_of(tmp_path_factory.mktemp("paints"), PAINTS))


@pytest.mark.parametrize("name", PAINTS)
def test_a_shape_has_its_color(name: str, paints: Pages) -> None:
    assert Shown(paints, name).color(50, 40) == pytest.approx(RED, abs=3)


@pytest.mark.parametrize("name", ["stroke-below", "stroke-below-group"])
def test_a_stroke_below_is_seen_around_its_fill(name: str, paints: Pages) -> None:
    shown = Shown(paints, name)
    assert shown.color(85, 40) == pytest.approx(BLUE, abs=3)
    assert shown.color(67, 40) == pytest.approx(RED, abs=3)


FOREIGN = {
    "path": '<path id="p" d="M10 90 Q 50 10 99 90"/>\n<text>\n'
    '<textPath href="#p">Along</textPath></text>',
    "arabic": "\n\n<text x='9' y='9'>\u0645\u0631\u0641\u0623</text>",
    "hindi": "\n\n<text x='9' y='9'>\u092c\u0902\u0926\u0930\u0917\u093e\u0939</text>",
    "upright": "\n\n<text x='9' y='9' style='writing-mode: vertical-rl'>Down</text>",
    "flowed": "\n\n<flowRoot><flowPara>Gone</flowPara></flowRoot>",
    "computed": "\n\n<rect style='width: calc(9px + 1%)' height='9'/>",
    "turned": "\n\n<rect width='9' height='9' transform='rotate(45)' transform-origin='center'/>",
}
HARMLESS = {
    "shadow": "\n\n<g filter='url(#f)'><rect width='9' height='9'/></g>",
    "blur": "\n<style>\n.a { filter: blur(2px) }</style><rect class='a' width='9' height='9'/>",
    "mask": "\n\n<g mask='url(#m)'><rect width='9' height='9'/></g>",
    "blend": "\n\n<rect style='mix-blend-mode: multiply' width='9' height='9'/>",
    "underlined": "\n\n<text x='9' y='9' text-decoration='underline'>Under</text>",
    "raised": "\n\n<text x='9' y='9'>10<tspan baseline-shift='super'>6</tspan></text>",
    "capitals": "\n\n<text x='9' y='9' style='text-transform: uppercase'>small</text>",
    "small-capitals": "\n\n<text x='9' y='9' style='font-variant: all-small-caps'>small</text>",
    "moving": "\n\n<rect width='9' height='9'><animate attributeName='x' to='9'/></rect>",
}
NOT_SHOWN = {
    "hidden": "<text display='none' filter='url(#f)'>One</text><text visibility='hidden'>T</text>",
    "spare": "<defs><text id='t' x='9' y='9'>Three</text></defs><symbol><text>F</text></symbol>",
    "clear": "<g opacity='0'><text x='9' y='9'>Five</text></g><text style='opacity: 0%'>Six</text>",
    "white": "<text x='9' y='9' fill='white'>Seven</text><text x='9' y='9' fill='none'>E</text>",
    "flowed-nothing": "<flowRoot><flowRegion><rect/></flowRegion><flowPara> </flowPara></flowRoot>",
    "figures": "<g font-variant='tabular-nums'><text x='9' y='9'>1,000</text></g>",
    "titles": "<title>Nine</title><g><desc>Ten</desc></g>",
}


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    issue = issue_of(tmp_path_factory.mktemp("reported"), {**FOREIGN, **HARMLESS, **NOT_SHOWN})
    return lay_out_issue(issue)


def of_drawing(pages: Pages, name: str) -> list[tuple[int, Severity, str]]:
    return [
        (one.location.line, one.severity, one.code)
        for one in pages.report
        if one.location is not None and one.location.path.endswith(f"images/{name}.svg")
    ]


@pytest.mark.parametrize("name", FOREIGN)
def test_text_that_would_stand_elsewhere_is_an_error_at_its_line(
    name: str, reported: Pages
) -> None:
    assert (3, Severity.ERROR, "image-foreign") in of_drawing(reported, name)


@pytest.mark.parametrize("name", HARMLESS)
def test_what_looks_otherwise_is_a_warning_at_its_line(name: str, reported: Pages) -> None:
    (one,) = of_drawing(reported, name)
    assert one[1:] == (Severity.WARNING, "image-simplified")
    assert one[0] == 3


@pytest.mark.parametrize("name", NOT_SHOWN)
def test_what_its_author_does_not_show_is_no_fault(name: str, reported: Pages) -> None:
    assert of_drawing(reported, name) == []


@pytest.mark.parametrize(
    "inside",
    [
        "\n<text x='9' y='9'>Here</text>\n<text x='9' y='9' font-size='1vw'>Gone</text>",
        "\n<g><text x='9' y='9'>Gone too</text>\n<text x='9' y='9' font-size='1vw'>Gone</text></g>",
        "\n\n<text x='9' y='9'>G<tspan font-size='1vw'>one</tspan></text>",
    ],
    ids=["unknown-unit", "alike", "part"],
)
def test_a_text_that_the_engine_drops_is_an_error_at_its_line(inside: str, tmp_path: Path) -> None:
    pages = lay_out_issue(issue_of(tmp_path, {"a": inside}))
    errors = [one for one in of_drawing(pages, "a") if one[1] is Severity.ERROR]
    assert errors == [(3, Severity.ERROR, "image-text-lost")]


def test_a_drawing_that_the_engine_stumbles_over_is_an_error_at_its_figure(tmp_path: Path) -> None:
    pages = lay_out_issue(issue_of(tmp_path, {"a": "<rect width='abpx' height='9'/>"}))
    (error,) = (one for one in pages.report if one.severity is Severity.ERROR)
    assert error.code == "image-unusable"
    assert error.location == figure_of(pages, "a").location


def test_the_web_page_has_the_drawing_as_it_was_drawn(texts: Pages) -> None:
    image = figure_of(texts, "halo").image
    address = embed_image(image).address
    assert base64.b64decode(address.partition(",")[2]) == drawing(TEXTS["halo"])
