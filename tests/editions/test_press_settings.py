"""The settings of the press edition: its profile, its bleed, and a web address for links."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import PIL.Image
import pypdfium2
import pytest
from PIL import ImageCms

import typeset.color.press_profiles
from tests.editions.profiles import press_profile
from tests.editions.rendering import render_issue, requests_of
from tests.pages import lay_out_issue
from tests.publications import ISSUE_FOLDER, article, read_manifest, said, write_publication
from tests.validators.pdfx import faults_of, output_profile
from typeset import build_issue
from typeset.config.lengths import POINTS
from typeset.diagnostics import Diagnostic, Report
from typeset.editions.press.inks import Inks
from typeset.errors import ContentError
from typeset.layout.lay_out import lay_out
from typeset.layout.protocol import Finished, LaidOut, RenderRequest, silent
from typeset.pipeline.build import layout_job, load_issue

MM = POINTS["mm"]
NO_MULTIPLE = "a sheet has 1, 2, 4, 8, 16 or 32 pages"
LINKS = {"1.md": article("Read [the law](https://example.org/law).")}
NAMED = {"editions": {"press": {"profile": "press.icc"}}}


def issue_with(folder: Path, profile: bytes | None = None, **publication: object) -> Path:
    """Write an issue whose publication names a profile, which need not exist."""
    files = {} if profile is None else {"../press.icc": profile}
    return write_publication(folder, publication={**NAMED, **publication}, files=files)


def prepared(issue: Path, *names: str) -> tuple[list[RenderRequest], list[Diagnostic]]:
    """Return the render requests of editions, and what they report."""
    loaded = load_issue(issue)
    report = Report()
    return requests_of(loaded, report, *(names or ("press",))), report.sorted()


@pytest.fixture
def no_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Make a system whose only profiles are those in this folder."""
    folder = tmp_path / "system"
    folder.mkdir()
    monkeypatch.setattr(typeset.color.press_profiles, "_FOLDERS", (str(folder),))
    return folder


@pytest.mark.slow
def test_an_issue_is_built_for_the_press_by_the_publication_s_profile(tmp_path: Path) -> None:
    profile = press_profile()
    built = build_issue(
        issue_with(tmp_path / "p", profile), editions=("press", "screen"), output=tmp_path / "out"
    )
    assert list(built.report) == []
    press, screen = built.outputs
    assert press.path.name == "the-test-brief-vol-1-issue-1-press.pdf"
    assert faults_of(press.path, profile) == []
    with pikepdf.open(screen.path) as pdf:
        assert len(pdf.pages) == 1
        assert "/StructTreeRoot" in pdf.Root
    with pikepdf.open(press.path) as pdf:
        assert len(pdf.pages) == 4
        assert str(pdf.Root.OutputIntents[0].Info) == "A Test Press"


@pytest.mark.parametrize("number", [1, 2, 4, 8, 16, 32])
def test_sheets_have_as_many_pages_as_the_manifest_says(tmp_path: Path, number: int) -> None:
    settings = {"editions": {"press": {"profile": "press.icc", "pages_multiple_of": number}}}
    files = {"../press.icc": press_profile()}
    issue = write_publication(tmp_path, publication=settings, files=files)
    (print_,), _ = prepared(issue)
    assert f"pages_multiple_of={number})" in repr(print_.finish)


@pytest.mark.parametrize(
    ("press", "word"),
    [
        ({"pages_multiple_of": 3}, NO_MULTIPLE),
        ({"pages_multiple_of": 0}, NO_MULTIPLE),
        ({"pages_multiple_of": "many"}, NO_MULTIPLE),
        ({"bleed": "30 mm"}, "at most 20 mm"),
        ({"bleed": "3"}, "not a length"),
        ({"ink": "red"}, "`color` or `black`"),
        ({"marks": "some"}, "marks"),
        ({"blead": "3 mm"}, "bleed"),
    ],
    ids=str,
)
def test_a_setting_that_makes_no_sense_is_reported(
    tmp_path: Path, press: dict[str, object], word: str
) -> None:
    issue = write_publication(tmp_path, publication={"editions": {"press": press}})
    _, reported = read_manifest(issue)
    assert [str(one.severity) for one in reported] == ["error"]
    assert word in said(reported[0])
    assert reported[0].location is not None
    assert reported[0].location.line > 1


