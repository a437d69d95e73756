"""Reads one article: the steps from source text to the model, in order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from xml.etree.ElementTree import Element

from markupsafe import Markup

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.languages import language_for
from typeset.markdown.account import Account, Weight
from typeset.markdown.attributes import number_blocks
from typeset.markdown.characters import clean_source
from typeset.markdown.endnotes import Definition, Numbering
from typeset.markdown.features import FEATURES, Feature, Manuscript, Text
from typeset.markdown.floats import FindImage
from typeset.markdown.front_matter import ArticleHead, Head, split_front_matter
from typeset.markdown.glossary import names_given
from typeset.markdown.inline_reader import InlineReader
from typeset.markdown.letters import (
    Loss,
    Piece,
    block_pieces,
    first_difference,
    lost_piece,
    pieces,
    report_lost,
    text_pieces,
)
from typeset.markdown.limits import check_size
from typeset.markdown.parser import Parser, TooDeep
from typeset.markdown.regroup import regroup
from typeset.markdown.script_runs import Scripts
from typeset.markdown.source_places import Locate, Places
from typeset.markdown.trees import line_of, markup, plain_text
from typeset.markdown.typography import curl_quotes
from typeset.model import Article, Author, Block, GivenName, Note, Prose, Table
from typeset.source import Location, SourceFile
from typeset.theme.theme import Coverage

__all__ = ["ArticleContext", "read_article"]


@dataclass(frozen=True, slots=True)
class ArticleContext:
    """What the reading of an article depends on besides its text."""

    id: str
    """The article's id in its issue, with which the ids of its elements begin."""
    language: str
    """The publication's language; the article's own takes precedence."""
    cjk_language: str
    coverage: Coverage
    find_image: FindImage
    glossary: tuple[GivenName, ...] = ()
    """The publication's names with their characters."""
    features: tuple[Feature, ...] = FEATURES
    """What its Markdown may hold, in the order of the work."""

    @property
    def block_tags(self) -> frozenset[str]:
        """The tags of blocks that are more than prose."""
        return frozenset(tag for feature in self.features for tag in feature.blocks)


def read_article(source: SourceFile, context: ArticleContext, report: Report) -> Article | None:
    """Read an article.

    Args:
        source: the file.
        context: what surrounds the article.
        report: receives every mistake with its place.

    Returns:
        The article, or None if its mistakes leave nothing to print.
    """
    if not check_size(source, report):
        return None
    source = clean_source(source, report)
    head = split_front_matter(source, report)
    body = None if head is None else _parse(head, source, context.features, report)
    if head is None or body is None:
        return None
    language = head.settings.language or context.language
    text = Text(
        report=report,
        seeker=Places(source).seeker,
        scripts=Scripts(context.coverage, context.cjk_language, language, _known(context)),
        prefix=context.id,
        notes=body.notes,
        glossary=context.glossary if head.settings.glossary else (),
        head=_head_text(head.settings),
        find_image=context.find_image,
    )
    for feature in context.features:
        if feature.check:
            feature.check(body.root, text)
    for feature in context.features:
        if feature.set:
            feature.set(body.root, text)
    _say_language(body.root, language, context)
    words = _count_words(body.root, context)
    _check_length(head, words, report)
    lines = number_blocks(body.root, context.id)
    loss = _loss_in_reading(body, text.numbered)
    read = [pieces([element], added=True) for element in body.root]
    inline = InlineReader(
        language,
        context.cjk_language,
        context.coverage,
        report,
        parser=body.parser,
        anchors=text.anchors,
        places=Places(source),
        known=text.scripts.known,
    )
    settings = head.settings
    locate = Places(source).seeker()
    names = tuple(names_given(body.root, language, context.glossary, Places(source).seeker()))
    blocks = [_block(element, context.features, text, locate) for element in list(body.root)]
    notes = tuple(_note(entry, context.id, inline) for entry in text.numbered)
    standfirst = inline.read(
        settings.standfirst, head.locate("standfirst"), "the standfirst", styled=True
    )
    article = Article(
        id=context.id,
        path=source.path,
        language=language,
        title=inline.read(settings.title, head.locate("title"), "the title", styled=True),
        kicker=inline.read(settings.kicker, head.locate("kicker"), "the kicker", styled=True),
        standfirst=standfirst,
        authors=_authors(head, inline),
        takeaway=inline.read(settings.takeaway, head.locate("takeaway"), "the takeaway"),
        summary=curl_quotes(settings.summary or "", language_for(language)) or standfirst.text,
        sources=settings.sources,
        doi=settings.doi,
        blocks=tuple(block for block in blocks if block is not None),
        notes=notes,
        words=words,
        places={element_id: source.at(line) for element_id, line in lines.items()}
        | {f"{context.id}-{part}": head.locate(part) for part in settings.model_fields_set}
        | {
            f"{context.id}-bio-{position}": head.locate("authors", position - 1, "bio")
            for position in range(1, len(settings.authors) + 1)
        }
        | {
            f"{block.id}-{part}": block.caption_location
            for block in blocks
            if isinstance(block, Table)
            for part in ("caption", "source")
        }
        | {f"{context.id}-byline": head.locate("authors")}
        | {note.id: note.location for note in notes}
        | {context.id: head.locate("title")},
        names=names,
        rare=_rare(source, context.coverage),
    )
    for parts, block in zip(read, blocks, strict=True):
        if block is None:
            parts.clear()  # what it lacks has been reported
    loss = loss or _loss_in_model(article, head, list(chain.from_iterable(read)), inline.printed)
    report_lost(loss, source.at(loss.line if loss else 0), report)
    return article


