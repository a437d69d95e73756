"""Runs in a script that the text font lacks, found by the font's own character map.

Each run is wrapped, so that a style can give it a font of its script and no line height of its
own: a fallback font chosen by the engine alone would push the line off the baseline grid.  East
Asian runs also get their language, on which the regional shapes of their characters depend; runs
of other scripts get the language and the direction of their script.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from xml.etree.ElementTree import Element

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.languages.east_asian import (
    EAST_ASIAN,
    is_east_asian,
    language_by_letters,
    language_by_repertoire,
    language_in_words,
)
from typeset.layout.document import INLINE, Class
from typeset.markdown.characters import extends
from typeset.markdown.other_scripts import (
    belongs_to,
    direction_of,
    is_gap,
    language_of_script,
    script_of,
)
from typeset.markdown.shared_punctuation import AMBIGUOUS, resolve_marks
from typeset.markdown.source_places import Locate
from typeset.markdown.text_runs import Run, blocks_of
from typeset.markdown.trees import line_of, plain_text
from typeset.source import Location
from typeset.theme.theme import Coverage

__all__ = ["Scripts", "mark_runs", "marked_languages"]

_STYLED = frozenset({"th", "dt", "h2", "h3", "h4"})
_STYLED_CLASSES = frozenset({"caption", "credit", "source", "unit"})
_ZERO_WIDTH = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_JOINER = re.compile("[\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_IDEOGRAPHIC_SPACE = "\u3000"
_TONE = re.compile("(?<=[\u3100-\u312f\u31a0-\u31bf])[\u02ca\u02c7\u02cb\u02d9]")
_ONE_NAME = re.compile(r"[ \u00a0]?[(\[/=][ \u00a0]?")
"""What stands between two writings of one name, as in 神戸 (こうべ)."""
_LATIN_WORD = re.compile(r"(?<![^\W_])[^\W_]++(?:[.,:][0-9]++){0,20}+%?$")


@dataclass(frozen=True, slots=True)
class Scripts:
    """The settings by which runs are marked."""

    coverage: Coverage
    """What the text font can show, by style."""
    cjk_language: str
    """The language of East Asian runs that neither their characters nor the author assign."""
    language: str
    """The language of the text as a whole."""
    known: Mapping[str, str] = field(default_factory=dict)
    """The languages of names in characters that are marked elsewhere."""


@dataclass(slots=True)
class _Segment:
    """A piece of a run that one font shows."""

    text: str
    kind: str
    """``cjk``, ``fallback``, or nothing for what the text font shows; ``mark`` and ``symbol``
    until it is known to whom they belong, ``before-cjk`` for a Latin word beside a character."""
    around: str
    """The language of the text around it."""
    run: int
    """The position of its run in the block."""
    language: str = ""
    """Its own language, where it is known."""
    script: str = ""
    """The script of a run that is not East Asian."""
    before_latin: bool = False
    """Whether a Latin letter or figure follows at once, in a Chinese or Japanese text."""

    @property
    def classes(self) -> str:
        return f"{self.kind} {Class.BEFORE_LATIN}" if self.before_latin else self.kind


def marked_languages(root: Element) -> dict[str, str]:
    """Return the languages that an author gave to names in characters, by the name.

    The first ``[神戸]{lang=ja}`` then holds for the same characters further on; a name that is
    marked as two languages keeps to its marks.
    """
    found: dict[str, set[str]] = {}
    for element in root.iter("span"):
        language = element.get("lang", "")
        if language and is_east_asian(language):
            found.setdefault(plain_text(element), set()).add(language)
    return {text: next(iter(one)) for text, one in found.items() if len(one) == 1}


def mark_runs(
    root: Element,
    scripts: Scripts,
    *,
    styled: bool = False,
    locate: Locate | None = None,
    report: Report | None = None,
) -> None:
    """Wrap every run of characters that the text font cannot show.

    Args:
        root: the tree.
        scripts: the font and the languages.
        styled: whether a style may print the whole text bold or italic, as it may a title.
        locate: gives the place of a run.
        report: receives runs that are not in the language that they seem to be in.
    """
    for runs in blocks_of(root):
        texts = [run for run in runs if run.text]
        segments = [
            segment
            for number, run in enumerate(texts)
            for segment in _segments(run, number, scripts, styled=styled)
        ]
        if any(segment.kind for segment in segments):
            resolve_marks(segments)
            segments = _joined(segments)
            for word, language, sign in _words(segments, scripts):
                for one in word:
                    one.language = language
                run = texts[word[0].run]
                # In code, nothing could be marked.
                if sign and not run.literal and locate is not None and report is not None:
                    text = "".join(one.text for one in word)
                    place = locate(_line_of(run), text)
                    _warn(text, sign, scripts.cjk_language, place, report)
            segments = _spaced(segments)
        for number, group in groupby(segments, lambda one: one.run):
            pieces = list(group)
            if any(piece.kind for piece in pieces):
                _wrap(texts[number], pieces, scripts)
            else:
                texts[number].write("".join(piece.text for piece in pieces))


def _line_of(run: Run) -> int:
    """Return the source line of the block that a run stands in."""
    return next(filter(None, map(line_of, reversed(run.ancestors))), 0)


def _segments(run: Run, number: int, scripts: Scripts, *, styled: bool) -> list[_Segment]:
    """Cut a run into what the font shows, what it does not, and what is yet to be decided."""
    around = next(
        (one.attrib["lang"] for one in reversed(run.ancestors) if "lang" in one.attrib),
        scripts.language,
    )
    covered = _coverage(run, scripts, styled=styled)
    full_width = is_east_asian(around) and not run.literal
    text = run.text
    if covered.issuperset(map(ord, text)) and not (full_width and AMBIGUOUS.search(text)):
        return [_Segment(text, "", around, number)]
    segments: list[_Segment] = []
    position = 0
    for cluster in _clusters(text):
        form, kind = _kind(cluster, covered, full_width=full_width)
        if _TONE.match(text, position):
            kind = Class.CJK
        position += len(cluster)
        script = script_of(form) if kind == Class.FALLBACK else ""
        last = segments[-1] if segments else None
        alike = last is not None and (last.kind, last.script) == (kind, script) and kind != "mark"
        if last is not None and (alike or _ZERO_WIDTH.match(cluster)):
            last.text += form
        else:
            segments.append(_Segment(form, kind, around, number, script=script))
    return segments


def _coverage(run: Run, scripts: Scripts, *, styled: bool) -> frozenset[int]:
    """Return what the font shows in the style of a run, or in all where that is the theme's."""
    tags = {element.tag for element in run.ancestors}
    classes = {element.get("class") for element in run.ancestors if element.tag == "p"}
    if styled or tags & _STYLED or classes & _STYLED_CLASSES:
        return frozenset.intersection(*scripts.coverage.values())
    inline = [INLINE[tag] for tag in tags & INLINE.keys()]
    return scripts.coverage[any(one.bold for one in inline), any(one.italic for one in inline)]


