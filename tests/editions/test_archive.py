"""The archive edition: it conforms to PDF/A, and has the source attached."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import PIL.Image
import PIL.ImageChops
import PIL.ImageCms
import pytest

from tests.editions.rendering import files_of, material_of, render_issue
from tests.publications import ISSUE_FOLDER, article, png, said, svg, write_publication
from typeset.diagnostics import Diagnostic, Report, Severity
from typeset.editions import EDITIONS
from typeset.editions.extract import extract
from typeset.editions.save import saved, with_plain_ends
from typeset.editions.srgb_profile import srgb_profile
from typeset.files.assets import font_file
from typeset.pipeline.build import load_issue

FIRST = f"issues/{ISSUE_FOLDER}"
PUBLICATION = {"theme": "own", "editions": {"press": {"profile": "press.icc"}}}
THEME = 'version: 1\nextends: brief\naccent: "#14532D"\n'
TEMPLATE = '{% extends "base/print/nameplate.html.j2" %}\n'
BODY = (
    'Words, and [a link](https://example.org/).\n\n![A drawing](../plan-ü.svg){alt="D"}\n\n'
    '![A photograph](../../quay.png){alt="P"}\n'
)


class Archived(NamedTuple):
    folder: Path
    """The publication's."""
    screen: bytes
    archive: bytes


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Archived:
    """An issue with everything that a publication may have, except fonts."""
    folder = tmp_path_factory.mktemp("archive") / "publication"
    issue = write_publication(
        folder,
        publication=PUBLICATION,
        articles={
            "1.md": article(BODY).replace("\n", "\r\n"),
            "2.md": "\ufeff" + article("More.", title="The Second"),
        },
        files={"plan-ü.svg": svg(), "not-used.png": png()},
    )
    (folder / "issues").mkdir()
    issue = issue.rename(folder / FIRST)
    later = {"date": "2026-02-11", "number": 2}
    write_publication(folder, publication=PUBLICATION, issue=later)
    (folder / ISSUE_FOLDER).rename(folder / "issues/2026-02-11")
    write(
        folder,
        {
            "themes/own/theme.yaml": THEME,
            "themes/own/print.css": "p { color: #111 }\n",
            "themes/other/theme.yaml": THEME,
            "templates/print/nameplate.html.j2": TEMPLATE,
            "images/logo.svg": svg(),
            "issues/quay.png": png(900, 600),
            "press.icc": srgb_profile(),
            ".schemas/issue.json": "{}",
        },
    )
    files = files_of(render_issue(issue, "screen", "archive"))
    return Archived(folder, files["screen"], files["archive"])


@pytest.fixture
def pdf(archived: Archived) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(archived.archive)) as pdf:
        yield pdf


def attached(pdf: pikepdf.Pdf) -> dict[str, Any]:
    """The file specifications by their names, as a viewer lists them."""
    return {
        str(spec.UF): spec for _, spec in pikepdf.NameTree(pdf.Root.Names.EmbeddedFiles).items()
    }


SOURCES = {
    "publication.yaml",
    f"{FIRST}/issue.yaml",
    f"{FIRST}/articles/1.md",
    f"{FIRST}/articles/2.md",
    f"{FIRST}/plan-ü.svg",
    "issues/quay.png",
    "themes/own/theme.yaml",
    "themes/own/print.css",
    "templates/print/nameplate.html.j2",
    "images/logo.svg",
    "press.icc",
}


def test_what_the_issue_was_made_of_is_attached_as_it_stands(
    pdf: pikepdf.Pdf, archived: Archived
) -> None:
    specs = attached(pdf)
    assert set(specs) == SOURCES
    for name, spec in specs.items():
        data = spec.EF.F.read_bytes()
        assert data == (archived.folder / name).read_bytes(), name
        assert spec.EF.F.Params.Size == len(data)
        assert bytes(spec.EF.F.Params.CheckSum) == hashlib.md5(data).digest()  # noqa: S324
        assert str(spec.F) == name
        assert spec.AFRelationship == "/Source"
        assert str(spec.EF.F.Params.ModDate) == "D:20260114000000Z"


def test_the_files_are_attached_to_the_document_with_their_types(pdf: pikepdf.Pdf) -> None:
    specs = {str(spec.UF): spec for spec in pdf.Root.AF}
    assert set(specs) == SOURCES
    types = {name: str(spec.EF.F.Subtype) for name, spec in specs.items()}
    assert types["publication.yaml"] == "/application/yaml"
    assert types[f"{FIRST}/articles/1.md"] == "/text/markdown"
    assert types[f"{FIRST}/plan-ü.svg"] == "/image/svg+xml"
    assert types["issues/quay.png"] == "/image/png"
    assert types["themes/own/print.css"] == "/text/css"


def test_viewers_find_the_files_in_the_order_of_the_tree(pdf: pikepdf.Pdf) -> None:
    names = [bytes(key) for key in list(pdf.Root.Names.EmbeddedFiles.Names)[::2]]
    assert names == sorted(names)
    assert "/Dests" in pdf.Root.Names


def test_it_says_which_colors_are_meant(pdf: pikepdf.Pdf) -> None:
    (intent,) = list(pdf.Root.OutputIntents)
    assert intent.S == "/GTS_PDFA1"
    assert intent.DestOutputProfile.read_bytes() == srgb_profile()


def test_the_profile_is_that_of_screens() -> None:
    profile = PIL.ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    known = PIL.ImageCms.createProfile("sRGB")
    ramp = PIL.Image.radial_gradient("L")
    picture = PIL.Image.merge("RGB", (ramp, ramp.rotate(90), PIL.ImageChops.invert(ramp)))
    transform = PIL.ImageCms.buildTransform(profile, known, "RGB", "RGB")
    seen = PIL.ImageCms.applyTransform(picture, transform)
    assert seen is not None
    differing = PIL.ImageChops.difference(picture, seen).histogram()
    assert sum(sum(differing[start + 2 : start + 256]) for start in (0, 256, 512)) == 0


