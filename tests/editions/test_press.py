"""The press edition: what a print shop finds in the file."""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import PIL.Image
import PIL.ImageChops
import pypdfium2
import pytest

from tests.editions.profiles import press_profile
from tests.pages import lay_out_issue, prose
from tests.publications import article, png, svg, write_publication
from tests.validators.pdfx import faults_of, output_profile
from typeset.color.press_profiles import find_press_profile, read_press_profile
from typeset.config.lengths import POINTS
from typeset.editions.metadata import Metadata
from typeset.editions.press.finish import finish
from typeset.editions.press.recipe import Recipe, Sheet

MM = POINTS["mm"]
PROFILE = press_profile("A Test Press, FOGRA39")
SHEET = Sheet(
    bleed=3 * MM,
    has_marks=True,
    slug="The Test Brief, vol. 1, issue 1, 2026-01-14, press",
    plain_slug="the-test-brief, 2026-01-14, press",
)
RECIPE = Recipe(
    sheet=SHEET,
    metadata=Metadata(
        edition="press",
        title="The Test & Brief, Vol.\u00a01, Issue\u00a01",
        language="en-US",
        authors=("The Test Desk",),
        description="",
        keywords=(),
        publication="The Test & Brief",
        publisher="",
        rights="",
        volume=1,
        number=1,
        issued=date(2026, 1, 14),
        created=date(2026, 1, 14),
    ),
    profile=PROFILE,
    profile_name="A Test Press, FOGRA39",
    black_only=False,
    pages_multiple_of=4,
)
GRADIENT = """\
<defs>
  <linearGradient id="a">
    <stop stop-color="#c00" /><stop offset="1" stop-color="#00c" />
  </linearGradient>
  <radialGradient id="b">
    <stop stop-color="#fff" /><stop offset="1" stop-color="#080" stop-opacity="0" />
  </radialGradient>
  <mask id="m"><rect width="100" height="100" fill="#808080" /></mask>
</defs>
<rect width="300" height="200" fill="url(#a)" />
<circle cx="150" cy="100" r="80" fill="url(#b)" opacity=".5" />
<rect width="100" height="100" fill="#ffd700" mask="url(#m)" />
"""
"""A drawing with gradients in RGB, transparency of several kinds, and a mask."""
BODY = f"""\
{prose(2)} See [the law](https://example.org/law) and 神戸.

![A photograph](photo.jpg){{alt="x"}}

![An inked one](inked.jpg){{alt="x"}}

![With holes](holes.png){{alt="x"}}

![Moving](moving.gif){{alt="x"}}

![Deep](deep.png){{alt="x"}}

![A drawing](drawing.svg){{alt="x"}}

![A [linked](https://example.org/picture) one](plain.png){{alt="x"}}

{prose(3, 10)}
"""
THEME = """\
version: 1
extends: brief
accent: "#7A1F2B"
"""
STYLES = """\
.byline { opacity: .6 }
.kicker { color: lab(40% 60 20) }
.takeaway { color: device-cmyk(1 1 1 1) }
"""


def noise(mode: str, size: tuple[int, int] = (300, 200), *, most: int = 255) -> PIL.Image.Image:
    """Return a picture of random values, always the same."""
    chance = random.Random(7)  # noqa: S311 - nothing secret
    count = size[0] * size[1] * len(PIL.Image.new(mode, (1, 1)).getbands())
    return PIL.Image.frombytes(mode, size, bytes(chance.choices(range(most + 1), k=count)))


def file_of(picture: PIL.Image.Image, kind: str, **options: Any) -> bytes:
    data = io.BytesIO()
    picture.save(data, kind, **options)
    return data.getvalue()


def moving() -> bytes:
    frames = [PIL.Image.new("RGB", (300, 200), color) for color in ("#c00", "#0c0")]
    return file_of(frames[0], "GIF", save_all=True, append_images=frames[1:])