def test_an_issue_s_own_profile_stands_beside_it(tmp_path: Path) -> None:
    profile = press_profile("The Issue's")
    issue = write_publication(tmp_path, issue=NAMED, files={"press.icc": profile})
    data = render_issue(issue, "press").files["press"].data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert output_profile(pdf) == profile


def test_without_one_the_system_s_fogra39_is_taken(tmp_path: Path, no_system: Path) -> None:
    other, wanted = press_profile("Other"), press_profile("FOGRA39")
    (no_system / "a-other.icc").write_bytes(other)
    (no_system / "FOGRA39L_broken.icc").write_bytes(b"nothing")
    (no_system / "FOGRA39L_coated.icc").write_bytes(wanted)
    requests, reported = prepared(write_publication(tmp_path / "p"))
    assert reported == []
    assert repr(requests[0].finish).count("FOGRA39") == 1


def test_without_any_it_says_how_to_get_one(tmp_path: Path, no_system: Path) -> None:
    _, (reported,) = prepared(write_publication(tmp_path / "p"))
    assert (reported.code, str(reported.severity)) == ("press-profile-missing", "error")
    assert "apt-get install" in reported.hints[0]
    assert "profile:" in reported.hints[1]


def test_nothing_is_built_without_a_profile(tmp_path: Path, no_system: Path) -> None:
    with pytest.raises(ContentError) as caught:
        build_issue(write_publication(tmp_path / "p"), editions=("press",), output=tmp_path / "o")
    assert [one.code for one in caught.value.report] == ["press-profile-missing"]
    assert not (tmp_path / "o").exists()


SCREEN_PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (SCREEN_PROFILE, "RGB"),
        (b"no profile at all", "not a color profile"),
        (b"", "not a color profile"),
        (press_profile()[:4000], "cut short"),
        (press_profile() + b"more", "after its end"),
        (press_profile().replace(b"mft1", b"mftX"), "damaged"),
        (press_profile().replace(b"B2A0", b"B2AX"), "one way"),
        (press_profile().replace(b"A2B0", b"A2BX"), "one way"),
        (press_profile().replace(b"prtr", b"scnr", 1), "not one of a press"),
    ],
    ids=["screen", "text", "empty", "cut", "longer", "damaged", "to inks", "from inks", "scanner"],
)
def test_a_profile_that_is_no_press_s_is_reported_where_it_is_named(
    tmp_path: Path, data: bytes, word: str
) -> None:
    _, (reported,) = prepared(issue_with(tmp_path, data))
    assert (reported.code, str(reported.severity)) == ("press-profile-unusable", "error")
    assert word in reported.message
    assert "press.icc" in reported.message
    assert reported.location is not None
    assert reported.location.path == "publication.yaml"
    text = (tmp_path / "publication.yaml").read_text("utf-8").splitlines()
    assert "profile: press.icc" in text[reported.location.line - 1]


@pytest.mark.parametrize(
    ("reference", "code"),
    [("absent.icc", "press-profile-missing"), ("../../press.icc", "press-profile-outside")],
)
def test_a_profile_that_cannot_be_read_is_reported(
    tmp_path: Path, reference: str, code: str
) -> None:
    settings = {"editions": {"press": {"profile": reference}}}
    issue = write_publication(tmp_path / "p", publication=settings)
    (tmp_path / "press.icc").write_bytes(press_profile())
    _, (reported,) = prepared(issue)
    assert reported.code == code
    assert reference in reported.message


@pytest.mark.parametrize(
    ("publication", "word"),
    [
        ({}, "no address"),
        ({"url": "https://test.example/{slug}/"}, "does not name"),
        ({"url": "https://test.example/", "masthead": [{"text": "About us."}]}, "does not name"),
    ],
)
def test_links_that_nobody_can_follow_from_paper_are_reported(
    tmp_path: Path, publication: dict[str, object], word: str
) -> None:
    settings = {**NAMED, **publication}
    files = {"../press.icc": press_profile()}
    issue = write_publication(tmp_path, publication=settings, articles=LINKS, files=files)
    _, (reported,) = prepared(issue)
    assert (reported.code, str(reported.severity)) == ("press-links-dropped", "warning")
    assert word in reported.message
    assert "{url}" in reported.hints[0]


