"""Finds where a word may be divided at the end of a line, and with which penalty.

Words are divided by the patterns of their language.  Beside these there are places that the text
itself marks: hyphens, dashes and slashes between words, soft hyphens, and East Asian characters,
which stand together without spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from itertools import pairwise

import pyphen  # type: ignore[import-untyped]

from typeset.languages import language_for
from typeset.languages.east_asian import EAST_ASIAN
from typeset.layout.lines.demerits import DemeritSettings

__all__ = ["Division", "DivisionKind", "divisions", "penalty_of"]


class DivisionKind(Enum):
    """Why a line may end at a place within a word."""

    SYLLABLE = "syllable"
    """By the patterns of the language."""
    SHORT = "short"
    """Likewise, with only two letters before or after the hyphen."""
    CAPITAL = "capital"
    """Likewise, in a word that begins with a capital."""
    SOFT_HYPHEN = "soft hyphen"
    EXPLICIT_HYPHEN = "explicit hyphen"
    DASH = "dash"
    SLASH = "slash"
    ADDRESS = "address"
    """After a slash or before another mark of a web or mail address."""
    ADDRESS_ANYWHERE = "address, anywhere"
    """Between two letters of an address that is long without any mark."""
    EAST_ASIAN = "East Asian"


@dataclass(frozen=True, slots=True)
class Division:
    """A place within a word where a line may end."""

    position: int
    """How many of the word's characters stand before it.  A soft hyphen is one of them."""
    hyphen: bool
    """Whether a hyphen is added there."""
    ends_in_hyphen: bool
    """Whether the line then ends in a hyphen, added or typed."""
    kind: DivisionKind


_SOFT = "\u00ad"
_PIECE = re.compile(
    f"(?:(?!{EAST_ASIAN.pattern})[^\u2013-\u2015\u2e3a\u2e3b\u00a0\u202f\u2060\u200b])+"
)
"""What may be a word, with hyphens in it and punctuation around it; or an address."""
_LETTER = "[^\\W\\d_][\u0300-\u036f]*"
_RUN = re.compile(f"(?:{_LETTER})+")
_NO_WORD = re.compile(f"://|@|_|\\\\|^www\\.|{_LETTER}\\.{_LETTER}")
"""What makes a piece an address, a file's name or the like."""
_ADDRESS = re.compile("\\w://|^\\W*www\\.|\\w@\\w|\\w\\.\\w{2,}/")
"""What makes it an address on the web or for mail."""
_AT_MARKS = re.compile("(?<=/)(?=[^/])|(?<=[^\\W_])(?=[.,;~_?#%&=+@-])")
"""Where lines may end in one, as the Chicago Manual of Style has it (17th edition, 7.46), but after
a single slash, as after a double one: a mark at the beginning of a line shows that it goes on."""
_LEAST_ADDRESS = 3
"""Characters of an address before and after a line's end."""
_LONG = 16
"""Characters in a row without a mark, from which on an address may be divided anywhere."""
_JOINS = frozenset("-\u2010\u2011/")
"""Marks that join words; such a word is divided only after them."""
_JOINED = re.compile("(?<=[^\\W\\d_]{2})[-\u2010/](?=[^\\W\\d_]{2})")
_APOSTROPHES = "'\u2019"
_DASHES = frozenset("\u2014\u2015\u2e3a\u2e3b")

_NO_START = frozenset(
    # Closing marks, full and narrow; marks that lengthen or repeat; small kana.
    "、。，．：；？！）〕］｝〉》」』】〙〗〟’”»›｠｡､｣・･‧·—―…‥⸺⸻–〜～゠‼⁇⁈⁉"
    "ー々〻ヽヾゝゞｰﾞﾟ゛゜ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
    "ｧｨｩｪｫｬｭｮｯ!?,.;:)]}%‰％°′″℃¢￠/／-\u2010"
)
_NO_END = frozenset("（〔［｛〈《「『【〘〖〝‘“«‹｟｢([{¥￥$＄£￡€#＃№")
_GLUE = frozenset("\u00a0\u202f\u2060\u200d\ufeff\u2011\u00ad\u200b")
"""Characters beside which no line ends, even next to an East Asian character."""
_QUOTES = frozenset("\"'")
"""Straight quotes, which may open or close."""

