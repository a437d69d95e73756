"""Beginning: a publication, its next issue, an article more.

Like the pipeline, it puts stages to work in their order; what it writes was read and judged before.
"""

from __future__ import annotations

from typeset.starting.article import NewArticle, start_article
from typeset.starting.issue import NewIssue, start_issue
from typeset.starting.places import find_issues
from typeset.starting.publication import (
    Answers,
    NewPublication,
    check_answer,
    day_of,
    folder_for,
    needs_slug,
    page_for,
    require_answer,
    start_publication,
)
from typeset.theme import theme_names

__all__ = [
    "Answers",
    "NewArticle",
    "NewIssue",
    "NewPublication",
    "check_answer",
    "day_of",
    "find_issues",
    "folder_for",
    "needs_slug",
    "page_for",
    "require_answer",
    "start_article",
    "start_issue",
    "start_publication",
    "theme_names",
]