def test_links_with_a_note_of_the_web_edition_are_not(tmp_path: Path) -> None:
    settings = {
        **NAMED,
        "url": "https://test.example/{slug}/?a=1&b=2",
        "masthead": [{"text": "To follow the links, visit {url}."}],
    }
    files = {"../press.icc": press_profile()}
    issue = write_publication(tmp_path, publication=settings, articles=LINKS, files=files)
    assert prepared(issue)[1] == []


def crossed(mark: bytes = b"A Wide Space") -> bytes:
    """Return a profile of a screen that is not sRGB."""
    data = SCREEN_PROFILE.replace(b"rXYZ", b"xxxx").replace(b"gXYZ", b"rXYZ")
    name = "sRGB built-in".encode("utf-16-be")
    assert name in data
    other = mark.decode().ljust(13)[:13].encode("utf-16-be")
    return data.replace(b"xxxx", b"gXYZ").replace(name, other)


OWN: dict[str, str | bytes] = {
    "../themes/own/theme.yaml": "version: 1\nextends: brief\n",
    "../themes/own/print.css": "@page { background: #2a6 }\n",
    "../press.icc": press_profile(),
}


@pytest.fixture(scope="module")
def colored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An issue on pages with a background."""
    settings = {"theme": "own", "editions": {"press": {"profile": "press.icc", "bleed": "5 mm"}}}
    return write_publication(tmp_path_factory.mktemp("colored"), publication=settings, files=OWN)


@pytest.fixture(scope="module")
def both(colored: Path) -> LaidOut:
    return render_issue(colored, "screen", "press")


def test_a_background_goes_on_to_the_end_of_the_bleed(both: LaidOut, tmp_path: Path) -> None:
    data = both.files["press"].data
    path = tmp_path / "press.pdf"
    path.write_bytes(data)
    assert faults_of(path) == []
    with pypdfium2.PdfDocument(data) as document:
        picture = document[0].render(scale=2).to_pil().convert("RGB")
    room = (picture.width / 2 - 612) / 2
    height = picture.height
    edge = room - 5 * MM
    inside = [(2 * edge + 3, height / 2 + 60), (2 * room - 3, height / 2 + 60)]
    beyond = (2 * edge - 3, height / 2 + 60)
    green = [picture.getpixel((round(x), round(y))) for x, y in inside]
    assert all(is_green(color) for color in green)
    assert picture.getpixel((round(beyond[0]), round(beyond[1]))) == (255, 255, 255)


def is_green(color: object) -> bool:
    assert isinstance(color, tuple)
    return bool(color[1] > color[0] + 60 and color[2] < 160)


def test_a_reader_s_file_is_the_same_with_and_without_the_press_s(
    both: LaidOut, colored: Path
) -> None:
    alone = render_issue(colored, "screen")
    assert both.files["screen"] == alone.files["screen"]
    assert both.pdf == alone.pdf == lay_out_issue(colored).laid_out.pdf


@pytest.mark.slow
def test_the_press_s_file_is_the_same_with_and_without_the_reader_s(
    both: LaidOut, colored: Path
) -> None:
    assert both.files["press"].data == render_issue(colored, "press").files["press"].data


def test_a_page_that_is_white_is_written_but_once(tmp_path: Path) -> None:
    requests, _ = prepared(issue_with(tmp_path, press_profile()), "screen", "press")
    seen: list[bytes] = []

    def finish(data: bytes) -> Finished:
        seen.append(data)
        return Finished(data)

    bare = [replace(one, finish=finish) for one in requests]
    lay_out(layout_job(load_issue(tmp_path / ISSUE_FOLDER), bare)(), silent)
    assert seen[0] is seen[1]


def seen_by(profile: bytes | None, mode: str, color: tuple[int, ...]) -> tuple[int, ...]:
    """Return the inks of a picture of one color that has a profile of its own."""
    picture = PIL.Image.new(mode, (4, 4), color)
    if profile is not None:
        picture.info["icc_profile"] = profile
    inks = Inks(press_profile(), black_only=False)
    found = inks.picture(picture, lossy=False).getpixel((1, 1))
    assert isinstance(found, tuple)
    return found


def test_a_picture_s_own_profile_counts() -> None:
    """In this one red and green are swapped, so its green is red."""
    green, red = (0, 255, 0), (255, 0, 0)
    assert seen_by(SCREEN_PROFILE, "RGB", green) == seen_by(None, "RGB", green)
    for found, wanted in zip(
        seen_by(crossed(), "RGB", green), seen_by(None, "RGB", red), strict=True
    ):
        assert abs(found - wanted) < 8


def test_a_picture_in_another_press_s_inks_is_printed_in_this_one_s() -> None:
    """In the other press, cyan and yellow are swapped."""
    cyan, yellow = (200, 0, 0, 0), (0, 0, 200, 0)
    other = press_profile("Other", reversed_inks=True)
    assert seen_by(None, "CMYK", cyan) == cyan
    assert seen_by(press_profile(), "CMYK", cyan) == cyan
    for found, wanted in zip(seen_by(other, "CMYK", cyan), yellow, strict=True):
        assert abs(found - wanted) < 60


def test_a_profile_that_is_not_the_picture_s_is_left_aside() -> None:
    green = (0, 255, 0)
    assert seen_by(press_profile(), "RGB", green) == seen_by(None, "RGB", green)
    assert seen_by(b"nothing", "RGB", green) == seen_by(None, "RGB", green)


def test_a_gray_is_the_same_in_a_picture_and_beside_it() -> None:
    inks = Inks(press_profile(), black_only=False)
    for gray in (0, 30, 119, 200, 255):
        *colors, black = inks.of_rgb(gray / 255, gray / 255, gray / 255)
        assert colors == [0, 0, 0]
        picture = inks.picture(PIL.Image.new("L", (2, 2), gray), lossy=False)
        assert (picture.mode, picture.getpixel((0, 0))) == ("L", 255 - round(255 * black))


def test_a_dark_color_that_is_all_but_gray_is_printed_in_black_ink() -> None:
    inks = Inks(press_profile(), black_only=False)
    assert inks.of_rgb(0x2B / 255, 0x27 / 255, 0x24 / 255)[:3] == (0, 0, 0)
    assert sum(inks.of_rgb(0x2B / 255, 0x27 / 255, 0x40 / 255)[:3]) > 1
    assert sum(inks.of_rgb(0xF4 / 255, 0xEF / 255, 0xE8 / 255)[:3]) > 0.05


def test_a_picture_without_color_is_printed_in_black_ink() -> None:
    """A scanned page, say, which the engine stores in RGB."""
    inks = Inks(press_profile(), black_only=False)
    scan = PIL.Image.new("RGB", (4, 4), "white")
    scan.putpixel((1, 1), (0, 0, 0))
    found = inks.picture(scan, lossy=False)
    assert (found.mode, found.getpixel((0, 0)), found.getpixel((1, 1))) == ("L", 255, 0)
    scan.putpixel((2, 2), (200, 0, 0))
    assert inks.picture(scan, lossy=False).mode == "CMYK"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("folder", "press-profile-not-a-file"),
        ("circle", "press-profile-unreadable"),
        ("hole", "press-profile-too-large"),
    ],
)
def test_a_profile_that_is_no_file_of_moderate_size_is_reported(
    tmp_path: Path, kind: str, code: str
) -> None:
    issue = issue_with(tmp_path / "p")
    profile = tmp_path / "p" / "press.icc"
    if kind == "folder":
        profile.mkdir()
    elif kind == "circle":
        profile.symlink_to(profile.name)
    else:
        with profile.open("wb") as file:
            file.truncate(200_000_001)  # a file with a hole takes no room
    _, (reported,) = prepared(issue)
    assert reported.code == code
