"""The time of no regular expression of ours grows with the square of a text."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import typeset
from tests.pumping import slow_attack
from typeset.languages import Language, language_for
from typeset.markdown.parser import Parser

PACKAGE = Path(typeset.__file__).parent
ANCHORED = {"match", "fullmatch"}
"""Uses that try a pattern at one place only."""
FUNCTIONS = ANCHORED | {"compile", "search", "sub", "subn", "split", "findall", "finditer"}
MADE: dict[str, dict[str, Any]] = {
    "typeset.editions.base": {"slug": "a", "head": "-", "numbers": "([0-9]{2})", "tail": ".pdf"},
    "typeset.html.safety": {"opposite": False, "inside": "a"},
    "typeset.html.templates": {"opening": "“", "closing": "”"},
    "typeset.images.measure": {"signature": rb"%PDF-"},
    "typeset.markdown.code": {
        "depth": 3,
        "opening": {"fence": "```", "lead": "  "},
        "match": {"ticks": "``"},
    },
    "typeset.markdown.glossary": {"written": ["Kobe", "Port[ \u00a0]Island"]},
    "typeset.markdown.quotes": {"words": "n|tis|twas"},
    "typeset.markdown.typography": {"pattern": "a", "language": language_for("fr")},
    "typeset.config.yaml_errors": {"pattern": "a"},
}
"""Example values of names from which a module makes patterns while it runs."""


@dataclass(frozen=True)
class Use:
    """A pattern and how it is used."""

    place: str
    pattern: re.Pattern[str]
    anchored: bool


@cache
def modules() -> dict[str, tuple[ModuleType, ast.Module]]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        if parts[-1] != "__main__":
            name = ".".join(parts).removesuffix(".__init__")
            found[name] = importlib.import_module(name), ast.parse(path.read_text("utf-8"))
    return found


def calls(name: str) -> Iterator[tuple[ast.Call, str]]:
    """Each call of a function of ``re`` in a module, and which."""
    _, tree = modules()[name]
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in FUNCTIONS
        ):
            yield node, node.func.attr


def patterns_of(name: str, call: ast.Call) -> Iterator[re.Pattern[str] | re.Pattern[bytes]]:
    """The patterns that a call compiles."""
    module, _ = modules()[name]
    flags = [word.value for word in call.keywords if word.arg == "flags"]
    if ast.unparse(call.func) in {"re.compile", "re.match", "re.search", "re.fullmatch"}:
        flags += call.args[1 if ast.unparse(call.func) == "re.compile" else 2 :]
    expression = f"re.compile({', '.join(map(ast.unparse, [call.args[0], *flags]))})"
    for values in ({}, MADE.get(name, {})):
        try:
            yield eval(expression, vars(module) | values | {"re": re})  # noqa: S307 - our own code
        except NameError:
            continue


def stored_patterns() -> Iterator[tuple[str, str, re.Pattern[str] | re.Pattern[bytes]]]:
    """Each pattern that is a value of a module or class, with its name."""
    for module_name, (module, _) in modules().items():
        holders: list[Mapping[str, Any]] = [vars(module)]
        holders += [
            vars(one)
            for one in vars(module).values()
            if isinstance(one, type) and one.__module__ == module_name
        ]
        for holder in holders:
            for name, value in list(holder.items()):
                for pattern in _patterns_in(value):
                    yield module_name, name, pattern


def _patterns_in(value: object) -> Iterator[Any]:
    if isinstance(value, re.Pattern):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        yield from _patterns_in([getattr(value, one.name) for one in fields(value)])
    elif isinstance(value, dict):
        for pair in value.items():
            yield from _patterns_in(pair)
    elif isinstance(value, tuple | list | set | frozenset):
        for one in value:
            yield from _patterns_in(one)


@cache
def uses() -> dict[str, set[str]]:
    """The methods that are called on each name: private names in their module, others anywhere."""
    found: dict[str, set[str]] = {}
    for module, (_, tree) in modules().items():
        called: set[ast.AST] = set()

        def add(node: ast.AST, done: str, module: str = module) -> None:
            if name := _name_of(node):
                found.setdefault(f"{module}.{name}", set()).add(done)
                if not name.startswith("_"):
                    found.setdefault(name, set()).add(done)

        for node in ast.walk(tree):
            # A node comes before those inside it.
            if isinstance(node, ast.Attribute):
                called.add(node.value)
                add(node.value, node.attr)
            if isinstance(getattr(node, "ctx", None), ast.Load) and node not in called:
                add(node, "passed on")
    return found


def _name_of(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def found() -> Iterator[tuple[str, Any, bool]]:
    """Each pattern of the package: its place, the pattern, and whether it is anchored."""
    for module, name, pattern in stored_patterns():
        place = f"{module}.{name}" if name.startswith("_") else name
        yield f"{module}.{name}", pattern, is_anchored(place)
    for rule in Parser()._markdown.inlinePatterns:
        if type(rule).__module__.startswith("typeset."):
            yield "typeset.markdown.inline", rule.getCompiledRegExp(), False
    for name, (module_itself, _) in modules().items():
        language = vars(module_itself).get("LANGUAGE")
        if isinstance(language, Language):
            written = [*language.glue, language.spaced_before, language.spaced_after]
            for text in [*written, *(pattern for pattern, _ in language.replacements)]:
                yield name, re.compile(text), False
    for module in modules():
        names = names_of_calls(module)
        for call, function in calls(module):
            anchored = function in ANCHORED or is_anchored(f"{module}.{names.get(call)}")
            for pattern in patterns_of(module, call):
                yield f"{module}:{call.lineno}", pattern, anchored


def is_anchored(place: str) -> bool:
    """Return whether a name is only used in anchored ways, as far as can be seen."""
    return uses().get(place, {"passed on"}) - {"pattern"} <= ANCHORED


def names_of_calls(module: str) -> dict[ast.expr, str]:
    """The names to which a module assigns what it calls."""
    _, tree = modules()[module]
    assigned = (node for node in ast.walk(tree) if isinstance(node, ast.Assign))
    return {node.value: _name_of(node.targets[0]) for node in assigned}


def all_uses() -> dict[str, Use]:
    """Every pattern of the package by its place and words, each once."""
    uses: dict[str, Use] = {}
    seen: set[tuple[str | bytes, bool]] = set()
    for place, pattern, anchored in found():
        text = pattern.pattern
        if (text, anchored) in seen or (text, False) in seen:
            continue
        seen.add((text, anchored))
        if isinstance(text, bytes):
            pattern = re.compile(text.decode("latin-1"), pattern.flags | re.UNICODE)  # noqa: PLW2901
        uses[f"{place} {pattern.pattern[:60]}"] = Use(place, pattern, anchored)
    return uses


def test_every_pattern_is_known() -> None:
    for module in modules():
        for call, _ in calls(module):
            words = ast.unparse(call.args[0])
            assert list(patterns_of(module, call)), f"say in MADE what {module} makes of {words}"
    assert len(all_uses()) > 150


@pytest.mark.slow
def test_a_pattern_takes_no_more_than_twice_as_long_for_twice_the_text() -> None:
    """All of them in one test, as reading the whole package for a list of names takes seconds."""

    def at_one_place(pattern: re.Pattern[str], text: str) -> object:
        return pattern.match(text), pattern.fullmatch(text)

    def everywhere(pattern: re.Pattern[str], text: str) -> object:
        return pattern.sub("", text)

    attacks = {
        name: slow_attack(use.pattern, at_one_place if use.anchored else everywhere)
        for name, use in all_uses().items()
    }
    assert {name: attack for name, attack in attacks.items() if attack} == {}


@pytest.mark.slow
@pytest.mark.parametrize(
    "pattern", [r"[ ]+#+[ ]*$", r"a*a*!", r"(?:a|a)*!", r"<a [^>]*>", r"x*\s*\s*y", r"(.*?),(.*?);"]
)
def test_a_slow_pattern_is_found_out(pattern: str) -> None:
    attack = slow_attack(re.compile(pattern), lambda one, text: one.sub("", text))
    assert attack is not None
