"""The only YAML loader: reads plain data and records the place of every value.

Scalars stay the strings that the author wrote (``no``, ``1:30``, ``012``); the model decides what
they mean.  Aliases, anchors, merge keys, tags and duplicate keys are refused: a manifest needs none
of them, and they cause surprises or harm.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from typeset.config.yaml_errors import explain
from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.source import Location, SourceFile

__all__ = ["Path", "YamlData", "load_yaml", "merge"]

Path = tuple[str | int, ...]
"""The keys and list positions that lead to a value."""

MAX_CHARACTERS = 256_000
MAX_DEPTH = 24
MAX_VALUES = 10_000

# A comment that may be meant as part of the value before it: no space after the number sign.
_DOUBTFUL_COMMENT = re.compile(r"[ \t]+(#[^\s#][^\n]*)")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class YamlData:
    """A mapping read from YAML, with the places of its keys and values."""

    data: dict[str, Any]
    """Strings, lists and mappings only; None where a key has no value."""
    origin: Location
    """The file (or the first line of the front matter) that it was read from."""
    values: Mapping[Path, Location] = field(default_factory=dict)
    keys: Mapping[Path, Location] = field(default_factory=dict)

    def locate(self, path: Path, *, key: bool = False) -> Location:
        """Return the place of the value (or key) at a path, or else of what would contain it."""
        places = self.keys if key else self.values
        while path and path not in places:
            path = path[:-1]
            places = self.values
        return places.get(path, self.origin)


def load_yaml(source: SourceFile, report: Report, *, first_line: int = 1) -> YamlData | None:
    """Read a YAML mapping, and report every mistake at its place.

    Args:
        source: the text; for front matter only the part between the fences.
        report: receives the mistakes.
        first_line: the line of the file on which the text begins, from 1.

    Returns:
        The mapping (empty for an empty text), or None if it cannot be read at all.
    """
    origin = source.at(first_line)
    if len(source.text) > MAX_CHARACTERS:
        report.add(Code.YAML_TOO_LARGE, f"more than {MAX_CHARACTERS} characters of YAML", origin)
        return None
    reader = _Reader(source, report, first_line)
    data = reader.read()
    return None if data is None else YamlData(data, origin, reader.values, reader.keys)


def merge(base: YamlData, override: YamlData) -> YamlData:
    """Lay one mapping over another: mappings merge key by key, anything else is replaced."""
    replaced: set[Path] = set()

    def lay(below: dict[str, Any], above: dict[str, Any], path: Path) -> dict[str, Any]:
        result = dict(below)
        for key, value in above.items():
            here = (*path, key)
            under = below.get(key)
            if isinstance(under, dict) and isinstance(value, dict):
                result[key] = lay(under, value, here)
            else:
                replaced.add(here)
                result[key] = value
        return result

    def not_replaced(places: Mapping[Path, Location]) -> dict[Path, Location]:
        return {
            path: place
            for path, place in places.items()
            if not any(path[:length] in replaced for length in range(1, len(path) + 1))
        }

    return YamlData(
        data=lay(base.data, override.data, ()),
        origin=override.origin,
        # A missing setting is to be added to `override`, even if that file is empty.
        values={**not_replaced(base.values), (): override.locate(()), **override.values},
        keys={**not_replaced(base.keys), **override.keys},
    )


class _TooMuch(Exception):
    """A text that is larger or nested more deeply than any manifest needs."""


class _Reader:
    """Turns YAML's events into plain data, records places, and refuses what is not supported."""

    def __init__(self, source: SourceFile, report: Report, first_line: int) -> None:
        self.values: dict[Path, Location] = {}
        self.keys: dict[Path, Location] = {}
        self._source = source
        self._report = report
        self._first_line = first_line
        # Count lines as editors do: YAML ends lines at further characters.
        self._starts = [0, *(match.end() for match in re.finditer("\n", source.text))]
        self._events: Iterator[yaml.Event] = iter(())
        self._count = 0
        self._place = source.at(first_line)

    def read(self) -> dict[str, Any] | None:
        """Return the text's one mapping (empty for an empty text), or None if there is none."""
        try:
            self._events = yaml.parse(self._source.text, yaml.BaseLoader)
            return self._document()
        except yaml.MarkedYAMLError as error:
            said = explain(error)
            place = self._place if said.index is None else self._at(said.index)
            self._report.add(Code.YAML_SYNTAX, said.message, place, said.hint)
        except yaml.reader.ReaderError as error:
            self._refuse_character(chr(error.character), self._at(error.position))
        except _TooMuch as error:
            self._report.add(Code.YAML_TOO_LARGE, str(error), self._place)
        except (ValueError, OverflowError):  # PyYAML raises these for "\UFFFFFFFF" and %YAML 1.111…
            hint = "write characters as themselves, not by their numbers"
            self._report.add(Code.YAML_SYNTAX, "a number here is too large", self._place, hint)
        return None

    def _document(self) -> dict[str, Any] | None:
        next(self._events)  # the start of the stream
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return {}
        data = self._value(next(self._events), ())
        next(self._events)  # the end of the document
        after = next(self._events)
        if isinstance(after, yaml.DocumentStartEvent):
            message = "a line of `---` begins a second document"
            self._report.add(Code.YAML_SYNTAX, message, self._start(after), "remove the line")
        if data is None:
            return {}
        if not isinstance(data, dict):
            hint = "write settings as `name: value`, one a line, with a space after the colon"
            self._report.add(Code.YAML_NOT_A_MAPPING, "expected settings", self.values[()], hint)
            return None
        return data

    def _value(self, event: yaml.Event, path: Path) -> Any:
        """Read and return the whole value that an event begins."""
        self._place = self._start(event)
        self.values.setdefault(path, self._place)
        self._count += 1
        if len(path) > MAX_DEPTH:
            raise _TooMuch("this is nested too deeply")
        if self._count > MAX_VALUES:
            raise _TooMuch(f"more than {MAX_VALUES} values")
        match event:
            case yaml.AliasEvent():
                hint = "write the value out, or put a text that begins with `*` in quotes"
                self._report.add(Code.YAML_ALIAS, "aliases are not allowed", self._place, hint)
                return f"*{event.anchor}"
            case yaml.MappingStartEvent():
                self._refuse_properties(event)
                return self._mapping(path)
            case yaml.SequenceStartEvent():
                self._refuse_properties(event)
                return self._sequence(path)
            case yaml.ScalarEvent():
                self._refuse_properties(event)
                return self._scalar(event)

    def _sequence(self, path: Path) -> list[Any]:
        result: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            result.append(self._value(event, (*path, len(result))))
        return result

    def _mapping(self, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            place = self._start(event)
            key = self._key(event, path)
            here = (*path, key)
            first = self.keys.setdefault(here, place)
            value = self._value(next(self._events), here)
            if key in result:
                message = f"`{key}` is set twice; the first time on line {first.line}"
                self._report.add(Code.DUPLICATE_KEY, message, place, "keep one of the two")
            elif key:
                result[key] = value
        return result

    def _key(self, event: yaml.Event, path: Path) -> str:
        """Return a mapping's key, or an empty string for one that is refused."""
        place = self._start(event)
        key = self._value(event, (*path, ""))
        if key == "<<":
            hint = "write the settings out"
            self._report.add(Code.YAML_MERGE, "merge keys are not allowed", place, hint)
        elif isinstance(key, str) and key:
            return key
        else:
            self._report.add(Code.YAML_KEY, "a key must be a plain word", place)
        return ""

    def _scalar(self, event: yaml.ScalarEvent) -> str | None:
        value = event.value
        if _UNPRINTABLE.search(value):
            for character in sorted(set(_UNPRINTABLE.findall(value))):
                self._refuse_character(character, self._place)
            value = _UNPRINTABLE.sub("", value)
        if event.style or event.end_mark is None:
            return value
        comment = _DOUBTFUL_COMMENT.match(self._source.text, event.end_mark.index)
        if comment is None:
            return value or None
        place = self._at(comment.start(1))
        hint = "put the value in quotes"
        if value:
            message = "what follows ` #` is a comment and not part of the text"
            self._report.add(Code.YAML_COMMENT, message, place, hint)
            return value
        message = "there is no value: what begins with `#` is a comment"
        self._report.add(Code.YAML_COMMENT_ONLY, message, place, hint)
        return comment[1].rstrip()

    def _refuse_properties(self, event: yaml.CollectionStartEvent | yaml.ScalarEvent) -> None:
        if event.anchor is not None:
            hint = "put a text that begins with `&` in quotes"
            self._report.add(Code.YAML_ANCHOR, "anchors are not allowed", self._place, hint)
        if event.tag is not None:
            hint = "put a text that begins with `!` in quotes"
            self._report.add(Code.YAML_TAG, "tags are not allowed", self._place, hint)

    def _refuse_character(self, character: str, place: Location) -> None:
        message = f"the character U+{ord(character):04X} is not allowed"
        self._report.add(Code.YAML_CHARACTER, message, place, "remove it")

    def _start(self, event: yaml.Event) -> Location:
        return self._place if event.start_mark is None else self._at(event.start_mark.index)

    def _at(self, index: int) -> Location:
        """Return the place of a character, counted from 0."""
        line = bisect.bisect_right(self._starts, index) - 1
        return self._source.at(line + self._first_line, index - self._starts[line] + 1)
