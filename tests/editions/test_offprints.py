"""The offprints: each article by itself, with the page numbers of the issue."""

from __future__ import annotations

import hashlib
import re
from html import unescape
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from tests.measures.grid import measure_grid
from tests.pages import (
    SIDEBAR,
    Pages,
    lay_out_issue,
    lay_out_offprint,
    lines_of_pages,
    paragraph,
    prose,
)
from tests.parameters import slow_after
from tests.publications import article, png, said, write_publication
from tests.validators import judge
from typeset.diagnostics import Diagnostic, Severity
from typeset.errors import ContentError
from typeset.html import print_job
from typeset.layout.protocol import Progress
from typeset.model import Offprint
from typeset.pipeline.build import build_issue, load_issue
from typeset.pipeline.result import Build

URL = "https://example.org/harbors/"
PICTURE = '![Cranes](images/x.png){alt="Cranes at dawn"}'
SECOND = f"""\
{PICTURE}

{paragraph(300)}[^1]

## A section

{prose(8, 301)}

[^1]: A note on the second.
"""
TEXTS = {
    "1.md": article(prose(8), title="The First"),
    "2.md": article(
        SECOND,
        title="Is “This” the *Second*?",
        kicker="Cranes",
        standfirst="What stands below the title.",
        summary="A summary.",
        authors=[{"name": "Ada Quay", "bio": "She knows quays."}, "Ben Crane"],
        takeaway="It was short.",
    ),
    "3.md": article("A *short* one.", title="The Third"),
}


def write(folder: Path, **settings: object) -> Path:
    return write_publication(
        folder,
        publication={"url": URL, "rights": "Share it.", "contents": False, **settings},
        issue={"volume": 7, "number": 12},
        articles=TEXTS,
        files={"images/x.png": png(400, 200)},
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("offprints"))


@pytest.fixture(scope="module")
def progress() -> list[Progress]:
    return []


@pytest.fixture(scope="module")
def build(folder: Path, progress: list[Progress]) -> Build:
    return build_issue(
        folder, editions=["offprints"], output=folder.parent / "out", on_progress=progress.append
    )


@pytest.fixture(scope="module")
def issue(folder: Path) -> Pages:
    return lay_out_issue(folder)


@pytest.fixture(scope="module")
def second(issue: Pages) -> Pages:
    return lay_out_offprint(issue, 2)


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """The same article in the other theme, on another page."""
    folder = write(tmp_path_factory.mktemp("other"), theme="ledger", page=["189 mm", "246 mm"])
    return lay_out_offprint(lay_out_issue(folder), 2)


def folios(pages: Pages, number: int) -> tuple[int, int]:
    """The first and last page of an article in its issue."""
    on = [box.page for box in pages.laid_out.boxes_of(f"a{number}")]
    return min(on), max(on)


def test_there_is_one_file_an_article_and_none_of_the_issue(build: Build) -> None:
    assert [output.path.name for output in build.outputs] == [
        f"the-test-brief-vol-7-issue-12-offprint-0{number}.pdf" for number in (1, 2, 3)
    ]
    assert {output.edition for output in build.outputs} == {"offprints"}
    assert sorted(path.name for path in build.outputs[0].path.parent.iterdir()) == [
        output.path.name for output in build.outputs
    ]
    for output in build.outputs:
        data = output.path.read_bytes()
        assert output.sha256 == hashlib.sha256(data).hexdigest()
        with pypdfium2.PdfDocument(output.path) as document:
            assert output.pages == len(document)


def test_each_is_reported_while_it_is_printed(build: Build, progress: list[Progress]) -> None:
    assert [one.page for one in progress if one.step == "offprint"] == [1, 2, 3]


def test_pages_are_labelled_as_in_the_issue(build: Build, issue: Pages) -> None:
    for number, output in enumerate(build.outputs, 1):
        first, _ = folios(issue, number)
        with pypdfium2.PdfDocument(output.path) as document:
            labels = [document.get_page_label(page) for page in range(len(document))]
        assert labels == [str(first + page) for page in range(output.pages or 0)]
    assert folios(issue, 2)[0] > 1


def test_each_page_shows_its_folio(second: Pages, issue: Pages) -> None:
    first, _ = folios(issue, 2)
    assert second.laid_out.pages > 1
    for page in range(1, second.laid_out.pages + 1):
        running = second.running(page)
        foot = [glyph for glyph in running if glyph.baseline > second.geometry.height / 2]
        assert "".join(glyph.character for glyph in foot) == str(first + page - 1)
        head = "".join(glyph.character for glyph in running if glyph not in foot)
        assert head == ("" if page == 1 else "TheTestBrief,Vol.7,Issue12")