_DECENT = 3
"""How many letters of a divided word look good by themselves."""
_NOUNS_WITH_CAPITALS = frozenset({"de", "lb", "nds"})
_PATTERNS = {
    "de": "de_DE",
    "en": "en_US",
    "no": "nb_NO",
    **dict.fromkeys(("en-au", "en-ie", "en-in", "en-nz", "en-za"), "en_GB"),
}
"""Patterns of tags that do not name them."""


def divisions(
    word: str,
    language: str,
    *,
    least_before: int | None = None,
    least_after: int | None = None,
    least_letters: int = 5,
) -> tuple[Division, ...]:
    """Return the places where a word may be divided, in their order.

    Args:
        word: what stands between two spaces, with its punctuation.
        language: the tag of its language; without patterns for it no syllables are parted.
        least_before: how many letters must stand before an added hyphen; None takes what is usual
            in the language.
        least_after: how many letters must follow on the next line; None likewise.
        least_letters: shorter words are not divided.
    """
    usual_before, usual_after = _minima(language)
    return _divisions(
        word,
        language,
        usual_before if least_before is None else least_before,
        usual_after if least_after is None else least_after,
        least_letters,
    )


def penalty_of(kind: DivisionKind, settings: DemeritSettings) -> float:
    """Return the penalty for ending a line at a place of this kind."""
    return {
        DivisionKind.SYLLABLE: settings.hyphen,
        DivisionKind.SHORT: settings.short_hyphen,
        DivisionKind.CAPITAL: settings.capital_hyphen,
        DivisionKind.SOFT_HYPHEN: settings.soft_hyphen,
        DivisionKind.EXPLICIT_HYPHEN: settings.explicit_hyphen,
        DivisionKind.DASH: settings.dash,
        DivisionKind.SLASH: settings.slash,
        DivisionKind.ADDRESS: settings.address,
        DivisionKind.ADDRESS_ANYWHERE: settings.address_anywhere,
        DivisionKind.EAST_ASIAN: 0.0,
    }[kind]


@lru_cache(maxsize=65536)
def _divisions(
    word: str, language: str, before: int, after: int, letters: int
) -> tuple[Division, ...]:
    if word.isascii() and word.isalpha() and len(word) < letters:
        return ()
    found = {}
    if EAST_ASIAN.search(word):
        found.update({one.position: one for one in _between_characters(word)})
    found.update({one.position: one for one in _after_dashes(word)})
    for piece in _PIECE.finditer(word):
        for one in _in_piece(piece.group(), language, before, after, letters):
            position = piece.start() + one.position
            if position < len(word):
                found[position] = Division(position, one.hyphen, one.ends_in_hyphen, one.kind)
    return tuple(found[position] for position in sorted(found))


def _between_characters(word: str) -> Iterator[Division]:
    """Yield the places beside East Asian characters."""
    for position in range(1, len(word)):
        last, first = word[position - 1], word[position]
        if not (EAST_ASIAN.match(last) or EAST_ASIAN.match(first)):
            continue
        if first in _NO_START or last in _NO_END or {first, last} & (_GLUE | _QUOTES):
            continue
        # Accents, variants of shape, and the parts of a Korean syllable stay with their letter.
        if unicodedata.category(first).startswith("M") or "\u1160" <= first <= "\u11ff":
            continue
        yield Division(position, hyphen=False, ends_in_hyphen=False, kind=DivisionKind.EAST_ASIAN)


def _after_dashes(word: str) -> Iterator[Division]:
    """Yield the places after dashes, and after spaces that have no width."""
    for position in range(1, len(word)):
        last, first = word[position - 1], word[position]
        if last in _DASHES:
            # Not after a dash that opens a speech, nor between it and what closes one.
            allowed = _holds_letters(word[:position]) and _begins_a_word(word[position:])
        elif last == "\u2013":
            allowed = position > 1 and word[position - 2].isalpha() and first.isalpha()
        else:
            allowed = last == "\u200b" and position > 1
        if allowed:
            yield Division(position, hyphen=False, ends_in_hyphen=False, kind=DivisionKind.DASH)


