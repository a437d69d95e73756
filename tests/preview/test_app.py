"""The responses of the preview, and the requests that it refuses."""

from __future__ import annotations

import io
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from starlette.types import ASGIApp

import typeset.preview
from tests.pages import Pages, lay_out_issue
from tests.preview.serving import Answer, ask
from tests.publications import article, png, write_publication
from typeset.diagnostic_codes import Code
from typeset.diagnostics import Diagnostic, PagePlace, Report
from typeset.layout.protocol import Progress
from typeset.preview.app import Site
from typeset.preview.phases import Phase
from typeset.preview.proof import LaidOutIssue, Proof
from typeset.preview.security import Guard
from typeset.preview.state import PreviewState
from typeset.source import Location

STATIC = Path(typeset.preview.__file__).parent / "static"
BODY = "Ships come in at *dawn*.[^1]\n\n![A port](images/port.png)\n\n[^1]: See [there](https://example.org/)."

WEB_PAGE = b"<!doctype html><p id=a1-1>Ships"


@dataclass(frozen=True)
class Preview:
    """The application of a preview, without a builder."""

    app: ASGIApp
    state: PreviewState
    report: Report
    pages: Pages
    folder: Path

    @property
    def token(self) -> str:
        found = re.search(
            r'name="typeset-token" content="([^"]+)"', ask(self.app, "/").body.decode()
        )
        assert found
        return found[1]

    def open(self, body: bytes, **headers: str) -> Answer:
        given = {"x-typeset-token": self.token} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        return ask(self.app, "/open", method="POST", headers=given, body=body)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    folder = tmp_path_factory.mktemp("publication")
    issue = write_publication(
        folder, articles={"01-harbor.md": article(BODY)}, files={"images/port.png": png()}
    )
    (folder.parent / "secret.md").write_text("not yours")
    editor = folder.parent / "code"
    editor.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{folder}/opened"\n')
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    pages = lay_out_issue(issue)
    state = PreviewState(lambda: None)
    report = Report(
        [
            Diagnostic(
                Code.FIGURE_ALT,
                "in the text",
                Location(f"{issue.name}/articles/01-harbor.md", 6),
            ),
            Diagnostic(Code.OVERSET, "on the page", None, PagePlace(1)),
            Diagnostic(Code.ARCHIVE_FONT, "nowhere", None),
        ]
    )
    laid_out_issue = LaidOutIssue(pages.loaded, pages.laid_out, pages.laid_out.pdf, WEB_PAGE)
    state.show(Proof(laid_out_issue, report, 1.0))
    site = Site(state, pages.loaded.workspace, str(editor))
    yield Preview(Guard(site.app, 8740), state, report, pages, folder)
    state.close()


@pytest.mark.parametrize("host", ["127.0.0.1:8740", "localhost:8740"])
def test_its_own_names_are_answered(preview: Preview, host: str) -> None:
    assert ask(preview.app, "/", host=host).status == 200


@pytest.mark.parametrize(
    "host",
    [None, "", "127.0.0.1", "127.0.0.1:80", "evil.example:8740", "localhost:8740.evil.example"],
)
@pytest.mark.parametrize("path", ["/", "/state", "/issue.pdf", "/static/preview.js", "/nothing"])
def test_another_host_is_refused(preview: Preview, host: str | None, path: str) -> None:
    assert ask(preview.app, path, host=host).status == 403


@pytest.mark.parametrize(
    "origin", ["null", "https://evil.example", "http://127.0.0.1:8741", "https://127.0.0.1:8740"]
)
def test_another_origin_is_refused(preview: Preview, origin: str) -> None:
    assert ask(preview.app, "/state", headers={"origin": origin}).status == 403
    assert preview.open(b"{}", origin=origin).status == 403


def test_its_own_origin_is_answered(preview: Preview) -> None:
    assert ask(preview.app, "/state", headers={"origin": "http://127.0.0.1:8740"}).status == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_may_link_to_the_page_but_embed_nothing(preview: Preview, site: str) -> None:
    foreign = {"sec-fetch-site": site, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert ask(preview.app, "/", headers=foreign).status == 200
    assert ask(preview.app, "/issue.pdf", headers=foreign).status == 403
    assert ask(preview.app, "/", headers=foreign | {"sec-fetch-dest": "iframe"}).status == 403
    own = foreign | {"sec-fetch-site": "same-origin"}
    assert ask(preview.app, "/issue.pdf", headers=own).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2Fapp.py",
        "/static//etc/passwd",
        "/static/",
        "/static",
        "/pages/../../secret.md",
        "/pages/..%2F..%2Fsecret.md.png?width=10",
        "/publication.yaml",
        "/2026-01-14/issue.yaml",
        "/.git/config",
    ],
)
def test_nothing_else_of_the_disk_is_served(preview: Preview, path: str) -> None:
    assert ask(preview.app, path).status in {400, 404, 410}


