"""Plain English: the word list of CONTRIBUTING holds for the docs and for what is printed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import typeset

ROOT = Path(__file__).parents[1]
PACKAGE = Path(typeset.__file__).parent
LANGUAGES = PACKAGE / "languages"
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])

WORD_LIST = re.compile(r"^## Words$.*?(?=^## )", re.MULTILINE | re.DOTALL)

AVOIDED = {
    "anew": r"anew",
    "is told": r"told",
    "tells": r"tells?",
    "with but two letters": r"(?:with|in|has|have|had|knows?|are|is) but",
    "all but": r"all but",
    "who wants that, whoever": r"whoever|for who|so that who|(?<=[.;:] )[Ww]ho(?= [a-z]+s )",
    "mend": r"mend(?:s|ed|ing)?",
    "take out, take away": r"tak(?:e|es|en|ing) (?:(?!care)\w+ ){0,2}(?:away|out)",
    "hence": r"hence",
    "the usual one": r"the usual (?:ones?|templates?)",
    "means nothing": r"means? nothing",
}
"""What the right column of the list stands for, as regular expressions of whole words."""


def sentences(doc: Path) -> str:
    """Return the words of a document on one line, without its list of what to avoid."""
    text = WORD_LIST.sub("", doc.read_text("utf-8"))
    return " ".join(text.split())


def avoided(text: str) -> Iterator[str]:
    """Give what a text has of the words to avoid, with what stands around them."""
    for pattern in AVOIDED.values():
        for match in re.finditer(rf"\b(?:{pattern})\b", text):
            yield text[max(0, match.start() - 30) : match.end() + 30]


def test_the_list_is_the_one_in_contributing() -> None:
    section = WORD_LIST.search((ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert section is not None
    rows = re.findall(r"^\| [^|]+ \| ([^|]+) \|$", section[0], re.MULTILINE)
    assert rows == ["not", *AVOIDED]


@pytest.mark.parametrize("name", AVOIDED)
def test_each_pattern_finds_its_words(name: str) -> None:
    # The words of the list stand alone, or in a sentence that begins with them.
    assert all(any(avoided(f"It is so. {words} does it.")) for words in name.split(", "))


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.name)
def test_docs_avoid_them(doc: Path) -> None:
    assert list(avoided(sentences(doc))) == []


def literals(module: Path) -> Iterator[tuple[int, str]]:
    """Give the texts in a module that may be printed, with their lines; docstrings are not."""
    tree = ast.parse(module.read_text("utf-8"))
    # A text that is a statement by itself says what the code around it is.
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) not in silent and isinstance(node, ast.Constant | ast.JoinedStr):
            parts = node.values if isinstance(node, ast.JoinedStr) else [node]
            texts = [part.value if isinstance(part, ast.Constant) else "x" for part in parts]
            yield node.lineno, "".join(text for text in texts if isinstance(text, str))


def test_messages_avoid_them() -> None:
    found = [
        f"{module.relative_to(PACKAGE)}:{line}: {words}"
        for module in sorted(PACKAGE.rglob("*.py"))
        if module.parent != LANGUAGES  # whose texts are what a newspaper prints
        for line, text in literals(module)
        for words in avoided(" ".join(text.split()))
    ]
    assert not found


def test_a_text_in_braces_and_one_over_two_lines_are_both_read(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('"""Not anew."""\nSAID = f"{1} is " "to" f"ld"\nf(x=["all " "but"])\n')
    texts = {text for _, text in literals(module)}
    assert {"x is told", "all but"} <= texts
    assert "Not anew." not in texts
