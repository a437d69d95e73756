"""Explains the errors of the YAML parser in plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

__all__ = ["Complaint", "explain"]


@dataclass(frozen=True, slots=True)
class Complaint:
    """A mistake in YAML's notation, in words that help its author to correct it."""

    message: str
    hint: str
    index: int | None
    """Its place in the text, in characters from 0; None if unknown."""


@dataclass(frozen=True, slots=True)
class _Words:
    pattern: re.Pattern[str]
    """Searched for in the parser's message: its context, a colon, the problem."""
    message: str
    """Formatted with the groups of the pattern."""
    hint: str
    at_context: bool = False
    """Whether the mistake is where the parser began to read, not where it stopped."""


def _words(pattern: str, message: str, hint: str, *, at_context: bool = False) -> _Words:
    return _Words(re.compile(pattern), message, hint, at_context)


_TABLE = (
    _words(
        r"found character '\\t'",
        "a tab where only spaces are allowed",
        "indent with spaces; YAML does not take tabs",
    ),
    _words(
        r"found character '(.{1,20}?)' that cannot start",
        "a value cannot begin with the character {}",
        "put the text in quotes",
    ),
    _words(
        r"while scanning an (?:alias|anchor)",
        "a value cannot begin with the characters * or &",
        "put the text in quotes",
        at_context=True,
    ),
    _words(
        r"(?:scanning|parsing) a tag|undefined tag handle",
        "a value cannot begin with the character !",
        "put the text in quotes",
        at_context=True,
    ),
    _words(
        r"quoted scalar: found unexpected",
        "a quotation mark is opened here and never closed",
        "close it at the end of the text",
        at_context=True,
    ),
    _words(
        r"double-quoted scalar",
        "a backslash means something else in double quotes",
        "write it twice, or put the text in single quotes",
    ),
    _words(
        r"could not find expected ':'",
        "this is not a setting: it has no `: `",
        "write `name: value`; indent a text that goes on over several lines",
        at_context=True,
    ),
    _words(
        r"mapping values are not allowed",
        "a `: ` is not expected here",
        "put a text that holds `: ` in quotes; or check the indentation, and the colon of the line "
        "above for a space after it",
    ),
    _words(
        r"sequence entries are not allowed",
        "a list cannot begin here",
        "begin it on a line of its own, or put a text that begins with `- ` in quotes",
    ),
    _words(
        r"flow (?:sequence|mapping): expected ',' or '(.)'",
        "expected a comma, or `{}` at the end",
        "close the bracket; put a text that holds brackets, braces or commas in quotes",
    ),
    _words(
        r"the node content",
        "a value is missing here, or a bracket is not in its place",
        "put a text that holds brackets, braces or commas in quotes",
    ),
    _words(
        r"block scalar: expected chomping",
        "text cannot follow `>` or `|` on the same line",
        "begin it on the next line, indented; or put it in quotes",
    ),
    _words(
        r"expected <block end>",
        "this does not fit the lines before it",
        "check the indentation; put a text that holds quotation marks or brackets in quotes",
    ),
)


def explain(error: yaml.MarkedYAMLError) -> Complaint:
    """Return a parser's error in words for the author of the text."""
    said = ": ".join(filter(None, (error.context, error.problem)))
    for words in _TABLE:
        match = words.pattern.search(said)
        if match is not None:
            mark = error.context_mark if words.at_context else error.problem_mark
            message = words.message.format(*match.groups())
            return Complaint(message, words.hint, mark.index if mark else None)
    mark = error.problem_mark
    return Complaint(f"this is not YAML ({said})", "", mark.index if mark else None)
