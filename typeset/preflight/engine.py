"""What the engine only logs is a diagnostic here: a missing image, a missing glyph."""

from __future__ import annotations

import re

from typeset.diagnostics import Report
from typeset.model import Article, Inline
from typeset.pages import EngineRecord
from typeset.preflight.subject import Subject
from typeset.source import Location

__all__ = ["check_engine"]

_IMAGE = re.compile(r"image at '(?:https://typeset\.invalid/)?(?:publication/)?([^']*)'")
_GLYPH = re.compile(r"U\+([0-9A-Fa-f]{4,6})")


def check_engine(subject: Subject, report: Report) -> None:
    """Report every record of the engine's log."""
    for record in subject.pages.records:
        if match := _IMAGE.search(record.message):
            path = match[1]
            message = f"the image {path} cannot be shown: {record.message}"
            hint = "open the file, and export it again"
            report.error("image-unusable", message, _place_of_image(subject, path), hint)
        elif "glyph" in record.message.lower() or "character" in record.message.lower():
            _report_glyphs(subject, record, report)
        elif record.is_error:
            report.error("engine", record.message, None)
        else:
            report.warning("engine", record.message, None)


def _report_glyphs(subject: Subject, record: EngineRecord, report: Report) -> None:
    points = [int(point, 16) for point in _GLYPH.findall(record.message)]
    hint = "take the character out, or install a font that has it"
    if not points:
        report.error("glyph-missing", record.message, None, hint)
    for point in points:
        message = f"no font here has the character U+{point:04X} ({chr(point)})"
        report.error("glyph-missing", message, _place_of_character(subject, chr(point)), hint)


def _place_of_image(subject: Subject, path: str) -> Location | None:
    for article in subject.issue.articles:
        for block in article.blocks:
            if getattr(getattr(block, "image", None), "path", None) == path:
                return block.location
    return None


def _place_of_character(subject: Subject, character: str) -> Location | None:
    for article in subject.issue.articles:
        for text, location in _texts(article):
            if character in text:
                return location
    return None


def _texts(article: Article) -> list[tuple[str, Location]]:
    """Return an article's texts, each with its place."""
    head = article.places[article.id]
    texts: list[tuple[str, Location]] = [
        (inline.text, head) for inline in (article.title, article.kicker, article.standfirst)
    ]
    for block in article.blocks:
        html = getattr(block, "html", "")
        caption: Inline | None = getattr(block, "caption", None)
        texts.append((html + (caption.text if caption else ""), block.location))
    texts += [(note.html, note.location) for note in article.notes]
    return [*texts, (article.takeaway.text, head)]