def deep() -> bytes:
    """A PNG with 16 bits a channel, which Pillow does not write."""
    import struct
    import zlib

    rows = b"".join(b"\0" + b"\x20\x00\x60\x00\xa0\x00" * 300 for _ in range(200))

    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    header = struct.pack(">IIBBBBB", 300, 200, 16, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.fixture(scope="module")
def engine_s(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The pages as the engine writes them."""
    holes = PIL.Image.new("RGBA", (300, 200), (200, 30, 30, 255))
    holes.paste((0, 0, 0, 0), (100, 50, 200, 150))
    holes.paste((200, 30, 30, 90), (200, 50, 250, 150))
    issue = write_publication(
        tmp_path_factory.mktemp("press"),
        publication={"theme": "own"},
        articles={
            "1.md": article(BODY, kicker="A Kicker", takeaway="What it comes to."),
        },
        files={
            "../themes/own/theme.yaml": THEME,
            "../themes/own/print.css": STYLES,
            "photo.jpg": file_of(noise("RGB"), "JPEG", quality=95),
            "inked.jpg": file_of(noise("CMYK"), "JPEG", quality=95),
            "holes.png": file_of(holes, "PNG"),
            "moving.gif": moving(),
            "deep.png": deep(),
            "drawing.svg": svg(GRADIENT),
            "plain.png": png(),
        },
    )
    pages = lay_out_issue(issue)
    assert pages.laid_out.pdf
    return pages.laid_out.pdf


def finished(engine_s: bytes, folder: Path, recipe: Recipe = RECIPE) -> Path:
    made = finish(recipe, engine_s)
    assert made.diagnostics == ()
    path = folder / "press.pdf"
    path.write_bytes(made.data)
    return path


@pytest.fixture(scope="module")
def path(engine_s: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return finished(engine_s, tmp_path_factory.mktemp("made"))


@pytest.fixture
def pdf(path: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(path) as pdf:
        yield pdf


def pictures(pdf: pikepdf.Pdf) -> list[Any]:
    found = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
    masks = {item.SMask.objgen for item in found if "/SMask" in item}
    return [item for item in found if item.get("/Subtype") == "/Image" and item.objgen not in masks]


def values_of(picture: Any) -> PIL.Image.Image:
    """Return a picture's shares of ink, as bytes."""
    if picture.get("/Filter") == "/DCTDecode":
        assert [int(value) for value in picture.Decode] == [1, 0] * 4
        return PIL.Image.open(io.BytesIO(picture.read_raw_bytes()))
    mode = {"/DeviceCMYK": "CMYK", "/DeviceGray": "L"}[str(picture.ColorSpace)]
    size = (int(picture.Width), int(picture.Height))
    return PIL.Image.frombytes(mode, size, picture.read_bytes())


def heaviest(picture: PIL.Image.Image) -> float:
    """Return the most ink in a pixel, in percent."""
    data = picture.tobytes()
    return max(map(sum, zip(*(data[channel::4] for channel in range(4)), strict=True))) / 2.55


def colors_in(stream: Any) -> set[tuple[float, ...]]:
    """Return the inks that a content stream paints with."""
    return {
        tuple(float(value) for value in instruction.operands)
        for instruction in pikepdf.parse_content_stream(stream)
        if str(instruction.operator) in {"k", "K"}
    }


def colors_of_text(pdf: pikepdf.Pdf) -> dict[tuple[float, ...], int]:
    """Return how many pieces of text are set in which inks."""
    count: dict[tuple[float, ...], int] = {}
    for page in pdf.pages:
        now: list[tuple[float, ...]] = [()]
        for instruction in pikepdf.parse_content_stream(page):
            match str(instruction.operator):
                case "q":
                    now.append(now[-1])
                case "Q":
                    now.pop()
                case "k":
                    now[-1] = tuple(float(value) for value in instruction.operands)
                case "TJ":
                    count[now[-1]] = count.get(now[-1], 0) + 1
    return count


def test_it_is_pdf_x_4_with_that_very_profile(path: Path, pdf: pikepdf.Pdf) -> None:
    assert faults_of(path, PROFILE) == []
    assert str(pdf.Root.OutputIntents[0].OutputConditionIdentifier) == "FOGRA39"


def test_the_engine_s_own_file_is_not(engine_s: bytes, tmp_path: Path) -> None:
    plain = tmp_path / "screen.pdf"
    plain.write_bytes(engine_s)
    said = " ".join(faults_of(plain))
    for word in ("output intents", "RGB", "annotation", "PDF/X-4", "picture is in RGB"):
        assert word in said


def test_the_page_is_trimmed_to_its_size_with_bleed_and_marks_around(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        trim, bleed, media = (
            [float(value) for value in page.obj[name]]
            for name in ("/TrimBox", "/BleedBox", "/MediaBox")
        )
        assert trim == [0, 0, 612, 792]
        assert bleed == pytest.approx([-3 * MM, -3 * MM, 612 + 3 * MM, 792 + 3 * MM], abs=1e-3)
        assert media[0] < bleed[0] - 5 * MM


def test_blank_pages_fill_the_last_sheet(engine_s: bytes, pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(engine_s)) as before:
        pages = len(before.pages)
    assert len(pdf.pages) == pages + -pages % 4
    path = finished(engine_s, tmp_path, replace(RECIPE, pages_multiple_of=1))
    with pikepdf.open(path) as alone:
        assert len(alone.pages) == pages
    more = finished(engine_s, tmp_path, replace(RECIPE, pages_multiple_of=16))
    assert faults_of(more) == []
    with pikepdf.open(more) as filled:
        assert len(filled.pages) == 16
        assert [str(i.operator) for i in pikepdf.parse_content_stream(filled.pages[15])].count(
            "TJ"
        ) == 0


def drawn(path: Path, page: int = 0) -> PIL.Image.Image:
    """Return a page as pixels, one a point."""
    with pypdfium2.PdfDocument(path) as document:
        picture: PIL.Image.Image = document[page].render(scale=1).to_pil().convert("L")
        return picture


def is_blank(picture: PIL.Image.Image, box: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = map(round, box)
    return picture.crop((left, top, right, bottom)).getextrema() == (255, 255)


def test_marks_stand_outside_of_the_bleed(engine_s: bytes, path: Path, tmp_path: Path) -> None:
    """Nothing of this page reaches into the bleed, so the bleed must be empty."""
    bare = finished(engine_s, tmp_path, replace(RECIPE, sheet=replace(SHEET, has_marks=False)))
    assert faults_of(bare) == []
    with pikepdf.open(bare) as pdf:
        assert pdf.pages[0].obj.MediaBox == pdf.pages[0].obj.BleedBox
    sheet, bled = drawn(path), drawn(bare)
    width, height = sheet.size
    out = (width - bled.width) / 2  # where the bleed begins
    trim = out + 3 * MM
    assert is_blank(sheet, (out + 1, out + 1, trim - 1, height - out - 1))
    assert is_blank(sheet, (width - trim + 1, out + 1, width - out - 1, height - out - 1))
    assert is_blank(sheet, (out + 1, out + 1, width - out - 1, trim - 1))
    assert is_blank(sheet, (out + 1, height - trim + 1, width - out - 1, height - out - 1))
    assert not is_blank(sheet, (0, 0, width, out))
    assert not is_blank(sheet, (0, height - out, width, height))
    assert not is_blank(sheet, (0, 0, out, height))
    assert not is_blank(sheet, (width - out, 0, width, height))


def test_every_page_is_numbered_beside_the_slug_line(path: Path) -> None:
    first, second = drawn(path, 0), drawn(path, 1)
    foot = (0, first.height - 30, first.width // 2, first.height)
    assert first.crop(foot).tobytes() != second.crop(foot).tobytes()


def test_a_slug_line_in_other_letters_is_set_in_plain_ones(
    engine_s: bytes, path: Path, tmp_path: Path
) -> None:
    shown = []
    for slug in ("海岸線, 2026-01-14, press", SHEET.plain_slug):
        made = finished(engine_s, tmp_path, replace(RECIPE, sheet=replace(SHEET, slug=slug)))
        shown.append(drawn(made).tobytes())
    assert shown[0] == shown[1]
    assert shown[0] != drawn(path).tobytes()


def test_black_text_is_in_black_ink_alone(pdf: pikepdf.Pdf) -> None:
    count = colors_of_text(pdf)
    assert count[(0, 0, 0, 1)] > 0.8 * sum(count.values())
    assert (0, 0, 0, 0) in count  # the name on its banner
    accents = [color for color in count if sum(color[:3])]
    assert accents
    assert all(sum(color) <= 3 for color in count)


def test_a_color_said_in_inks_keeps_the_limit(pdf: pikepdf.Pdf) -> None:
    """The takeaway asks for all four inks in full."""
    full = [color for page in pdf.pages for color in colors_in(page) if color[3] == 1]
    heavy = [color for color in full if sum(color) > 2.5]
    assert len(heavy) == 1
    assert sum(heavy[0]) <= 3
    assert len(set(heavy[0][:3])) == 1


def test_a_color_said_in_lab_is_printed_as_that_color(pdf: pikepdf.Pdf) -> None:
    found = {color for page in pdf.pages for color in colors_in(page)}
    assert any(color[1] > 0.6 and color[0] < 0.5 and color[1] > color[0] + 0.3 for color in found)


def test_pictures_keep_every_pixel_and_the_limit_of_ink(pdf: pikepdf.Pdf) -> None:
    found = pictures(pdf)
    assert len(found) == 6
    for picture in found:
        assert (int(picture.Width), int(picture.Height)) in {(300, 200), (600, 400)}
        assert picture.ColorSpace == "/DeviceCMYK"
        assert heaviest(values_of(picture)) <= 300


def test_photographs_stay_photographs(pdf: pikepdf.Pdf) -> None:
    kinds = sorted(str(picture.get("/Filter")) for picture in pictures(pdf))
    assert kinds == ["/DCTDecode"] * 2 + ["/FlateDecode"] * 4


def picture_of_color(pdf: pikepdf.Pdf, *, transparent: bool, size: int) -> tuple[int, ...]:
    (found,) = [
        values_of(picture).getpixel((5, 5))
        for picture in pictures(pdf)
        if ("/SMask" in picture) is transparent
        and int(picture.Width) == size
        and picture.get("/Filter") != "/DCTDecode"
        and len(set(values_of(picture).crop((0, 0, 50, 50)).tobytes()[::4])) == 1
    ]
    assert isinstance(found, tuple)
    return found


def test_what_makes_a_picture_transparent_stays(pdf: pikepdf.Pdf) -> None:
    (picture,) = [picture for picture in pictures(pdf) if "/SMask" in picture]
    mask = values_of(picture.SMask)
    assert [mask.getpixel((x, 100)) for x in (5, 150, 225)] == [255, 0, 90]
    cyan, magenta, yellow, _ = values_of(picture).getpixel((5, 5))  # type: ignore[misc]
    assert magenta > 180
    assert yellow > 180
    assert cyan < 100


def test_of_a_moving_picture_the_first_is_printed(pdf: pikepdf.Pdf) -> None:
    reds = [
        values_of(picture).getpixel((5, 5))
        for picture in pictures(pdf)
        if "/SMask" not in picture and picture.get("/Filter") == "/FlateDecode"
    ]
    assert any(isinstance(one, tuple) and one[1] > 180 and one[0] < 100 for one in reds)
    assert not any(isinstance(one, tuple) and one[0] > 180 and one[1] < 100 for one in reds)


def gradients(pdf: pikepdf.Pdf) -> list[Any]:
    return [
        item
        for item in pdf.objects
        if isinstance(item, pikepdf.Dictionary) and "/ShadingType" in item
    ]


def test_gradients_are_in_inks_and_masks_in_gray(pdf: pikepdf.Pdf) -> None:
    spaces = sorted(str(item.ColorSpace) for item in gradients(pdf))
    assert spaces == ["/DeviceCMYK", "/DeviceCMYK", "/DeviceGray"]
    groups = [
        (str(item.Group.CS), state)
        for item in pdf.objects
        if isinstance(item, pikepdf.Stream) and "/Group" in item
        for state in [item]
    ]
    assert {space for space, _ in groups} == {"/DeviceCMYK", "/DeviceGray"}
    masks = [form for space, form in groups if space == "/DeviceGray"]
    assert len(masks) == 2
    for form in masks:
        assert colors_in(form) == set()


def test_a_gradient_goes_from_its_first_color_to_its_last(pdf: pikepdf.Pdf) -> None:
    samples = [
        [data[at : at + 8] for at in range(0, len(data), 8)]
        for item in gradients(pdf)
        if item.ShadingType == 2
        for part in item.Function.Functions
        for data in [part.read_bytes()]
    ]
    (colors,) = samples
    inks = [
        [int.from_bytes(color[at : at + 2], "big") / 65535 for at in range(0, 8, 2)]
        for color in colors
    ]
    red, blue = inks[0], inks[-1]
    assert (red[0] < 0.3, red[1] > 0.7) == (True, True)
    assert (blue[0] > 0.6, blue[2] < 0.3) == (True, True)
    assert max(map(sum, inks)) <= 3


def test_a_one_color_issue_is_in_black_ink_alone(engine_s: bytes, tmp_path: Path) -> None:
    path = finished(engine_s, tmp_path, replace(RECIPE, black_only=True))
    assert faults_of(path, PROFILE) == []
    with pikepdf.open(path) as pdf:
        drawings = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Stream)
            and (item.get("/Subtype") == "/Form" or item.get("/PatternType") == 1)
        ]
        colors = {color for stream in [*pdf.pages, *drawings] for color in colors_in(stream)}
        assert len(colors) > 4
        assert {color[:3] for color in colors} == {(0, 0, 0)}
        assert {str(picture.ColorSpace) for picture in pictures(pdf)} == {"/DeviceGray"}
        for item in gradients(pdf):
            for part in item.Function.Functions:
                data = part.read_bytes() if isinstance(part, pikepdf.Stream) else b""
                assert not any(data[at : at + 6].strip(b"\0") for at in range(0, len(data), 8))


def test_colors_that_are_blended_are_reported(engine_s: bytes) -> None:
    with pikepdf.open(io.BytesIO(engine_s)) as pdf:
        pdf.pages[0].obj.Resources.ExtGState.x = pikepdf.Dictionary(BM=pikepdf.Name.Multiply)
        data = io.BytesIO()
        pdf.save(data)
    (reported,) = finish(RECIPE, data.getvalue()).diagnostics
    assert (reported.code, str(reported.severity)) == ("press-blending", "warning")
    assert "multiply" in reported.message


@pytest.mark.slow
def test_the_same_pages_give_the_same_bytes(engine_s: bytes, path: Path, tmp_path: Path) -> None:
    (tmp_path / "engine.pdf").write_bytes(engine_s)
    code = (
        "import sys; from pathlib import Path; from tests.editions.test_press import *; "
        "sys.stdout.buffer.write(finish(RECIPE, Path('engine.pdf').read_bytes()).data)"
    )
    checkout = str(Path(__file__).parents[2])
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONHASHSEED": "3", "PYTHONPATH": checkout},
        capture_output=True,
        check=True,
    )
    assert ran.stdout == path.read_bytes()


def test_nothing_of_the_screen_s_file_is_left(pdf: pikepdf.Pdf) -> None:
    for key in ("/StructTreeRoot", "/MarkInfo", "/Outlines", "/Names", "/ViewerPreferences"):
        assert key not in pdf.Root
    operators = {str(i.operator) for page in pdf.pages for i in pikepdf.parse_content_stream(page)}
    assert "Tj" in operators or "TJ" in operators
    assert operators.isdisjoint({"BDC", "BMC", "EMC"})
    assert output_profile(pdf) == PROFILE


PLATES = ("Cyan", "Magenta", "Yellow", "Black")
SCALE = 2
"""Pixels a point of the plates."""


@pytest.fixture(scope="module")
def plates(
    engine_s: bytes, tmp_path_factory: pytest.TempPathFactory
) -> list[dict[str, PIL.Image.Image]]:
    """The plates of every page by ink, as Ghostscript separates them; black means full ink."""
    profile = find_press_profile()
    assert profile is not None, "FOGRA39 is not installed; run: make tools"
    data = read_press_profile(profile)
    folder = tmp_path_factory.mktemp("plates")
    path = finished(engine_s, folder, replace(RECIPE, profile=data))
    assert faults_of(path, data) == []
    command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-dPDFSTOPONERROR", f"-r{72 * SCALE}"]
    subprocess.run(
        [*command, "-sDEVICE=tiffsep", f"-sOutputFile={folder}/page%d.tif", str(path)],
        check=True,
    )
    return [
        {ink: opened(folder / f"page{number}({ink}).tif") for ink in PLATES}
        for number in range(1, 5)
    ]


def opened(path: Path) -> PIL.Image.Image:
    with PIL.Image.open(path) as plate:
        return PIL.ImageChops.invert(plate.convert("L"))


@pytest.mark.validators
def test_no_pixel_takes_more_ink_than_the_paper(plates: list[dict[str, PIL.Image.Image]]) -> None:
    totals = []
    for page in plates:
        room = round(SCALE * (4 + 5 + 1.5) * MM)  # marks are on every plate
        width, height = page["Black"].size
        inside = (room, room, width - room, height - room)
        totals.append(heaviest(PIL.Image.merge("CMYK", [page[ink].crop(inside) for ink in PLATES])))
    assert 250 < max(totals) <= 300


@pytest.mark.validators
def test_text_is_on_the_black_plate_alone(
    plates: list[dict[str, PIL.Image.Image]], path: Path
) -> None:
    """The first paragraphs of the article, below its head."""
    with pypdfium2.PdfDocument(path) as document:
        text = document[0].get_textpage()
        found = text.search("Paragraphaab").get_next()
        assert found is not None
        left, bottom, _, _ = text.get_charbox(found[0])
        height = document[0].get_mediabox()[3]
        offset = -document[0].get_mediabox()[0]
    top = SCALE * (height - bottom)
    area = (left + offset) * SCALE, top + 4, (left + offset + 250) * SCALE, top + 100
    shown = {ink: plates[0][ink].crop(tuple(map(round, area))) for ink in PLATES}
    assert shown["Black"].getextrema()[1] == 255
    for ink in PLATES[:3]:
        assert shown[ink].getextrema() == (0, 0)


@pytest.mark.validators
def test_marks_are_on_every_plate(plates: list[dict[str, PIL.Image.Image]]) -> None:
    for ink in PLATES:
        plate = plates[0][ink]
        for box in ((0, 0, plate.width, 20), (0, 0, 20, plate.height)):
            assert plate.crop(box).getextrema()[1] == 255


def acting(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1")


def two_intents(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0])


def other_profile(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile.write(press_profile("Another"))


def annotated(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0] * 4)
    pdf.pages[0].obj.Annots = pikepdf.Array([note])


def untrimmed(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj["/TrimBox"]


def bleed_beyond_the_sheet(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.BleedBox = pikepdf.Array([-99, -99, 700, 900])


def painted_in_rgb(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"1 0 0 rg 0 0 9 9 re f")


def picture_in_rgb(pdf: pikepdf.Pdf) -> None:
    pictures(pdf)[0].ColorSpace = pikepdf.Name.DeviceRGB


def gradient_in_rgb(pdf: pikepdf.Pdf) -> None:
    gradients(pdf)[0].ColorSpace = pikepdf.Name.DeviceRGB


def indexed_rgb(pdf: pikepdf.Pdf) -> None:
    table = [pikepdf.Name.Indexed, pikepdf.Name.DeviceRGB, 0, pikepdf.String("abc")]
    pictures(pdf)[0].ColorSpace = pikepdf.Array(table)


def mixed_in_rgb(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Group.CS = pikepdf.Name.DeviceRGB


def font_left_out(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                if key in item:
                    del item[key]


def version_unsaid(pdf: pikepdf.Pdf) -> None:
    said = pdf.Root.Metadata.read_bytes().replace(b"PDF/X-4", b"PDF/X-3")
    pdf.Root.Metadata = pdf.make_stream(said, Type=pikepdf.Name.Metadata)


def trap_unsaid(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Trapped"]


@pytest.mark.parametrize(
    ("seed", "word"),
    [
        (acting, "/OpenAction"),
        (two_intents, "2 output intents"),
        (other_profile, "not the one that was given"),
        (annotated, "annotation"),
        (untrimmed, "no trim box"),
        (bleed_beyond_the_sheet, "does not hold its /BleedBox"),
        (painted_in_rgb, "page 1: something is painted in RGB"),
        (picture_in_rgb, "a picture is in RGB"),
        (gradient_in_rgb, "a gradient is in RGB"),
        (indexed_rgb, "/Indexed of RGB"),
        (mixed_in_rgb, "a group is in RGB"),
        (font_left_out, "not embedded"),
        (version_unsaid, "PDF/X-4 as its version"),
        (trap_unsaid, "trapped"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_the_judge_catches_a_seeded_fault(
    path: Path, tmp_path: Path, seed: Callable[[pikepdf.Pdf], None], word: str
) -> None:
    faulty = tmp_path / "faulty.pdf"
    with pikepdf.open(path) as pdf:
        seed(pdf)
        pdf.save(faulty, deterministic_id=True, fix_metadata_version=False)
    assert any(word in fault for fault in faults_of(faulty, PROFILE)), faults_of(faulty, PROFILE)