def _loss_in_reading(body: _Parsed, notes: Sequence[Numbering]) -> Loss | None:
    """Return the first place at which the letters of a body are not in its tree and its notes."""
    losses = (
        body.weight.loss,
        lost_piece(body.weight.pieces, pieces(body.root)),
        *(entry.definition.loss for entry in notes),
    )
    return next(filter(None, losses), None)


def _loss_in_model(
    article: Article, head: Head, blocks: Sequence[Piece], texts: Sequence[Piece]
) -> Loss | None:
    """Return the first place at which letters that were read are not in the model."""
    summary = head.settings.summary or article.summary
    return (
        lost_piece(blocks, block_pieces(article))
        or lost_piece(texts, text_pieces(article))
        or first_difference(summary, article.summary, head.locate("summary").line)
    )


@dataclass(frozen=True, slots=True)
class _Parsed:
    """An article's body as a tree, and what was removed from it."""

    root: Element
    parser: Parser
    notes: Mapping[str, Definition]
    weight: Weight


def _parse(
    head: Head, source: SourceFile, features: Sequence[Feature], report: Report
) -> _Parsed | None:
    """Return the tree of an article's body, or None if it exceeds the limits."""
    text = [line.expandtabs(4) for line in head.body]
    manuscript = Manuscript(source, head.body_line, report, Account(text))
    for feature in features:
        taken = feature.take(text, manuscript) if feature.take else text
        if taken is None:
            return None
        text = taken
    grouped = regroup(text, head.body_line, source, manuscript.definitions, report)
    if grouped is None:
        return None
    parser = Parser(features, manuscript)
    try:
        root, weight = parser.parse_blocks(grouped, text, head.body_line)
    except TooDeep:
        message = "the markup of this article is nested too deeply"
        report.add(Code.MARKDOWN_TOO_DEEP, message, source.at(head.body_line))
        return None
    if not len(root):
        report.add(Code.ARTICLE_EMPTY, "this article has no text", source.at(head.body_line))
    return _Parsed(root, parser, manuscript.notes, weight)


def _known(context: ArticleContext) -> Mapping[str, str]:
    """Return the language of each East Asian name of the glossary."""
    return {one.characters: one.language for one in context.glossary}


def _head_text(settings: ArticleHead) -> str:
    """Return the text that readers read before the body."""
    return "\n".join(filter(None, (settings.kicker, settings.title, settings.standfirst)))


def _say_language(root: Element, language: str, context: ArticleContext) -> None:
    """Set the language of each block, if it is not that of the publication."""
    if language != context.language:
        for block in root:
            if block.tag not in context.block_tags:  # the page's own elements hold these
                block.attrib.setdefault("lang", language)


def _rare(source: SourceFile, coverage: Coverage) -> dict[str, Location]:
    """Return the first place of each character that some style of the text font lacks."""
    text = source.text
    shown = frozenset.intersection(*coverage.values())
    found: dict[str, Location] = {}
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    for character in sorted(set(text)):
        if ord(character) not in shown and not character.isspace():
            position = text.index(character)
            line = bisect_right(starts, position)
            found[character] = source.at(line, position - starts[line - 1] + 1)
    return found


def _block(
    element: Element, features: Sequence[Feature], text: Text, locate: Locate
) -> Block | None:
    """Return the model's block of an element; one that makes none has been reported."""
    for feature in features:
        if element.tag in feature.blocks:
            return feature.blocks[element.tag](element, text, locate)
    element.tail = None
    place = locate(line_of(element), "")
    return Prose(id=element.attrib["id"], location=place, html=markup(element))


def _note(entry: Numbering, prefix: str, inline: InlineReader) -> Note:
    definition = entry.definition
    paragraphs = inline.read_paragraphs(definition.paragraphs, f"the note `{definition.name}`")
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
            name=inline.read(
                author.name, head.locate("authors", n, "name"), "an author's name", styled=True
            ),
            bio=inline.read(author.bio, head.locate("authors", n, "bio"), "a bio", styled=True),
            url=author.url,
            orcid=author.orcid,
        )
        for n, author in enumerate(head.settings.authors)
    )


def _count_words(root: Element, context: ArticleContext) -> int:
    """Count the words of an article's text: no captions, no tables, no calls of notes."""
    blocks = [block for block in root if block.tag not in context.block_tags]
    return sum(len(plain_text(block).split()) for block in blocks)


def _check_length(head: Head, words: int, report: Report) -> None:
    most = head.settings.max_words
    if most is not None and words > most:
        message = f"this article has {words} words; its limit is {most}"
        report.add(Code.ARTICLE_LONG, message, head.locate("max_words"))
