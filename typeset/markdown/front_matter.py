"""Front matter: the YAML between two ``---`` lines at the top of an article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PositiveInt

from typeset.config.validation import Doi, LanguageTag, Settings, Text, WebAddress, validate
from typeset.config.yaml_loader import YamlData, load_yaml
from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.source import Location, SourceFile

__all__ = ["ArticleHead", "Head", "split_front_matter"]


def _orcid(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"(\d{4}-){3}\d{3}[\dX]", value):
        raise ValueError(f"`{value}` is not an ORCID such as 0000-0002-1825-0097")
    return value


def _author(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


def _authors(value: Any) -> Any:
    if not value:
        raise ValueError("name at least one author, or a desk")
    return [value] if isinstance(value, str | dict) else value


# The patterns of these settings in a JSON Schema; the functions above check more.
_OrcidShape = Annotated[str, Field(pattern=r"^([0-9]{4}-){3}[0-9]{3}[0-9X]$")]


class AuthorHead(Settings, use_attribute_docstrings=True):
    """An author as the front matter names one."""

    name: Text
    """The author's name; Markdown."""
    bio: Text | None = None
    """A line or two about the author; Markdown."""
    url: WebAddress | None = None
    """The author's page."""
    orcid: Annotated[str, BeforeValidator(_orcid, json_schema_input_type=_OrcidShape)] | None = None
    """The author's ORCID, such as 0000-0002-1825-0097."""


_AuthorsShape = Text | AuthorHead | Annotated[list[Text | AuthorHead], Field(min_length=1)]


class ArticleHead(Settings, use_attribute_docstrings=True):
    """Everything that an article's front matter may say."""

    title: Text
    """The title; Markdown."""
    authors: Annotated[
        tuple[Annotated[AuthorHead, BeforeValidator(_author)], ...],
        BeforeValidator(_authors, json_schema_input_type=_AuthorsShape),
    ]
    """One author or several: names, or settings with name, bio, url and orcid."""
    kicker: Text | None = None
    """The word or two above the title; Markdown."""
    standfirst: Text | None = None
    """The sentence below the title that says what the article is about; Markdown."""
    takeaway: Text | None = None
    """The main point, set after the text; Markdown."""
    summary: Text | None = None
    """A summary for the web edition and for metadata."""
    language: LanguageTag | None = None
    """The article's language, where it is not the publication's."""
    sources: tuple[WebAddress, ...] = ()
    """Web addresses of sources, besides those that the text links to."""
    doi: Doi | None = None
    """The article's DOI, such as 10.5555/12345678; for the metadata of its offprint."""
    max_words: PositiveInt | None = None
    """How many words the text may have before there is a warning."""
    glossary: bool = True
    """Whether names of the publication's glossary get their characters here."""


@dataclass(frozen=True, slots=True)
class Head:
    """Front matter with the places of its values, and the body that follows it."""

    settings: ArticleHead
    source: YamlData
    body: tuple[str, ...]
    """The lines after the front matter."""
    body_line: int
    """The number of the first of them, from 1."""

    def locate(self, *path: str | int) -> Location:
        """Return the place of a value."""
        return self.source.locate(path)


def split_front_matter(source: SourceFile, report: Report) -> Head | None:
    """Read the front matter of an article.

    Returns:
        The front matter and the body, or None if there is none or it has mistakes.
    """
    lines = source.text.split("\n")
    if lines[0].rstrip() != "---":
        if not source.text.strip():
            hint = "begin it with ---, then `title:` and `authors:`, then --- and the text"
            report.add(Code.ARTICLE_EMPTY, "this article is empty", source.at(), hint)
            return None
        hint = "begin the file with ---, then `title:` and `authors:`, then --- again"
        report.add(Code.FRONT_MATTER_MISSING, "there is no front matter", source.at(1, 1), hint)
        return None
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), None)
    if end is None:
        hint = "close it with a line of three hyphens"
        report.add(Code.FRONT_MATTER_OPEN, "the front matter is not closed", source.at(1, 1), hint)
        return None
    text = SourceFile(source.path, "\n".join(lines[1:end]))
    data = load_yaml(text, report, first_line=2)
    settings = None if data is None else validate(ArticleHead, data, report)
    if data is None or settings is None:
        return None
    return Head(settings, data, tuple(lines[end + 1 :]), end + 2)