def test_nothing_shows_on_screens_alone(pdf: pikepdf.Pdf) -> None:
    notes: list[Any] = [note for page in pdf.pages for note in page.get("/Annots", ())]
    assert notes
    assert all(int(note.F) & 4 for note in notes)
    streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
    assert any(item.get("/Subtype") == "/Image" for item in streams)
    assert not any("/Interpolate" in item for item in streams)


def test_it_names_both_standards(archived: Archived) -> None:
    for words in (b"<pdfaid:part>3</", b"<pdfaid:conformance>A</", b"<pdfuaid:part>1</"):
        assert words in archived.archive
    assert b"pdfaid" not in archived.screen


def test_its_pages_are_those_of_the_screen(archived: Archived, pdf: pikepdf.Pdf) -> None:
    with pikepdf.open(io.BytesIO(archived.screen)) as screen:
        for one, other in zip(pdf.pages, screen.pages, strict=True):
            assert one.Contents.read_bytes() == other.Contents.read_bytes()


def test_what_is_extracted_gives_the_same_issue_again(archived: Archived, tmp_path: Path) -> None:
    file = tmp_path / "archive.pdf"
    file.write_bytes(archived.archive)
    extract(file, tmp_path / "again")
    files = files_of(render_issue(tmp_path / "again", "screen", "archive"))
    assert files["screen"] == archived.screen
    assert files["archive"] == archived.archive


def prepared(issue: Path) -> list[Diagnostic]:
    """What the edition reports before the layout."""
    loaded = load_issue(issue)
    report = Report()
    EDITIONS["archive"].prepare(material_of(loaded), report)
    return report.sorted()


def test_a_font_is_reported_to_be_missing_from_the_archive(tmp_path: Path) -> None:
    issue = write_publication(tmp_path, publication={"cjk_fonts": {"ja": "fonts/own.otf"}})
    font = font_file("font_source_serif_pro", "SourceSerifPro-Regular.ttf")
    write(tmp_path, {"fonts/own.otf": font})
    (remark,) = prepared(issue)
    assert (remark.severity, remark.code) == (Severity.INFO, "archive-font")
    assert "fonts/own.otf is a font, and not attached" in remark.message


def test_of_what_a_link_leads_to_the_archive_holds_a_copy(tmp_path: Path) -> None:
    body = 'Words.\n\n![A](linked/quay.png){alt="A"}'
    issue = write_publication(tmp_path / "p", articles={"1.md": article(body)})
    write(tmp_path / "p", {"shared/quay.png": png()})
    (issue / "linked").symlink_to("../shared")
    (remark,) = prepared(issue)
    assert (remark.severity, remark.code) == (Severity.INFO, "archive-link")
    name = f"{ISSUE_FOLDER}/linked/quay.png"
    assert f"{name} is a link to shared/quay.png" in remark.message
    assert load_issue(issue).workspace.files()[name] == png()


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["con.md"], "has the name of a device"),
        (["What?.md"], "has one of"),
        (["a.md", "A.md"], "the same name as"),
        (["a.txt"], "is of a kind that no publication has"),
        ([".a.md"], "is hidden"),
    ],
)
def test_a_name_that_cannot_be_taken_out_everywhere_is_reported(
    tmp_path: Path, names: list[str], words: str
) -> None:
    problems = prepared(write_publication(tmp_path, articles=dict.fromkeys(names, article())))
    assert [(one.severity, one.code) for one in problems] == [(Severity.ERROR, "archive-name")]
    assert words in said(problems[0])


def test_no_stream_ends_in_what_passes_for_the_end_of_its_line() -> None:
    """A carriage return there would count as part of the line end."""
    pdf = pikepdf.new()
    pdf.Root["/Streams"] = pikepdf.Array(
        [pdf.make_stream(b"%d" % number * 20) for number in range(3000)]
    )
    plain = io.BytesIO()
    pdf.save(plain, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"\r\nendstream" in plain.getvalue()
    data = saved(pdf)
    assert b"\r\nendstream" not in data
    assert len(with_plain_ends(plain.getvalue())) == len(plain.getvalue())
    with pikepdf.open(io.BytesIO(data), attempt_recovery=False) as again:
        contents = [stream.read_bytes() for stream in again.Root.Streams]
        assert not again.check_pdf_syntax()
    assert contents == [b"%d" % number * 20 for number in range(3000)]
    for match in re.finditer(rb"/Length (\d+) >>\nstream\n", data):
        assert data[match.end() + int(match[1]) :].startswith(b"\nendstream")


def test_archives_are_the_same_wherever_they_are_made(archived: Archived, tmp_path: Path) -> None:
    shutil.copytree(archived.folder, tmp_path / "elsewhere", symlinks=True)
    again = files_of(render_issue(tmp_path / "elsewhere" / FIRST, "archive"))
    assert again["archive"] == archived.archive


def test_an_issue_that_was_read_only_to_find_the_newest_is_no_part_of_it(tmp_path: Path) -> None:
    write_publication(tmp_path).rename(tmp_path / "earlier")
    write_publication(tmp_path, issue={"date": "2026-02-11"})
    assert list(load_issue(tmp_path).workspace.files()) == [
        f"{ISSUE_FOLDER}/articles/01-harbor.md",
        f"{ISSUE_FOLDER}/issue.yaml",
        "publication.yaml",
    ]