def test_every_file_of_the_page_is_served_and_is_all_that_is_there(preview: Preview) -> None:
    for file in STATIC.iterdir():
        answer = ask(preview.app, f"/static/{file.name}")
        # The page itself stands at the root, with its token.
        assert (answer.status == 200) == (file.name != "index.html"), file.name
        assert answer.headers["x-content-type-options"] == "nosniff"
        if answer.status == 200:
            assert answer.body == file.read_bytes()


def test_the_page_loads_nothing_from_elsewhere_and_no_script_in_its_text(preview: Preview) -> None:
    answer = ask(preview.app, "/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"
    sources = [file.read_text("utf-8") for file in STATIC.iterdir()]
    addresses = {found for text in sources for found in re.findall(r"https?://[^\s\"'`<]+", text)}
    assert addresses == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"<script[^>]*>[^<]|\son\w+=", (STATIC / "index.html").read_text("utf-8"))


def test_the_pdf_is_the_very_one_that_was_set(preview: Preview) -> None:
    assert ask(preview.app, "/issue.pdf").body == preview.pages.laid_out.pdf


def test_the_web_page_is_shut_in(preview: Preview) -> None:
    answer = ask(preview.app, "/issue.html")
    assert answer.body == WEB_PAGE
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox ")
    assert "allow-scripts" not in policy
    assert "script-src" not in policy  # so the default applies, which allows none
    assert "default-src 'none'" in policy
    assert ask(preview.app, "/state").value["html"]


def test_an_element_leads_to_its_line(preview: Preview) -> None:
    place = {"file": "2026-01-14/articles/01-harbor.md", "line": 6}
    assert ask(preview.app, "/source?id=a1-1").value == place
    assert ask(preview.app, "/source?id=a1-1-unheard-of").value == place
    assert ask(preview.app, "/source?id=nothing").value is None
    assert ask(preview.app, "/source").value is None


def test_a_page_is_an_image_of_the_width_that_is_asked_for(preview: Preview) -> None:
    (page, *_) = ask(preview.app, "/state").value["pages"]
    answer = ask(preview.app, f"/pages/{page['digest']}.png?width=306")
    assert answer.headers["content-type"] == "image/png"
    assert "immutable" in answer.headers["cache-control"]
    assert int.from_bytes(answer.body[16:20], "big") == 306
    assert int.from_bytes(answer.body[20:24], "big") == 396


def test_an_image_has_a_largest_size(preview: Preview) -> None:
    (page, *_) = ask(preview.app, "/state").value["pages"]
    answer = ask(preview.app, f"/pages/{page['digest']}.png?width=99999999")
    width, height = (int.from_bytes(answer.body[at : at + 4], "big") for at in (16, 20))
    assert 10_000_000 < width * height < 16_100_000


@pytest.mark.parametrize("width", ["", "-1", "x", "1e3", "١٢"])
def test_a_width_is_a_number(preview: Preview, width: str) -> None:
    (page, *_) = ask(preview.app, "/state").value["pages"]
    assert ask(preview.app, f"/pages/{page['digest']}.png?width={width}").status == 400


def test_what_is_no_longer_there_is_gone(preview: Preview) -> None:
    assert ask(preview.app, f"/pages/{'0' * 32}.png?width=100").status == 410
    assert ask(preview.app, f"/pages/{'0' * 32}.json").status == 410
    assert ask(preview.app, "/places/99/1").status == 410
    assert ask(preview.app, "/places/1/99").status == 410


def test_the_text_of_a_page_stands_where_it_is_printed(preview: Preview) -> None:
    (page, *_) = ask(preview.app, "/state").value["pages"]
    text = ask(preview.app, f"/pages/{page['digest']}.json").value
    (line,) = (line for line in text["lines"] if line[0].startswith("Ships come in"))
    box = preview.pages.box("a1-1")
    assert box.left - 1 <= line[1] < line[3] <= box.right + 1
    assert box.top - 2 <= line[2] < line[4] <= box.bottom + 2
    links = ask(preview.app, "/links/1/1").value
    assert {link["address"] for link in links} >= {"https://example.org/"}
    assert any(link["page"] == 1 and link["top"] > 100 for link in links)


