"""Adds characters after the first mention of a name, and collects the names that a text gives.

``Kobe`` in the glossary becomes ``Kobe (神戸)`` where an article first mentions it, unless its
author has given the characters by then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from typeset.languages.east_asian import EAST_ASIAN
from typeset.markdown.letters import ADDED
from typeset.markdown.source_places import Locate
from typeset.markdown.text_runs import Run, blocks_of, joined
from typeset.markdown.trees import BLOCK_TAGS, line_of
from typeset.model import GivenName

__all__ = ["add_characters", "names_given"]

_RUNNING = frozenset({"p", "li", "dd"})
_ELSEWHERE = frozenset({"figure", "a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "dt"})
_PART_OF_NAME = re.compile("['\u2019\u2010\u2011-]|[ \u00a0](?P<next>[^\\W\\d_])")
"""What follows a name that is part of a longer one: an apostrophe, a hyphen, a capital."""
_BRACKET = re.compile("[ \u00a0]?[(\uff08]([^()\uff08\uff09]{1,80})")
_GIVEN = re.compile("[ \u00a0][(]([^()A-Za-z\\s,;/\u3001\uff0c\uff1b]{1,40})[)]")
"""One name in characters in brackets."""
_LONGEST = 80
"""The longest name, in letters."""
_WORD = re.compile(f"[^\\W\\d_][\\w\u2019'-]{{0,{_LONGEST}}}$")
_OPENERS = frozenset(
    "After Around As At Before Between Beyond But By For From In Into Like Near Of Off On Only "
    "Outside Since So That The This To Today Until When Where While With".split()
)
"""Words that begin a sentence, and no name."""


def add_characters(root: Element, glossary: Sequence[GivenName], head: str, language: str) -> None:
    """Add characters after the first mention of each name in the running text.

    Args:
        root: an article's body, its typography set.
        glossary: the names.
        head: what stands before the body: its title, its standfirst.
        language: the article's.
    """
    waiting = {entry.name: entry for entry in glossary}
    if not waiting:
        return
    names = _pattern(waiting)
    before = head
    for runs in blocks_of(root):
        text = joined(runs)
        if names.search(text):
            for mention in reversed(list(_mentions(runs, names, waiting, before, language))):
                _insert(mention)
        before += f"\n{text}" if EAST_ASIAN.search(text) else ""


@dataclass(frozen=True, slots=True)
class _Mention:
    """A place in a text at which a name stands alone."""

    entry: GivenName
    run: Run
    end: int
    """Where in its run the name ends."""


def _mentions(
    runs: Sequence[Run],
    names: re.Pattern[str],
    waiting: dict[str, GivenName],
    before: str,
    language: str,
) -> Iterator[_Mention]:
    """Yield the mentions in one block that get characters; remove their names from the list."""
    text = joined(runs)
    for match in names.finditer(text):
        entry = waiting.get(_plain(match[0]))
        if entry is None:
            continue
        if _is_given(entry, match, text, before):
            del waiting[entry.name]
            continue
        place = _place(runs, match.start(), match.end())
        if place is None or _goes_on(text, match.end()) or not _is_running(place, language):
            continue
        start = sum(len(run.seen) for run in runs[: runs.index(place)])
        yield _Mention(entry, place, match.end() - start)
        del waiting[entry.name]


def _is_given(entry: GivenName, match: re.Match[str], text: str, before: str) -> bool:
    """Return whether an author has given a name's characters already, or does so right here."""
    bracket = _BRACKET.match(text, match.end())
    here = bracket is not None and EAST_ASIAN.search(bracket[1]) is not None
    return here or entry.characters in before or entry.characters in text[: match.start()]


def _goes_on(text: str, end: int) -> bool:
    """Return whether what ends at a place is only the beginning of a longer name."""
    after = _PART_OF_NAME.match(text, end)
    return after is not None and (after["next"] is None or after["next"].isupper())


def _place(runs: Sequence[Run], start: int, end: int) -> Run | None:
    """Return the run in which a piece of a block's text stands whole."""
    position = 0
    for run in runs:
        after = position + len(run.seen)
        if position <= start and end <= after:
            return None if run.literal else run
        position = after
    return None


def _is_running(run: Run, language: str) -> bool:
    """Return whether a run is part of the running text, in the article's language."""
    tags = {element.tag for element in run.ancestors}
    block = next((one.tag for one in reversed(run.ancestors) if one.tag in BLOCK_TAGS), "")
    languages = {one.get("lang", language) for one in run.ancestors}
    apart = tags & _ELSEWHERE or any("table" in tag for tag in tags)
    captioned = any(one.get("class") for one in run.ancestors if one.tag == "p")
    return block in _RUNNING and not apart and not captioned and languages == {language}


def _insert(mention: _Mention) -> None:
    """Put characters in brackets after a name."""
    text, run = mention.run.text, mention.run
    span = Element("span", {"lang": mention.entry.language, ADDED: ""})
    span.text = mention.entry.characters
    span.tail = f"){text[mention.end :]}"
    run.write(f"{text[: mention.end]} (")
    container = run.ancestors[-1]
    container.insert(list(container).index(run.owner) + 1 if run.is_tail else 0, span)


def names_given(
    root: Element, language: str, glossary: Sequence[GivenName], locate: Locate
) -> Iterator[GivenName]:
    """Yield each name that a text gives with its characters, as in ``Kobe (神戸)``.

    Args:
        root: an article's body, its scripts marked.
        language: the article's.
        glossary: names that are known; in ``In Kobe (神戸)`` they show where the name begins.
        locate: gives the place of words.
    """
    known = {entry.name for entry in glossary}
    for runs in blocks_of(root):
        text = joined(runs)
        if "(" not in text or not EAST_ASIAN.search(text):
            continue
        line = next(filter(None, map(line_of, reversed(runs[0].ancestors))), 0)
        for match in _GIVEN.finditer(text):
            name, characters = _name_before(text, match.start(), known), match[1]
            if name and EAST_ASIAN.search(characters):
                said = _language_at(runs, match.start(1), language)
                yield GivenName(name, characters, said, locate(line, characters))


def _language_at(runs: Sequence[Run], position: int, language: str) -> str:
    """Return the language of the character at a place in a block."""
    for run in runs:
        position -= len(run.seen)
        if position < 0:
            return next(
                (one.attrib["lang"] for one in reversed(run.ancestors) if "lang" in one.attrib),
                language,
            )
    return language


def _name_before(text: str, end: int, known: set[str]) -> str:
    """Return the name that ends at a place: words in capitals, without a sentence's first."""
    name: list[str] = []
    for written in reversed(_plain(text[max(end - _LONGEST, 0) : end]).split(" ")):
        word = _WORD.search(written)
        if word is None or not word[0][0].isupper():
            break
        name.insert(0, word[0])
        if word.start():
            break  # a mark stands before it
    if len(name) > 1 and name[0] in _OPENERS and " ".join(name) not in known:
        del name[0]
    return " ".join(name)


def _pattern(names: Mapping[str, GivenName]) -> re.Pattern[str]:
    """Return what finds whole names, the longest first."""
    written = (
        re.escape(name).replace("\\ ", "[ \u00a0]").replace("'", "['\u2019]")
        for name in sorted(names, key=lambda one: (-len(one), one))
    )
    return re.compile(rf"(?<![\w'\u2019\u2010-])(?:{'|'.join(written)})(?!\w)")


def _plain(name: str) -> str:
    """Return a name as the glossary writes it."""
    return name.replace("\u00a0", " ").replace("\u2019", "'")
