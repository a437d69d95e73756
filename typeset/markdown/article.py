"""Reading one article: the steps from source text to a finished value, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markupsafe import Markup

from typeset.diagnostics import Report
from typeset.fonts import Coverage
from typeset.languages import language_for
from typeset.markdown.attributes import (
    check_attributes,
    check_headings,
    number_blocks,
    report_raw_html,
)
from typeset.markdown.blocks import CAPTION_TAG
from typeset.markdown.endnotes import Numbering, bind_calls, number_calls, take_definitions
from typeset.markdown.floats import (
    FindImage,
    check_rows,
    figure_of,
    report_nested,
    table_of,
)
from typeset.markdown.frontmatter import Head, split_front_matter
from typeset.markdown.links import check_links
from typeset.markdown.parser import Parser
from typeset.markdown.scripts import mark_runs
from typeset.markdown.short import InlineReader
from typeset.markdown.trees import line_of, markup, plain_text
from typeset.markdown.typography import set_typography
from typeset.model import Article, Author, Block, Note, Prose
from typeset.source import Location, SourceFile

__all__ = ["ArticleContext", "read_article"]


@dataclass(frozen=True, slots=True)
class ArticleContext:
    """What an article's text depends on besides itself."""

    id: str
    """The article's id in its issue, with which the ids of its elements begin."""
    language: str
    """The publication's language; the article's own wins."""
    cjk_language: str
    coverage: Coverage
    find_image: FindImage


def read_article(source: SourceFile, context: ArticleContext, report: Report) -> Article | None:
    """Read an article.

    Args:
        source: the file.
        context: what surrounds the article.
        report: receives every mistake with its place.

    Returns:
        The article, or None if it has mistakes that leave none.
    """
    head = split_front_matter(source, report)
    if head is None:
        return None
    parser = Parser()
    language = head.settings.language or context.language
    places = _Places(source)
    lines, definitions = take_definitions(head.body, head.body_line, source.path, report)
    root = parser.parse_blocks(lines, head.body_line)
    if not len(root):
        report.error("article-empty", "this article has no text", source.at(head.body_line))

    report_raw_html(root, places.find, report)
    report_nested(root, lambda element: source.at(line_of(element)), report)
    check_attributes(root, context.id, places.find, report)
    check_links(root, context.id, places.find, report)
    check_headings(root, places.find, report)
    numbering = number_calls(root, context.id, definitions, places.find, report)
    set_typography(root, language_for(language))
    bind_calls(root)
    mark_runs(root, context.coverage, context.cjk_language, language)
    if language != context.language:
        for block in root:
            block.attrib.setdefault("lang", language)
    words = _count_words(root)
    _check_length(head, words, report)
    lines_by_id = number_blocks(root, context.id)

    inline = InlineReader(language, context.cjk_language, context.coverage, report, parser)
    settings = head.settings
    notes = tuple(_note(entry, context.id, inline) for entry in numbering)
    title = inline.read(settings.title, head.locate("title"), "the title")
    standfirst = inline.read(settings.standfirst, head.locate("standfirst"), "the standfirst")
    takeaway = inline.read(settings.takeaway, head.locate("takeaway"), "the takeaway")
    blocks = _blocks(root, source, lines_by_id, context, language, report)
    return Article(
        id=context.id,
        path=source.path,
        language=language,
        title=title,
        kicker=inline.read(settings.kicker, head.locate("kicker"), "the kicker"),
        standfirst=standfirst,
        authors=_authors(head, inline),
        takeaway=takeaway,
        summary=settings.summary or standfirst.text,
        sources=settings.sources,
        blocks=blocks,
        notes=notes,
        words=words,
        places={element_id: source.at(line) for element_id, line in lines_by_id.items()}
        | {f"{context.id}-{part}": head.locate(part) for part in settings.model_fields_set}
        | {note.id: note.location for note in notes}
        | {context.id: head.locate("title")},
    )


class _Places:
    """Finds the exact place of some words from the line on which their block begins."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self._lines = source.text.split("\n")

    def find(self, line: int, words: str) -> Location:
        """Return where words first occur from a line on; the line alone if they do not."""
        for number in range(line, min(line + 60, len(self._lines) + 1)):
            column = self._lines[number - 1].find(words) if words else -1
            if column >= 0:
                return self._source.at(number, column + 1)
        return self._source.at(line)


def _blocks(
    root: Element,
    source: SourceFile,
    lines_by_id: dict[str, int],
    context: ArticleContext,
    language: str,
    report: Report,
) -> tuple[Block, ...]:
    children = list(root)
    blocks: list[Block] = []
    for position, element in enumerate(children):
        if element.tag == CAPTION_TAG:
            continue
        location = source.at(lines_by_id[element.attrib["id"]])
        if element.tag == "figure":
            figure = figure_of(
                element, location, context.find_image, language_for(language), report
            )
            blocks.extend([figure] if figure else [])
        elif element.tag == "table":
            check_rows(element, location, report)
            after = children[position + 1] if position + 1 < len(children) else None
            caption = after if after is not None and after.tag == CAPTION_TAG else None
            blocks.append(table_of(element, caption, location, report))
        else:
            element.tail = None
            blocks.append(Prose(id=element.attrib["id"], location=location, html=markup(element)))
    return tuple(blocks)


def _note(entry: Numbering, prefix: str, inline: InlineReader) -> Note:
    definition = entry.definition
    paragraphs = [
        inline.read_tree(text, definition.location, f"the note `{definition.name}`")
        for text in definition.paragraphs
    ]
    return Note(
        id=f"{prefix}-note-{entry.number}",
        location=definition.location,
        number=entry.number,
        html=Markup("<br>").join(markup(paragraph, outer=False) for paragraph in paragraphs),
        calls=entry.calls,
    )


def _authors(head: Head, inline: InlineReader) -> tuple[Author, ...]:
    return tuple(
        Author(
            name=inline.read(author.name, head.locate("authors", n, "name"), "an author's name"),
            bio=inline.read(author.bio, head.locate("authors", n, "bio"), "a bio"),
            url=author.url,
            orcid=author.orcid,
        )
        for n, author in enumerate(head.settings.authors)
    )


def _count_words(root: Element) -> int:
    """Count the words of an article's text: no captions, no tables, no calls of notes."""
    blocks: Sequence[Element] = [
        block for block in root if block.tag not in ("figure", "table", CAPTION_TAG)
    ]
    return sum(len(plain_text(block).split()) for block in blocks)


def _check_length(head: Head, words: int, report: Report) -> None:
    most = head.settings.max_words
    if most is not None and words > most:
        message = f"this article has {words} words; its limit is {most}"
        report.warning("article-long", message, head.locate("max_words"))
