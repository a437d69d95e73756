"""A new feature needs only one file and one row, as the features of this folder show.

Each file of this folder is a feature like those in typeset's own folders.  The tests check what a
reader or an editor notices of it.
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

import click
import pytest

import typeset.languages
from tests.extension import check
from tests.extension.edition import TITLES
from tests.extension.panel import WORDS
from tests.pages import lay_out_issue
from tests.preview.serving import ask, serving
from tests.publications import article, said, write_publication
from typeset.cli.completers import complete_edition
from typeset.diagnostics import PagePlace, Report
from typeset.editions import EDITIONS
from typeset.layout.inspect import INSPECTIONS
from typeset.layout.lay_out import lay_out
from typeset.layout.process.messages import receive, send
from typeset.layout.protocol import silent
from typeset.pipeline.build import build_issue, layout_job, load_issue
from typeset.preflight import CHECKS, Subject, preflight
from typeset.preview.app import Site
from typeset.preview.panels import PANELS
from typeset.preview.proof import LaidOutIssue, Proof
from typeset.preview.state import PreviewState


def test_a_check_reports_what_its_own_inspection_found_on_the_pages(tmp_path: Path) -> None:
    body = "\n\n".join(f"## Pier {number}\n\nShips come in." for number in range(1, 4))
    issue = write_publication(tmp_path, articles={"1.md": article(body)})
    loaded = load_issue(issue)
    inspections = (*INSPECTIONS, check.INSPECTOR)
    pages = lay_out(layout_job(loaded)(), silent, inspections=inspections)
    message = io.BytesIO()
    send(message, pages)  # as the layout process does
    message.seek(0)
    report = Report()
    subject = Subject(loaded.manifest, loaded.issue, loaded.geometry, receive(message))
    preflight(subject, report, (*CHECKS, check.check_headings))
    (diagnostic,) = report
    assert diagnostic.page == PagePlace(1)
    assert said(diagnostic) == "page 1 has 4 headings"


def test_an_edition_is_offered_and_its_file_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(EDITIONS, TITLES.name, TITLES)
    option = click.Option(["--edition"])
    (offered,) = complete_edition(click.Context(click.Command("build")), option, "ti")
    assert (offered.value, offered.help) == ("titles", "the titles as plain text")
    issue = write_publication(
        tmp_path, articles={"1.md": article(title="A Port"), "2.md": article()}
    )
    (output,) = build_issue(issue, editions=["titles"], output=tmp_path / "out").outputs
    assert output.path.name == "the-test-brief-vol-1-issue-1-titles.txt"
    assert output.path.read_text("utf-8") == "The Test Brief\nA Port\nA Harbor at Dawn"


@pytest.fixture
def esperanto(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Languages are found by the names of their files, so the file gets the right name."""
    folder = tmp_path_factory.mktemp("languages")
    shutil.copy(Path(__file__).with_name("language.py"), folder / "eo.py")
    monkeypatch.setattr(typeset.languages, "__path__", [*typeset.languages.__path__, str(folder)])
    monkeypatch.setattr(typeset.languages, "_known", typeset.languages._known.__wrapped__)
    monkeypatch.delitem(sys.modules, "typeset.languages.eo", raising=False)


@pytest.mark.usefixtures("esperanto")
def test_a_language_sets_its_own_words_dates_and_quotes(tmp_path: Path) -> None:
    issue = write_publication(
        tmp_path,
        publication={"language": "eo"},
        articles={"1.md": article('Ŝi diris: "Jen la haveno."')},
    )
    pages = lay_out_issue(issue)
    assert not len(pages.report)
    for words in (
        "14-a de januaro 2026",
        "En ĉi tiu numero",
        "De The Test Desk",
        "„Jen la haveno.“",
    ):
        pages.the(words)


def test_a_panel_has_a_tab_a_script_and_what_it_shows(tmp_path: Path) -> None:
    panels = (*PANELS, WORDS)
    issue = write_publication(tmp_path, articles={"1.md": article("Ships come in.")})
    pages = lay_out_issue(issue)
    state = PreviewState(lambda: None, panels)
    site = Site(state, pages.loaded.workspace, "", panels)
    assert ask(site.app, "/state").value["words"] == []
    laid_out = LaidOutIssue(pages.loaded, pages.laid_out, pages.laid_out.pdf, b"")
    state.show(Proof(laid_out, Report(), 1.0))
    answer = ask(site.app, "/state").value
    assert answer["words"] == [3]
    assert len(answer["pages"]) == pages.laid_out.pages
    page = ask(site.app, "/").body.decode()
    assert page.index('id="tab-checks"') < page.index('id="tab-words"')
    assert 'id="panel-words"' in page
    assert ">Words</button>" in page
    assert "<kbd>3</kbd> <kbd>4</kbd></dt><dd>Pages, HTML, Checks, Words</dd>" in page
    script = ask(site.app, "/static/panel.js")
    assert script.body == Path(__file__).with_name("panel.js").read_bytes()
    assert script.headers["content-type"].startswith("text/javascript")
    state.close()


_WITH_THE_PANEL = """
from functools import partial
import typeset.preview.server as server
from tests.extension.panel import WORDS
from typeset.preview.panels import PANELS
server.PreviewState = partial(server.PreviewState, panels=(*PANELS, WORDS))
server.Site = partial(server.Site, panels=(*PANELS, WORDS))
"""


@pytest.mark.browser
def test_a_panel_is_shown_by_its_tab_and_by_its_key(tmp_path: Path) -> None:
    from playwright.sync_api import expect, sync_playwright

    from tests.preview.test_browser import CHROMIUM

    write_publication(tmp_path, articles={"1.md": article("Ships come in.")})
    with serving(tmp_path, folder=tmp_path, first=_WITH_THE_PANEL) as server:
        server.after(0)
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            page = chromium.new_page()
            page.goto(server.home)
            page.get_by_role("tab", name="Words").click()
            panel = page.get_by_role("tabpanel", name="Words")
            expect(panel).to_have_text("3 words")
            page.keyboard.press("1")
            expect(panel).to_be_hidden()
            page.keyboard.press("4")
            expect(panel).to_be_visible()
            chromium.close()
