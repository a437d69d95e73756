"""Each judge of web pages catches the faults it is there for, and passes our pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.publications import article, png, svg, write_publication
from tests.validators.judge import main
from tests.validators.webjudges import WEB_JUDGES
from typeset.html.web_document import web_page
from typeset.pipeline.build import load_issue

pytestmark = pytest.mark.validators

BODY = """\
A paragraph of [the port](https://port.example/).[^1] Kobe ([神戸]{lang=ja}).

![A chart](images/chart.svg){credit="The Desk" alt="What is seen" width=wide}

![A picture](images/used.png){alt="What is seen"}

| Port | Berths | Cranes | Harbormaster | Telephone | Lighthouse | Pilots |
|------|-------:|--------|--------------|-----------|------------|--------|
| Kobe | 12 | sixty-two | nobody | unpublished | Wadamisaki | compulsory |
Table: A wide table {source="The Desk"}

> A quote.

[^1]: A note.
"""
ALL = frozenset(WEB_JUDGES)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A page in each theme."""
    folder = tmp_path_factory.mktemp("pages")
    issues = {
        theme: write_publication(
            folder / theme,
            publication={"theme": theme, "masthead": [{"heading": "Editors", "text": "Us"}]},
            articles={
                "1.md": article(BODY, kicker="Ports", standfirst="A word.", takeaway="A point."),
                "2.md": article(BODY, title="Another", language="de"),
            },
            files={"images/chart.svg": svg(), "images/used.png": png(900, 300)},
        )
        for theme in ("brief", "ledger")
    }
    loaded = {theme: load_issue(issue) for theme, issue in issues.items()}
    return {theme: web_page(one.issue, one.design, one.issue.date) for theme, one in loaded.items()}


@pytest.fixture
def sound(pages: dict[str, str], tmp_path: Path) -> Path:
    file = tmp_path / "sound.html"
    file.write_text(pages["brief"], "utf-8")
    return file


FREE = (r'<meta http-equiv="Content-Security-Policy"[^>]*>', "")
"""Without its policy a page may have other styles than ours."""
FAULTS: dict[str, tuple[tuple[tuple[str, str], ...], set[str]]] = {
    "no_language": (((r'<html lang="en-US">', "<html>"),), {"axe", "html-validate"}),
    # vnu lets a caption stand for it, as HTML does.
    "no_alternative": (((r' alt="What is seen"', ""),), {"axe", "html-validate"}),
    "id_twice": (((r' id="a2-title"', ' id="a1-title"'),), {"html-validate", "vnu"}),
    "pale_in_the_dark": ((FREE, (r"--soft: #aaa59d", "--soft: #444444")), {"axe"}),
    "out_of_reach": (((r' tabindex="0"', ""),), {"axe"}),
    "not_closed": (((r"</main>", ""),), {"html-validate", "vnu"}),
    "from_outside": (
        (FREE, (r'src="data:image/webp[^"]*"', 'src="https://outside.invalid/x.png"')),
        {"Chromium"},
    ),
    "other_styles": (((r"--soft: #aaa59d", "--soft: #aaa59e"),), {"Chromium"}),
    "scripted": (((r"</footer>", "</footer><script>alert(1)</script>"),), {"Chromium"}),
    "too_wide": (
        (FREE, (r"</style>", ".title { width: 400px }</style>")),
        {"Chromium"},
    ),
    "no_such_property": (((r"color-scheme: light dark", "colour: light"),), {"vnu"}),
}
"""Patterns with what takes their place, and the judges that must see it."""


@pytest.mark.parametrize("judge", WEB_JUDGES)
def test_a_page_of_every_theme_passes(judge: str, pages: dict[str, str], tmp_path: Path) -> None:
    files = [tmp_path / f"{theme}.html" for theme in pages]
    for file, page in zip(files, pages.values(), strict=True):
        file.write_text(page, "utf-8")
    verdicts = WEB_JUDGES[judge](files)
    assert [verdict.faults for verdict in verdicts] == [()] * len(files)


@pytest.mark.parametrize(
    ("fault", "judge"),
    [(fault, judge) for fault, (_, judges) in FAULTS.items() for judge in sorted(judges)],
)
def test_a_seeded_fault_is_caught(fault: str, judge: str, sound: Path) -> None:
    page = sound.read_text("utf-8")
    for pattern, replacement in FAULTS[fault][0]:
        page, count = re.subn(pattern, replacement, page)
        assert count
    sound.write_text(page, "utf-8")
    (verdict,) = WEB_JUDGES[judge]([sound])
    assert not verdict.passed, f"{judge} let {fault} through"


def test_every_judge_catches_at_least_one_seeded_fault() -> None:
    assert set[str]().union(*(judges for _, judges in FAULTS.values())) == ALL


def test_pages_are_judged_by_the_judges_of_pages(
    sound: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = sound.with_name("broken.html")
    broken.write_text(sound.read_text("utf-8").replace("</main>", ""), "utf-8")
    assert main([str(sound), str(broken)]) == 1
    _, heading, first, second, _, *notes = capsys.readouterr().out.splitlines()
    assert heading.split() == list(WEB_JUDGES)
    assert first.split()[1:] == ["pass"] * len(WEB_JUDGES)
    assert second.split()[3:] == ["FAIL", "FAIL"]
    assert all(note.startswith(f"{broken}: ") for note in notes)


def test_a_missing_judge_is_no_pass(
    sound: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert main([str(sound)]) == 2
    assert "Node.js is not installed; run: make tools" in capsys.readouterr().out
