"""The table of places for changes in CONTRIBUTING agrees with the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]


def rows() -> list[tuple[str, Path, list[str]]]:
    """Return the rows of the table: what to change, the file, and the names to edit in it."""
    table = re.search(
        r"\n\| to change \| open \| and edit \|\n\|(?:---\|)+\n((?:\|.*\n)+)",
        (ROOT / "CONTRIBUTING.md").read_text("utf-8"),
    )
    assert table is not None
    found = []
    for line in table[1].splitlines():
        subject, file, names = (cell.strip() for cell in line.strip("|").split("|"))
        if file:  # a row without a file heads a group
            path = re.match(r"`([^`]+)`", file)
            assert path is not None, f"{subject}: no file"
            found.append((subject, ROOT / path[1], re.findall(r"`([^`]+)`", names)))
    return found


def defined(tree: ast.Module) -> Iterator[str]:
    """Yield the functions, classes and constants that a module defines."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                yield from (one.id for one in ast.walk(target) if isinstance(one, ast.Name))


def holds(path: Path, name: str) -> bool:
    """Return whether a Python file defines a name, or another file contains it."""
    text = path.read_text("utf-8")
    match path.suffix:
        case ".py":
            return name in defined(ast.parse(text))
        case ".js":
            return bool(re.search(rf"^(?:const|function) {name}\b", text, re.MULTILINE))
        case ".yaml":
            return bool(re.search(rf"^ *{name}:", text, re.MULTILINE))
        case _:
            return bool(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text))


def test_every_row_names_a_file_and_what_is_defined_in_it() -> None:
    wrong = [
        f"{subject}: {path.relative_to(ROOT)} {name}"
        for subject, path, names in rows()
        for name in names or ["(no name)"]
        if not path.is_file() or not holds(path, name)
    ]
    assert not wrong


def test_the_table_is_long_enough_to_help() -> None:
    subjects = [subject for subject, _, _ in rows()]
    assert len(set(subjects)) == len(subjects) >= 25
