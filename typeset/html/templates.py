"""Jinja templates, and the values that they print.

A template is searched for in the publication's folder, then in the theme's, then among the built-in
ones.  The built-in ones are also found as ``base/…``, so that a template can extend the one that it
replaces.  Templates may come from anybody, so they run in Jinja's sandbox, and under the limits of
the layout process.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Mapping
from types import CodeType
from typing import Any

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    FunctionLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from typeset.files.assets import styles_folder, templates_folder
from typeset.languages import language_for
from typeset.languages.cjk_regions import REGIONS, region_of
from typeset.languages.east_asian import EAST_ASIAN
from typeset.layout.document import Class
from typeset.layout.protocol import DocumentFault
from typeset.model import Article, Figure, Issue, Table
from typeset.theme.design import Design

__all__ = ["Labels", "environment_of", "issue_values", "render", "type_values"]

_GENERIC = ("serif", "sans-serif", "monospace", "system-ui")
_EAST_ASIAN_RUN = re.compile(f"(?:{EAST_ASIAN.pattern})+")


class _CompiledTemplates(BytecodeCache):
    """Caches the newest compiled form of each template, since a preview renders often."""

    def __init__(self) -> None:
        self._code: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load the cached code, if the template's text is still the same."""
        checksum, code = self._code.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Cache the code of a template."""
        if bucket.code is not None:
            self._code[bucket.key] = bucket.checksum, bucket.code


_COMPILED = _CompiledTemplates()


class _Environment(ImmutableSandboxedEnvironment):
    """Reports which template is nested too deeply for Jinja or Python."""

    def compile(
        self,
        source: Any,
        name: str | None = None,
        filename: str | None = None,
        *arguments: Any,
        **options: Any,
    ) -> Any:
        """Compile a template."""
        try:
            return super().compile(source, name, filename, *arguments, **options)
        except (RecursionError, SyntaxError) as error:
            message = "brackets, blocks or sums are nested too deeply in it"
            raise TemplateSyntaxError(message, 0, name, filename) from error


def environment_of(design: Design) -> Environment:
    """Return the Jinja environment: own templates, then the theme's, then the built-in ones."""
    usual = FileSystemLoader([templates_folder(), styles_folder()])
    own = map(_loader_of, (design.templates, design.theme.templates))
    return _Environment(
        loader=ChoiceLoader([*own, usual, PrefixLoader({"base": usual})]),
        autoescape=True,
        bytecode_cache=_COMPILED,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _loader_of(templates: Mapping[str, tuple[str, str]]) -> BaseLoader:
    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        if name not in templates:
            return None
        path, text = templates[name]
        return text, path, lambda: True

    return FunctionLoader(load)


def render(environment: Environment, name: str, **values: Any) -> str:
    """Render a template with values.

    Raises:
        DocumentFault: if the template cannot be used.
    """
    try:
        return environment.get_template(name).render(values)
    except (DocumentFault, MemoryError):
        raise  # the fault of an included template or a font, or an exceeded limit
    except Exception as error:
        raise _fault(error) from error


def issue_values(issue: Issue, design: Design) -> dict[str, Any]:
    """Return the values for every template of an issue."""
    return {
        "issue": issue,
        "accent": design.accent,
        "images": design.images,
        "is_figure": lambda block: isinstance(block, Figure),
        "is_table": lambda block: isinstance(block, Table),
        "labels": Labels(issue.language),
        "labels_for": Labels,
        "language": language_for(issue.language),
        "language_for": language_for,
        "marked": _marked,
    }


def type_values(issue: Issue, design: Design) -> dict[str, Any]:
    """Return the values for every style sheet of an issue: colors, families and regions."""
    return {
        "accent": design.accent,
        "families": design.theme.families,
        "region": region_of(issue.language) or region_of(design.cjk_language) or REGIONS[0],
        "regions": REGIONS,
        "font_list": _font_list,
    }


def _font_list(names: Iterable[str]) -> Markup:
    """Return a CSS list of font names, in quotes unless they are generic families."""
    quoted = (name if name in _GENERIC else f'"{escape(name)}"' for name in names)
    return Markup(", ".join(quoted))  # noqa: S704 - of escaped names


class Labels:
    """The labels of a language; values that are filled in may be markup, such as names.

    Args:
        tag: the language's tag.
    """

    def __init__(self, tag: str) -> None:
        self._tag = tag
        self._language = language_for(tag)
        self._labels = self._language.labels

    def __call__(self, name: str, /, **values: Any) -> Markup:
        """Return a label for the text of an element."""
        return _marked(self._labels[name]).format(**values)

    def plain(self, name: str, /, **values: Any) -> str:
        """Return a label for an attribute, which can hold no markup."""
        return self._labels[name].format(**values)

    def citation(self, article: Article, **values: Any) -> Markup:
        """Return the citation of an article, with its title.

        If the title ends with a punctuation mark, no comma or period follows it.  If the citation
        puts the title in quotes, quotes in the title become inner ones.
        """
        label, title = self._labels["citation"], str(article.title.html)
        if article.title.text.endswith(("?", "!", ".", "…")):
            label = re.sub(r"(?<=\{title\})[.,]", "", label)
        opening, closing, *_ = language_for(article.language).quotes
        outer, _, inner_opening, inner_closing = self._language.quotes
        if outer in label:
            title = re.sub(f"{opening}\u202f?", inner_opening, title)
            title = re.sub(f"\u202f?{closing}", inner_closing, title)
        if article.language != self._tag:
            title = f'<span lang="{escape(article.language)}">{title}</span>'
        return _marked(label).format(title=Markup(title), **values)  # noqa: S704 - as it came


def _marked(text: str) -> Markup:
    """Mark the East Asian runs of a label, as in the text of authors."""
    span = f'<span class="{Class.CJK}">'
    marked = _EAST_ASIAN_RUN.sub(lambda run: f"{span}{run[0]}</span>", escape(text))
    return Markup(marked)  # noqa: S704 - of escaped text


def _fault(error: Exception) -> DocumentFault:
    """Return a template's error with its message, file and the innermost line."""
    if isinstance(error, TemplateSyntaxError):
        return DocumentFault(error.message or "cannot be read", error.filename or "", error.lineno)
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.endswith(".j2")
    ]
    where = frames[-1] if frames else None
    if isinstance(error, RecursionError):
        message = "it goes round in a circle, or is nested too deeply"
    else:
        message = str(error) or type(error).__name__
    return DocumentFault(
        message, where.filename if where else "", where.lineno or 0 if where else 0
    )
