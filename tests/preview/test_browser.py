"""The preview in a browser: by mouse, by keyboard, and on a phone."""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from tests.preview.publication import FIRST, WORDS, replace_in, write_previewed
from tests.preview.serving import PATIENCE, Server, is_settled, serving, wait_for

pytestmark = pytest.mark.browser

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FILE = f"2026-01-14/articles/{FIRST}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        # Some containers do not allow the sandbox of the browser.
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("browser") / "publication"


@pytest.fixture(scope="module")
def running(folder: Path) -> Iterator[Server]:
    write_previewed(folder)
    editor = folder.parent / "code"
    editor.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{folder.parent}/opened"\n')
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    with serving(folder, folder=folder, editor=str(editor)) as server:
        server.after(0)
        yield server


@pytest.fixture
def server(running: Server, folder: Path) -> Iterator[Server]:
    """The running preview, whose publication is whole again afterwards."""
    before = running.settled()["version"]
    yield running
    version = running.settled()["version"]
    if version > before:
        write_previewed(folder)
        running.wait_for(
            lambda state: bool(state["fresh"] and state["version"] > version) and is_settled(state)
        )


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


def open_page(context: BrowserContext, server: Server, place: str = "") -> Page:
    """Open the preview; any complaint of the browser fails the test."""
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"the script failed: {error}"))
    page.on("console", refuse_complaints)
    page.goto(server.home + place)
    shown(page, server)
    return page


def refuse_complaints(message: Any) -> None:
    # Requests for older pages get status 410, which the browser logs.
    if message.type in {"error", "warning"} and "410" not in message.text:
        pytest.fail(f"the browser says: {message.text}")


def shown(page: Page, server: Server) -> None:
    """Wait until the browser shows the newest state of the server, which may change meanwhile."""
    html, end = page.locator("html"), time.monotonic() + PATIENCE
    while html.get_attribute("data-version") != str(server.state()["version"]):
        assert time.monotonic() < end, "the browser never shows what the server has"
        page.wait_for_timeout(50)


def sheet(page: Page, number: int) -> Locator:
    return page.locator(f"#sheet-{number}")


def line(page: Page, words: str) -> Locator:
    """A line of text on the pages."""
    return page.locator(".text span", has_text=words).first


def click_on(page: Page, words: str) -> None:
    line(page, words).click(position={"x": 5, "y": 5})


def violations(page: Page) -> list[str]:
    script = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    page.evaluate(script)
    found = page.evaluate("axe.run()")["violations"]
    return [f"{one['id']}: {[node['html'] for node in one['nodes']]}" for one in found]


def test_it_opens_on_the_pages_and_their_text(context: BrowserContext, server: Server) -> None:
    page = open_page(context, server)
    expect(page.locator(".sheet")).to_have_count(len(server.state()["pages"]))
    expect(page).to_have_title(re.compile("The Test Brief"))
    expect(line(page, WORDS)).to_be_attached()
    width = sheet(page, 1).evaluate("element => element.clientWidth")
    image = sheet(page, 1).locator("img").evaluate("image => image.naturalWidth")
    assert abs(image - width) <= 1


def test_an_edit_shows_where_it_is_and_nothing_else_moves(
    context: BrowserContext, server: Server, folder: Path
) -> None:
    page = open_page(context, server)
    page.get_by_label("Zoom").select_option("1.5")
    page.locator("#pane").evaluate("pane => { pane.scrollTop = 333 }")
    second = server.state()["pages"][1]["digest"]
    replace_in(folder / FILE, WORDS, "what nobody had seen before")
    expect(page.locator("#changed-button")).to_have_text("Changed: 1")
    expect(line(page, "what nobody had seen before")).to_be_attached()
    expect(sheet(page, 1).locator(".mark").first).to_be_attached()
    assert page.locator("#pane").evaluate("pane => pane.scrollTop") == 333
    expect(page.get_by_label("Zoom")).to_have_value("1.5")
    expect(page.get_by_role("status")).to_have_text("page 1 changed")
    expect(sheet(page, 2)).to_have_attribute("data-digest", second)


WITH_A_LATE_END = """
import pathlib
import time
from dataclasses import replace
from typeset.preview.state import PreviewState
show = PreviewState.show
def show_late(self, proof):
    time.sleep(2)
    show(self, replace(proof, issue=None) if pathlib.Path("fail").exists() else proof)
PreviewState.show = show_late
"""
"""Shows what a build gives late, and as if there were no pages if a file says so."""

