"""The docs agree with the repository: their links work, and the files that they name exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from typeset.editions import EDITIONS

ROOT = Path(__file__).parents[1]
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
BUILT = {"build", "the-harbor-gazette"}
"""Folders in examples, which exist only after the commands there."""

each = pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.name)


def prose(doc: Path) -> str:
    """Return a document without its blocks of code."""
    text = doc.read_text("utf-8")
    return re.sub(r"^(`{3,}).*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)


def anchors(doc: Path) -> set[str]:
    """Return the names that GitHub gives the headings of a document."""
    headings = re.findall(r"^#+ (.*)$", prose(doc), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def quoted(doc: Path) -> list[str]:
    return re.findall(r"`([^`\n]+)`", prose(doc))


@each
def test_every_link_leads_to_a_file_and_a_heading_in_it(doc: Path) -> None:
    # Quoted text shows how to write links, but has none.
    text = re.sub(r"`[^`\n]*`", "", prose(doc).replace("[`", "[").replace("`]", "]"))
    targets = re.findall(r"\]\(([^()\s]+)\)", text)
    dead = []
    for target in targets:
        path, _, anchor = target.partition("#")
        file = doc.parent / path if path else doc
        if not re.match(r"[a-z]+:", target) and not (
            file.exists() and (not anchor or anchor in anchors(file))
        ):
            dead.append(target)
    assert not dead


@each
def test_every_path_of_the_repository_that_is_named_is_there(doc: Path) -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir()} - BUILT
    paths = [word for word in quoted(doc) if word.split("/")[0] in folders and "/" in word]
    whole = [path for path in paths if not re.search(r"[<>{}*… ]", path)]
    assert not [path for path in whole if not (ROOT / path).exists()]


@each
def test_every_target_of_make_that_is_named_is_there(doc: Path) -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    named = re.findall(r"(?:^|`)make ([a-z-]+)", doc.read_text("utf-8"), re.MULTILINE)
    assert set(named) <= set(targets)


@each
def test_every_module_that_is_run_is_there(doc: Path) -> None:
    names = re.findall(r"python (?:-P )?-m\s+((?:tests|typeset)[\w.]*)", doc.read_text("utf-8"))
    for name in names:
        path = ROOT.joinpath(*name.split("."))
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), name


def test_every_edition_has_its_section_and_its_row() -> None:
    assert set(EDITIONS) <= anchors(ROOT / "docs" / "editions.md")
    table = re.findall(r"^\| `(\w+)` \|", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert set(EDITIONS) <= set(table)
