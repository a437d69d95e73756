"""Images are measured, and harmful ones are refused before they are decoded."""

from __future__ import annotations

import gzip
import io
import struct
import time
import tracemalloc
import zlib
from pathlib import Path

import PIL.Image
import PIL.ImageCms
import PIL.ImageFile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.images.bad_images import LEFT, in_wide_colors
from tests.publications import png, svg
from typeset.images.measure import MAX_RATIO, measure_image
from typeset.images.problem import ImageProblem
from typeset.model import Image

SRGB = PIL.ImageCms.ImageCmsProfile(PIL.ImageCms.createProfile("sRGB")).tobytes()
NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'


def picture(
    form: str, size: tuple[int, int] = (60, 40), *, mode: str = "RGB", **options: object
) -> bytes:
    data = io.BytesIO()
    PIL.Image.radial_gradient("L").resize(size).convert(mode).save(data, form, **options)
    return data.getvalue()


def measure(data: bytes) -> tuple[float, float]:
    image = measure_image("images/a", data)
    return image.width, image.height


def refused(data: bytes) -> ImageProblem:
    with pytest.raises(ImageProblem) as caught:
        measure_image("images/a", data)
    return caught.value


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_header(width: int, height: int) -> bytes:
    """A PNG with a size in its header and nearly no pixels."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(bytes(100)))
    return b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("PNG", "image/png"),
        ("JPEG", "image/jpeg"),
        ("GIF", "image/gif"),
        ("WEBP", "image/webp"),
    ],
)
def test_a_picture_has_the_size_of_its_pixels(form: str, media_type: str) -> None:
    data = picture(form)
    assert measure_image("images/a.x", data) == Image("images/a.x", media_type, 60, 40, data)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_a_png_may_have_any_of_the_usual_colors(mode: str) -> None:
    assert measure(picture("PNG", mode=mode)) == (60, 40)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_a_jpeg_may_have_any_of_the_usual_colors(mode: str) -> None:
    assert measure(picture("JPEG", mode=mode)) == (60, 40)


def test_a_telephones_photograph_with_more_pictures_in_it_is_a_jpeg() -> None:
    more = [PIL.Image.new("RGB", (30, 20))]
    data = picture("MPO", save_all=True, append_images=more)
    image = measure_image("images/a.jpg", data)
    assert (image.media_type, image.width, image.height) == ("image/jpeg", 60, 40)
    assert not image.moves


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (60, 40)), (3, (60, 40)), (6, (40, 60)), (8, (40, 60))]
)
def test_a_photograph_has_the_size_that_it_is_shown_in(
    orientation: int, size: tuple[float, float]
) -> None:
    exif = PIL.Image.Exif()
    exif[0x0112] = orientation
    assert measure(picture("JPEG", exif=exif)) == size


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ({"width": "300", "height": "200"}, (300, 200)),
        ({"width": "300px", "height": "200px"}, (300, 200)),
        ({"width": "72pt", "height": "36pt"}, (96, 48)),
        ({"width": "25.4mm", "height": "50.8mm"}, (96, 192)),
        ({"width": "2.54cm", "height": "1in"}, (96, 96)),
        ({"width": "6pc", "height": "1IN"}, (96, 96)),
        ({"width": " 1e2 ", "height": "+.5e2"}, (100, 50)),
        ({"width": "30", "height": "20", "viewBox": "0 0 600 100"}, (30, 20)),
        ({"viewBox": "0 0 600 400"}, (600, 400)),
        ({"viewBox": "-10.5,-20 , 6e2 400"}, (600, 400)),
        ({"width": "100%", "height": "100%", "viewBox": "0 0 600 400"}, (600, 400)),
        ({"width": "auto", "height": "auto", "viewBox": "0 0 600 400"}, (600, 400)),
        ({"width": "20em", "viewBox": "0 0 600 400"}, (600, 400)),
        ({"width": "300", "viewBox": "0 0 600 400"}, (300, 200)),
        ({"height": "200", "viewBox": "0 0 600 400"}, (300, 200)),
        ({"width": "0", "height": "0", "viewBox": "0 0 600 400"}, (600, 400)),
        ({"width": "-3", "height": "20", "viewBox": "0 0 600 400"}, (30, 20)),
        ({"width": "1e999", "height": "1e999", "viewBox": "0 0 600 400"}, (600, 400)),
    ],
)
def test_a_drawing_has_the_size_that_it_states(
    attributes: dict[str, str], size: tuple[float, float]
) -> None:
    assert measure(svg(**attributes)) == pytest.approx(size)


@pytest.mark.parametrize(
    "attributes",
    [
        {"id": "a"},
        {"width": "100%", "height": "100%"},
        {"width": "300"},
        {"width": "3 00", "height": "200"},
        {"width": "NaN", "height": "inf"},
        {"viewBox": "0 0 0 0"},
        {"viewBox": "0 0 600"},
        {"viewBox": "0 0 6..5 4.0.0"},
        {"viewBox": "0 0 -600 400"},
        {"viewBox": "0 0 1e999 400"},
        {"viewBox": "0 0 1e-999 400"},
        {"viewBox": "a b c d"},
    ],
)
def test_a_drawing_without_a_size_is_refused(attributes: dict[str, str]) -> None:
    problem = refused(svg(**attributes))
    assert problem.code == "image-corrupt"
    assert "size nor a viewBox" in problem.message
    assert problem.hint


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xef\xbb\xbf" + svg(), id="byte-order-mark"),
        pytest.param(b'<?xml version="1.0" encoding="UTF-8"?>\n' + svg(), id="declaration"),
        pytest.param(b"\n\n  " + svg(), id="white-space"),
        pytest.param(
            b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">' + svg(),
            id="document-type",
        ),
        pytest.param(b"<!-- " + b"x" * 10_000 + b" -->" + svg(), id="long-comment"),
        pytest.param(svg().replace(NAMESPACE.encode(), b""), id="without-a-namespace"),
        pytest.param(
            b'<s:svg xmlns:s="http://www.w3.org/2000/svg" width="300" height="200"/>', id="prefix"
        ),
    ],
)
def test_a_drawing_may_begin_as_drawing_programs_do(data: bytes) -> None:
    image = measure_image("images/a.svg", data)
    assert (image.media_type, image.width, image.height) == ("image/svg+xml", 300, 200)


LAUGHS = (
    '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    f'<svg {NAMESPACE} width="3" height="2"><text>&c;</text></svg>'
)


EXTERNAL = f"""<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<svg {NAMESPACE} width="3" height="2"><text>&a;</text></svg>"""
PARAMETER = f"""<!DOCTYPE svg [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]>
<svg {NAMESPACE} width="3" height="2"/>"""


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(LAUGHS.encode(), "entities", id="entities"),
        pytest.param(LAUGHS.encode("utf-16-le"), "entities", id="entities-in-utf-16"),
        pytest.param(EXTERNAL.encode(), "entities", id="external-entity"),
        pytest.param(PARAMETER.encode(), "entities", id="parameter-entity"),
        pytest.param(svg()[:-3], "well-formed", id="cut-short"),
        pytest.param(svg("<g>"), "well-formed", id="not-closed"),
        pytest.param(svg("&nbsp;"), "well-formed", id="undefined-entity"),
        pytest.param(svg().replace(b"steelblue", b"\xff"), "well-formed", id="latin-1"),
        pytest.param(
            b'<?xml version="1.0" encoding="x-none"?>' + svg(), "well-formed", id="encoding"
        ),
        pytest.param(b"<html><body>Not found</body></html>", "a web page", id="web-page"),
        pytest.param(b"<", "well-formed", id="one-character"),
        pytest.param(svg("<g>" * 20_000 + "</g>" * 20_000), "nested", id="nested"),
    ],
)
def test_a_broken_or_hostile_drawing_is_refused(data: bytes, words: str) -> None:
    problem = refused(data)
    assert problem.code == "image-corrupt"
    assert words in problem.message
    assert problem.hint


@pytest.mark.parametrize(
    "inside",
    [
        '<a href="https://tides.example/"><rect width="9" height="9"/></a>',
        '<g id="mark"/><use href="#mark"/>',
        '<g id="mark"/><use xlink:href="#mark" xmlns:xlink="http://www.w3.org/1999/xlink"/>',
        '<rect fill="url(#shade)" clip-path="url(\'#cut\')" style="mask: url( #mask )"/>',
        "<style>rect { fill: url(#shade) }</style>",
        "<style>@font-face { src: url(data:font/woff2;base64,AA) }</style>",
        "<text>See url(https://tides.example/) and @import 'this'.</text>",
    ],
    ids=["link", "use", "old-use", "paint", "style", "font", "text"],
)
def test_a_drawing_may_refer_to_itself(inside: str) -> None:
    assert measure(svg(inside)) == (300, 200)


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ('<image href="other.png"/>', "`other.png`"),
        ('<use href="other.svg#mark"/>', "`other.svg#mark`"),
        ('<image href="data:image/png;base64,AA"/>', "a picture inside"),
        ('<rect fill="url(https://tides.example/a.svg#a)"/>', "`https://tides.example/a.svg#a`"),
        ("<rect style=\"mask: url( '//tides.example/#a' )\"/>", "`//tides.example/#a`"),
        ("<style>@import 'a.css';</style>", "`a.css`"),
        ("<style><![CDATA[@import url(a.css);]]></style>", "`a.css`"),
        ("<script>go()</script>", "a script"),
        ("<switch>\n<foreignObject><p>Text</p></foreignObject></switch>", "foreignObject, line 2"),
        ('<rect onclick="go()"/>', "a script"),
    ],
)
def test_a_drawing_that_needs_anything_else_is_refused(inside: str, words: str) -> None:
    problem = refused(svg(inside))
    assert problem.code == "image-foreign"
    assert words in problem.message
    assert problem.hint


def test_a_drawing_that_is_too_large_is_not_even_parsed() -> None:
    problem = refused(b"<svg" + b" " * 20_000_000)
    assert problem.code == "image-too-large"


JPEG = picture("JPEG", (600, 400))


WORDS = ("is empty", "is not an image that can be read", "is damaged or cut short")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"An image? No.", id="text"),
        pytest.param(b"GIF89a", id="only-a-signature"),
        pytest.param(JPEG[: len(JPEG) // 2], id="half-a-jpeg"),
        pytest.param(JPEG[:-200], id="jpeg-without-its-end"),
        pytest.param(picture("PNG", (600, 400))[:-200], id="png-without-its-end"),
        pytest.param(png()[:60] + b"\0\0\0\0" + png()[64:], id="png-with-wrong-bytes"),
        pytest.param(png_header(600, 400), id="png-with-next-to-no-pixels"),
        pytest.param(png()[:33] + chunk(b"IEND", b""), id="png-without-pixels"),
        pytest.param(picture("WEBP", (600, 400))[:-200], id="webp-without-its-end"),
        pytest.param(picture("ICO"), id="another-format"),
        pytest.param(svg().decode().encode("utf-16"), id="drawing-in-utf-16"),
    ],
)
def test_what_is_no_whole_image_is_refused(data: bytes) -> None:
    problem = refused(data)
    assert problem.code == "image-corrupt"
    assert problem.message in WORDS
    assert problem.hint


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (picture("BMP"), "a BMP"),
        (picture("TIFF"), "a TIFF"),
        (picture("TIFF", mode="LAB"), "a TIFF"),
        (picture("TIFF", mode="CMYK", big_tiff=False), "a TIFF"),
        (picture("AVIF"), "an AVIF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "a HEIC"),
        (b"8BPS\0\1", "a Photoshop"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "a PostScript"),
        (gzip.compress(svg()), "a compressed"),
    ],
    ids=["bmp", "tiff", "lab", "cmyk", "avif", "heic", "photoshop", "pdf", "eps", "svgz"],
)
def test_a_file_of_another_sort_is_called_by_its_name(data: bytes, form: str) -> None:
    problem = refused(data)
    assert problem.code == "image-format"
    assert problem.message == f"is {form} file, which is not supported"
    assert "RGB" in problem.hint


def opened(data: bytes) -> PIL.Image.Image:
    image = PIL.Image.open(io.BytesIO(data))
    image.load()
    return image


def color(image: PIL.Image.Image, x: int = 10) -> tuple[int, ...]:
    pixel = image.getpixel((x, 10))
    assert isinstance(pixel, tuple)
    return pixel


def test_a_picture_in_colors_of_its_own_is_brought_to_srgb() -> None:
    data = in_wide_colors("JPEG")
    shown = opened(measure_image("images/a.jpg", data).data)
    red, green, blue = color(shown)
    assert color(opened(data)) == pytest.approx((green, red, blue), abs=4)
    assert (red, green, blue) == pytest.approx(LEFT, abs=4)
    assert "icc_profile" not in shown.info


def test_a_photograph_in_colors_of_its_own_is_turned_only_once() -> None:
    exif = PIL.Image.Exif()
    exif[0x0112] = 6
    given, data = opened(in_wide_colors("JPEG")), io.BytesIO()
    given.save(data, "JPEG", exif=exif, icc_profile=given.info["icc_profile"])
    image = measure_image("images/a.jpg", data.getvalue())
    shown = opened(image.data)
    assert (image.width, image.height) == (240, 360)
    assert shown.size == (240, 360)
    assert shown.getexif().get(0x0112, 1) == 1


@pytest.mark.parametrize("kind", ["palette", "color"])
def test_transparency_stays_where_colors_are_brought_to_srgb(kind: str) -> None:
    given, data = opened(in_wide_colors("PNG")), io.BytesIO()
    profile = given.info["icc_profile"]
    if kind == "palette":
        given.quantize(2).save(data, "PNG", transparency=0, icc_profile=profile)
    else:
        given = given.convert("RGB")
        given.save(data, "PNG", transparency=color(given), icc_profile=profile)
    image = measure_image("images/a.png", data.getvalue())
    shown = opened(image.data)
    assert image.media_type == "image/png"
    assert {color(shown)[3], color(shown, shown.width - 10)[3]} == {0, 255}


@pytest.mark.parametrize("profile", [None, SRGB, b"no profile"], ids=["none", "srgb", "broken"])
@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_picture_in_srgb_stays_as_it_is(form: str, profile: bytes | None) -> None:
    data = picture(form, icc_profile=profile)
    assert measure_image("images/a", data).data == data


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_an_animation_is_known_for_one(form: str) -> None:
    still = picture(form)
    more = [PIL.Image.linear_gradient("L").resize((60, 40)).convert("RGB")]
    moving = picture(form, save_all=True, append_images=more)
    assert not measure_image("images/a", still).moves
    assert measure_image("images/a", moving).moves


def test_half_a_jpeg_is_refused_although_the_layout_engine_would_take_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The engine sets this when it is imported, which another test may have done.
    monkeypatch.setattr(PIL.ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert refused(JPEG[:-200]).code == "image-corrupt"
    assert PIL.ImageFile.LOAD_TRUNCATED_IMAGES


@pytest.mark.parametrize(
    ("width", "height"), [(8_200, 5_000), (5_000, 8_001), (20_000, 20_000), (2**31 - 1, 2**31 - 1)]
)
def test_a_picture_of_too_many_pixels_is_refused_by_its_header(width: int, height: int) -> None:
    data = png_header(width, height)
    tracemalloc.start()
    try:
        problem = refused(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert problem.code == "image-too-large"
    assert "more than 40 million" in problem.message
    assert problem.hint == "scale it down"
    assert peak < 5_000_000


def test_a_picture_of_forty_million_pixels_is_taken() -> None:
    data = io.BytesIO()
    PIL.Image.new("1", (8_000, 5_000)).save(data, "PNG")
    assert measure(data.getvalue()) == (8_000, 5_000)


@pytest.mark.parametrize(("form", "number"), [("PNG", 20), ("JPEG", 10)])
def test_many_small_files_with_many_pixels_are_read_soon(form: str, number: int) -> None:
    data = io.BytesIO()
    PIL.Image.new("RGB", (6_300, 6_300)).save(data, form)
    started = time.process_time()
    for index in range(number):
        measure_image(f"images/{index}", data.getvalue())
    assert time.process_time() - started < 1.5


def test_a_drawing_of_one_long_path_is_read_soon() -> None:
    data = svg('<path d="M0 0' + " L10.5 20.25" * 430_000 + '"/>')
    started = time.process_time()
    assert measure(data) == (300, 200)
    assert time.process_time() - started < 1.5


def test_a_png_is_turned_by_what_stands_behind_its_pixels() -> None:
    exif = PIL.Image.Exif()
    exif[0x0112] = 6
    head, end = png()[:-12], png()[-12:]
    turned = head + chunk(b"eXIf", exif.tobytes().removeprefix(b"Exif\0\0")) + end
    assert measure(turned) == (400, 600)


def test_a_text_in_a_picture_that_unpacks_to_very_much_is_refused() -> None:
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(100_000_000), 9))
    data = png()
    assert refused(data[:33] + text + data[33:]).code == "image-corrupt"


def test_a_picture_with_a_drawing_in_its_texts_is_a_picture() -> None:
    data = png()
    text = chunk(b"tEXt", b"Source\0<svg>")
    assert measure(data[:33] + text + data[33:]) == (600, 400)


def test_a_picture_in_finer_grays_than_print_has_is_refused() -> None:
    data = io.BytesIO()
    PIL.Image.new("I;16", (60, 40)).save(data, "PNG")
    problem = refused(data.getvalue())
    assert problem.code == "image-too-deep"
    assert "8 bits" in problem.hint


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(png(MAX_RATIO * 10 + 1, 10), id="flat"),
        pytest.param(png(10, MAX_RATIO * 10 + 1), id="narrow"),
        pytest.param(svg(width="1", height="100000"), id="drawing"),
        pytest.param(svg(viewBox="0 0 1 100000"), id="view"),
        pytest.param(svg(width="3", viewBox="0 0 1 100000"), id="width-and-view"),
    ],
)
def test_an_image_that_no_page_can_hold_is_refused(data: bytes) -> None:
    problem = refused(data)
    assert problem.code == "image-too-narrow"
    assert problem.hint


def test_long_and_narrow_images_are_taken_up_to_a_limit() -> None:
    assert measure(png(MAX_RATIO * 10, 10)) == (MAX_RATIO * 10, 10)
    assert measure(png(10, MAX_RATIO * 10)) == (10, MAX_RATIO * 10)


SEEDS = [picture(form, (16, 12)) for form in ("PNG", "JPEG", "GIF", "WEBP", "MPO")] + [svg()]


@given(
    seed=st.sampled_from(SEEDS),
    changes=st.lists(
        st.tuples(st.integers(0, 2**16), st.binary(min_size=1, max_size=6)), max_size=4
    ),
    end=st.integers(0, 400),
)
def test_no_damage_raises_anything_but_a_problem(
    seed: bytes, changes: list[tuple[int, bytes]], end: int
) -> None:
    data = bytearray(seed)
    for place, new in changes:
        start = place % len(data)
        data[start : start + len(new)] = new
    try:
        image = measure_image("images/a", bytes(data[: len(data) - end % len(data)]))
    except ImageProblem:
        return
    assert image.width > 0
    assert image.height > 0


def test_the_samples_drawings_are_taken() -> None:
    drawings = sorted(Path("issues").rglob("*.svg"))
    assert drawings
    for drawing in drawings:
        width, height = measure(drawing.read_bytes())
        assert 0.2 < width / height < 5