def _clusters(text: str) -> Iterator[str]:
    """Give the characters of a text as a reader sees them, with the marks that belong to each."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not extends(text, end):
            yield text[start:end]
            start = end


def _kind(cluster: str, covered: frozenset[int], *, full_width: bool) -> tuple[str, str]:
    """Return a cluster, composed if the font asks for that, and what can show it."""
    base = cluster[0]
    if base == _IDEOGRAPHIC_SPACE or (EAST_ASIAN.match(base) and ord(base) not in covered):
        return cluster, Class.CJK
    if full_width and AMBIGUOUS.match(base):
        return cluster, "mark"
    if base.isspace() or _ZERO_WIDTH.match(base):
        return cluster, ""
    for form in (cluster, unicodedata.normalize("NFC", cluster)):
        if all(ord(part) in covered or _JOINER.match(part) for part in form):
            return form, ""
    shared = unicodedata.east_asian_width(base) == "A" and not base.isalpha()
    return cluster, "symbol" if shared else Class.FALLBACK


def _joined(segments: Sequence[_Segment]) -> list[_Segment]:
    """Join neighbours in one run that one font shows, and the words of one foreign phrase."""
    joined: list[_Segment] = []
    for segment in segments:
        beside = [one for one in joined[-2:] if one.run == segment.run]
        last = beside[-1] if beside else None
        if last is not None and (
            (last.kind, last.script) == (segment.kind, segment.script)
            or belongs_to(segment.text, last.script, segment.around)
        ):
            last.text += segment.text
        elif last is not None and belongs_to(last.text, segment.script, segment.around):
            last.text += segment.text
            last.kind, last.script = segment.kind, segment.script
        elif _is_phrase([*beside, segment]):
            beside[0].text += beside[1].text + segment.text
            joined.pop()
        else:
            joined.append(segment)
    return joined


def _is_phrase(segments: Sequence[_Segment]) -> bool:
    """Return whether three segments are two words of one script, and what parts them."""
    if len(segments) < 3 or segments[1].kind:
        return False
    script = segments[0].script
    return bool(script) and segments[2].script == script and is_gap(segments[1].text)


def _words(
    segments: Sequence[_Segment], scripts: Scripts
) -> Iterator[tuple[list[_Segment], str, str]]:
    """Yield each East Asian word, its language, and the character that shows an unexpected one.

    A word may be emphasized in part; its language is that of the whole.
    """
    groups = [
        (kind, around, list(group))
        for (kind, around), group in groupby(segments, lambda one: (one.kind, one.around))
    ]
    texts = ["".join(one.text for one in word) for _, _, word in groups]
    shown = [
        language_by_letters(text, scripts.cjk_language) if kind == Class.CJK else ""
        for text, (kind, _, _) in zip(texts, groups, strict=True)
    ]
    for number, (kind, around, word) in enumerate(groups):
        if kind != Class.CJK:
            continue
        text = texts[number]
        if is_east_asian(around):
            yield word, _foreign(shown[number], around) or around, ""
        elif text in scripts.known:
            yield word, scripts.known[text], ""
        elif language := shown[number] or _shown_beside(number, shown, texts, groups):
            yield word, language, ""
        else:
            languages, sign = language_by_repertoire(text, scripts.cjk_language)
            yield word, next(iter(languages), scripts.cjk_language), sign


def _foreign(language: str, around: str) -> str:
    """Return the language of a word by its letters, if it cannot be in the text's own."""
    primary = around.partition("-")[0].lower()
    if language == "ko" or primary == "ko":
        return language if language in ("ja", "ko") and language != primary else ""
    return ""


