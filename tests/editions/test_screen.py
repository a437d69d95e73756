"""The screen edition: it is small, with pictures for screens, and has the engine's tags."""

from __future__ import annotations

import io
import random
import zlib
from typing import Any

import pikepdf
import PIL.Image
import PIL.ImageChops
import PIL.ImageDraw
import PIL.ImageStat
import pypdfium2
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

from tests.editions.rendering import files_of, render_issue
from tests.publications import article, write_publication
from typeset.editions.embedded_fonts import slim_fonts
from typeset.editions.pictures import shrink_pictures
from typeset.editions.save import saved


def photograph(width: int, height: int, mode: str = "RGB") -> PIL.Image.Image:
    """A picture whose pixels all differ, as in a photograph."""
    choice = random.Random(width)  # noqa: S311 - nothing secret
    grain = PIL.Image.frombytes(
        "RGB", (width // 4, height // 4), choice.randbytes(width * height * 3 // 16)
    )
    return grain.resize((width, height), PIL.Image.Resampling.BICUBIC).convert(mode)


def drawing(width: int, height: int) -> PIL.Image.Image:
    """A picture of a few lines and colors, the edges of its lines smooth."""
    picture = PIL.Image.new("RGB", (width * 2, height * 2), "white")
    draw = PIL.ImageDraw.Draw(picture)
    for n in range(12):
        draw.line((0, n * 120, width * 2, n * 80), (20 * n, 60, 255 - 20 * n), width=9)
    return picture.resize((width, height), PIL.Image.Resampling.LANCZOS)


def encoded(picture: PIL.Image.Image, form: str, **options: object) -> bytes:
    data = io.BytesIO()
    picture.save(data, form, **options)
    return data.getvalue()


TABLE = "| A | B |\n|---|---|\n| 1 | 2 |"


class Sheet:
    """A page of one inch that shows pictures."""

    def __init__(self) -> None:
        self.pdf = pikepdf.new()
        self.pdf.add_blank_page(page_size=(72, 72))
        self.page: Any = self.pdf.pages[0]
        self.page["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary())

    def add(self, name: str, picture: PIL.Image.Image, *, jpeg: bool = False) -> Any:
        """Add a picture to those that the page can show."""
        spaces = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}
        if jpeg:
            stream: Any = self.pdf.make_stream(encoded(picture, "JPEG", quality=95))
            stream["/Filter"] = pikepdf.Name.DCTDecode
        else:
            stream = self.pdf.make_stream(b"")
            stream.write(zlib.compress(picture.tobytes()), filter=pikepdf.Name.FlateDecode)
        stream["/Type"], stream["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Image
        stream["/Width"], stream["/Height"] = picture.size
        stream["/ColorSpace"] = pikepdf.Name(spaces[picture.mode])
        stream["/BitsPerComponent"] = 8
        self.page.Resources.XObject[f"/{name}"] = stream
        return stream

    def show(self, content: str, resolution: int = 100) -> None:
        """Show pictures, then make them smaller."""
        self.page["/Contents"] = self.pdf.make_stream(content.encode())
        shrink_pictures(self.pdf, resolution)


def size(stream: Any) -> tuple[int, int]:
    return int(stream.Width), int(stream.Height)


def pixels(stream: Any) -> PIL.Image.Image:
    if stream.Filter == "/DCTDecode":
        return PIL.Image.open(io.BytesIO(stream.read_raw_bytes()))
    mode = {"/DeviceGray": "L", "/DeviceRGB": "RGB"}[str(stream.ColorSpace)]
    return PIL.Image.frombytes(mode, size(stream), stream.read_bytes())


def differ(one: PIL.Image.Image, other: PIL.Image.Image) -> float:
    """The mean difference of the pixels of two pictures, of 255."""
    small = (30, 20)
    difference = PIL.ImageChops.difference(one.resize(small), other.convert(one.mode).resize(small))
    return max(PIL.ImageStat.Stat(difference).mean)


@pytest.fixture
def sheet() -> Sheet:
    return Sheet()


def test_a_picture_gets_the_resolution_that_is_asked_for(sheet: Sheet) -> None:
    photo = photograph(600, 400)
    picture = sheet.add("p", photo, jpeg=True)
    sheet.show("q 72 0 0 48 0 0 cm /p Do Q", 150)
    assert size(picture) == pixels(picture).size == (150, 100)
    assert picture.Filter == "/DCTDecode"
    assert differ(photo, pixels(picture)) < 8


def test_a_picture_that_has_no_more_than_that_is_not_touched(sheet: Sheet) -> None:
    picture = sheet.add("p", photograph(96, 64), jpeg=True)
    before = picture.read_raw_bytes()
    sheet.show("q 72 0 0 48 0 0 cm /p Do Q")
    assert picture.read_raw_bytes() == before
    assert size(picture) == (96, 64)


@pytest.mark.parametrize("order", [1, -1])
def test_a_picture_shown_twice_is_as_large_as_the_larger_needs(sheet: Sheet, order: int) -> None:
    picture = sheet.add("p", photograph(600, 400), jpeg=True)
    places = ["q 18 0 0 12 0 0 cm /p Do Q", "q 36 0 0 24 9 9 cm /p Do Q"]
    sheet.show(" ".join(places[::order]))
    assert size(picture) == (50, 34)


def test_transformations_add_up(sheet: Sheet) -> None:
    """Those of groups, of a form in a page, and of a pattern; also turned by 90 degrees."""
    shown = sheet.add("a", photograph(600, 400), jpeg=True)
    turned = sheet.add("b", photograph(600, 400), jpeg=True)
    inside = sheet.add("c", photograph(600, 400), jpeg=True)
    tiled = sheet.add("d", photograph(600, 400), jpeg=True)
    names = sheet.page.Resources.XObject
    form = sheet.pdf.make_stream(b"q 72 0 0 48 0 0 cm /c Do Q")
    form["/Subtype"], form["/Matrix"] = pikepdf.Name.Form, pikepdf.Array([0.5, 0, 0, 0.5, 0, 0])
    form["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary({"/c": inside}))
    del names["/c"]
    names["/form"] = form
    pattern = sheet.pdf.make_stream(b"36 0 0 24 0 0 cm /d Do")
    pattern["/PatternType"] = 1
    pattern["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary({"/d": tiled}))
    del names["/d"]
    sheet.page.Resources["/Pattern"] = pikepdf.Dictionary({"/t": pattern})
    sheet.show(
        "q .5 0 0 .5 0 0 cm q 36 0 0 24 0 0 cm /a Do Q 1 0 0 1 0 0 cm /form Do Q "
        "q 0 72 -48 0 0 0 cm /b Do Q /Pattern cs /t scn 0 0 72 72 re f"
    )
    assert [size(one)[0] for one in (shown, turned, inside, tiled)] == [25, 100, 25, 50]


def test_a_photograph_becomes_a_jpeg_and_a_drawing_stays_exact(sheet: Sheet) -> None:
    photo, lines = photograph(600, 400), drawing(1800, 1200)
    gray = sheet.add("g", photo.convert("L"))
    one, other = sheet.add("a", photo), sheet.add("b", lines)
    sheet.show("q 72 0 0 48 0 0 cm /a Do /b Do /g Do Q")
    assert one.Filter == gray.Filter == "/DCTDecode"
    assert pixels(gray).mode == "L"
    assert other.Filter == "/FlateDecode"
    assert size(other) == (100, 67)
    assert pixels(other).getpixel((90, 66)) == (255, 255, 255)
    assert differ(photo, pixels(one)) < 8
    assert differ(lines, pixels(other)) < 8


def test_a_photograph_becomes_a_jpeg_at_its_size_too(sheet: Sheet) -> None:
    picture = sheet.add("p", photograph(96, 64))
    sheet.show("q 72 0 0 48 0 0 cm /p Do Q")
    assert picture.Filter == "/DCTDecode"
    assert size(picture) == (96, 64)


def test_a_drawing_that_would_take_more_room_when_smaller_stays(sheet: Sheet) -> None:
    hard = PIL.Image.new("RGB", (600, 400), "white")
    PIL.ImageDraw.Draw(hard).line((0, 0, 600, 390), "black", width=9)
    picture = sheet.add("p", hard)
    sheet.show("q 72 0 0 48 0 0 cm /p Do Q", 580)
    assert size(picture) == (600, 400)


def test_what_is_transparent_stays_so(sheet: Sheet) -> None:
    shape = PIL.Image.new("L", (600, 400), 0)
    PIL.ImageDraw.Draw(shape).ellipse((0, 0, 599, 399), fill=255)
    picture = sheet.add("p", photograph(600, 400))
    picture["/SMask"] = mask = sheet.add("m", shape)
    del sheet.page.Resources.XObject["/m"]
    sheet.show("q 72 0 0 48 0 0 cm /p Do Q")
    assert picture.Filter == "/DCTDecode"
    assert size(picture) == size(mask) == (100, 67)
    assert mask.Filter == "/FlateDecode"
    assert differ(shape, pixels(mask)) < 8


def test_a_mask_that_hides_nothing_is_dropped(sheet: Sheet) -> None:
    picture = sheet.add("p", drawing(60, 40))
    picture["/SMask"] = sheet.add("m", PIL.Image.new("L", (60, 40), 255))
    sheet.show("q 72 0 0 48 0 0 cm /p Do Q")
    assert "/SMask" not in picture


@pytest.mark.parametrize("inverted", [True, False])
def test_inks_become_red_green_and_blue(sheet: Sheet, inverted: bool) -> None:
    cyan = PIL.Image.new("CMYK", (60, 40), (255, 0, 0, 0))
    # Pillow writes the inks of a JPEG inverted, as Adobe does.
    picture = sheet.add("p", cyan if inverted else PIL.ImageChops.invert(cyan), jpeg=True)
    if inverted:
        picture["/Decode"] = pikepdf.Array([1, 0] * 4)
    sheet.show("q 72 0 0 48 0 0 cm /p Do Q")
    assert picture.ColorSpace == "/DeviceRGB"
    assert "/Decode" not in picture
    assert differ(PIL.Image.new("RGB", (60, 40), (0, 255, 255)), pixels(picture)) < 8


def test_a_picture_in_colors_that_are_not_plain_is_left(sheet: Sheet) -> None:
    picture = sheet.add("p", drawing(600, 400))
    picture["/ColorSpace"] = pikepdf.Array([pikepdf.Name.CalRGB, pikepdf.Dictionary()])
    sheet.show("q 72 0 0 48 0 0 cm /p Do Q")
    assert size(picture) == (600, 400)


def test_a_picture_that_is_shown_nowhere_is_left(sheet: Sheet) -> None:
    picture = sheet.add("p", drawing(600, 400))
    sheet.show("q 72 0 0 48 0 0 cm Q")
    assert size(picture) == (600, 400)


def test_the_same_content_is_saved_as_the_same_bytes() -> None:
    def made(text: str, identifier: bytes) -> bytes:
        pdf = pikepdf.new()
        pdf.trailer["/ID"] = pikepdf.Array([identifier, identifier])
        pdf.Root["/Said"] = pikepdf.String(text)
        return saved(pdf)

    assert made("one", b"1" * 16) == made("one", b"2" * 16)
    assert made("one", b"1" * 16) != made("two", b"1" * 16)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """The file of the engine, and the screen edition made of it."""
    figures = '![A](a.jpg){alt="A"}\n\n![B](b.png){alt="B"}'
    folder = write_publication(
        tmp_path_factory.mktemp("screen"),
        publication={"editions": {"screen": {"resolution": 100}}},
        articles={
            "1.md": article(f"Words, 港 and 神戸.\n\n{figures}\n\n| A | B |\n|---|---|\n| 1 | 2 |")
        },
        files={
            "a.jpg": encoded(photograph(900, 600), "JPEG", quality=95),
            "b.png": encoded(drawing(2400, 1600), "PNG"),
        },
    )
    laid_out = render_issue(folder, "screen")
    return laid_out.pdf, files_of(laid_out)["screen"]


def test_its_words_are_read_and_found_as_before(printed: tuple[bytes, bytes]) -> None:
    texts = []
    for data in printed:
        with pypdfium2.PdfDocument(data) as document:
            texts.append([page.get_textpage().get_text_range() for page in document])
    assert texts[0] == texts[1]
    assert "港 and 神戸" in texts[1][0]


def streams(pdf: pikepdf.Pdf) -> list[bytes]:
    return [page.Contents.read_bytes() for page in pdf.pages]


def structure(element: Any) -> Any:
    """The tree of tags, with the marked content that each holds."""
    if isinstance(element, pikepdf.Array):
        return [structure(item) for item in element]
    if not isinstance(element, pikepdf.Dictionary):
        return str(element)
    kept = ("/S", "/Alt", "/Lang", "/ActualText", "/MCID", "/ID")
    named = {key: str(element[key]) for key in kept if key in element}
    return named, structure(element.K) if "/K" in element else None


def test_pages_and_tags_are_those_of_the_layout(printed: tuple[bytes, bytes]) -> None:
    with (
        pikepdf.open(io.BytesIO(printed[0])) as engine,
        pikepdf.open(io.BytesIO(printed[1])) as screen,
    ):
        assert streams(engine) == streams(screen)
        tree = structure(engine.Root.StructTreeRoot.K)
        assert "/Table" in repr(tree)
        assert structure(screen.Root.StructTreeRoot.K) == tree
        for key in ("/Lang", "/MarkInfo", "/PageLabels", "/ViewerPreferences"):
            assert screen.Root[key] == engine.Root[key]


def test_the_manifest_says_how_fine_pictures_are(printed: tuple[bytes, bytes]) -> None:
    with pikepdf.open(io.BytesIO(printed[1])) as screen:
        found = {
            str(item.Filter): size(item)[0]
            for item in screen.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
        }
    # A column is 3.375 inches wide.
    assert found == {"/DCTDecode": 338, "/FlateDecode": 338}


def outlines(data: bytes) -> dict[str, dict[str, bytes]]:
    """The outline of each glyph of the East Asian fonts that is not empty, by its name."""
    found = {}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for item in pdf.objects:
            font: Any = item
            if isinstance(item, pikepdf.Dictionary) and font.get("/Subtype") == "/CIDFontType0":
                file = io.BytesIO(font.FontDescriptor.FontFile3.read_bytes())
                if font.FontDescriptor.FontFile3.Subtype == "/OpenType":
                    file = io.BytesIO(TTFont(file).reader["CFF "])
                fonts = CFFFontSet()
                fonts.decompile(file, None)
                glyphs = fonts.topDictIndex[0].CharStrings
                codes = {name: glyphs[name].bytecode for name in glyphs.keys()}  # noqa: SIM118
                found[str(font.BaseFont)] = {name: code for name, code in codes.items() if code[1:]}
    return found


@pytest.mark.slow
def test_east_asian_fonts_have_the_glyphs_shown_and_no_room_for_others(
    printed: tuple[bytes, bytes],
) -> None:
    before, after = map(outlines, printed)
    assert before.keys() == after.keys()
    # Each font keeps .notdef beside the three glyphs that are shown.
    assert sum(len(glyphs) for glyphs in after.values()) == 3 + len(after)
    for font, glyphs in after.items():
        assert glyphs.items() <= before[font].items()
    with pikepdf.open(io.BytesIO(printed[1])) as screen:
        files = [
            item
            for item in screen.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/CIDFontType0C"
        ]
        assert len(files) == len(after)
        assert all(len(file.read_bytes()) < 4_000 for file in files)


def test_a_font_whose_glyphs_have_other_names_is_left() -> None:
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "a"])
    pen = T2CharStringPen(500, None)
    blank = pen.getCharString()
    builder.setupCFF("Own", {}, {".notdef": blank, "a": blank}, {})
    data = io.BytesIO()
    builder.font.save(data)
    pdf = pikepdf.new()
    file: Any = pdf.make_stream(data.getvalue())
    file["/Subtype"] = pikepdf.Name.OpenType
    descriptor = pdf.make_indirect(pikepdf.Dictionary(FontFile3=file))
    pdf.Root["/Font"] = pdf.make_indirect(
        pikepdf.Dictionary(
            Subtype=pikepdf.Name.CIDFontType0,
            FontDescriptor=descriptor,
            W=pikepdf.Array([1, pikepdf.Array([500]), 2, 9, 500]),
        )
    )
    slim_fonts(pdf)
    assert file.Subtype == "/OpenType"
    assert file.read_bytes() == data.getvalue()


def test_its_metadata_can_be_read_in_the_file_as_it_stands(printed: tuple[bytes, bytes]) -> None:
    assert b"<prism:publicationName>The Test Brief</prism:publicationName>" in printed[1]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in printed[1]
    with pikepdf.open(io.BytesIO(printed[1])) as screen:
        assert str(screen.docinfo["/Title"]) == "The Test Brief, Vol.\u00a01, Issue\u00a01"
        assert "/Filter" not in screen.Root.Metadata
