"""Short texts with inline markup: titles, bylines, notes, the masthead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from xml.etree.ElementTree import Element, SubElement

from markupsafe import Markup

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.markdown.account import Account, Weight
from typeset.markdown.attributes import Anchors
from typeset.markdown.characters import ELSEWHERE, clean
from typeset.markdown.features import FEATURES, Feature, Manuscript, Text
from typeset.markdown.letters import Piece, lost_piece, pieces, report_lost
from typeset.markdown.limits import excess
from typeset.markdown.parser import Parser, TooDeep
from typeset.markdown.script_runs import Scripts
from typeset.markdown.source_places import Locate, Places, always
from typeset.markdown.trees import inline_of
from typeset.model import Inline
from typeset.source import Location
from typeset.theme.theme import Coverage

__all__ = ["InlineReader"]


class InlineReader:
    """Reads texts of one paragraph in one language.

    Args:
        language: the tag of the language, such as ``en-US``.
        cjk_language: the tag of bare East Asian runs.
        coverage: what the text font can show.
        report: receives the mistakes.
        features: what the texts may hold; of an article's texts, what its parser knows.
        parser: an article's parser, whose abbreviations and references then hold here too.
        anchors: the names in that article, to which links may lead.
        places: the article's file, in which the exact places of mistakes are looked up.
        known: the languages of names in characters that are marked elsewhere.
    """

    def __init__(
        self,
        language: str,
        cjk_language: str,
        coverage: Coverage,
        report: Report,
        *,
        features: Sequence[Feature] = FEATURES,
        parser: Parser | None = None,
        anchors: Anchors | None = None,
        places: Places | None = None,
        known: Mapping[str, str] | None = None,
    ) -> None:
        self._scripts = Scripts(coverage, cjk_language, language, known or {})
        self._report = report
        self._parser = parser or Parser(features)
        self._features = [one for one in self._parser.features if one.level == "inline"]
        self.printed: list[Piece] = []
        """The letters of the texts that were read, each with its line."""
        self._anchors = anchors or Anchors()
        self._places = places

    def read(
        self, text: str | None, location: Location, what: str, *, styled: bool = False
    ) -> Inline:
        """Return a text with its markup.

        Args:
            text: as the author wrote it; None gives an empty run.
            location: where it stands.
            what: what it is, for diagnostics: ``the title``.
            styled: whether a theme may print it bold or italic as a whole.
        """
        if not text:
            return Inline(Markup(""), "")
        paragraph = self._read(text, location, what, styled=styled)
        self._note_printed([paragraph], location)
        return inline_of(paragraph)

    def read_paragraphs(
        self, paragraphs: Sequence[tuple[str, Location]], what: str
    ) -> list[Element]:
        """Return a text of several paragraphs, each with its place."""
        read = [self._read(text, place, what, styled=False) for text, place in paragraphs]
        if paragraphs:
            self._note_printed(read, paragraphs[0][1])
        return read

    def _note_printed(self, paragraphs: Sequence[Element], location: Location) -> None:
        printed = "".join(piece.letters for piece in pieces(paragraphs, added=True))
        self.printed.append(Piece(location.line, printed))

    def _read(self, text: str, location: Location, what: str, *, styled: bool) -> Element:
        """Return a text as a paragraph, its markup checked and its typography set."""
        root, weight = self._parse(clean(text, location, self._report), location)
        read = Text(
            report=self._report,
            seeker=partial(self._seeker, location),
            scripts=self._scripts,
            name=what,
            styled=styled,
            anchors=self._anchors,
        )
        for feature in self._features:
            if feature.check:
                feature.check(root, read)
        for feature in self._features:
            if feature.set:
                feature.set(root, read)
        loss = weight.loss or lost_piece(weight.pieces, pieces(root))
        report_lost(loss, location, self._report)
        return root[0]

    def _parse(self, text: str, location: Location) -> tuple[Element, Weight]:
        """Return a text as a tree; one that is too much for the parser stays as it is."""
        too_much = excess(text)
        try:
            if too_much is None:
                lines = text.split("\n")
                manuscript = Manuscript(account=Account(lines), report=self._report)
                for feature in self._features:
                    if feature.take:
                        lines = feature.take(lines, manuscript) or []
                kept = "\n".join(line for line in lines if line != ELSEWHERE)
                return self._parser.parse_inline(kept, manuscript.account.source, location.line)
        except TooDeep:
            too_much = Code.MARKDOWN_TOO_DEEP, "the markup of this text is nested too deeply"
        if too_much is not None:
            self._report.add(*too_much, location)
        root = Element("div")
        SubElement(root, "p").text = text
        return root, Weight(None, pieces(root))

    def _seeker(self, location: Location) -> Locate:
        return always(location) if self._places is None else self._places.seeker(location)
