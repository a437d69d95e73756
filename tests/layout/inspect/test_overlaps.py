"""Nothing on a page is printed over anything else, and captions stand with their pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.editions.profiles import press_profile
from tests.in_process import InProcess
from tests.pages import Pages, lay_out_issue, paragraph, with_css
from tests.parameters import slow_after
from tests.publications import article, png, write_publication
from tests.random_issues import Press, found_overlaps
from typeset import build_issue
from typeset.diagnostics import Diagnostic
from typeset.errors import ContentError
from typeset.layout.findings import OVERLAPS, Piece
from typeset.layout.inspect.overlaps import Thing, meetings
from typeset.preview.session import PreviewSession

TEXT = paragraph(1, 300)
"""As much as the front page and some of the next column take."""
TALL = "![A tall one.](images/tall.png){alt=x}"
HIGH = "![A high one.](images/high.png){alt=x}"
BROAD = "![A broad one.](images/broad.png){alt=x}"
PHOTO = "![A photo.](images/photo.png){alt=x}"
ROWS = "\n".join(["| Port | Ships |", "|---|---|", *(f"| Quay {n} | {n} |" for n in range(12))])
FILES = {
    "images/tall.png": png(500, 1200),
    "images/high.png": png(800, 1200),
    "images/broad.png": png(900, 450),
    "images/photo.png": png(1500, 1000),
}
MASTHEAD = {"masthead": [{"text": "**The Test Quay** is a test."}]}


def wide(figure: str) -> str:
    return figure.replace("alt=x", "alt=x width=wide")


def blocks(*parts: str) -> str:
    return "\n\n".join(parts)


OVERLAPPING = {
    "a wide figure over a column's": [blocks(TEXT, TALL, wide(BROAD))],
    "a wide figure over text": [
        blocks(paragraph(1, 90), TALL, *(paragraph(n, 45) for n in range(2, 8)), wide(TALL))
    ],
    "a wide table over a figure": [
        blocks(TEXT, TALL, f"{ROWS}\nTable: Ships of the week {{width=wide}}")
    ],
    "a wide figure over another article": [
        blocks("Text.", TALL),
        blocks("The light.", wide(PHOTO)),
    ],
}
"""The articles of issues in which figures are in one another's way."""
PARTED = {
    "a caption on the next page": [
        blocks(paragraph(1, 380), TALL),
        blocks(paragraph(2, 40), wide(BROAD)),
    ],
    "a caption behind a wide figure": [blocks(paragraph(1, 450), HIGH, wide(HIGH))],
}


def lay_out(folder: Path, bodies: list[str], **publication: object) -> Pages:
    articles = {f"{n}.md": article(body) for n, body in enumerate(bodies, 1)}
    return lay_out_issue(
        write_publication(
            folder, publication=MASTHEAD | publication, articles=articles, files=FILES
        )
    )


def faults(pages: Pages, code: str) -> list[Diagnostic]:
    return [one for one in pages.report if one.code == code]


def line_of(pages: Pages, number: int, words: str) -> str:
    """Where some words stand in an article, as a diagnostic says it."""
    path = f"2026-01-14/articles/{number}.md"
    lines = (pages.path.parent / path).read_text("utf-8").splitlines()
    (line,) = [n for n, text in enumerate(lines, 1) if words in text]
    return f"{path}:{line}"


# --- Geometry ------------------------------------------------------------------------------------


def thing(left: float, top: float, right: float, bottom: float) -> Thing:
    return Thing(Piece(f"{left} {top}", "text"), left, top, right, bottom)


@pytest.mark.parametrize(
    ("other", "over"),
    [
        (thing(50, 50, 150, 150), 50),
        (thing(20, 20, 80, 80), 60),
        (thing(0, 99.4, 100, 200), 0.6),
        (thing(99.4, 0, 200, 100), 0.6),
        (thing(0, 0, 100, 100), 100),
    ],
)
def test_what_intersects_in_both_directions_meets(other: Thing, over: float) -> None:
    first = thing(0, 0, 100, 100)
    for order in ([first, other], [other, first]):
        ((_, _, found),) = meetings(order)
        assert found == pytest.approx(over)


