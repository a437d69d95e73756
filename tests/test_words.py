"""Plain English: docs, messages, comments and docstrings follow the word list of CONTRIBUTING."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

import typeset

ROOT = Path(__file__).parents[1]
PACKAGE = Path(typeset.__file__).parent
LANGUAGES = PACKAGE / "languages"
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])

WORD_LIST = re.compile(r"^## Words$.*?(?=^## )", re.MULTILINE | re.DOTALL)

SOURCES = sorted(
    path
    for folder in ("typeset", "tests", "tools", "styles", "templates")
    for path in (ROOT / folder).rglob("*.*")
    if path.suffix in {".py", ".css", ".js", ".html", ".j2", ".yaml"}
    and not {"fixtures", "node_modules"} & {*path.parts}
)
TO_BE_REPLACED = [
    ROOT / name
    for name in (
        "tests/layout/lines/test_total_fit.py",
        "typeset/layout/compose.py",
        "typeset/layout/contract.py",
        "typeset/layout/figures",
        "typeset/layout/grid.py",
        "typeset/layout/inspect/__init__.py",
        "typeset/layout/inspect/text.py",
        "typeset/layout/lay_out.py",
        "typeset/layout/lines/estimate.py",
        "typeset/layout/lines/line_setter.py",
        "typeset/layout/lines/set_paragraph.py",
        "typeset/layout/lines/verify.py",
        "typeset/layout/tags/tree.py",
    )
]
"""Modules whose comments are not revised any more, since others will replace them."""
OTHER_COMMENT = re.compile(r"/\*.*?\*/|\{#.*?#\}|<!--.*?-->|(?:#|//) [^\n]*", re.DOTALL)
"""A comment of CSS, Jinja, HTML, YAML or JavaScript."""

AVOIDED = {
    "anew": r"anew",
    "is told": r"told",
    "tells": r"tells?",
    "nothing but": r"nothing but",
    "with but two letters": r"(?:with|in|has|have|had|knows?|are|is) but",
    "all but": r"all but",
    "who wants that, whoever": r"whoever|for who|so that who|(?<=[.;:] )[Ww]ho(?= [a-z]+s )",
    "mend": r"mend(?:s|ed|ing)?",
    "take out, take away": r"tak(?:e|es|en|ing) (?:(?!care)\w+ ){0,2}(?:away|out)",
    "hence": r"hence",
    "the usual one": r"the usual (?:ones?|templates?)",
    "means nothing": r"means? nothing",
}
"""The right column of the list, with regular expressions of whole words."""


def without_list(doc: Path) -> str:
    """Return a document without its list of what to avoid, with the same number of lines."""
    return WORD_LIST.sub(lambda section: "\n" * section[0].count("\n"), doc.read_text("utf-8"))


def avoided(text: str) -> Iterator[tuple[int, str]]:
    """Yield the words to avoid in a text: their line, from 0, and the text around them."""
    words = [*re.finditer(r"\S+", text)]
    flat = " ".join(word[0] for word in words)
    for pattern in AVOIDED.values():
        for match in re.finditer(rf"\b(?:{pattern})\b", flat, re.IGNORECASE):
            first = words[flat.count(" ", 0, match.start())]
            around = flat[max(0, match.start() - 30) : match.end() + 30]
            yield text.count("\n", 0, first.start()), around


def test_the_list_is_the_one_in_contributing() -> None:
    section = WORD_LIST.search((ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert section is not None
    rows = re.findall(r"^\| [^|]+ \| ([^|]+) \|$", section[0], re.MULTILINE)
    assert rows == ["not", *AVOIDED]


@pytest.mark.parametrize("name", AVOIDED)
def test_each_pattern_finds_its_words(name: str) -> None:
    # Some words are avoided only at the beginning of a sentence.
    assert all(any(avoided(f"It is so. {words} does it.")) for words in name.split(", "))


def test_words_are_found_over_the_end_of_a_line_and_reported_at_their_own() -> None:
    assert [line for line, _ in avoided("A line.\nIt is all\n    but done.")] == [1]


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.name)
def test_docs_avoid_them(doc: Path) -> None:
    found = [f"{doc.name}:{line + 1}: {words}" for line, words in avoided(without_list(doc))]
    assert not found, "\n".join(found)


def literals(module: Path) -> Iterator[tuple[int, str]]:
    """Yield the texts in a module that may be printed, with their lines; docstrings are not."""
    tree = ast.parse(module.read_text("utf-8"))
    # A text that is a statement by itself is a docstring.
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
        if module.parent != LANGUAGES  # whose texts are printed in newspapers
        for line, text in literals(module)
        for _, words in avoided(text)
    ]
    assert not found, "\n".join(found)


def test_a_text_in_braces_and_one_over_two_lines_are_both_read(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('"""Not anew."""\nSAID = f"{1} is " "to" f"ld"\nf(x=["all " "but"])\n')
    texts = {text for _, text in literals(module)}
    assert {"x is told", "all but"} <= texts
    assert "Not anew." not in texts


def comments(source: Path) -> Iterator[tuple[int, str]]:
    """Yield the comments and docstrings of a file, with the lines on which they begin."""
    text = source.read_text("utf-8")
    if source.suffix == ".py":
        yield from python_comments(text)
    else:
        for match in OTHER_COMMENT.finditer(text):
            yield text.count("\n", 0, match.start()) + 1, match[0]


def python_comments(text: str) -> Iterator[tuple[int, str]]:
    """Yield the same for Python; comments on successive lines are one text."""
    block: list[str] = []
    first, is_statement = 0, True
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and block and token.start[0] == first + len(block):
            block.append(token.string.lstrip("#"))
            continue
        if block and token.type != tokenize.NL:
            yield first, "\n".join(block)
            block = []
        if token.type == tokenize.COMMENT:
            first, block = token.start[0], [token.string.lstrip("#")]
        elif token.type == tokenize.STRING and is_statement:
            yield token.start[0], token.string
        elif token.type != tokenize.NL:
            is_statement = token.type in {tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}


@pytest.mark.slow
def test_comments_and_docstrings_avoid_them() -> None:
    found = [
        f"{source.relative_to(ROOT)}:{first + line}: {words}"
        for source in SOURCES
        if not any(source.is_relative_to(path) for path in TO_BE_REPLACED)
        for first, text in comments(source)
        for line, words in avoided(text)
    ]
    assert not found, "\n".join(found)


def test_comments_and_docstrings_are_read_with_their_lines(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        '"""One\ntwo."""\n\n# three\n# four\nx = f(  # five\n    "six"\n)\n"""Seven."""\n'
    )
    assert [*comments(module)] == [
        (1, '"""One\ntwo."""'),
        (4, " three\n four"),
        (6, " five"),
        (9, '"""Seven."""'),
    ]
    sheet = tmp_path / "sheet.css"
    sheet.write_text("a { color: red }\n/* One\n two */\n{# three #}\n")
    assert [*comments(sheet)] == [(2, "/* One\n two */"), (4, "{# three #}")]