_HISTORY = """() => {
  window.drawn = { 1: [], 2: [] };
  const note = (records) => {
    for (const { target } of records) {
      const early = target.classList.contains("early");
      window.drawn[target.dataset.page]?.push([target.dataset.digest, early]);
    }
  };
  const attributeFilter = ["data-digest"];
  const list = document.getElementById("sheets");
  new MutationObserver(note).observe(list, { attributes: true, subtree: true, attributeFilter });
}"""
"""Records which pages are drawn, and whether they were early."""


def test_the_page_in_sight_is_shown_before_the_others_and_taken_back_if_the_build_fails(
    context: BrowserContext, tmp_path: Path
) -> None:
    publication = tmp_path / "publication"
    write_previewed(publication)
    with serving(publication, folder=tmp_path, first=WITH_A_LATE_END) as server:
        good = server.after(0)
        page = context.new_page()
        page.goto(server.home)
        shown(page, server)
        expect(page.locator("html")).to_have_attribute("data-phase", "idle")
        page.evaluate(_HISTORY)
        replace_in(publication / FILE, WORDS, "what is seen before the rest")
        expect(sheet(page, 1)).to_have_class(re.compile(r"\bearly\b"))
        expect(line(page, "what is seen before the rest")).to_be_attached()
        assert server.state()["revision"] == good["revision"]
        assert page.locator("html").get_attribute("data-phase") == "building"
        assert violations(page) == []

        final = server.after(good["version"])
        expect(sheet(page, 1)).not_to_have_class(re.compile(r"\bearly\b"))
        expect(sheet(page, 1)).to_have_attribute("data-digest", final["pages"][0]["digest"])
        expect(line(page, "what is seen before the rest")).to_be_attached()
        drawn = page.evaluate("window.drawn")
        assert [early for _, early in drawn["1"]] == [True, False]
        assert drawn["2"] == []  # it is the same in both revisions

        (tmp_path / "fail").touch()
        replace_in(publication / FILE, "what is seen before the rest", "what nothing comes of")
        expect(line(page, "what nothing comes of")).to_be_attached()
        expect(sheet(page, 1)).not_to_have_class(re.compile(r"\bearly\b"))
        expect(line(page, "what is seen before the rest")).to_be_attached()
        expect(sheet(page, 1)).to_have_attribute("data-digest", final["pages"][0]["digest"])
        expect(line(page, "what nothing comes of")).to_have_count(0)
        drawn = page.evaluate("window.drawn")
        assert [early for _, early in drawn["1"]] == [True, False, True, False]
        assert drawn["2"] == []


def test_a_break_shows_its_diagnostics_over_the_last_good_pages_until_it_is_mended(
    context: BrowserContext, server: Server, folder: Path
) -> None:
    page = open_page(context, server)
    replace_in(folder / FILE, "[^1]\n", "[^none]\n")
    banner = page.locator("#banner")
    expect(banner).to_contain_text("the note `none` is not defined")
    expect(line(page, WORDS)).to_be_attached()
    expect(page.locator("#count")).to_have_text(str(len(server.state()["diagnostics"])))
    expect(page.get_by_role("status")).to_have_text("1 error. These are the last good pages.")
    expect(page.locator("#status-text")).to_have_text("1 error; last good pages")
    assert violations(page) == []

    page.get_by_role("tab", name="Checks").click()
    checks = page.locator("#checks li")
    expect(checks.first).to_contain_text("endnote-")
    assert violations(page) == []
    checks.filter(has_text="none").get_by_role("button", name="page 1").click()
    expect(page.locator("#panel-pages")).to_be_visible()

    replace_in(folder / FILE, "[^none]\n", "[^1]\n")
    expect(banner).to_be_hidden()
    expect(page.locator("#count")).to_be_hidden()
    expect(page.locator("#status-text")).to_contain_text("Up to date")