def _shown_beside(
    number: int,
    shown: Sequence[str],
    texts: Sequence[str],
    groups: Sequence[tuple[str, str, list[_Segment]]],
) -> str:
    """Return the language that the other writing of a name shows, as kana in brackets do."""
    for beside in (number - 2, number + 2):
        if 0 <= beside < len(groups) and shown[beside] and groups[beside][1] == groups[number][1]:
            between = (beside + number) // 2
            if not groups[between][0] and _ONE_NAME.fullmatch(texts[between]):
                return shown[beside]
    return ""


def _warn(text: str, sign: str, expected: str, place: Location, report: Report) -> None:
    languages, _ = language_by_repertoire(text, expected)
    found = " or ".join(map(language_in_words, languages))
    shown = text if len(text) <= 20 else f"{text[:20]}…"
    message = f"`{shown}` holds {sign}, which is {found} and not {language_in_words(expected)}"
    marks = " or ".join(f"[{shown}]{{lang={one}}}" for one in languages)
    hint = f"mark it, as {marks}, or correct it"
    report.add(Code.CJK_REGION, message, place, hint)


def _spaced(segments: Sequence[_Segment]) -> list[_Segment]:
    """Mark where Latin and Chinese or Japanese characters touch, so that styles separate them."""
    result: list[_Segment] = []
    for segment, after in zip(segments, [*segments[1:], None], strict=True):
        result.append(segment)
        if after is None or not is_east_asian(segment.around) or segment.around[:2] == "ko":
            continue
        if segment.kind == Class.CJK and not after.kind:
            segment.before_latin = segment.text[-1].isalpha() and after.text[0].isalnum()
        elif not segment.kind and after.kind == Class.CJK and after.text[0].isalpha():
            word = _LATIN_WORD.search(segment.text)
            if word is not None:
                segment.text = segment.text[: word.start()]
                if not segment.text:
                    result.pop()
                result.append(_Segment(word[0], Class.BEFORE_CJK, segment.around, segment.run))
    return result


def _wrap(run: Run, segments: list[_Segment], scripts: Scripts) -> None:
    """Put each segment that the font does not show into an element of its own."""
    container = run.ancestors[-1]
    first = segments[0]
    same = len(segments) == 1 and first.language in ("", first.around)
    if same and container.tag == "span" and not len(container) and not container.get("class"):
        _describe(container, first, scripts)  # the author's own mark of this very run
        return
    run.write("")
    position = list(container).index(run.owner) + 1 if run.is_tail else 0
    before: Element | None = None
    for segment in segments:
        if segment.kind:
            span = Element("span")
            _describe(span, segment, scripts)
            span.text = segment.text
            container.insert(position, span)
            position, before = position + 1, span
        elif before is None:
            run.write(segment.text)
        else:
            before.tail = segment.text


def _describe(span: Element, segment: _Segment, scripts: Scripts) -> None:
    """Say on an element what a style and a reader aloud need to know."""
    span.set("class", segment.classes)
    language = segment.language
    if segment.kind == Class.FALLBACK and segment.around == scripts.language:
        language = language_of_script(segment.script, segment.text, segment.around)
    if language and language != segment.around:
        span.set("lang", language)
    if segment.kind == Class.FALLBACK and direction_of(segment.text) == "rtl":
        span.set("dir", "rtl")
