"""Runs in a script that the text font lacks, found by the font's own character map.

Each run is wrapped, so that a style can give it a font of its script and no line height of its
own: a fallback font chosen by the engine alone would push the line off the baseline grid.  East
Asian runs also get their language, on which the regional shapes of their characters depend.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, groupby
from xml.etree.ElementTree import Element

from typeset.fonts import Coverage
from typeset.markdown.characters import extends
from typeset.markdown.runs import Run, blocks_of

__all__ = ["Scripts", "mark_runs"]

_BOLD = frozenset({"strong", "b"})
_ITALIC = frozenset({"em", "i"})
_STYLED = frozenset({"th", "dt", "h2", "h3", "h4"})
_STYLED_CLASSES = frozenset({"caption", "credit", "source", "unit"})
_EAST_ASIAN = re.compile(
    "[\u1100-\u11ff\u2e80-\u31ff\u3200-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f"
    "\uff00-\uffef\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
_KANA = re.compile(
    "[\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f]"
)
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
_ZERO_WIDTH = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_JOINER = re.compile("[\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_LANGUAGES = frozenset("zh ja ko cmn yue wuu nan hak lzh vi ryu ain".split())
_IDEOGRAPHIC_SPACE = "\u3000"


@dataclass(frozen=True, slots=True)
class Scripts:
    """What decides how runs are marked."""

    coverage: Coverage
    """What the text font can show, by style."""
    cjk_language: str
    """The language of East Asian runs that neither their characters nor the author assign."""
    language: str
    """The language of the text as a whole."""


@dataclass(slots=True)
class _Segment:
    """A piece of a run that one font shows."""

    text: str
    kind: str
    """``cjk``, ``fallback``, or nothing for what the text font shows."""
    around: str
    """The language of the text around it."""
    language: str = ""
    """Its own language, where it is East Asian."""


def mark_runs(root: Element, scripts: Scripts, *, styled: bool = False) -> None:
    """Wrap every run of characters that the text font cannot show.

    Args:
        root: the tree.
        scripts: the font and the languages.
        styled: whether a style may print the whole text bold or italic, as it may a title.
    """
    for runs in blocks_of(root):
        texts = [run for run in runs if run.text]
        segments = [_segments(run, scripts, styled=styled) for run in texts]
        # A word may be emphasized in part; its language is that of the whole.
        for (kind, around), group in groupby(chain(*segments), lambda one: (one.kind, one.around)):
            if kind == "cjk":
                word = list(group)
                language = _language_of("".join(one.text for one in word), around, scripts)
                for one in word:
                    one.language = language
        for run, pieces in zip(texts, segments, strict=True):
            if any(piece.kind for piece in pieces):
                _wrap(run, pieces)
            else:
                run.write("".join(piece.text for piece in pieces))


def _segments(run: Run, scripts: Scripts, *, styled: bool) -> list[_Segment]:
    """Cut a run into what the font shows and what it does not."""
    around = next(
        (one.attrib["lang"] for one in reversed(run.ancestors) if "lang" in one.attrib),
        scripts.language,
    )
    covered = _coverage(run, scripts, styled=styled)
    if covered.issuperset(map(ord, run.text)):
        return [_Segment(run.text, "", around)]
    segments: list[_Segment] = []
    for cluster in _clusters(run.text):
        text, kind = _kind(cluster, covered)
        if segments and (segments[-1].kind == kind or _ZERO_WIDTH.match(cluster)):
            segments[-1].text += text
        else:
            segments.append(_Segment(text, kind, around))
    return segments


def _coverage(run: Run, scripts: Scripts, *, styled: bool) -> frozenset[int]:
    """Return what the font shows in the style of a run, or in all where that is the theme's."""
    tags = {element.tag for element in run.ancestors}
    classes = {element.get("class") for element in run.ancestors if element.tag == "p"}
    if styled or tags & _STYLED or classes & _STYLED_CLASSES:
        return frozenset.intersection(*scripts.coverage.values())
    return scripts.coverage[bool(tags & _BOLD), bool(tags & _ITALIC)]


def _clusters(text: str) -> Iterator[str]:
    """Give the characters of a text as a reader sees them, with the marks that belong to each."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not extends(text, end):
            yield text[start:end]
            start = end


def _kind(cluster: str, covered: frozenset[int]) -> tuple[str, str]:
    """Return a cluster, composed if the font asks for that, and what can show it."""
    base = cluster[0]
    if base == _IDEOGRAPHIC_SPACE or (_EAST_ASIAN.match(base) and ord(base) not in covered):
        return cluster, "cjk"
    if base.isspace() or _ZERO_WIDTH.match(base):
        return cluster, ""
    for form in (cluster, unicodedata.normalize("NFC", cluster)):
        if all(ord(part) in covered or _JOINER.match(part) for part in form):
            return form, ""
    return cluster, "fallback"


def _language_of(text: str, around: str, scripts: Scripts) -> str:
    hangul, kana = _HANGUL.search(text), _KANA.search(text)
    if around.partition("-")[0].lower() in _LANGUAGES:
        foreign = hangul and not around.lower().startswith("ko")
        return "ko" if foreign and not kana else around
    if kana:
        return "ja"
    return "ko" if hangul else scripts.cjk_language


def _wrap(run: Run, segments: list[_Segment]) -> None:
    """Put each segment that the font does not show into an element of its own."""
    container = run.ancestors[-1]
    first = segments[0]
    same = len(segments) == 1 and first.language in ("", first.around)
    if same and container.tag == "span" and not len(container) and not container.get("class"):
        container.set("class", first.kind)  # the author's own mark of this very run
        return
    run.write("")
    position = list(container).index(run.owner) + 1 if run.is_tail else 0
    before: Element | None = None
    for segment in segments:
        if segment.kind:
            span = Element("span")
            _describe(span, segment)
            span.text = segment.text
            container.insert(position, span)
            position, before = position + 1, span
        elif before is None:
            run.write(segment.text)
        else:
            before.tail = segment.text


def _describe(span: Element, segment: _Segment) -> None:
    """Say on an element what a style and a reader aloud need to know."""
    span.set("class", segment.kind)
    if segment.language and segment.language != segment.around:
        span.set("lang", segment.language)
