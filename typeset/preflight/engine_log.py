"""Turns the engine's log into diagnostics, such as for missing images and glyphs."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from typeset.addresses import BASE_URL
from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.layout.protocol import EngineRecord
from typeset.model import Block, Figure, Issue, Table
from typeset.preflight.subject import Subject
from typeset.source import Location

__all__ = ["check_engine"]


def check_engine(subject: Subject, report: Report) -> None:
    """Report every record of the engine's log."""
    for record in subject.pages.records:
        match record.kind:
            case "image":
                _report_image(subject, record, report)
            case "glyph":
                _report_glyph(subject, record, report)
            case _:
                code = Code.ENGINE_ERROR if record.is_error else Code.ENGINE
                report.add(code, record.message, None)


def _report_image(subject: Subject, record: EngineRecord, report: Report) -> None:
    address = record.subject.removeprefix(BASE_URL).removeprefix("publication/")
    path = unquote(address)
    message = f"the image {path} cannot be shown: {record.message}"
    hint = "open the file, and export it again"
    report.add(Code.IMAGE_UNUSABLE, message, _place_of_image(subject, path), hint)


def _report_glyph(subject: Subject, record: EngineRecord, report: Report) -> None:
    character = record.subject
    message = f"no font here has the character U+{ord(character):04X} ({character})"
    hint = "remove the character, or install a font that has it"
    report.add(Code.GLYPH_MISSING, message, _place_of_character(subject, character), hint)


def _place_of_image(subject: Subject, path: str) -> Location | None:
    for article in subject.issue.articles:
        for block in article.blocks:
            if isinstance(block, Figure) and block.image.path == path:
                return block.location
    return None


def _place_of_character(subject: Subject, character: str) -> Location | None:
    for element_id, text in _texts(subject.issue):
        if character in text:
            place = subject.issue.place_of(element_id)
            return _exact(subject.issue, character, place)
    return None


def _exact(issue: Issue, character: str, place: Location | None) -> Location | None:
    """Return where a character itself stands in the file of the element that holds it."""
    for article in issue.articles:
        first = article.rare.get(character)
        if place and first and first.path == place.path and first.line >= place.line:
            return first
    return place


def _texts(issue: Issue) -> Iterator[tuple[str, str]]:
    """Yield every text of an issue with the id of the element that holds it."""
    yield "name", issue.name.text
    for position, paragraph in enumerate(issue.masthead, 1):
        yield f"masthead-{position}-heading", paragraph.heading.text
        yield f"masthead-{position}", paragraph.text.text
    for article in issue.articles:
        yield f"{article.id}-title", article.title.text
        yield f"{article.id}-kicker", article.kicker.text
        yield f"{article.id}-standfirst", article.standfirst.text
        for position, author in enumerate(article.authors, 1):
            yield f"{article.id}-byline", author.name.text
            yield f"{article.id}-bio-{position}", author.bio.text
        for block in article.blocks:
            yield block.id, _text_of(block)
        for note in article.notes:
            yield note.id, note.html
        yield f"{article.id}-takeaway", article.takeaway.text


def _text_of(block: Block) -> str:
    match block:
        case Figure():
            return block.caption.text + block.credit.text
        case Table():
            return block.html + block.caption.text + block.unit.text + block.source.text
        case _:
            return block.html
