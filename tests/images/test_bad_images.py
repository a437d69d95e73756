"""Pictures of every kind are shown correctly on the page, or reported at their line."""

from __future__ import annotations

import io
import subprocess
from functools import cache
from pathlib import Path

import pikepdf
import PIL.Image
import pypdfium2
import pytest

from tests.images.bad_images import GOOD, alt_of, write_bad_images
from tests.pages import Pages, lay_out_issue, with_css
from tests.publications import article, png, said, write_publication
from typeset.diagnostics import Diagnostic, Severity
from typeset.errors import ContentError
from typeset.layout.findings import SEE_THROUGH
from typeset.model import Figure
from typeset.pipeline.build import load_issue

_INKS = 60
"""How far a viewer's red or blue may be from ours if it converts it from inks."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return lay_out_issue(write_bad_images(tmp_path_factory.mktemp("pictures")))


@cache
def drawn(reader: str, path: Path, page: int) -> PIL.Image.Image:
    """A page as a reader shows it, a pixel a point."""
    if reader == "PDFium":
        with pypdfium2.PdfDocument(path) as document:
            image: PIL.Image.Image = document[page - 1].render(scale=1).to_pil()
            return image.convert("RGB")
    command = ["pdftoppm", "-r", "72", "-f", str(page), "-singlefile", str(path)]
    data = subprocess.run(command, check=True, capture_output=True).stdout
    return PIL.Image.open(io.BytesIO(data)).convert("RGB")


def figure_of(pages: Pages, name: str) -> Figure:
    figures = pages.loaded.issue.articles[0].blocks
    return next(f for f in figures if isinstance(f, Figure) and f.image.path.endswith(f"/{name}"))


@pytest.mark.parametrize("reader", ["PDFium", "Poppler"])
@pytest.mark.parametrize("name", GOOD)
def test_a_picture_is_shown_in_its_colors_and_the_right_way_up(
    name: str, reader: str, pages: Pages
) -> None:
    _, left, right = GOOD[name]
    box = pages.box(figure_of(pages, name).id)
    width = box.right - box.left
    page = drawn(reader, pages.path, box.page)
    far = _INKS if name.startswith("cmyk") else 4
    # The spot of the drawing, and its word, are in its upper third.
    for share, color in ((0.25, left), (0.75, right)):
        pixel = page.getpixel((int(box.left + share * width), int(box.top + width * 0.45)))
        assert pixel == pytest.approx(color, abs=far), share


def test_animations_and_missing_words_are_reported_at_their_lines(pages: Pages) -> None:
    text = (pages.loaded.workspace.root / pages.loaded.issue.articles[0].path).read_text("utf-8")
    lines = text.splitlines()
    reported = [
        (diagnostic.code, lines[diagnostic.location.line - 1].split("](images/")[1].split(")")[0])
        for diagnostic in pages.report.sorted()
        if diagnostic.location
    ]
    assert reported == [
        ("image-animated", "moving.gif"),
        ("image-animated", "moving.webp"),
        ("image-animated", "moving.png"),
        ("figure-alt", "16-bits.png"),
    ]


def test_every_figure_says_what_it_shows(pages: Pages) -> None:
    with pikepdf.open(pages.path) as pdf:
        texts = [
            str(item.Alt)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
    assert sorted(texts) == sorted([*map(alt_of, GOOD), "A file without a word for the blind."])


def problems(issue: Path) -> list[Diagnostic]:
    with pytest.raises(ContentError) as caught:
        load_issue(issue)
    return caught.value.report.sorted()


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        ("[![A quay](images/a.png)](https://tides.example/)", "image-inline", "among words"),
        ('![](images/a.png){alt=""}', "figure-undescribed", "neither caption nor alternative text"),
        ("![A quay](images/a.tif)", "image-format", "a TIFF file"),
        ("![A quay](images/cut.jpg)", "image-corrupt", "cut short"),
    ],
    ids=["link-around-it", "no-words", "lab", "cut-short"],
)
def test_what_cannot_be_printed_is_an_error_at_its_line(
    body: str, code: str, words: str, tmp_path: Path
) -> None:
    lab = tmp_path / "lab.tif"
    PIL.Image.new("LAB", (40, 40)).save(lab)
    jpeg = tmp_path / "whole.jpg"
    PIL.Image.radial_gradient("L").save(jpeg)
    files: dict[str, str | bytes] = {
        "images/a.png": png(),
        "images/a.tif": lab.read_bytes(),
        "images/cut.jpg": jpeg.read_bytes()[:-500],
    }
    text = article(f"A paragraph.\n\n{body}\n\nAnother.")
    issue = write_publication(tmp_path / "it", articles={"01.md": text}, files=files)
    (error,) = (one for one in problems(issue) if one.severity is Severity.ERROR)
    assert error.code == code
    assert words in error.message
    assert error.hints
    assert error.location is not None
    assert text.splitlines()[error.location.line - 1] == body


@pytest.fixture(scope="module")
def see_through(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    theme = 'version: 1\nextends: brief\naccent: "#14532D"\n'
    css = ".byline { opacity: .6 } img { opacity: 50% } hr { opacity: .2 } .title { opacity: 1 }"
    folder = tmp_path_factory.mktemp("theme")
    issue = write_publication(
        folder,
        publication={"theme": "own"},
        articles={"01.md": article('Text.\n\n* * *\n\n![A quay](images/a.png){alt="x"}')},
        files={"images/a.png": png()},
    )
    own = folder / "themes" / "own"
    own.mkdir(parents=True)
    (own / "theme.yaml").write_text(theme)
    (own / "print.css").write_text(css)
    return lay_out_issue(issue)


def test_a_theme_that_makes_content_see_through_is_reported(see_through: Pages) -> None:
    errors = [one for one in see_through.report.sorted() if one.code == "style-opacity"]
    # The engine reports no line of a style sheet, so the place is the name of the theme.
    manifest = (see_through.path.parent / "publication.yaml").read_text().splitlines()
    for error in errors:
        assert error.severity is Severity.ERROR
        assert error.location is not None
        assert manifest[error.location.line - 1].startswith("theme:")
        assert error.page is not None
        assert error.page.page == 1
    assert ["`p.byline`" in said(one) for one in errors] == [True, False]
    assert ["`img`" in said(one) for one in errors] == [False, True]


def test_the_usual_styles_make_nothing_see_through(pages: Pages) -> None:
    assert pages.laid_out.found(SEE_THROUGH) == ()


def test_a_see_through_margin_box_holds_nothing_that_a_listener_misses(tmp_path: Path) -> None:
    css = with_css("@page { @bottom-center { content: 'x'; opacity: .5 } }")
    assert lay_out_issue(write_publication(tmp_path), change=css).laid_out.found(SEE_THROUGH) == ()
