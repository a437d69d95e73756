"""Checks YAML data against a pydantic model, and collects all mistakes."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from typeset.color.contrast import READABLE, contrast
from typeset.config.yaml_loader import Path, YamlData
from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report, nearest
from typeset.source import Location

__all__ = [
    "AccentColor",
    "Doi",
    "IsoDate",
    "Issn",
    "LanguageTag",
    "Settings",
    "Text",
    "WebAddress",
    "salvage",
    "validate",
]


class Settings(BaseModel):
    """The base of models of what an author writes: frozen, and without unknown keys.

    What checks them is built when it is first used: a process that only receives settings needs
    none of it.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True
    )


def _text(value: Any) -> Any:
    if isinstance(value, str) and not value.strip():
        raise ValueError("expected a text, found nothing")
    return value


def _iso_date(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip()):
        raise ValueError(f"`{_shown(value)}` is not a date; write it as 2026-11-25")
    try:
        return date.fromisoformat(value.strip())
    except ValueError as error:
        raise ValueError(f"there is no such day as {value}") from error


def _language_tag(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        raise ValueError(f"`{_shown(value)}` is not a language tag such as en-US, de or zh-Hant")
    return value


def _web_address(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(
        r"https?://[^\s/<>\"]+[^\s<>\"]*", value.strip()
    ):
        raise ValueError(f"`{_shown(value)}` is not a web address that begins with https://")
    return value


def _doi(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    bare = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", value.strip(), flags=re.IGNORECASE)
    if not re.fullmatch(r"10\.[0-9]{4,9}(\.[0-9]+)*/[^\s<>\"]+", bare):
        raise ValueError(f"`{_shown(value)}` is not a DOI such as 10.5555/12345678")
    return bare


def _issn(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    number = value.strip().upper()
    if not re.fullmatch(r"[0-9]{4}-[0-9]{3}[0-9X]", number):
        raise ValueError(f"`{_shown(value)}` is not an ISSN such as 2049-3630")
    check = _check_digit(number.replace("-", "")[:7])
    if number[-1] != check:
        raise ValueError(
            f"the check digit of the ISSN {number} does not fit: the others ask for {check}"
        )
    return number


def _check_digit(digits: str) -> str:
    """Return the check digit of the first seven digits of an ISSN (ISO 3297, annex A)."""
    rest = -sum(int(digit) * weight for digit, weight in zip(digits, range(8, 1, -1), strict=True))
    return "X" if rest % 11 == 10 else str(rest % 11)


def _accent(value: Any) -> Any:
    if not isinstance(value, str) or not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        raise ValueError("expected a color such as `#7A1F2B`, in quotes")
    if contrast(value, "#ffffff") < READABLE:
        raise ValueError(f"the color {value} is too light to be read on white; choose a darker one")
    return value.lower()


# The patterns of these types in a JSON Schema; the functions above check more.
_TextShape = Annotated[str, Field(pattern=r"\S")]
_TagShape = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
_ColorShape = Annotated[str, Field(pattern="^#[0-9A-Fa-f]{6}$", examples=["#7A1F2B"])]
_AddressShape = Annotated[str, Field(pattern=r'^\s*https?://[^\s/<>"]+[^\s<>"]*\s*$')]
_DoiShape = Annotated[str, Field(pattern=r'10\.[0-9]{4,9}(\.[0-9]+)*/[^\s<>"]+\s*$')]
_IssnShape = Annotated[str, Field(pattern=r"^\s*[0-9]{4}-[0-9]{3}[0-9Xx]\s*$")]

Text = Annotated[str, BeforeValidator(_text, json_schema_input_type=_TextShape)]
"""A string that is not blank."""
IsoDate = Annotated[date, BeforeValidator(_iso_date)]
"""A day written as year-month-day."""
LanguageTag = Annotated[str, BeforeValidator(_language_tag, json_schema_input_type=_TagShape)]
"""A BCP 47 language tag."""
WebAddress = Annotated[str, BeforeValidator(_web_address, json_schema_input_type=_AddressShape)]
"""A web address (http or https) without white space or angle brackets."""
Doi = Annotated[str, BeforeValidator(_doi, json_schema_input_type=_DoiShape)]
"""A digital object identifier without a resolver's address before it."""
Issn = Annotated[str, BeforeValidator(_issn, json_schema_input_type=_IssnShape)]
"""The number of a serial, such as ``1234-5679``, with a correct check digit."""
AccentColor = Annotated[str, BeforeValidator(_accent, json_schema_input_type=_ColorShape)]
"""A color, as ``#rrggbb``, in which text can be read on white."""

_Model = TypeVar("_Model", bound=BaseModel)


def validate(
    model: type[_Model],
    source: YamlData,
    report: Report,
    *,
    homes: Mapping[str, Location] | None = None,
    partial: bool = False,
) -> _Model | None:
    """Make a model from YAML data.

    Args:
        model: the model's class.
        source: the data and the places of its values.
        report: receives each mistake at its place.
        homes: where to report a missing setting that belongs in another file, by its name.
        partial: whether missing settings are not reported, as some data could not be read.

    Returns:
        The model, or None if there is any mistake.
    """
    try:
        return model.model_validate(_without_empty(source.data))
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            if problem["type"] == "missing":
                if not partial:
                    _report_missing(source, problem["loc"], homes or {}, report)
            elif problem["type"] == "extra_forbidden":
                _report_unknown(model, source, problem["loc"], report)
            else:
                _report_invalid(model, source, problem, report)
        return None


def salvage(
    model: type[_Model], source: YamlData, stand_ins: Mapping[str, object]
) -> _Model | None:
    """Make a model of the valid part of YAML data that has mistakes.

    Args:
        model: the model's class.
        source: the data.
        stand_ins: values for top-level settings that are wrong or missing; a setting without
            one takes its default.

    Returns:
        The model, or None if mistakes remain.
    """
    data = _without_empty(source.data)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        wrong = {problem["loc"][0] for problem in error.errors(include_url=False)}
    sound = {key: value for key, value in data.items() if key not in wrong}
    try:
        return model.model_validate({**stand_ins, **sound})
    except ValidationError:
        return None


def _without_empty(value: Any) -> Any:
    """Drop keys that have no value: `kicker:` alone means that there is none."""
    if isinstance(value, dict):
        return {key: _without_empty(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_empty(item) for item in value]
    return value


def _report_missing(
    source: YamlData, path: Path, homes: Mapping[str, Location], report: Report
) -> None:
    name = _dotted(path)
    place = source.locate(path, key=True)
    if path in source.keys:
        hint = f"write one after `{path[-1]}: `"
        report.add(Code.SETTING_MISSING, f"`{name}` has no value", place, hint)
    else:
        place = homes.get(name, place)
        report.add(
            Code.SETTING_MISSING, f"`{name}` is missing", place, f"add a line `{path[-1]}: …`"
        )


def _report_unknown(model: type[BaseModel], source: YamlData, path: Path, report: Report) -> None:
    known = _fields(model, path[:-1])
    hint = nearest(str(path[-1]), known) or f"known here: {', '.join(sorted(known))}"
    place = source.locate(path, key=True)
    report.add(Code.SETTING_UNKNOWN, f"unknown setting `{_dotted(path)}`", place, hint)


def _report_invalid(
    model: type[BaseModel], source: YamlData, problem: ErrorDetails, report: Report
) -> None:
    path: Path = problem["loc"]
    found = problem["input"]
    hint = ""
    match problem["type"]:
        case "value_error":
            words = str(problem["ctx"]["error"])
        case "literal_error":
            options = re.findall(r"'([^']*)'", problem["ctx"]["expected"])
            words = f"expected {_either(options)}, found {_describe(found)}"
            hint = nearest(str(found), options)
        case "string_type":
            words = f"expected a text, found {_describe(found)}"
            if isinstance(found, dict | list):
                hint = "put a text that begins with a bracket or a brace in quotes"
        case "model_type" | "model_attributes_type" | "dict_type":
            settings = ", ".join(sorted(_fields(model, path)))
            words = f"expected settings ({settings}), found {_describe(found)}"
        case kind:
            words = f"expected {_expected(kind, problem.get('ctx', {}))}, found {_describe(found)}"
    report.add(Code.SETTING_INVALID, f"`{_dotted(path)}`: {words}", source.locate(path), hint)


_EXPECTED = {
    "bool": "`true` or `false`",
    "date": "a date such as 2026-11-25",
    "float": "a number",
    "finite": "a number",
    "int": "a whole number",
    "list": "a list",
    "tuple": "a list",
}
"""What was expected, by the first word of the kind of pydantic's error."""


def _expected(kind: str, context: Mapping[str, Any]) -> str:
    """Return in plain words what was expected where pydantic reports a kind of error."""
    match kind:
        case "greater_than":
            return f"a number above {context['gt']}"
        case "greater_than_equal":
            return f"a number of at least {context['ge']}"
        case "less_than_equal":
            return f"a number of at most {context['le']}"
        case "int_parsing_size":
            return "a number of fewer digits"
    return _EXPECTED.get(kind.partition("_")[0], "something else")


def _either(options: list[str]) -> str:
    ticked = [f"`{option}`" for option in options]
    return " or ".join(filter(None, (", ".join(ticked[:-1]), ticked[-1])))


def _describe(value: Any) -> str:
    if value is None or value == []:
        return "nothing"
    if isinstance(value, dict):
        return "settings"
    if isinstance(value, list):
        return "a list"
    return f"`{_shown(str(value))}`"


def _shown(text: str) -> str:
    """Return a text for quoting in a message, shortened if it is long."""
    return f"{text[:40]}…" if len(text) > 40 else text


def _dotted(path: Iterable[str | int]) -> str:
    """Return a path as ``masthead[2].text``, with lists counted from 1."""
    name = ""
    for part in path:
        name += f"[{part + 1}]" if isinstance(part, int) else f".{_shown(part)}"
    return name.removeprefix(".")


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
    return {field.alias or name for kind in here for name, field in kind.model_fields.items()}


def _models_in(annotation: Any) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {kind for part in typing.get_args(annotation) for kind in _models_in(part)}