def _holds_letters(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _begins_a_word(text: str) -> bool:
    first = text[0]
    opens = (first.isalnum() and first not in _NO_START) or first in _NO_END
    return (opens or first in "\"'¿¡") and _holds_letters(text)


def _in_piece(
    piece: str, language: str, before: int, after: int, letters: int
) -> Iterator[Division]:
    """Yield the places within a word, or within words joined by hyphens and slashes."""
    if _SOFT in piece:
        for match in re.finditer(f"(?<=\\w){_SOFT}+(?=\\w)", piece):
            yield Division(
                match.end(), hyphen=True, ends_in_hyphen=True, kind=DivisionKind.SOFT_HYPHEN
            )
        return
    if _NO_WORD.search(piece):
        if _ADDRESS.search(piece):
            yield from _in_address(piece)
        return
    if _JOINS & set(piece):
        yield from _after_joins(piece)
        return
    for run in re.finditer(f"(?:{_LETTER}|[{_APOSTROPHES}\\d])+", piece):
        start, text = run.start(), run.group()
        if text.isupper() or any(character.isdigit() for character in text):
            continue
        for part in _RUN.finditer(text):
            for position, kind in _syllables(part.group(), language, before, after, letters):
                place = start + part.start() + position
                yield Division(place, hyphen=True, ends_in_hyphen=True, kind=kind)


def _after_joins(piece: str) -> Iterator[Division]:
    """Yield the places after the hyphens and slashes that join words of two letters or more."""
    for match in _JOINED.finditer(piece):
        slash = match.group() == "/"
        kind = DivisionKind.SLASH if slash else DivisionKind.EXPLICIT_HYPHEN
        yield Division(match.end(), hyphen=False, ends_in_hyphen=not slash, kind=kind)


def _in_address(piece: str) -> Iterator[Division]:
    """Yield the places within an address, none of which takes a hyphen.

    A hyphen of its own never ends a line, where it would be taken for an added one.
    """
    end = len(piece.rstrip(".,;:!?)]}>\"'\u2019\u201d\u00bb")) - _LEAST_ADDRESS
    marks = [
        match.start()
        for match in _AT_MARKS.finditer(piece)
        if _LEAST_ADDRESS <= match.start() <= end
    ]
    for position in marks:
        yield Division(position, hyphen=False, ends_in_hyphen=False, kind=DivisionKind.ADDRESS)
    for first, last in pairwise((0, *marks, end + _LEAST_ADDRESS)):
        if last - first < _LONG:
            continue
        for position in range(first + _LEAST_ADDRESS, last - _LEAST_ADDRESS + 1):
            if piece[position - 1].isalnum() and piece[position].isalnum():
                yield Division(
                    position, hyphen=False, ends_in_hyphen=False, kind=DivisionKind.ADDRESS_ANYWHERE
                )


def _syllables(
    part: str, language: str, before: int, after: int, letters: int
) -> Iterator[tuple[int, DivisionKind]]:
    """Yield where the patterns of a language divide a word without any mark in it."""
    patterns = _patterns(language)
    if not patterns or len(part) < letters or part[1:] != part[1:].lower():
        return
    capital = part[0].isupper() and _primary(language) not in _NOUNS_WITH_CAPITALS
    positions = patterns.positions(part)
    for position in positions:
        # A letter that joins two German words belongs to the first, though the patterns divide
        # before and after it.
        if position + 1 in positions and _primary(language) in _NOUNS_WITH_CAPITALS:
            continue
        # Some languages would change a letter at the hyphen; the text stays as it was written.
        if before <= position <= len(part) - after and not position.data:
            short = min(position, len(part) - position) < _DECENT
            kind = DivisionKind.SHORT if short else DivisionKind.SYLLABLE
            yield int(position), DivisionKind.CAPITAL if capital else kind


def _primary(language: str) -> str:
    return re.split("[-_]", language, maxsplit=1)[0].lower()


@cache
def _minima(language: str) -> tuple[int, int]:
    return language_for(language.replace("_", "-")).hyphen_minima


@cache
def _patterns(language: str) -> pyphen.Pyphen | None:
    tag = language.replace("_", "-").lower()
    name = _PATTERNS.get(tag) or pyphen.language_fallback(tag)
    if name is None:
        name = _PATTERNS.get(_primary(tag))
    return pyphen.Pyphen(lang=name, left=1, right=1) if name else None
