"""The features of our Markdown, one row each, with all that reading does for a feature.

A row may take part in four steps: it removes lines from a text (``take``), adds rules to the parser
(``parse``), checks the tree that the parser made (``check``), and changes that tree to what is
printed (``set``).  Each step goes through the rows from the first to the last, so they are in the
order of the work; only the priorities of the library decide which rule of the parser is tried
first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal
from xml.etree.ElementTree import Element

from markdown import Markdown

from typeset.diagnostics import Report
from typeset.languages import language_for
from typeset.languages.east_asian import is_east_asian
from typeset.markdown import floats, inline
from typeset.markdown.account import Account
from typeset.markdown.attribute_lists import register_attribute_lists
from typeset.markdown.attributes import Anchors, check_attributes
from typeset.markdown.brackets import bind_brackets
from typeset.markdown.code import (
    CodeBlock,
    register_code_blocks,
    register_code_spans,
    take_code,
)
from typeset.markdown.comments import take_comments
from typeset.markdown.definitions import Definitions, read_definitions, register_abbreviations
from typeset.markdown.endnotes import (
    Definition,
    Numbering,
    bind_calls,
    number_calls,
    refuse_calls,
    take_definitions,
)
from typeset.markdown.figures import register_figures
from typeset.markdown.glossary import add_characters
from typeset.markdown.headings import check_headings, register_headings
from typeset.markdown.limits import check_limits
from typeset.markdown.link_rules import register_links
from typeset.markdown.links import check_links
from typeset.markdown.lists import register_definition_lists, register_lists
from typeset.markdown.raw_html import report_raw_html
from typeset.markdown.script_runs import Scripts, mark_runs, marked_languages
from typeset.markdown.source_places import Locate
from typeset.markdown.tables import register_tables
from typeset.markdown.trees import CAPTION_TAG, RAW_TAG, TABLE_TAG, unwrap
from typeset.markdown.typography import set_typography
from typeset.model import Block, ElementKind, GivenName, Image
from typeset.source import Location, SourceFile

__all__ = ["FEATURES", "Feature", "Level", "Manuscript", "Text"]

Level = Literal["block", "inline"]
"""Where a feature works: ``inline`` in every text, titles and notes among them, ``block`` only in
the body of an article."""


@dataclass(slots=True)
class Manuscript:
    """A text before it is parsed: its place, and what the features removed from its lines."""

    file: SourceFile = field(default_factory=lambda: SourceFile("", ""))
    """The file; an empty one if the text is not the body of an article."""
    first_line: int = 1
    """The number of the text's first line in the file, from 1."""
    report: Report = field(default_factory=Report)
    account: Account = field(default_factory=Account)
    """Receives each letter that is removed."""
    code: list[CodeBlock] = field(default_factory=list)
    definitions: Definitions = field(default_factory=Definitions)
    notes: dict[str, Definition] = field(default_factory=dict)
    """The endnotes by name."""


def _no_image(_reference: str, _location: Location) -> Image | None:
    return None