def test_before_there_are_pages_none_are_said_to_be_good(
    context: BrowserContext, tmp_path: Path
) -> None:
    publication = tmp_path / "publication"
    write_previewed(publication)
    replace_in(publication / "publication.yaml", "name: The Test Brief", "name: [")
    with serving(publication, folder=tmp_path) as server:
        server.after(0)
        page = context.new_page()
        page.goto(server.home)
        expect(page.locator("#status-text")).to_have_text(re.compile(r"^\d errors?; no pages yet$"))
        expect(page.locator("#banner")).to_contain_text("There are no pages yet.")
        expect(page.get_by_role("status")).to_contain_text("There are no pages yet.")
        assert "last good pages" not in page.locator("body").inner_text()


def test_the_first_pages_show_what_can_be_set_and_are_not_for_release(
    context: BrowserContext, tmp_path: Path
) -> None:
    publication = tmp_path / "publication"
    write_previewed(publication)
    replace_in(publication / FILE, "images/port.png", "images/prot.png")
    with serving(publication, folder=tmp_path) as server:
        server.after(0)
        page = context.new_page()
        page.goto(server.home)
        expect(page.locator("#status-text")).to_have_text("1 error; not for release")
        expect(page.locator("#banner")).to_contain_text("These pages show what can be set.")
        expect(page.locator("#banner")).to_contain_text("images/prot.png does not exist")
        expect(line(page, WORDS)).to_be_attached()
        label = "getComputedStyle(document.getElementById('sheet-1'), '::after').content"
        assert page.evaluate(label) == '"not for release"'
        expect(page.locator("#pdf")).to_be_hidden()
        with pytest.raises(HTTPError, match="410"):
            server.get("issue.pdf")
        assert violations(page) == []

        replace_in(publication / FILE, "images/prot.png", "images/port.png")
        expect(page.locator("#status-text")).to_contain_text("Up to date")
        expect(page.locator("#banner")).to_be_hidden()
        assert page.evaluate(label) == "none"
        expect(page.locator("#pdf")).to_be_visible()
        assert server.get("issue.pdf").startswith(b"%PDF")


def opened(folder: Path, action: Callable[[], object]) -> list[str]:
    reported = folder.parent / "opened"
    reported.unlink(missing_ok=True)
    action()
    wait_for(lambda: reported.exists() and reported.read_text().endswith("\n"))
    return reported.read_text().splitlines()


def test_a_click_leads_to_the_source(context: BrowserContext, server: Server, folder: Path) -> None:
    page = open_page(context, server)
    click_on(page, WORDS)
    source = page.locator(".source")
    expect(source).to_contain_text(f"{FILE}:6")
    button = source.get_by_role("button", name="Open in editor")
    assert opened(folder, button.click) == ["-g", f"{folder / FILE}:6:1"]
    expect(page.locator(".notice")).to_have_text(f"opened {FILE}:6")
    page.keyboard.press("Escape")
    expect(source).to_have_count(0)


def test_a_line_of_an_article_is_where_it_begins(context: BrowserContext, server: Server) -> None:
    found = server.state()
    heading = next(entry for entry in found["outline"] if entry["title"] == "The Quay Is Open")
    page = open_page(context, server, "#file=2026-01-14%2Farticles%2F02-quay.md&line=2")
    expect(page.locator("#page")).to_have_value(str(heading["page"]))
    expect(line(page, "The Quay Is Open").last).to_be_attached()
    expect(sheet(page, heading["page"]).get_by_text("The Quay Is Open")).to_be_in_viewport()