@pytest.mark.parametrize(
    "other",
    [
        thing(0, 100, 100, 200),
        thing(0, 99.6, 100, 200),
        thing(99.6, 0, 200, 100),
        thing(99.6, 99.6, 200, 200),
        thing(0, 300, 100, 400),
    ],
)
def test_what_touches_does_not_meet(other: Thing) -> None:
    assert not list(meetings([thing(0, 0, 100, 100), other]))


def test_a_thing_meets_all_that_begins_before_it_ends() -> None:
    tall = thing(0, 0, 300, 1000)
    rows = [thing(10, 20 * n, 290, 20 * n + 13) for n in range(50)]
    assert len(list(meetings([*rows, tall]))) == 50


# --- Pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", slow_after(1, [*PARTED, *OVERLAPPING]))
def test_figures_stand_apart_from_all_else_and_with_their_captions(
    tmp_path: Path, name: str
) -> None:
    pages = lay_out(tmp_path, {**OVERLAPPING, **PARTED}[name])
    assert not [one for one in pages.report if one.severity == "error"]
    pictures = [image for one in pages.loaded.issue.articles for image in one.images]
    assert not found_overlaps(pages.path, len(pictures)), "as the PDF shows"


OVER_ITS_CAPTION = "figcaption { margin-top: -30pt }"
"""A style that lays a picture over what stands below it."""


def test_what_is_printed_over_something_else_is_an_error_with_both_places(tmp_path: Path) -> None:
    folder = write_publication(
        tmp_path, articles={"1.md": article(blocks(TEXT, TALL))}, files=FILES
    )
    pages = lay_out_issue(folder, change=with_css(OVER_ITS_CAPTION))
    (found,) = faults(pages, "overlap")
    assert found.severity == "error"
    assert found.location is not None
    assert found.page is not None
    assert f"on page {found.page.page} " in found.message
    assert "picture" in found.message
    assert "caption" in found.message


IN_THE_MARGIN = """
@page { @left-middle { content: "beyond this margin"; white-space: nowrap; text-align: left } }
"""
RICH = f"""\
Some[^1] text with {{m}} *letters* **of** `all` kinds.

## A heading of some words

{paragraph(1, 90)}

1. The first item
2. The second item, {paragraph(2, 30)}
    - an inner item
    - another

> A quotation. {paragraph(3, 40)}

* * *

{BROAD}

{ROWS}
Table: Ships of the week {{source="The harbor"}}

```
code of
two lines
```

{paragraph(4, 120)}[^2]

[^1]: A note. {paragraph(5, 40)}
[^2]: Another.
"""


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    head = {"kicker": "Ports", "standfirst": "What it is.", "takeaway": paragraph(6, 30)}
    return write_publication(
        tmp_path_factory.mktemp("rich"),
        publication=MASTHEAD,
        articles={"1.md": article(RICH, **head), "2.md": article(RICH, **head)},
        files=FILES,
    )


@pytest.mark.parametrize(
    "css",
    slow_after(
        1,
        [
            "",
            ".call { position: relative; top: -3pt; font-size: 14pt }",
            ".columns > blockquote::before { content: '“'; position: absolute; font-size: 60pt }",
            "main { background: #eee } li { background: #ddd } a { background: #ccc }",
            ".nameplate .name { line-height: .8 }",
            "p { line-height: 13pt; font-size: 14pt }",
            "h3 { font-size: 12pt; position: relative; top: .7pt }",
        ],
    ),
)
def test_the_pieces_of_one_thing_do_not_meet(rich: Path, css: str) -> None:
    assert not lay_out_issue(rich, change=with_css(css)).laid_out.found(OVERLAPS)