@dataclass(slots=True, kw_only=True)
class Text:
    """A text as a tree, with what its features find in it and pass on to those after them."""

    report: Report
    seeker: Callable[[], Locate]
    """Returns a function that finds the places of words, from the first of the text on."""
    scripts: Scripts
    """The text's language and the font's characters."""
    name: str = ""
    """Its name in diagnostics, such as ``the title``; empty for the body of an article."""
    styled: bool = False
    """Whether a theme may print it bold or italic as a whole."""
    prefix: str | None = None
    """The beginning of ids in it; None if nothing in it may have one."""
    anchors: Anchors = field(default_factory=Anchors)
    """The names to which its links may lead."""
    notes: Mapping[str, Definition] = field(default_factory=dict)
    """The endnotes that it may call, by name."""
    numbered: tuple[Numbering, ...] = ()
    """The endnotes that it calls, in the order of their numbers."""
    glossary: tuple[GivenName, ...] = ()
    """The names to which characters are added."""
    head: str = ""
    """The text that a reader has read before it."""
    find_image: floats.FindImage = _no_image


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature of our Markdown; it takes no part in the steps that its row leaves out."""

    name: str
    level: Level
    take: Callable[[list[str], Manuscript], list[str] | None] | None = None
    """Removes lines from a text, and returns it with signs or empty lines in their place; after
    None, which it reports, the article is not read on."""
    parse: Callable[[Markdown, Manuscript], None] | None = None
    """Adds rules to a parser.  A rule that removes letters declares them to the account."""
    check: Callable[[Element, Text], None] | None = None
    """Reports what is wrong with a tree, and changes it so that it can be printed."""
    set: Callable[[Element, Text], None] | None = None
    """Changes a tree to what is printed."""
    blocks: Mapping[str, Callable[[Element, Text, Locate], Block | None]] = field(
        default_factory=dict
    )
    """Functions that make a value of the model from a block, by its tag; other blocks are prose."""
    element: ElementKind | None = None
    """The element that it prints, if the layout does not know it: its role in the tags of a PDF and
    its styles."""


def _take_code(lines: list[str], text: Manuscript) -> list[str]:
    rest, text.code = take_code(lines, text.first_line, text.file, text.account, text.report)
    return rest


def _keep_limits(lines: list[str], text: Manuscript) -> list[str] | None:
    return lines if check_limits(lines, text.first_line, text.file, text.report) else None


def _take_notes(lines: list[str], text: Manuscript) -> list[str]:
    place = text.first_line, text.file
    rest, text.notes = take_definitions(lines, *place, text.account, text.report)
    return rest


def _take_definitions(lines: list[str], text: Manuscript) -> list[str]:
    rest, text.definitions = read_definitions(lines, text.account)
    return rest


def _refuse_calls(root: Element, text: Text) -> None:
    if text.name:
        refuse_calls(root, text.name, text.seeker(), text.report)


def _check_figures(root: Element, text: Text) -> None:
    floats.report_nested(root, {"figure"}, text.seeker(), text.report)


def _check_tables(root: Element, text: Text) -> None:
    floats.report_nested(root, {"table", CAPTION_TAG}, text.seeker(), text.report)
    floats.report_unruled(root, text.seeker(), text.report)
    floats.join_captions(root, text.seeker(), text.report)
    floats.check_rows(root, text.seeker(), text.report)


def _figure(element: Element, text: Text, locate: Locate) -> Block | None:
    language = language_for(text.scripts.language)
    return floats.figure_of(element, text.find_image, language, locate, text.report)


def _table(element: Element, text: Text, locate: Locate) -> Block | None:
    return floats.table_of(element, locate, text.report)


def _check_attributes(root: Element, text: Text) -> None:
    anchors = check_attributes(root, text.prefix, text.seeker(), text.report)
    if not text.name:
        text.anchors = anchors  # a title has none, and links to those of its article


def _check_links(root: Element, text: Text) -> None:
    check_links(root, text.anchors, text.seeker(), text.report)


def _number_calls(root: Element, text: Text) -> None:
    numbered = number_calls(root, text.prefix or "", text.notes, text.seeker(), text.report)
    text.numbered = tuple(numbered)


def _know_marked_names(root: Element, text: Text) -> None:
    known = {**text.scripts.known, **marked_languages(root)}
    text.scripts = replace(text.scripts, known=known)


def _add_characters(root: Element, text: Text) -> None:
    if not is_east_asian(text.scripts.language):
        add_characters(root, text.glossary, text.head, text.scripts.language)


def _bind_brackets(root: Element, text: Text) -> None:
    if not is_east_asian(text.scripts.language):
        bind_brackets(root)


def _mark_runs(root: Element, text: Text) -> None:
    mark_runs(root, text.scripts, styled=text.styled, locate=text.seeker(), report=text.report)


FEATURES: tuple[Feature, ...] = (
    # Code holds no markup, and comments hold no text.
    Feature(
        "blocks of code",
        "block",
        take=_take_code,
        parse=lambda md, text: register_code_blocks(md, text.code),
    ),
    Feature("comments", "inline", take=lambda lines, text: take_comments(lines, text.account)),
    # From here on, nesting takes time; nesting in code and comments does not count.
    Feature("limits", "block", take=_keep_limits),
    # A call in a title is an error, which is reported before its attributes are read.
    Feature(
        "calls",
        "inline",
        parse=lambda md, text: inline.register_calls(md, text.account),
        check=_refuse_calls,
    ),
    # Raw HTML keeps its straight quotes, so it stays in its element until the typography is set.
    Feature(
        "typography",
        "inline",
        set=lambda root, text: set_typography(root, language_for(text.scripts.language)),
    ),
    Feature(
        "raw HTML",
        "inline",
        parse=lambda md, _: inline.register_raw_html(md),
        check=lambda root, text: report_raw_html(root, text.seeker(), text.report),
        set=lambda root, _: unwrap(root, RAW_TAG),
    ),
    Feature("spans of code", "inline", parse=lambda md, _: register_code_spans(md)),
    Feature("escapes", "inline", parse=lambda md, _: inline.register_escapes(md)),
    Feature(
        "entities", "inline", parse=lambda md, text: inline.register_entities(md, text.account)
    ),
    Feature("breaks", "inline", parse=lambda md, _: inline.register_breaks(md)),
    Feature("spans", "inline", parse=lambda md, _: inline.register_spans(md)),
    Feature("addresses", "inline", parse=lambda md, _: inline.register_addresses(md)),
    Feature("lists", "block", parse=lambda md, text: register_lists(md, text.account)),
    Feature("definition lists", "block", parse=lambda md, _: register_definition_lists(md)),
    Feature(
        "figures",
        "block",
        parse=lambda md, text: register_figures(md, text.definitions, text.account),
        check=_check_figures,
        blocks={"figure": _figure},
    ),
    # Tables are joined with their captions before the attributes of these are read.
    Feature(
        "tables",
        "block",
        parse=lambda md, text: register_tables(md, text.account),
        check=_check_tables,
        blocks={TABLE_TAG: _table},
    ),
    # Ids are targets of links, so they are collected before links are checked.
    Feature(
        "attributes",
        "inline",
        parse=lambda md, text: register_attribute_lists(md, text.account),
        check=_check_attributes,
    ),
    Feature(
        "links",
        "inline",
        parse=lambda md, text: register_links(md, text.definitions, text.account),
        check=_check_links,
    ),
    Feature(
        "headings",
        "block",
        parse=lambda md, _: register_headings(md),
        check=lambda root, text: check_headings(root, text.seeker(), text.report),
    ),
    # An author's mark of a name's language has priority over the glossary, which comes next.
    Feature("marked names", "block", set=_know_marked_names),
    Feature("glossary", "block", set=_add_characters),
    # The brackets of a name are bound first, so that a call behind them is bound to the whole.
    Feature("brackets", "inline", set=_bind_brackets),
    # A call becomes a link of ours after the checks of an author's links and attributes.
    # The text of a note is read separately, so definitions in it do not count.
    Feature(
        "endnotes",
        "block",
        take=_take_notes,
        check=_number_calls,
        set=lambda root, _: bind_calls(root),
    ),
    Feature("definitions", "block", take=_take_definitions),
    Feature(
        "abbreviations",
        "inline",
        parse=lambda md, text: register_abbreviations(md, text.definitions),
    ),
    # This is last, because it puts runs in elements of their own, which separates them from words.
    Feature("scripts", "inline", set=_mark_runs),
)
"""Every feature, in the order of the work."""