def test_all_of_it_goes_by_keyboard(context: BrowserContext, server: Server, folder: Path) -> None:
    page = open_page(context, server)
    press = page.keyboard.press
    current, pane = page.locator("#page"), page.locator("#pane")
    press("ArrowRight")
    expect(current).to_have_value("2")
    press("Home")
    expect(current).to_have_value("1")
    press("End")
    expect(current).to_have_value(str(len(server.state()["pages"])))
    press("Home")
    before = pane.evaluate("pane => pane.scrollTop")
    press("PageDown")
    wait_for(lambda: bool(pane.evaluate("pane => pane.scrollTop") > before + 300))
    press("Home")

    width = sheet(page, 1).evaluate("element => element.clientWidth")
    press("+")
    wait_for(lambda: bool(sheet(page, 1).evaluate("element => element.clientWidth") > width))
    press("0")
    wait_for(lambda: bool(sheet(page, 1).evaluate("element => element.clientWidth") == width))

    press("s")
    first, second = (sheet(page, n).bounding_box() for n in (1, 2))
    assert first
    assert second
    assert second["x"] < first["x"]  # the front page stands alone, on the right
    press("s")

    press("t")
    expect(page.locator(".thumbnail img").first).to_be_visible()
    press("t")

    press("]")
    press("]")
    expect(page.locator(".source")).to_be_visible()
    assert opened(folder, lambda: press("Enter"))[0] == "-g"
    press("Escape")

    press("3")
    expect(page.locator("#panel-checks")).to_be_focused()
    press("1")
    expect(pane).to_be_focused()
    press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []
    press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_keys_act_on_the_pages_wherever_the_mouse_was(
    context: BrowserContext, server: Server
) -> None:
    page = open_page(context, server)
    press = page.keyboard.press
    current, last = page.locator("#page"), str(len(server.state()["pages"]))

    def keys_turn_pages() -> None:
        for key, number in (("End", last), ("Home", "1"), ("ArrowRight", "2"), ("ArrowLeft", "1")):
            press(key)
            expect(current).to_have_value(number)

    page.get_by_role("tab", name="Checks").click()
    expect(page.locator("#panel-checks")).to_be_focused()
    page.get_by_role("tab", name="Pages").click()
    keys_turn_pages()
    press("3")
    press("1")
    keys_turn_pages()
    page.get_by_label("Zoom").click()
    page.get_by_label("Zoom").select_option("0.75")
    keys_turn_pages()
    page.get_by_role("button", name="Thumbnails and contents").click()
    page.get_by_role("button", name="Page 1", exact=True).click()
    keys_turn_pages()
    page.get_by_role("button", name="Contents", exact=True).click()
    page.locator("#contents").get_by_role("link", name="A Harbor at Dawn").click()
    keys_turn_pages()
    current.click()
    page.keyboard.type("2")
    press("Enter")
    expect(current).to_have_value("2")
    keys_turn_pages()


def test_on_a_tab_reached_by_keyboard_arrows_lead_to_the_other_tabs(
    context: BrowserContext, server: Server
) -> None:
    page = open_page(context, server)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    for key, name in (("ArrowRight", "HTML"), ("End", "Checks"), ("Home", "Pages")):
        page.keyboard.press(key)
        expect(page.get_by_role("tab", name=name)).to_be_focused()
        expect(page.get_by_role("tabpanel", name=name)).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name="Pages")).to_be_focused()
    expect(page.locator("#page")).to_have_value("1")


def test_the_focus_goes_from_the_bar_to_the_pages(context: BrowserContext, server: Server) -> None:
    page = open_page(context, server)
    names = []
    for _ in range(14):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.id"))
    assert names[:2] == ["sidebar-button", "tab-pages"]
    assert "tab-html" not in names  # arrow keys move between the tabs
    assert names.index("tab-pages") < names.index("zoom") < names.index("pane")


def test_only_pages_in_sight_and_near_it_are_fetched_those_in_sight_first(
    context: BrowserContext, server: Server, folder: Path
) -> None:
    """A page is much higher than the window here."""
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url))

    def fetched() -> list[int]:
        """The pages whose images were requested, in this order."""
        digests = [page["digest"] for page in server.state()["pages"]]
        images = [found[1] for url in requests if (found := re.search(r"/pages/(\w+)\.png", url))]
        return [digests.index(digest) + 1 for digest in images if digest in digests]

    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 300})
    page.goto(server.home)
    shown(page, server)
    page.wait_for_timeout(300)
    assert len(server.state()["pages"]) == 3
    assert fetched() == [1]
    pages = [re.search(r"/(?:places|links|marks)/\d+/(\d+)$", url) for url in requests]
    assert {found[1] for found in pages if found} == {"1"}
    page.keyboard.press("ArrowRight")
    expect(sheet(page, 2)).to_have_attribute("data-digest", re.compile("."))
    assert fetched() == [1, 2]

    requests.clear()
    version = server.state()["version"]
    # It stands on the first page, and in the running head of all others.
    replace_in(folder / "publication.yaml", "name: The Test", "name: The Best")
    after = server.after(version)
    shown(page, server)
    expect(sheet(page, 1)).to_have_attribute("data-digest", after["pages"][0]["digest"])
    page.wait_for_timeout(300)
    assert fetched() == [2, 1]


