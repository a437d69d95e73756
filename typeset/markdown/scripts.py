"""Runs in a script that the text font lacks, found by the font's own character map.

Each run is wrapped, so that a style can give it a font of its script and no line height of its
own: a fallback font chosen by the engine alone would push the line off the baseline grid.  East
Asian runs also get their language, on which the regional shapes of their characters depend.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from xml.etree.ElementTree import Element

from typeset.fonts import Coverage, FaceStyle
from typeset.markdown.trees import Piece, contents, fill

__all__ = ["mark_runs"]

_BOLD = frozenset({"strong", "b", "th", "h2", "h3", "h4", "dt"})
_ITALIC = frozenset({"em", "i"})
_EAST_ASIAN = re.compile(
    "[\u1100-\u11ff\u2e80-\u31ff\u3200-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f"
    "\uff00-\uffef\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
_KANA = re.compile("[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
_INVISIBLE = re.compile("[\\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_EAST_ASIAN_LANGUAGES = ("zh", "ja", "ko")


def mark_runs(root: Element, coverage: Coverage, cjk_language: str, language: str) -> None:
    """Wrap every run of characters that the text font cannot show.

    Args:
        root: the tree.
        coverage: what the font can show, by style.
        cjk_language: the language of East Asian runs that neither their characters nor the author
            assign to one.
        language: the language of the text as a whole.
    """
    _visit(root, (False, False), language, coverage, cjk_language)


def _visit(
    element: Element, style: FaceStyle, language: str, coverage: Coverage, cjk_language: str
) -> None:
    style = (style[0] or element.tag in _BOLD, style[1] or element.tag in _ITALIC)
    language = element.get("lang", language)
    covered = coverage[style]
    pieces: list[Piece] = []
    for piece in contents(element):
        if isinstance(piece, Element):
            _visit(piece, style, language, coverage, cjk_language)
            pieces.append(piece)
        else:
            pieces.extend(_split(piece, covered, language, cjk_language))
    fill(element, pieces)


def _split(text: str, covered: frozenset[int], language: str, cjk_language: str) -> Iterator[Piece]:
    """Cut a text into what the font shows and runs that it does not."""

    def kind(character: str) -> str:
        if ord(character) in covered or _INVISIBLE.match(character):
            return ""
        return "cjk" if _EAST_ASIAN.match(character) else "fallback"

    for name, characters in groupby(text, kind):
        run = "".join(characters)
        if not name:
            yield run
            continue
        span = Element("span", {"class": name})
        if name == "cjk":
            run_language = _language_of(run, language, cjk_language)
            if run_language != language:
                span.set("lang", run_language)
        span.text = run
        yield span


def _language_of(run: str, language: str, cjk_language: str) -> str:
    if language.split("-")[0].lower() in _EAST_ASIAN_LANGUAGES:
        return language
    if _KANA.search(run):
        return "ja"
    return "ko" if _HANGUL.search(run) else cjk_language
