"""A running preview shows what a build would write, and survives any saved file."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.preview.publication import FIRST, SECOND, WORDS, replace_in, write_previewed
from tests.preview.serving import Server, is_settled, serving
from tests.publications import png
from typeset import build_issue

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("live") / "publication"


@pytest.fixture(scope="module")
def running(folder: Path) -> Iterator[Server]:
    write_previewed(folder)
    with serving(folder, folder=folder) as server:
        server.after(0)
        yield server


@pytest.fixture
def server(running: Server, folder: Path) -> Iterator[Server]:
    """The running preview of a whole publication."""
    yield running
    make_whole(running, folder)


def make_whole(server: Server, folder: Path) -> dict[str, Any]:
    """Restore the publication, and wait for its pages, so that no build is under way."""
    version = server.settled()["version"]
    write_previewed(folder)
    return server.wait_for(
        lambda state: bool(state["fresh"] and state["version"] > version) and is_settled(state)
    )


def issue_of(folder: Path) -> Path:
    return folder / "2026-01-14"


def built(folder: Path) -> bytes:
    build = build_issue(issue_of(folder), output=folder.parent / "output")
    data: bytes = build.outputs[0].path.read_bytes()
    return data


def digests(state: dict[str, Any]) -> list[str]:
    return [page["digest"] for page in state["pages"]]


def codes(state: dict[str, Any]) -> set[str]:
    return {diagnostic["code"] for diagnostic in state["diagnostics"]}


def test_what_is_shown_is_what_a_build_writes(server: Server, folder: Path) -> None:
    """After an edit of a text, of a manifest, and of an image."""
    article = issue_of(folder) / "articles" / FIRST
    changes: tuple[Callable[[], object], ...] = (
        lambda: replace_in(article, WORDS, "quite other words"),
        lambda: replace_in(folder / "publication.yaml", "name: The Test", "name: The Best"),
        lambda: (issue_of(folder) / "images/port.png").write_bytes(png(600, 600, "tomato")),
    )
    for change in changes:
        before = server.state()
        change()
        after = server.after(before["version"])
        assert (after["fresh"], after["errors"]) == (True, 0)
        assert server.get("issue.pdf") == built(folder)


def test_only_the_pages_that_changed_are_other_pages(server: Server, folder: Path) -> None:
    before = server.state()
    replace_in(issue_of(folder) / "articles" / FIRST, WORDS, WORDS.upper())
    after = server.after(before["version"])
    assert after["changed"] == [1]
    assert digests(after)[1:] == digests(before)[1:]
    marks = json.loads(server.get(f"marks/{after['revision']}/1"))
    (area, *_) = (
        area
        for area in json.loads(server.get(f"places/{after['revision']}/1"))["areas"]
        if area["id"] == "a1-1"
    )
    assert marks
    assert all(
        area["box"][1] - 5 < top < bottom < area["box"][3] + 5 for _, top, _, bottom in marks
    )


def test_a_broken_file_leaves_the_last_good_pages(server: Server, folder: Path) -> None:
    article = issue_of(folder) / "articles" / FIRST
    whole, before = article.read_text(), server.state()
    article.write_text(whole[:30])
    broken = server.after(before["version"])
    assert (broken["fresh"], broken["revision"]) == (False, before["revision"])
    assert digests(broken) == digests(before)
    assert broken["errors"] >= 1
    article.write_text(whole)
    mended = server.after(broken["version"])
    assert (mended["fresh"], mended["errors"], digests(mended)) == (True, 0, digests(before))


def test_what_is_lost_is_reported_and_found_again(server: Server, folder: Path) -> None:
    before = server.state()
    issue = issue_of(folder)
    second = issue / "articles" / SECOND
    harms: tuple[tuple[Callable[[], object], str], ...] = (
        (second.unlink, "article-missing"),
        (lambda: second.rename(issue / "articles/x.md"), "article-missing"),
        (lambda: (issue / "issue.yaml").write_text(""), "setting-missing"),
        (lambda: shutil.rmtree(issue), "issue-missing"),
    )
    for harm, code in harms:
        harm()
        lost = server.wait_for(lambda state: not state["fresh"])
        assert code in codes(lost)
        assert digests(lost) == digests(before)
        assert digests(make_whole(server, folder)) == digests(before)


def test_two_hundred_saves_in_a_row_end_with_the_last(server: Server, folder: Path) -> None:
    article = issue_of(folder) / "articles" / FIRST
    text = article.read_text()
    for count in range(200):
        article.write_text(text.replace(WORDS, f"save number {count}"))
    server.wait_for(lambda state: b"199" in page_text(server, state))
    assert server.get("issue.pdf") == built(folder)


def page_text(server: Server, state: dict[str, Any]) -> bytes:
    return server.get(f"pages/{digests(state)[0]}.json")


def test_a_layout_process_that_died_is_replaced(server: Server, folder: Path) -> None:
    before = server.state()
    for children in Path(f"/proc/{server.process.pid}/task").glob("*/children"):
        for child in children.read_text().split():
            os.kill(int(child), signal.SIGKILL)
    replace_in(issue_of(folder) / "articles" / FIRST, WORDS, "set by another process")
    after = server.after(before["version"])
    assert (after["fresh"], after["changed"]) == (True, [1])


def test_clients_that_hang_hold_nobody_up(server: Server, folder: Path) -> None:
    port = int(server.home.rstrip("/").rpartition(":")[2])
    hanging = [socket.create_connection(("127.0.0.1", port)) for _ in range(20)]
    try:
        for client in hanging[:10]:
            client.sendall(f"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        for client in hanging[10:15]:
            client.sendall(b"GET / HT")
        before = server.state()
        replace_in(issue_of(folder) / "articles" / FIRST, WORDS, "heard all the same")
        assert server.after(before["version"])["fresh"]
    finally:
        for client in hanging:
            client.close()


def test_it_begins_at_a_line_and_ends_when_interrupted(folder: Path, tmp_path: Path) -> None:
    issue = write_previewed(tmp_path / "publication")
    with serving(f"2026-01-14/articles/{FIRST}:6", folder=issue.parent) as server:
        assert server.address.endswith(f"#file=2026-01-14%2Farticles%2F{FIRST}&line=6")
        assert server.stop() == 0
