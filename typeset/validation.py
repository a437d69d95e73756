"""Raw data in, typed value out: YAML data against a pydantic model, all mistakes collected."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from typeset.diagnostics import Report, nearest
from typeset.yamldata import Path, YamlData

__all__ = ["IsoDate", "LanguageTag", "Settings", "Text", "validate"]


class Settings(BaseModel):
    """A model of something that an author writes: complete when made, and never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def _text(value: Any) -> Any:
    if isinstance(value, str) and not value.strip():
        raise ValueError("expected a text, found nothing")
    return value


def _iso_date(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError(f"`{value}` is not a date; write it as 2026-11-25")
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"there is no such day as {value} ({error})") from error


def _language_tag(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        raise ValueError(f"`{value}` is not a language tag such as en-US, de or zh-Hant")
    return value


Text = Annotated[str, BeforeValidator(_text)]
"""A string that says something."""
IsoDate = Annotated[date, BeforeValidator(_iso_date)]
"""A day written as year-month-day."""
LanguageTag = Annotated[str, BeforeValidator(_language_tag)]
"""A BCP 47 language tag."""

_Model = TypeVar("_Model", bound=BaseModel)


def validate(model: type[_Model], source: YamlData, report: Report) -> _Model | None:
    """Make a model from YAML data.

    Args:
        model: the model's class.
        source: the data and the places of its values.
        report: receives each mistake at its place.

    Returns:
        The model, or None if there was any mistake.
    """
    try:
        return model.model_validate(_without_empty(source.data))
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            _report(model, source, problem, report)
        return None


def _without_empty(value: Any) -> Any:
    """Drop keys that have no value: `kicker:` alone means that there is none."""
    if isinstance(value, dict):
        return {key: _without_empty(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_empty(item) for item in value]
    return value


def _report(
    model: type[BaseModel], source: YamlData, problem: ErrorDetails, report: Report
) -> None:
    path: Path = problem["loc"]
    name = _dotted(path)
    match problem["type"]:
        case "missing":
            empty = path in source.keys
            message = f"`{name}` has no value" if empty else f"`{name}` is missing"
            place = source.locate(path, key=True)
            report.error("setting-missing", message, place, f"add a line `{path[-1]}: …`")
        case "extra_forbidden":
            known = _fields(model, path[:-1])
            hint = nearest(str(path[-1]), known) or f"known here: {', '.join(sorted(known))}"
            place = source.locate(path, key=True)
            report.error("setting-unknown", f"unknown setting `{name}`", place, hint)
        case kind:
            message = f"`{name}`: {_words(kind, problem)}"
            report.error("setting-invalid", message, source.locate(path))


def _words(kind: str, problem: ErrorDetails) -> str:
    """Say in an editor's words what pydantic found."""
    found = _describe(problem["input"])
    expected = {
        "string_type": "a text",
        "int_parsing": "a whole number",
        "int_type": "a whole number",
        "int_from_float": "a whole number",
        "float_parsing": "a number",
        "float_type": "a number",
        "bool_parsing": "`true` or `false`",
        "bool_type": "`true` or `false`",
        "list_type": "a list",
        "tuple_type": "a list",
        "dict_type": "settings of its own",
        "model_type": "settings of its own",
        "model_attributes_type": "settings of its own",
        "date_type": "a date such as 2026-11-25",
    }
    if kind in expected:
        return f"expected {expected[kind]}, found {found}"
    if kind == "literal_error":
        return f"expected {problem['ctx']['expected'].replace(chr(39), '`')}, found {found}"
    if kind == "value_error":
        return str(problem["ctx"]["error"])
    message = problem["msg"]
    return f"{message[:1].lower()}{message[1:]}, found {found}"


def _describe(value: Any) -> str:
    if isinstance(value, dict):
        return "settings"
    if isinstance(value, list):
        return "a list"
    text = str(value)
    return f"`{text[:40]}…`" if len(text) > 40 else f"`{text}`"


def _dotted(path: Iterable[str | int]) -> str:
    """Write a path as editors would: ``masthead[2].text``, lists counted from 1."""
    name = ""
    for part in path:
        name += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if name else part
    return name


def _fields(model: type[BaseModel], path: Path) -> set[str]:
    """Return the settings known at a path of a model."""
    here: set[type[BaseModel]] = {model}
    for part in path:
        annotations = [
            kind.model_fields[part].annotation
            for kind in here
            if isinstance(part, str) and part in kind.model_fields
        ]
        if annotations:
            here = {kind for annotation in annotations for kind in _models_in(annotation)}
    return {name for kind in here for name in kind.model_fields}


def _models_in(annotation: Any) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {kind for part in typing.get_args(annotation) for kind in _models_in(part)}
