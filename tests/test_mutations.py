"""A publication with random damage is built or reported, without a traceback or fault."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.publications import article, png, svg, write_publication
from typeset.cli import main
from typeset.diagnostics import Diagnostic
from typeset.errors import ContentError, UsageError
from typeset.pipeline.build import load_issue

BODY = """The tide rises.[^gauge] It falls **twice** a day; see <https://tides.example/>.

## Spring tides

> A quotation, with a *word* in it and [a link](https://tides.example/spring).

- one item
    1. in another, with `code`

```
12:25
```

![The gauge.](images/gauge.png){credit="The desk" alt="A post in the water" width=wide}

![The curve.](images/curve.svg){alt="A curve"}

### At two ports

| Port | High | Low |
|------|-----:|----:|
| East | 6:10 | 12:20 |

Table: One day. {unit="hours" source="The almanac"}

*[AD]: anno Domini

The port of Kobe ([神戸]{lang=ja}) and "quoted" words -- AD 1872.

[^gauge]: Read at noon, on the [harbor's site](https://tides.example/gauge).
"""
NAMES = (
    "publication.yaml",
    "2026-01-14/issue.yaml",
    "2026-01-14/articles/01-tides.md",
    "2026-01-14/images/gauge.png",
    "2026-01-14/images/curve.svg",
)


def write(folder: Path) -> Path:
    return write_publication(
        folder,
        publication={
            "url": "https://tides.example/{slug}/",
            "accent": "#1F4E5F",
            "masthead": [{"heading": "Editor", "text": "**The desk**, {year}; {url}"}],
        },
        articles={
            "01-tides.md": article(
                BODY,
                standfirst="How tides are told.",
                takeaway="The moon pulls.",
                authors=[{"name": "The Desk", "bio": "Reads the gauge."}],
            )
        },
        files={"images/gauge.png": png(60, 40), "images/curve.svg": svg()},
    )


@st.composite
def damages(draw: st.DrawFn) -> tuple[str, str, int, int]:
    """A file, the kind of damage, and two numbers that say where."""
    kind = draw(st.sampled_from(["cut short", "byte changed", "line lost", "line moved"]))
    place = draw(st.integers(0, 4000))
    return draw(st.sampled_from(NAMES)), kind, place, draw(st.integers(1, 255))


def damage(folder: Path, name: str, kind: str, place: int, number: int) -> None:
    data = bytearray((folder / name).read_bytes())
    lines = data.splitlines(keepends=True)
    if kind == "cut short":
        del data[place % (len(data) + 1) :]
    elif kind == "byte changed" and data:
        data[place % len(data)] ^= number
    elif lines:
        line = lines.pop(place % len(lines))
        if kind == "line moved":
            lines.insert(number % (len(lines) + 1), line)
        data = bytearray().join(lines)
    (folder / name).write_bytes(data)


@pytest.mark.slow
@settings(max_examples=600)
@given(st.lists(damages(), min_size=1, max_size=3))
def test_damaged_files_are_read_or_reported(done: list[tuple[str, str, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        issue = write(Path(folder))
        for one in done:
            damage(Path(folder), *one)
        assert all(diagnostic.location for diagnostic in diagnostics_of(issue))


def diagnostics_of(issue: Path) -> list[Diagnostic]:
    """Read an issue, and return its diagnostics; any other result is a defect."""
    try:
        return list(load_issue(issue).report)
    except ContentError as error:
        return list(error.report)
    except UsageError:
        return []


@pytest.mark.parametrize(
    "done",
    [
        ("2026-01-14/articles/01-tides.md", "cut short", 700, 1),
        ("2026-01-14/articles/01-tides.md", "line lost", 26, 1),
        ("2026-01-14/articles/01-tides.md", "byte changed", 300, 2),
        ("2026-01-14/images/gauge.png", "cut short", 60, 1),
    ],
    ids=lambda done: f"{done[0].rpartition('/')[2]} {done[1]}",
)
def test_the_command_builds_damaged_files_or_says_why_not(
    done: tuple[str, str, int, int], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    issue = write(tmp_path / "p")
    damage(tmp_path / "p", *done)
    code = main(["build", str(issue), "--output", str(tmp_path / "out")])
    said = capfd.readouterr()
    assert code in (0, 1)
    assert "Traceback" not in said.out + said.err
    assert "internal fault" not in said.err
    assert bool(list(tmp_path.glob("out/*.pdf"))) == (code == 0)