@pytest.mark.parametrize(
    ("css", "kinds"),
    slow_after(
        1,
        [
            (".columns > p { margin-top: -30pt }", {"text"}),
            ("figcaption { margin-top: -30pt }", {"picture", "caption"}),
            (".nameplate .date { right: 300pt; width: 200pt }", {"text"}),
            (".masthead { left: 0 }", {"text"}),
            (IN_THE_MARGIN, {"margin"}),
        ],
    ),
)
def test_styles_that_lay_one_thing_over_another_are_reported(
    rich: Path, css: str, kinds: set[str]
) -> None:
    overlaps = lay_out_issue(rich, change=with_css(css)).laid_out.found(OVERLAPS)
    assert any(kinds <= {one.upper.kind, one.lower.kind} for one in overlaps)


GROUND = """\
<header class="nameplate" id="nameplate" data-grid="page" data-running="x">
<div style="position: relative">
<img style="position: absolute; left: 0; top: 0; width: 100%; height: 40pt"{alt} {source}>
<p style="position: absolute; right: 0; font-size: 80pt; line-height: 60pt"{hidden}>7</p>
<h1 class="name" id="name" style="text-align: right">{{{{ issue.name.html }}}}</h1>
</div>
</header>
"""
SOURCE = 'src="{{ address_of(images["ground.png"]) }}"'


@pytest.mark.parametrize(
    ("alt", "hidden", "meets"),
    [
        (' alt=""', ' aria-hidden="true"', False),
        (' alt="A quay"', ' aria-hidden="true"', True),
        (' alt=""', "", True),
    ],
)
def test_a_ground_is_what_says_nothing(tmp_path: Path, alt: str, hidden: str, meets: bool) -> None:
    issue = write_publication(tmp_path)
    nameplate = tmp_path / "templates" / "print" / "nameplate.html.j2"
    nameplate.parent.mkdir(parents=True)
    nameplate.write_text(GROUND.format(alt=alt, hidden=hidden, source=SOURCE))
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "ground.png").write_bytes(png())
    assert bool(lay_out_issue(issue).laid_out.found(OVERLAPS)) is meets


# --- Builds --------------------------------------------------------------------------------------


@pytest.fixture
def overlapping(tmp_path: Path) -> Path:
    theme = {"theme.yaml": "version: 1\nextends: brief\n", "print.css": OVER_ITS_CAPTION}
    return write_publication(
        tmp_path,
        publication={"theme": "own", "editions": {"press": {"profile": "press.icc"}}},
        articles={f"{n}.md": article(blocks(TEXT, TALL)) for n in (1, 2)},
        files={
            **FILES,
            "../press.icc": press_profile(),
            **{f"../themes/own/{name}": text.encode() for name, text in theme.items()},
        },
    )


@pytest.mark.slow
def test_nothing_is_written_and_all_else_is_judged(
    overlapping: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[object] = []
    run: Callable[..., object] = InProcess.run

    def watched(*args: object) -> object:
        printed.append(args)
        return run(*args)

    monkeypatch.setattr(InProcess, "run", watched)
    with pytest.raises(ContentError) as caught:
        build_issue(overlapping, editions=("screen", "press", "offprints"), output=tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert {one.code for one in caught.value.report if one.severity == "error"} == {"overlap"}
    assert len(printed) == 3, "the issue once, and each article"


@pytest.mark.slow
@pytest.mark.usefixtures("reading_in_a_child", "layout_in_a_child")
def test_the_preview_tells_of_it_and_keeps_the_last_good_pages(overlapping: Path) -> None:
    style = overlapping.parent / "themes" / "own" / "print.css"
    bad = style.read_text("utf-8")
    style.write_text("", "utf-8")
    workshop = PreviewSession(overlapping)
    try:
        good = workshop.build(lambda _progress: None)
        style.write_text(bad, "utf-8")
        proof = workshop.build(lambda _progress: None)
    finally:
        workshop.close()
    assert good is not None
    assert good.issue is not None
    assert proof is not None
    assert proof.issue is None
    assert {one.code for one in proof.report if one.severity == "error"} == {"overlap"}


@pytest.mark.slow
def test_random_issues_are_sound(tmp_path: Path) -> None:
    press = Press()
    outcomes = [press.run(tmp_path / str(seed), seed) for seed in range(1, 13)]
    assert [text for one in outcomes for text in (*one.errors, *one.found)] == []
