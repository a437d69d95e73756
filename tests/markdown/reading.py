"""Reading an article from a string, as the tests of this folder do.

The font of these tests is invented: in roman it shows Latin with ``ǎ``, the arrow and the prime,
in italics neither, in no style a character of East Asia.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.markdown import FEATURES, ArticleContext, Feature, read_article
from typeset.model import Article, Figure, Image, Note, Prose, Table
from typeset.source import Location, SourceFile
from typeset.theme.theme import Coverage

__all__ = ["BODY_LINE", "NBSP", "Reading", "problems", "prose", "read", "words_of"]

BODY_LINE = 5
"""The line of the file on which the body of these articles begins."""
NBSP = "\N{NO-BREAK SPACE}"

_UPRIGHT = frozenset(range(0x20, 0x250)) | frozenset(map(ord, "ǎ“”‘’–—…→′″‐€\u0301"))
_ITALIC = _UPRIGHT - frozenset(map(ord, "ǎ→"))
COVERAGE: Coverage = {
    (False, False): _UPRIGHT,
    (True, False): _UPRIGHT,
    (False, True): _ITALIC,
    (True, True): _ITALIC,
}


@dataclass(frozen=True)
class Reading:
    """What came of an article's text."""

    article: Article | None
    report: Report

    @property
    def whole(self) -> Article:
        """The article, which is there."""
        assert self.article is not None, self.problems
        return self.article

    @property
    def html(self) -> str:
        """The body's prose, block after block, without ids."""
        return without_ids(
            "\n".join(block.html for block in self.whole.blocks if isinstance(block, Prose))
        )

    @property
    def figures(self) -> list[Figure]:
        return [block for block in self.whole.blocks if isinstance(block, Figure)]

    @property
    def tables(self) -> list[Table]:
        return [block for block in self.whole.blocks if isinstance(block, Table)]

    @property
    def notes(self) -> tuple[Note, ...]:
        return self.whole.notes

    @property
    def lines(self) -> list[int]:
        """The line of each block."""
        return [block.location.line for block in self.whole.blocks]

    @property
    def problems(self) -> list[tuple[int, int, str, str]]:
        """Line, column, severity and code of each diagnostic, by place."""
        return [
            (
                problem.location.line if problem.location else 0,
                problem.location.column if problem.location else 0,
                problem.severity.value,
                problem.code,
            )
            for problem in self.report.sorted()
        ]

    @property
    def codes(self) -> list[str]:
        return [problem.code for problem in self.report.sorted()]

    @property
    def messages(self) -> str:
        """Every message with its hints."""
        return "\n".join(" | ".join((one.message, *one.hints)) for one in self.report.sorted())


def read(
    body: str,
    *,
    head: str = "",
    language: str = "en-US",
    cjk_language: str = "zh-Hant",
    features: tuple[Feature, ...] = FEATURES,
) -> Reading:
    """Read an article.

    Args:
        body: its Markdown, the first line of which is line 5 of the file unless there is a head.
        head: more lines of front matter, each with its line end.
        language: the publication's.
        cjk_language: of bare East Asian runs.
        features: what its Markdown may hold.
    """
    text = f"---\ntitle: A Title\nauthors: A Desk\n{head}---\n{body}"
    return read_file(text, language, cjk_language, features)


def read_file(
    text: str,
    language: str = "en-US",
    cjk_language: str = "zh-Hant",
    features: tuple[Feature, ...] = FEATURES,
) -> Reading:
    """Read a file as it stands; any image that it names is there, but ``images/none.png``."""
    report = Report()

    def find_image(reference: str, location: Location) -> Image | None:
        if reference == "images/none.png":
            report.add(Code.IMAGE_MISSING, f"{reference} does not exist", location)
            return None
        return Image(reference, "image/png", 300, 200, b"")

    context = ArticleContext("a1", language, cjk_language, COVERAGE, find_image, features=features)
    return Reading(read_article(SourceFile("articles/a.md", text), context, report), report)


def prose(body: str) -> str:
    """Return the HTML of a body in which nothing is wrong."""
    reading = read(body)
    assert not reading.problems, reading.messages
    return reading.html


def paragraph(text: str) -> str:
    """Return what becomes of the text of one paragraph in which nothing is wrong."""
    found = re.fullmatch(r"<p>(.*)</p>", prose(text), re.DOTALL)
    assert found is not None, prose(text)
    return found[1]


def problems(body: str, *, head: str = "") -> list[tuple[int, int, str, str]]:
    """Return the places and codes of what is wrong with a body."""
    return read(body, head=head).problems


def without_ids(markup: str) -> str:
    """Return HTML without the ids that every block bears."""
    return re.sub(r' id="a1-\d+"', "", markup)


def text_of(markup: str) -> str:
    """Return the text in HTML, the calls of notes left out."""
    without_calls = re.sub(r'<a class="call"[^>]*>\d+</a>', "", markup)
    return html.unescape(re.sub(r"<[^>]+>", "", without_calls))


def words_of(article: Article) -> list[str]:
    """Return the words of an article's model in the order of reading."""
    texts: list[str] = []
    for block in article.blocks:
        if isinstance(block, Prose):
            # Blocks end where their tags do, words there too.
            texts.append(
                re.sub(r"</?(?:p|li|ul|ol|blockquote|dt|dd|dl|h\d|br|pre)\b", " <i", block.html)
            )
        elif isinstance(block, Figure):
            texts += [block.caption.html, block.credit.html]
        else:
            cells = re.sub(r"<t[dh]", " <t", block.html)
            texts += [block.caption.html, block.unit.html, cells, block.source.html]
    texts += [note.html for note in article.notes]
    return " ".join(map(text_of, texts)).split()
