"""Short texts with inline markup: titles, bylines, the masthead."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markupsafe import Markup

from typeset.diagnostics import Report
from typeset.fonts import Coverage
from typeset.languages import Language, language_for
from typeset.markdown.attributes import check_attributes, report_raw_html
from typeset.markdown.endnotes import refuse_calls
from typeset.markdown.links import check_links
from typeset.markdown.parser import Parser
from typeset.markdown.scripts import mark_runs
from typeset.markdown.trees import inline_of
from typeset.markdown.typography import set_typography
from typeset.model import Inline
from typeset.source import Location

__all__ = ["InlineReader"]


class InlineReader:
    """Reads texts of one paragraph in one language.

    Args:
        language: the tag of the language, such as ``en-US``.
        cjk_language: the tag of bare East Asian runs.
        coverage: what the text font can show.
        report: receives the mistakes.
        parser: an article's parser, whose abbreviations and references then hold here too.
    """

    def __init__(
        self,
        language: str,
        cjk_language: str,
        coverage: Coverage,
        report: Report,
        parser: Parser | None = None,
    ) -> None:
        self._tag = language
        self._language: Language = language_for(language)
        self._cjk_language = cjk_language
        self._coverage = coverage
        self._report = report
        self._parser = parser or Parser()

    def read(self, text: str | None, location: Location, what: str) -> Inline:
        """Return a text with its markup.

        Args:
            text: as the author wrote it; None gives an empty run.
            location: where it stands.
            what: what it is, for diagnostics: ``the title``.
        """
        if not text:
            return Inline(Markup(""), "")
        return inline_of(self.read_tree(text, location, what))

    def read_tree(self, text: str, location: Location, what: str) -> Element:
        """Return a text as a paragraph, its markup checked and its typography set."""
        root = self._parser.parse_inline(text, location.line)

        def locate(line: int, words: str) -> Location:
            return location

        refuse_calls(root, what, location, self._report)
        report_raw_html(root, locate, self._report)
        check_attributes(root, "text", locate, self._report)
        check_links(root, "text", locate, self._report)
        set_typography(root, self._language)
        mark_runs(root, self._coverage, self._cjk_language, self._tag)
        return root[0]
