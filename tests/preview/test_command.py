"""The arguments of the command, and the address of the page."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.publications import write_publication
from typeset.cli import main
from typeset.errors import EnvironmentFault, UsageError
from typeset.manifest.discovery import place_in_issue
from typeset.preview import server
from typeset.source import Location

ARTICLE = "2026-01-14/articles/01-harbor.md"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_publication(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "line"),
    [(ARTICLE, 0), (f"{ARTICLE}:12", 12), (f"{ARTICLE}:12:3", 12), (f"./{ARTICLE}:1", 1)],
)
def test_an_article_means_its_issue_and_a_line(root: Path, name: str, line: int) -> None:
    assert place_in_issue(name) == (root / "2026-01-14", Location(ARTICLE, line))


@pytest.mark.parametrize(
    "name", ["2026-01-14", "2026-01-14/issue.yaml", "publication.yaml", "no:12"]
)
def test_anything_else_is_an_issue_without_a_line(root: Path, name: str) -> None:
    assert place_in_issue(name) == (Path(name), None)


def test_nothing_is_the_newest_issue() -> None:
    assert place_in_issue(None) == (None, None)


def test_a_file_of_no_issue_is_reported(root: Path) -> None:
    (root / "alone.md").write_text("x")
    with pytest.raises(UsageError, match="there is no issue\\.yaml above alone"):
        place_in_issue("alone.md:3")


@pytest.mark.parametrize(
    "words", [["nowhere"], ["nowhere.md:3"], ["2026-01-14", "--port", "70000"], ["--port", "x"]]
)
def test_what_cannot_be_previewed_is_wrong_usage(root: Path, words: list[str]) -> None:
    assert main(["preview", *words]) == 2


def test_a_taken_port_is_reported_with_a_way_out(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["preview", "2026-01-14", "--port", str(port)]) == 3
    said = capsys.readouterr().err
    assert f"port {port} cannot be used" in said
    assert "--port" in said.partition("hint")[2]


def test_without_a_port_a_free_one_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setattr(server, "PORT", port)
        with server._bound(None) as found:
            host, free = found.getsockname()
    assert host == "127.0.0.1"
    assert port < free < port + 20


def test_it_is_reported_if_every_port_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(server, "PORT", taken.getsockname()[1])
        monkeypatch.setattr(server, "_PORTS", 1)
        with pytest.raises(EnvironmentFault, match="all in use"):
            server._bound(None)