@pytest.mark.slow
def test_the_first_folio_stands_where_the_others_do(second: Pages, other: Pages) -> None:
    """In the middle or at the outer edge, even though the text above it is narrower."""
    for pages, place in ((second, second.geometry.width / 2), (other, other.edges(1, SIDEBAR)[1])):
        foot = max(pages.running(1), key=lambda glyph: glyph.baseline)
        assert foot.x == pytest.approx(place, abs=8)


@pytest.mark.parametrize("theme", slow_after(1, ["brief", "ledger"]))
def test_a_long_name_leaves_room_for_what_this_is(theme: str, tmp_path: Path) -> None:
    name = "The Proceedings of the Society for the Study of Harbors, Quays and Cranes " * 3
    folder = write_publication(tmp_path, publication={"name": name.strip(), "theme": theme})
    pages = lay_out_offprint(lay_out_issue(folder), 1)
    box = pages.box("name")
    kind = pages.the("Offprint")[0]
    assert box.top < kind.baseline < box.bottom
    assert max(ink.right for ink in pages.ink if box.top < ink.top < box.bottom - 3) > kind.x
    words = [ink for ink in pages.ink if ink.bottom < box.bottom and ink.left < kind.x - 1]
    assert max(ink.right for ink in words) < kind.x - 6


def test_it_holds_its_article_and_nothing_of_the_others(second: Pages) -> None:
    for text in (
        "The Test Brief",
        "Offprint",
        "Volume 7, Issue 12",
        "January 14, 2026",
        "Cranes",
        "Is “This” the Second?",
        "What stands below the title.",
        "By Ada Quay and Ben Crane",
        "She knows quays.",
        "A section",
        "The main point: It was short.",
        "A note on the second.",
    ):
        assert second.find(text), text
    assert second.the(paragraph(308))
    assert not second.find("The First")
    assert not second.find("Paragraphaaa")
    assert not second.laid_out.losses


def test_it_says_how_to_cite_it_and_leads_to_the_issue(second: Pages, issue: Pages) -> None:
    first, last = folios(issue, 2)
    assert last > first
    line = second.the(
        "Ada Quay and Ben Crane, “Is ‘This’ the Second?” The Test Brief 7(12), "
        f"January 14, 2026, pp. {first}–{last}. {URL}"
    )
    assert {glyph.page for glyph in line} == {1}
    assert all(glyph.x > second.sidebar_left for glyph in line)
    assert URL in {link.uri for link in second.links if link.covers(line[-3])}
    for text in ("Cite as", "Published by", "The Test Desk", "Rights", "Share it."):
        assert second.the(text)


def test_a_single_page_is_cited_as_one(issue: Pages) -> None:
    third = lay_out_offprint(issue, 3)
    first, last = folios(issue, 3)
    assert first == last
    assert third.laid_out.pages == 1
    assert third.the(
        f"The Test Desk, “The Third,” The Test Brief 7(12), January 14, 2026, p. {first}."
    )


def test_its_metadata_are_the_article_s(build: Build) -> None:
    with pikepdf.open(build.outputs[1].path) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Is “This” the Second?"
        assert str(pdf.docinfo["/Author"]) == "Ada Quay, Ben Crane"
        assert str(pdf.docinfo["/Subject"]) == "A summary."
        assert str(pdf.docinfo["/Keywords"]) == "Cranes"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20260114")
        assert bool(pdf.Root.MarkInfo.Marked)
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()
        with pdf.open_outline() as outline:
            assert titles(outline.root) == [("Is “This” the Second?", [("A section", [])])]


def titles(items: Any) -> list[Any]:
    return [(str(item.title), titles(item.children)) for item in items]


@pytest.mark.parametrize("name", slow_after(1, ["second", "other"]))
def test_every_line_stands_on_the_grid(name: str, request: pytest.FixtureRequest) -> None:
    pages: Pages = request.getfixturevalue(name)
    figures = measure_grid(lines_of_pages(pages), pages.geometry.baseline)
    assert figures.lines > 50
    assert figures.off == ()
    assert not len(pages.report)


def put_template(folder: Path, name: str, text: str) -> None:
    """Write a template of the publication's own."""
    place = folder / "templates" / "print" / name
    place.parent.mkdir(parents=True)
    place.write_text(text, "utf-8")


