"""Only pages that look the same have the same digest; texts and links have their places."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tests.pages import Pages, lay_out_issue, prose
from tests.publications import article, png, write_publication
from typeset.preview.page_images import PageImages, sheets_of
from typeset.preview.source_map import SourceMap

TEXT = (
    f"The first words.\n\n{prose(10, 1)}\n\n![A port](images/port.png)\n\n{prose(14, 2)}\n\n"
    f"{prose(12, 3)}\n\nThe last words, Ångström says."
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    folder = tmp_path_factory.mktemp("sheets")
    return lay_out_issue(
        write_publication(
            folder,
            publication={"line_breaking": "greedy"},
            articles={"01.md": article(TEXT)},
            files={"images/port.png": png()},
        )
    )


def images_of(pdf: bytes, fonts: str = "") -> PageImages:
    return PageImages(pdf, sheets_of(pdf, fonts))


def changed(pages: Pages, folder: Path, old: bytes, new: bytes, file: str) -> PageImages:
    """Lay out the issue again with a changed file."""
    root = pages.loaded.workspace.root
    shutil.copytree(root, folder)
    path = folder / "2026-01-14" / file
    path.write_bytes(path.read_bytes().replace(old, new))
    return images_of(lay_out_issue(path.parents[1]).laid_out.pdf)


def digests(sheets: PageImages) -> list[str]:
    return [sheet.digest for sheet in sheets.sheets]


@pytest.fixture(scope="module")
def sheets(pages: Pages) -> PageImages:
    return images_of(pages.laid_out.pdf)


def test_a_page_with_other_words_is_another_page(
    pages: Pages, sheets: PageImages, tmp_path: Path
) -> None:
    # New letters change the embedded fonts of all pages, but the other pages look the same.
    other = changed(
        pages, tmp_path / "p", b"\xc3\x85ngstr\xc3\xb6m", b"\xc5\xbdi\xc5\xbeek", "articles/01.md"
    )
    same = [a == b for a, b in zip(digests(sheets), digests(other), strict=True)]
    assert len(same) >= 3
    assert same == [True] * (len(same) - 1) + [False]
    for index, alike in enumerate(same):
        assert (sheets.image(index, 600) == other.image(index, 600)) == alike


def test_a_page_with_another_picture_is_another_page(
    pages: Pages, sheets: PageImages, tmp_path: Path
) -> None:
    other = changed(pages, tmp_path / "p", png(), png(color="tomato"), "images/port.png")
    (image,) = (box.page for box in pages.laid_out.boxes["a1-12"])
    differing = [
        number
        for number, (one, two) in enumerate(zip(digests(sheets), digests(other), strict=True), 1)
        if one != two
    ]
    assert differing == [image]


def test_other_fonts_make_other_pages(pages: Pages, sheets: PageImages) -> None:
    assert not set(digests(sheets)) & set(digests(images_of(pages.laid_out.pdf, "another font")))


def test_every_line_of_a_split_paragraph_leads_to_it(pages: Pages, sheets: PageImages) -> None:
    places = SourceMap(pages.loaded.issue, pages.laid_out, pages.geometry)
    pieces = {page: sheets.lines(page - 1) for page in range(1, pages.laid_out.pages + 1)}
    wrong = []
    for line in pages.laid_out.lines:
        found = [
            piece
            for piece in pieces[line.page]
            if piece.text.strip("\u00ad") == line.text.strip("-\u00ad")
        ]
        for piece in found[:1]:
            x, y = (piece.left + piece.right) / 2, (piece.top + piece.bottom) / 2
            holding = next(
                area
                for area in places.on_page(line.page)
                if area.box.left <= x <= area.box.right and area.box.top <= y <= area.box.bottom
            )
            if holding.element_id != line.element_id:
                wrong.append((line, holding))
    assert wrong == []
    columns = {(line.element_id, line.page): set[int]() for line in pages.laid_out.lines}
    for line in pages.laid_out.lines:
        columns[line.element_id, line.page].add(line.column)
    assert any(len(found) == 2 for found in columns.values())  # one is split, to be sure


def test_only_links_to_the_web_and_to_mail_can_be_followed(pages: Pages) -> None:
    addresses = ["https://a.example/", "javascript:alert(1)", "mailto:a@b.example", "file:///x"]
    data = io.BytesIO()
    with pikepdf.open(io.BytesIO(pages.laid_out.pdf)) as pdf:
        pdf.pages[0].obj["/Annots"] = pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Link,
                    Rect=pikepdf.Array([10, 10, 20, 20]),
                    A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=address),
                )
                for address in addresses
            ]
        )
        pdf.save(data)
    found = [link.address for link in images_of(data.getvalue()).links(0)]
    assert found == ["https://a.example/", "mailto:a@b.example"]


@pytest.mark.parametrize("width", [300, 301, 303])
def test_an_image_shows_each_pixel_as_it_was_drawn(sheets: PageImages, width: int) -> None:
    """Rows of a width that is no multiple of four are padded in memory."""
    page = sheets._document[0]
    bitmap = page.render(scale=width / sheets.sheets[0].width)
    drawn = bitmap.to_pil().convert("RGB")
    with Image.open(io.BytesIO(sheets.image(0, width))) as image:
        assert (image.format, image.mode, image.size) == ("PNG", "RGB", drawn.size)
        assert image.tobytes() == drawn.tobytes()
    assert len(set(drawn.tobytes())) > 10
    bitmap.close()
    page.close()