@pytest.fixture
def early(preview: Preview) -> Iterator[dict[str, Any]]:
    """A page that a build under way has drawn; the build fails afterwards."""
    preview.state.enter(Phase.BUILDING)
    preview.state.show_early(Progress("sight", 1, pdf=one_page(400, 500)))
    yield preview.state.activity["early"]
    preview.state.show(Proof(None, Report(), 1.0))
    preview.state.enter(Phase.STALE)


def one_page(width: float, height: float) -> bytes:
    data = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(width, height))
        pdf.save(data)
    return data.getvalue()


def test_an_early_page_can_be_fetched_while_all_others_stay(
    preview: Preview, early: dict[str, Any]
) -> None:
    assert (early["page"], early["width"], early["height"]) == (1, 400, 500)
    image = ask(preview.app, f"/pages/{early['digest']}.png?width=200")
    assert [int.from_bytes(image.body[at : at + 4], "big") for at in (16, 20)] == [200, 250]
    assert ask(preview.app, f"/pages/{early['digest']}.json").value == {"lines": []}
    state = ask(preview.app, "/state").value
    assert state["activity"] == {"phase": "building", "step": "", "early": early}
    assert early["digest"] not in {page["digest"] for page in state["pages"]}
    assert ask(preview.app, "/issue.pdf").body == preview.pages.laid_out.pdf


def test_an_early_page_stays_until_a_build_ends_or_a_newer_one_comes(
    preview: Preview, early: dict[str, Any]
) -> None:
    state = preview.state
    state.enter(Phase.EDITING)  # its build is abandoned, and the next follows at once
    state.enter(Phase.BUILDING)
    assert state.activity["early"] == early
    state.show_early(Progress("sight", 1, pdf=one_page(300, 500)))
    newer = state.activity["early"]
    assert newer["width"] == 300
    assert ask(preview.app, f"/pages/{early['digest']}.png?width=201").status == 410
    before = state.revision
    state.show(Proof(None, Report(), 1.0))
    assert state.activity["early"] is None
    assert ask(preview.app, f"/pages/{newer['digest']}.png?width=201").status == 410
    assert state.revision is before


def test_a_web_page_that_comes_later_changes_no_page(preview: Preview) -> None:
    before = ask(preview.app, "/state").value
    revision = preview.state.revision
    assert revision is not None
    later = replace(revision.issue, html=b"<!doctype html><p>Later")
    report = Report([Diagnostic(Code.ARCHIVE_FONT, "of the web page", None)])
    preview.state.show(Proof(later, report, 1.0))
    after = ask(preview.app, "/state").value
    assert ask(preview.app, "/issue.html").body == later.html
    assert after["version"] > before["version"]
    assert after["html"] != before["html"]
    assert [one["message"] for one in after["diagnostics"]] == ["of the web page"]
    assert [after[key] for key in ("revision", "pages", "changed")] == [
        before[key] for key in ("revision", "pages", "changed")
    ]
    preview.state.show(Proof(revision.issue, preview.report, 1.0))


@pytest.mark.parametrize("body", [b"", b"{}", b'{"page": 0}', b'{"page": "1"}', b'{"page": 1e9}'])
def test_a_page_in_sight_is_a_page(preview: Preview, body: bytes) -> None:
    headers = {"x-typeset-token": preview.token}
    assert ask(preview.app, "/sight", method="POST", headers=headers, body=body).status == 400
    assert preview.state.sight == 1


def test_only_its_own_page_says_what_is_in_sight(preview: Preview) -> None:
    for token, status, page in (("", 403, 1), (preview.token, 204, 3)):
        headers = {"x-typeset-token": token}
        answer = ask(preview.app, "/sight", method="POST", headers=headers, body=b'{"page": 3}')
        assert (answer.status, preview.state.sight) == (status, page)
    preview.state.sight = 1


def test_a_place_on_a_page_leads_to_its_line_and_back(preview: Preview) -> None:
    areas = ask(preview.app, "/places/1/1").value["areas"]
    (area,) = (area for area in areas if area["id"] == "a1-1")
    assert (area["file"], area["line"]) == ("2026-01-14/articles/01-harbor.md", 6)
    found = ask(preview.app, f"/locate?file={area['file']}&line=6").value
    assert (found["id"], found["page"], found["box"]) == ("a1-1", 1, area["box"])
    assert ask(preview.app, "/locate?file=nowhere.md&line=6").value is None


def test_diagnostics_are_reported_with_their_places(preview: Preview) -> None:
    state = ask(preview.app, "/state").value
    in_text, *others = state["diagnostics"]
    assert (in_text["file"], in_text["line"], in_text["page"]) == (
        "2026-01-14/articles/01-harbor.md",
        6,
        1,
    )
    assert in_text["box"][2] > in_text["box"][0]
    assert [(one["code"], one["page"]) for one in others] == [("overset", 1), ("archive-font", 0)]
    assert (state["errors"], state["warnings"], state["fresh"]) == (0, 2, True)