def test_a_problem_of_one_is_reported_with_its_number(tmp_path: Path) -> None:
    folder = write_publication(tmp_path, articles={"1.md": article(), "2.md": article()})
    template = (
        '<header class="nameplate" id="nameplate" data-grid="page">'
        f'<p id="name" style="white-space: nowrap">{"{{ offprint.number }} " * 70}</p></header>'
    )
    put_template(tmp_path, "offprint-nameplate.html.j2", template)
    report = build_issue(folder, editions=["offprints"], output=tmp_path / "out").report
    assert [problem.code for problem in report] == ["overset", "overset"]
    for number, problem in enumerate(report, 1):
        assert problem.message.startswith(f"offprint 0{number}: on page 1 ")
        assert str(problem.location) == "publication.yaml:2:7"


def test_issues_without_problems_have_offprints_without(build: Build) -> None:
    assert not len(build.report)


@pytest.mark.slow
def test_a_problem_of_the_issue_is_reported_once(tmp_path: Path) -> None:
    """The limit of pages applies only in the issue, whose columns hold more than an offprint's."""
    entries = ["articles/1.md", {"path": "articles/2.md", "max_pages": 0.1}]
    texts = {"1.md": article(prose(7)), "2.md": article(f"{prose(2)}\n\n## Nothing below")}
    folder = write_publication(tmp_path, issue={"articles": entries}, articles=texts)
    report = build_issue(folder, editions=["offprints"], output=tmp_path / "out").report
    assert sorted(problem.code for problem in report) == ["article-pages", "heading-alone"]
    assert not any("offprint" in problem.message for problem in report)


def failure(folder: Path) -> list[Diagnostic]:
    with pytest.raises(ContentError) as raised:
        build_issue(folder, editions=["screen", "offprints"], output=folder / "out")
    return [one for one in raised.value.report if one.severity is Severity.ERROR]


def test_nothing_is_written_where_one_cannot_be_printed(tmp_path: Path) -> None:
    texts = {"1.md": article(), "2.md": article()}
    rights = {"rights": "Nobody may do anything. " * 80}
    folder = write_publication(tmp_path, publication=rights, articles=texts)
    problems = failure(folder)
    assert [problem.code for problem in problems] == ["sidebar-long", "sidebar-long"]
    for number, problem in enumerate(problems, 1):
        assert problem.message.startswith(f"offprint 0{number}: ")
        assert str(problem.location).endswith(f"articles/{number}.md:2:8")
        assert "`rights`" in said(problem)
    assert not (folder / "out").exists()


@pytest.mark.slow
def test_offprints_of_articles_that_are_gone_go_too_and_nothing_else(tmp_path: Path) -> None:
    texts = {"1.md": article(), "2.md": article(title="Second"), "3.md": article(title="Third")}
    folder, out = write_publication(tmp_path, articles=texts), tmp_path / "out"
    first = build_issue(folder, editions=["screen", "offprints"], output=out)
    slug = first.issue.slug
    others = {
        f"{slug}-offprint-1.pdf",
        f"{slug}-offprint-002.pdf",
        f"{slug}-offprint-02.pdf.bak",
        f"{slug}-offprint-cover.pdf",
        f"a-{slug}-offprint-02.pdf",
        f"{slug}-press.pdf",
        f"{slug.removesuffix('1')}11-offprint-02.pdf",
    }
    for name in others:
        (out / name).write_text("mine")
    fewer = write_publication(tmp_path, articles={"1.md": article(), "2.md": article(title="2nd")})
    written = {path.name for path in out.iterdir()}
    build_issue(fewer, editions=["screen"], output=out)
    assert {path.name for path in out.iterdir()} == written, "they are another set"
    build_issue(fewer, editions=["offprints"], output=out)
    assert written - {path.name for path in out.iterdir()} == {f"{slug}-offprint-03.pdf"}
    assert all((out / name).read_text() == "mine" for name in others)


def test_a_template_of_the_publication_s_own_takes_part(tmp_path: Path) -> None:
    folder = write_publication(tmp_path)
    put_template(tmp_path, "offprint-sidebar.html.j2", "{{ nonsense }}")
    (problem,) = failure(folder)
    assert (problem.code, str(problem.location)) == (
        "template-unusable",
        "templates/print/offprint-sidebar.html.j2:1",
    )


def test_editions_come_in_the_order_in_which_they_are_asked_for(tmp_path: Path) -> None:
    folder = write_publication(tmp_path)
    build = build_issue(folder, editions=["offprints", "screen"], output=tmp_path / "out")
    assert [output.edition for output in build.outputs] == ["offprints", "screen"]
    assert build.lines


@pytest.mark.slow
def test_the_same_article_gives_the_same_bytes(build: Build, folder: Path, tmp_path: Path) -> None:
    again = build_issue(folder, editions=["offprints"], output=tmp_path)
    assert [one.sha256 for one in again.outputs] == [one.sha256 for one in build.outputs]