def test_thumbnails_and_contents_lead_to_pages(context: BrowserContext, server: Server) -> None:
    page = open_page(context, server)
    page.get_by_role("button", name="Thumbnails and contents").click()
    page.get_by_role("button", name="Page 2", exact=True).click()
    expect(page.locator("#page")).to_have_value("2")
    expect(page.get_by_role("button", name="Page 2", exact=True)).to_have_attribute(
        "aria-current", "page"
    )
    page.get_by_role("button", name="Contents", exact=True).click()
    page.locator("#contents").get_by_role("link", name="A Harbor at Dawn").click()
    expect(page.locator("#page")).to_have_value("1")
    assert violations(page) == []


def test_text_is_selected_and_copied_as_it_reads(context: BrowserContext, server: Server) -> None:
    page = open_page(context, server)
    line(page, WORDS).click(click_count=3, position={"x": 5, "y": 5})
    page.keyboard.press("Control+c")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert WORDS in copied
    assert "\u00ad" not in copied
    expect(page.locator(".source")).to_have_count(0)  # selecting text does not show its source


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_it_whole(browser: Browser, server: Server, scheme: Any) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        device_scale_factor=2,
        has_touch=True,
        color_scheme=scheme,
    )
    page = open_page(context, server)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    box = sheet(page, 1).bounding_box()
    assert box
    assert 0 <= box["x"] < box["x"] + box["width"] <= 360
    image = sheet(page, 1).locator("img").evaluate("image => image.naturalWidth")
    assert abs(image - 2 * box["width"]) <= 2
    for button in page.locator(".bar button:visible, .bar a:visible").all():
        area = button.bounding_box()
        assert area
        assert 0 <= area["x"] < area["x"] + area["width"] <= 360
        assert area["height"] >= 30
    page.get_by_role("button", name="Thumbnails and contents").tap()
    page.get_by_role("button", name="Page 2", exact=True).tap()
    expect(page.locator("#sidebar")).to_be_hidden()
    expect(page.locator("#page")).to_have_value("2")
    assert violations(page) == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, server: Server, scheme: Any) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 860})
    page = open_page(context, server)
    click_on(page, WORDS)
    assert violations(page) == []
    context.close()


def test_the_web_page_is_live_too_and_leads_to_the_source(
    context: BrowserContext, tmp_path: Path
) -> None:
    publication = tmp_path / "publication"
    write_previewed(publication)
    with serving(publication, folder=tmp_path) as server:
        server.after(0)
        page = context.new_page()
        page.goto(server.home)
        shown(page, server)
        page.get_by_role("tab", name="HTML").click()
        web = page.frame_locator("#panel-html iframe:not(.loading)")
        expect(web.get_by_text(WORDS)).to_be_visible()
        web.get_by_text(WORDS).click()
        expect(page.locator(".source")).to_contain_text(f"{FILE}:6")

        web.locator("html").evaluate("html => html.ownerDocument.defaultView.scrollTo(0, 40)")
        replace_in(publication / FILE, WORDS, "what the web shows too")
        expect(web.get_by_text("what the web shows too")).to_be_visible()
        # Chromium may take a moment to arrive.
        expect(web.locator("html")).to_have_js_property("scrollTop", 40)


def test_two_browsers_show_the_same(browser: Browser, server: Server, folder: Path) -> None:
    contexts = [browser.new_context() for _ in range(2)]
    pages = [open_page(context, server) for context in contexts]
    replace_in(folder / FILE, WORDS, "seen from both sides")
    for page in pages:
        expect(line(page, "seen from both sides")).to_be_attached()
    for context in contexts:
        context.close()


def test_a_page_finds_a_preview_that_was_started_again(
    browser: Browser, tmp_path: Path, folder: Path
) -> None:
    publication = tmp_path / "publication"
    write_previewed(publication)
    context = browser.new_context()
    with serving(publication, folder=tmp_path) as server:
        server.after(0)
        page = open_page(context, server)
        port = server.home.rstrip("/").rpartition(":")[2]
        page.remove_listener(
            "console", refuse_complaints
        )  # the browser logs that the server does not answer
        server.stop()
    expect(page.locator("#status-text")).to_contain_text("Not connected")
    replace_in(publication / FILE, WORDS, "written in the meantime")
    with serving(publication, "--port", port, folder=tmp_path):
        expect(line(page, "written in the meantime")).to_be_attached()
        expect(page.locator("#status-text")).to_contain_text("Up to date")
    context.close()