def test_errors_come_first_then_warnings_then_notes_each_by_its_place() -> None:
    found = (
        (Code.ARCHIVE_FONT, "a.md", 1),
        (Code.ENDNOTE_UNUSED, "a.md", 2),
        (Code.ENDNOTE_UNDEFINED, "b.md", 7),
        (Code.ENDNOTE_UNDEFINED, "b.md", 3),
        (Code.ENDNOTE_UNUSED, "a.md", 1),
        (Code.ENDNOTE_UNDEFINED, "a.md", 9),
    )
    report = Report(Diagnostic(code, "x", Location(file, line)) for code, file, line in found)
    state = PreviewState(lambda: None)
    state.show(Proof(None, report, 1.0))
    shown = [(one["severity"], one["file"], one["line"]) for one in state.as_json()["diagnostics"]]
    state.close()
    assert shown == [
        ("error", "a.md", 9),
        ("error", "b.md", 3),
        ("error", "b.md", 7),
        ("warning", "a.md", 1),
        ("warning", "a.md", 2),
        ("info", "a.md", 1),
    ]


def test_a_source_is_opened_in_the_editor_at_its_line(preview: Preview) -> None:
    answer = preview.open(b'{"file": "2026-01-14/articles/01-harbor.md", "line": 5, "column": 2}')
    assert answer.status == 200
    file = preview.folder / "2026-01-14/articles/01-harbor.md"
    assert (preview.folder / "opened").read_text().split("\n")[:2] == ["-g", f"{file}:5:2"]


@pytest.mark.parametrize(
    "file",
    [
        "../secret.md",
        "2026-01-14/../../secret.md",
        "/etc/passwd",
        "2026-01-14",
        "nothing.md",
        "-x",
        "",
    ],
)
def test_no_other_file_is_opened(preview: Preview, file: str) -> None:
    (preview.folder / "opened").unlink(missing_ok=True)
    assert preview.open(f'{{"file": "{file}", "line": 1}}'.encode()).status == 404
    assert not (preview.folder / "opened").exists()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"5",
        b'"file"',
        b"{}",
        b'{"file": "x"}',
        b'{"line": 1}',
        b'{"file": 1}',
        b'{"file": null, "line": 1}',
        b'{"file": "x", "line": "y"}',
        b'{"file": "x", "line": null}',
        b'{"file": "x", "line": true, "column": []}',
        b'{"file": "x", "line": -1}',
        b'{"file": "x", "line": 1.5}',
        b'{"file": "x", "line": 1e999}',
        b'{"file": "x", "line": Infinity}',
        b'{"file": "x", "line": NaN}',
        b'{"file": "x", "line": ' + b"9" * 30 + b"}",
        b'{"file": "x", "line": ' + b"9" * 9000 + b"}",
        b'{"file": "x", "line": 1, "column": 1e400}',
        b'{"file": "x", "line": 1, "column": ' + b"9" * 30 + b"}",
        b'{"file": "\\ud800", "line": 1}',
        b"[" * 9000,
        b'{"a":' * 1900,
        b"\xff",
        '{"file": "é", "line": 1}'.encode("latin-1"),
        '{"file": "x", "line": "y"}'.encode("utf-16"),
    ],
    ids=lambda body: f"{body[:30]!r} {len(body)}",
)
def test_what_cannot_be_read_is_refused(preview: Preview, body: bytes) -> None:
    assert preview.open(body).status == 400


@pytest.mark.parametrize("kind", ["places", "links", "marks"])
@pytest.mark.parametrize("number", ["x", "-1", "1.5", "٣", "9" * 5000])
def test_an_address_without_a_number_is_refused(preview: Preview, kind: str, number: str) -> None:
    assert ask(preview.app, f"/{kind}/{number}/1").status == 400
    assert ask(preview.app, f"/{kind}/1/{number}").status == 400


def test_a_large_request_is_refused(preview: Preview) -> None:
    assert preview.open(b"x" * 20_000).status == 413


def test_without_the_token_nothing_is_opened(preview: Preview) -> None:
    body = b'{"file": "2026-01-14/articles/01-harbor.md", "line": 5}'
    for headers in ({}, {"x-typeset-token": ""}, {"x-typeset-token": "é"}):
        answer = ask(preview.app, "/open", method="POST", headers=headers, body=body)
        assert answer.status == 403
    assert ask(preview.app, "/open").status == 405