def citation(folder: Path, first: int = 4, last: int = 6) -> str:
    """The citation of an issue's only article, in the document for the layout."""
    loaded = load_issue(folder)
    offprint = Offprint(loaded.issue, 1, first, last)
    html = print_job(loaded.issue, loaded.design, loaded.issue.date, (), offprint).html
    found = re.search('<p id="masthead-cite">(.*?)</p>', html, re.DOTALL)
    assert found is not None
    return re.sub(r"[\u00a0\u202f]", " ", unescape(re.sub("<[^>]+>", "", found[1])))


@pytest.mark.parametrize(
    ("tag", "line"),
    [
        ("en", "Ada and Ben, “Tides,” Quay 7(12), January 14, 2026, pp. 4–6."),
        ("en-GB", "Ada and Ben, “Tides,” Quay 7(12), 14 January 2026, pp. 4–6."),
        ("de", "Ada und Ben: „Tides“, in: Quay, Jg. 7, Heft 12, 14. Januar 2026, S. 4–6."),
        ("de-CH", "Ada und Ben: «Tides», in: Quay, Jg. 7, Heft 12, 14. Januar 2026, S. 4–6."),
        ("fr", "Ada et Ben, « Tides », Quay, vol. 7, n° 12, 14 janvier 2026, p. 4-6."),
        ("es", "Ada y Ben, «Tides», Quay, vol. 7, núm. 12, 14 de enero de 2026, pp. 4-6."),
        ("zh-Hant", "Ada、Ben：〈Tides〉，《Quay》第7卷第12期（2026年1月14日），頁4–6。"),
        ("zh-Hans", "Ada、Ben：《Tides》，《Quay》第7卷第12期（2026年1月14日），第4—6页。"),
    ],
)
def test_a_citation_has_the_form_of_its_language(tag: str, line: str, tmp_path: Path) -> None:
    folder = write_publication(
        tmp_path,
        publication={"language": tag, "name": "Quay", "slug": "quay"},
        issue={"volume": 7, "number": 12},
        articles={"1.md": article(title="Tides", authors=["Ada", "Ben"])},
    )
    assert citation(folder) == line


def test_of_many_authors_the_first_are_cited(tmp_path: Path) -> None:
    names = [f"Author {letter}" for letter in "ABCDEFGHIJK"]
    ten = write_publication(tmp_path / "10", articles={"1.md": article(authors=names[:10])})
    assert citation(ten).startswith(f"{', '.join(names[:9])} and {names[9]}, ")
    eleven = write_publication(tmp_path / "11", articles={"1.md": article(authors=names)})
    assert citation(eleven).startswith(f"{', '.join(names[:7])} et al., “")


@pytest.mark.slow
def test_without_publisher_rights_and_address_the_citation_stands_alone(tmp_path: Path) -> None:
    folder = write_publication(tmp_path, publication={"publisher": None})
    offprint = lay_out_offprint(lay_out_issue(folder), 1)
    assert not len(offprint.report)
    assert offprint.the("The Test Brief 1(1), January 14, 2026, p. 1.")
    assert not offprint.find("Published by")
    assert not offprint.find("Rights")


@pytest.mark.slow
def test_an_article_in_another_language_is_cited_in_the_publication_s(tmp_path: Path) -> None:
    head = {"title": 'Der "Kai"', "authors": ["A", "B"], "language": "de"}
    texts = {"1.md": article('Er sagte "ja".', **head)}
    offprint = lay_out_offprint(lay_out_issue(write_publication(tmp_path, articles=texts)), 1)
    assert offprint.the("Von A und B")
    assert offprint.the("A and B, “Der ‘Kai’,” The Test Brief")
    html = print_job(
        offprint.loaded.issue,
        offprint.loaded.design,
        offprint.loaded.issue.date,
        (),
        offprint.offprint,
    ).html
    assert '“<span lang="de">Der ‘Kai’</span>,”' in html


@pytest.mark.slow
def test_a_chinese_article_is_printed_by_itself(tmp_path: Path) -> None:
    folder = write_publication(
        tmp_path,
        publication={"name": "港口", "slug": "gang", "language": "zh-Hant", "masthead": []},
        articles={"1.md": article("港口在黎明前醒來。" * 90, title="河運", authors=["甲", "乙"])},
    )
    offprint = lay_out_offprint(lay_out_issue(folder), 1)
    assert not len(offprint.report), [said(problem) for problem in offprint.report]
    assert offprint.the("抽印本")
    assert offprint.the("甲、乙：〈河運〉，《港口》第1卷第1期（2026年1月14日），頁1。")


@pytest.mark.validators
def test_the_judges_are_content(build: Build) -> None:
    assert judge.main([str(output.path) for output in build.outputs]) == 0
