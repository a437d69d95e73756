"""JSON Schemas of what authors write, for editors that complete and check while typing.

They are made from the models that a build uses, with two differences.  A build reads every YAML
scalar as a string, but an editor sees a number in ``title: 1984`` or ``schema: 1``, so the schemas
allow both.  And they allow a key without a value, which a build treats as missing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from typeset.manifest.settings import IssueSettings
from typeset.markdown.front_matter import ArticleHead

__all__ = ["SCHEMAS", "render_schema", "schema_of"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_WORDS_OF_BOOL = "true|false|yes|no|on|off|y|n|t|f|1|0"


@dataclass(frozen=True, slots=True)
class _Kind:
    title: str
    description: str
    model: type[BaseModel]
    required: tuple[str, ...] | None
    """The keys that must exist; None means those that the model requires."""


SCHEMAS: Mapping[str, _Kind] = {
    "publication": _Kind(
        "publication.yaml",
        "What all issues of a publication share.",
        IssueSettings,
        ("schema", "name"),
    ),
    "issue": _Kind(
        "issue.yaml",
        "One issue; what the publication says holds unless the issue sets it again.",
        IssueSettings,
        ("volume", "number", "date", "articles"),
    ),
    "article": _Kind(
        "front matter",
        "The head of an article, between its two lines of ---.",
        ArticleHead,
        None,
    ),
}
"""The kinds of files that authors write, by their name on the command line."""


def schema_of(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of a kind of file.

    Args:
        kind: a key of :data:`SCHEMAS`.
    """
    about = SCHEMAS[kind]
    made = about.model.model_json_schema(schema_generator=_ForEditors, mode="validation")
    head = {"$schema": _DIALECT, "title": about.title, "description": about.description}
    required = {} if about.required is None else {"required": list(about.required)}
    return head | {key: made[key] for key in made if key not in head} | required


def render_schema(kind: str) -> str:
    """Return the JSON Schema of a kind of file as text."""
    return json.dumps(schema_of(kind), ensure_ascii=False, indent=2)


class _ForEditors(GenerateJsonSchema):
    """Makes schemas of the YAML that authors may write, with the types that editors see."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Leave titles out, as they only repeat the key."""
        return False

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """Allow any scalar as a text; a pattern applies to strings only."""
        made = super().str_schema(schema)
        # What these patterns match cannot be mistaken for a number.
        pattern = made.get("pattern", "")
        return made if pattern not in ("", r"\S") else made | {"type": _SCALARS}

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        """Allow a number in quotes."""
        sign = r"\+?" if "ge" in schema or "gt" in schema else "[+-]?"
        return _either(super().int_schema(schema), _written(rf"{sign}[0-9]+(_[0-9]+)*(\.0*)?"))

    def float_schema(self, schema: core_schema.FloatSchema) -> JsonSchemaValue:
        """Allow a number in quotes."""
        number = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?"
        return _either(super().float_schema(schema), _written(number))

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:
        """Allow YAML's old words for true and false."""
        words = {"type": "string", "pattern": f"^({_any_case(_WORDS_OF_BOOL)})$"}
        return _either(super().bool_schema(schema), words, {"enum": [0, 1]})

    def date_schema(self, schema: core_schema.DateSchema) -> JsonSchemaValue:
        """Allow only year-month-day."""
        month, day = "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
        pattern = rf"^\s*[0-9]{{4}}-{month}-{day}\s*$"
        return super().date_schema(schema) | {"pattern": pattern}

    def literal_schema(self, schema: core_schema.LiteralSchema) -> JsonSchemaValue:
        """Allow a number for an option that consists of digits."""
        options = [
            option
            for value in schema["expected"]
            for option in ([int(value), value] if str(value).isdigit() else [value])
        ]
        return {"enum": options}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Allow a key without a value, and give the default if that is short."""
        inner = self.generate_inner(schema["schema"])
        default = schema.get("default")
        made = inner if "null" in str(inner.get("type")) else _either(inner, {"type": "null"})
        named = isinstance(default, str | bool | int | float)
        return made | ({"default": default} if named else {})

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Leave null out, as `default_schema` adds it."""
        return self.generate_inner(schema["schema"])


_SCALARS = ["string", "number", "boolean"]


def _written(number: str) -> JsonSchemaValue:
    return {"type": "string", "pattern": rf"^\s*{number}\s*$"}


def _any_case(words: str) -> str:
    return "".join(f"[{c.upper()}{c}]" if c.isalpha() else c for c in words)


def _either(*options: JsonSchemaValue) -> JsonSchemaValue:
    """Return a choice of schemas; a choice among them is flattened."""
    flat: list[JsonSchemaValue] = []
    for option in options:
        flat += option["anyOf"] if set(option) == {"anyOf"} else [option]
    return {"anyOf": flat}
