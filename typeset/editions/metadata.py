"""What the metadata of a file says, and which standards the file conforms to, as values."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date

from typeset.languages import language_for
from typeset.model import Article, Issue

__all__ = ["Metadata", "Standards"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """The metadata of a file."""

    edition: str
    """The edition's name: the same pages in another edition are another file."""
    title: str
    language: str
    authors: tuple[str, ...]
    description: str
    """A sentence or two on what it is about; may be empty."""
    keywords: tuple[str, ...]
    publication: str
    publisher: str
    """May be empty."""
    rights: str
    """May be empty."""
    volume: int
    number: int
    issued: date
    """The day of the issue."""
    created: date
    """The date that the file is given."""
    issn: str | None = None
    doi: str | None = None
    url: str | None = None
    """Where it stands in the web."""
    pages: tuple[int, int] | None = None
    """The first and the last page of an article in its issue; None for a whole issue."""

    @classmethod
    def of_issue(cls, issue: Issue, created: date, edition: str) -> Metadata:
        """Return the metadata of a whole issue.

        Args:
            issue: the issue.
            created: the date to give the file.
            edition: the edition's name.
        """
        title = language_for(issue.language).labels["running_issue"]
        kickers = dict.fromkeys(article.kicker.text for article in issue.articles)
        return cls(
            edition=edition,
            title=title.format(name=issue.name.text, volume=issue.volume, number=issue.number),
            language=issue.language,
            authors=issue.authors,
            description=issue.subject or "",
            keywords=tuple(filter(None, kickers)),
            publication=issue.name.text,
            publisher=issue.publisher.text,
            rights=issue.rights or "",
            volume=issue.volume,
            number=issue.number,
            issued=issue.date,
            created=created,
            issn=issue.issn,
            doi=issue.doi,
            url=issue.url,
        )

    @classmethod
    def of_article(
        cls,
        issue: Issue,
        article: Article,
        created: date,
        edition: str,
        pages: tuple[int, int] | None = None,
    ) -> Metadata:
        """Return the metadata of one article.

        Args:
            issue: the issue that it stands in.
            article: the article.
            created: the date to give the file.
            edition: the edition's name.
            pages: its first and last page in the issue, where they are known.
        """
        return replace(
            cls.of_issue(issue, created, edition),
            title=article.title.text,
            language=article.language,
            authors=tuple(author.name.text for author in article.authors),
            description=article.summary,
            keywords=tuple(filter(None, (article.kicker.text,))),
            doi=article.doi,
            url=None,
            pages=pages,
        )

    @property
    def document_id(self) -> uuid.UUID:
        """The id that all editions and builds of this document share."""
        name = f"{self.publication}/{self.volume}/{self.number}/{self.title}"
        return uuid.uuid5(uuid.NAMESPACE_URL, f"doi:{self.doi}" if self.doi else name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standards:
    """The standards that a file conforms to."""

    ua: int | None = None
    """The part of PDF/UA: 1."""
    a: str | None = None
    """Part and level of PDF/A: ``3A``."""
    x: str | None = None
    """The version of PDF/X: ``PDF/X-4``."""
