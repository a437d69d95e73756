"""The table of diagnostics: one row for each code, with its severity, meaning and remedy.

``typeset-press explain`` prints a row, and ``docs/diagnostics.md`` is made from all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

__all__ = ["PARTED", "Code", "Group", "Row", "Severity"]


class Severity(StrEnum):
    """How bad a problem is: an error stops the build, a warning only with ``--strict``."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Group(StrEnum):
    """What a diagnostic is about, in the order in which the docs list them."""

    FILES = "Files"
    YAML = "YAML"
    SETTINGS = "Settings"
    TEXT = "Text"
    HEADINGS = "Headings and length"
    NOTES = "Notes"
    LINKS = "Links and attributes"
    FIGURES = "Figures and images"
    TABLES = "Tables"
    LANGUAGES = "Languages and characters"
    DESIGN = "Themes, templates and fonts"
    PAGES = "Pages"
    EDITIONS = "Editions"
    ARCHIVES = "Archives"
    LIMITS = "Limits and faults"


@dataclass(frozen=True, slots=True)
class Row:
    """The row of a code."""

    severity: Severity
    group: Group
    meaning: str
    """One plain sentence."""
    remedy: str
    """What to do, as an imperative without a full stop."""
    bad: str
    """A short example of what is reported."""
    good: str
    """The same example, corrected."""


def _error(group: Group, meaning: str, remedy: str, bad: str, good: str) -> Row:
    return Row(Severity.ERROR, group, meaning, remedy, bad, good)


def _warning(group: Group, meaning: str, remedy: str, bad: str, good: str) -> Row:
    return Row(Severity.WARNING, group, meaning, remedy, bad, good)


def _remark(group: Group, meaning: str, remedy: str, bad: str, good: str) -> Row:
    return Row(Severity.INFO, group, meaning, remedy, bad, good)


@dataclass(frozen=True, slots=True)
class _File:
    """The rows for a kind of file: all kinds can be unreadable in the same ways."""

    what: str
    """The kind in words, with its article: ``an image``."""
    good: str
    """A correct path."""
    most: str = "8 MB"
    """The largest size."""

    def missing(self) -> Row:
        meaning = f"There is no such file where {self.what} is looked for."
        remedy = "correct the path, its capitals included, or add the file"
        return _error(Group.FILES, meaning, remedy, self._misspelled(), self.good)

    def outside(self) -> Row:
        meaning = f"The path of {self.what} leads out of the publication's folder."
        remedy = "move the file into the publication's folder, and write a relative path"
        return _error(Group.FILES, meaning, remedy, f"../../{self.good}", self.good)

    def not_a_file(self) -> Row:
        meaning = f"The path of {self.what} names a folder, a pipe or a device."
        remedy = "name an ordinary file"
        return _error(Group.FILES, meaning, remedy, f"{self.good}/", self.good)

    def unreadable(self) -> Row:
        meaning = f"The system does not let {self.what} be read."
        remedy = "permit reading, or put an ordinary file in the place of a link to itself"
        bad, good = f"chmod 000 {self.good}", f"chmod 644 {self.good}"
        return _error(Group.FILES, meaning, remedy, bad, good)

    def too_large(self) -> Row:
        meaning = f"The file of {self.what} is larger than {self.most}."
        remedy = "make it smaller, or make several of it"
        return _error(
            Group.FILES, meaning, remedy, f"{self.good}, far too large", f"{self.good}, smaller"
        )

    def encoding(self) -> Row:
        meaning = f"The file of {self.what} is not UTF-8 text."
        remedy = "save the file with the encoding UTF-8"
        bad, good = f"{self.good}, saved as Latin-1", f"{self.good}, saved as UTF-8"
        return _error(Group.FILES, meaning, remedy, bad, good)

    def _misspelled(self) -> str:
        stem, dot, ending = self.good.rpartition(".")
        return f"{stem}x{dot}{ending}"


_MANIFEST = _File("a manifest", "2026-12-09/issue.yaml")
_ARTICLE = _File("an article", "articles/01-tides.md")
_IMAGE = _File("an image", "images/harbor.png", "200 MB, of an SVG drawing 4 MB, or 40 megapixels")
_FONT = _File("a font", "fonts/Serif-Regular.ttf", "200 MB")
_THEME = _File("a theme", "themes/own/theme.yaml")
_TEMPLATE = _File("a template", "templates/print/article.html.j2")
_PROFILE = _File("a press's color profile", "profiles/press.icc", "200 MB")


class Code(StrEnum):
    """The stable name of a diagnostic, in kebab case, with its row."""

    row: Row

    def __new__(cls, name: str, row: Row) -> Self:
        """Make a member with a name and a row."""
        code = str.__new__(cls, name)
        code._value_ = name
        code.row = row
        return code

    MANIFEST_MISSING = "manifest-missing", _MANIFEST.missing()
    MANIFEST_OUTSIDE = "manifest-outside", _MANIFEST.outside()
    MANIFEST_NOT_A_FILE = "manifest-not-a-file", _MANIFEST.not_a_file()
    MANIFEST_UNREADABLE = "manifest-unreadable", _MANIFEST.unreadable()
    MANIFEST_TOO_LARGE = "manifest-too-large", _MANIFEST.too_large()
    MANIFEST_ENCODING = "manifest-encoding", _MANIFEST.encoding()
    ARTICLE_MISSING = "article-missing", _ARTICLE.missing()
    ARTICLE_OUTSIDE = "article-outside", _ARTICLE.outside()
    ARTICLE_NOT_A_FILE = "article-not-a-file", _ARTICLE.not_a_file()
    ARTICLE_UNREADABLE = "article-unreadable", _ARTICLE.unreadable()
    ARTICLE_ENCODING = "article-encoding", _ARTICLE.encoding()
    ARTICLE_TOO_LARGE = (
        "article-too-large",
        _error(
            Group.FILES,
            "An article has more than 200,000 characters, 10,000 paragraphs or 8 MB.",
            "make several articles of it",
            "articles/01-whole-book.md",
            "articles/01-chapter-one.md\narticles/02-chapter-two.md",
        ),
    )
    IMAGE_MISSING = "image-missing", _IMAGE.missing()
    IMAGE_OUTSIDE = "image-outside", _IMAGE.outside()
    IMAGE_NOT_A_FILE = "image-not-a-file", _IMAGE.not_a_file()
    IMAGE_UNREADABLE = "image-unreadable", _IMAGE.unreadable()
    IMAGE_TOO_LARGE = "image-too-large", _IMAGE.too_large()
    FONT_MISSING = "font-missing", _FONT.missing()
    FONT_OUTSIDE = "font-outside", _FONT.outside()
    FONT_NOT_A_FILE = "font-not-a-file", _FONT.not_a_file()
    FONT_UNREADABLE = "font-unreadable", _FONT.unreadable()
    FONT_TOO_LARGE = "font-too-large", _FONT.too_large()
    THEME_MISSING = "theme-missing", _THEME.missing()
    THEME_OUTSIDE = "theme-outside", _THEME.outside()
    THEME_NOT_A_FILE = "theme-not-a-file", _THEME.not_a_file()
    THEME_UNREADABLE = "theme-unreadable", _THEME.unreadable()
    THEME_TOO_LARGE = "theme-too-large", _THEME.too_large()
    THEME_ENCODING = "theme-encoding", _THEME.encoding()
    TEMPLATE_MISSING = "template-missing", _TEMPLATE.missing()
    TEMPLATE_OUTSIDE = "template-outside", _TEMPLATE.outside()
    TEMPLATE_NOT_A_FILE = "template-not-a-file", _TEMPLATE.not_a_file()
    TEMPLATE_UNREADABLE = "template-unreadable", _TEMPLATE.unreadable()
    TEMPLATE_TOO_LARGE = "template-too-large", _TEMPLATE.too_large()
    TEMPLATE_ENCODING = "template-encoding", _TEMPLATE.encoding()
    PRESS_PROFILE_MISSING = (
        "press-profile-missing",
        _error(
            Group.FILES,
            "The press edition needs a press's color profile, and finds none.",
            "install FOGRA39, or name the print shop's profile",
            "editions:\n  press: {}",
            "editions:\n  press: {profile: profiles/press.icc}",
        ),
    )
    PRESS_PROFILE_OUTSIDE = "press-profile-outside", _PROFILE.outside()
    PRESS_PROFILE_NOT_A_FILE = "press-profile-not-a-file", _PROFILE.not_a_file()
    PRESS_PROFILE_UNREADABLE = "press-profile-unreadable", _PROFILE.unreadable()
    PRESS_PROFILE_TOO_LARGE = "press-profile-too-large", _PROFILE.too_large()

    YAML_SYNTAX = (
        "yaml-syntax",
        _error(
            Group.YAML,
            "The file is not YAML: a bracket, a quote, a colon or the indentation is wrong.",
            "look at the line named, and the one before it",
            "name: Tides: a history",
            'name: "Tides: a history"',
        ),
    )
    YAML_NOT_A_MAPPING = (
        "yaml-not-a-mapping",
        _error(
            Group.YAML,
            "The file holds something other than settings.",
            "write lines such as `name: value`",
            "- Tides",
            "title: Tides",
        ),
    )
    DUPLICATE_KEY = (
        "duplicate-key",
        _error(
            Group.YAML,
            "A setting is given twice.",
            "keep one of the two",
            "title: Tides\ntitle: Ebb",
            "title: Tides",
        ),
    )
    YAML_KEY = (
        "yaml-key",
        _error(
            Group.YAML,
            "The name of a setting is not a plain word.",
            "write a word before the colon",
            "? [a, b]\n: value",
            "title: value",
        ),
    )
    YAML_COMMENT = (
        "yaml-comment",
        _warning(
            Group.YAML,
            "A part of a value begins with ` #`, which makes it a comment.",
            "put the value in quotes",
            "title: Port #1",
            'title: "Port #1"',
        ),
    )
    YAML_COMMENT_ONLY = (
        "yaml-comment-only",
        _error(
            Group.YAML,
            "A whole value begins with `#`, which makes it a comment, so there is no value.",
            "put the value in quotes",
            "accent: #7A1F2B",
            'accent: "#7A1F2B"',
        ),
    )
    YAML_CHARACTER = (
        "yaml-character",
        _error(
            Group.YAML,
            "A setting holds a control character.",
            "remove it, or type the value again",
            'title: "Ti\\x07des"',
            "title: Tides",
        ),
    )
    YAML_ANCHOR = (
        "yaml-anchor",
        _error(
            Group.YAML,
            "Anchors (`&name`) are not allowed.",
            "write the value out, or put a text that begins with `&` in quotes",
            "title: &t Tides",
            'title: "&t Tides"',
        ),
    )
    YAML_ALIAS = (
        "yaml-alias",
        _error(
            Group.YAML,
            "Aliases (`*name`) are not allowed.",
            "write the value out, or put a text that begins with `*` in quotes",
            "title: *t",
            'title: "*t"',
        ),
    )
    YAML_TAG = (
        "yaml-tag",
        _error(
            Group.YAML,
            "Tags (`!name`) are not allowed.",
            "put a text that begins with `!` in quotes",
            "title: !Tides",
            'title: "!Tides"',
        ),
    )
    YAML_MERGE = (
        "yaml-merge",
        _error(
            Group.YAML,
            "Merge keys (`<<`) are not allowed.",
            "write the settings out",
            "<<: {volume: 1}",
            "volume: 1",
        ),
    )
    YAML_TOO_LARGE = (
        "yaml-too-large",
        _error(
            Group.YAML,
            "The YAML is larger, or nested deeper, than any settings are.",
            "make it shorter, or less deep",
            "masthead: [[[[[[…]]]]]]",
            "masthead: [{text: About us}]",
        ),
    )

    SETTING_UNKNOWN = (
        "setting-unknown",
        _error(
            Group.SETTINGS,
            "There is no setting of this name here.",
            "correct its name, or delete the line",
            "teme: ledger",
            "theme: ledger",
        ),
    )
    SETTING_INVALID = (
        "setting-invalid",
        _error(
            Group.SETTINGS,
            "A setting has a value that it cannot have.",
            "write a value of the kind that the message names",
            "date: 2026-02-31",
            "date: 2026-02-28",
        ),
    )
    SETTING_MISSING = (
        "setting-missing",
        _error(
            Group.SETTINGS,
            "A setting that is needed is absent, or has no value.",
            "add it",
            "title:",
            "title: Tides",
        ),
    )
    ISSUE_MISSING = (
        "issue-missing",
        _error(
            Group.SETTINGS,
            "There is no issue where the preview looks for one.",
            "name an issue's folder, or put its issue.yaml back",
            "typeset-press preview 2026-12-9",
            "typeset-press preview 2026-12-09",
        ),
    )
    ARTICLE_DUPLICATE = (
        "article-duplicate",
        _error(
            Group.SETTINGS,
            "An issue lists the same article twice.",
            "keep one of the two",
            "articles: [articles/tides.md, articles/tides.md]",
            "articles: [articles/tides.md]",
        ),
    )
    ARTICLE_UNLISTED = (
        "article-unlisted",
        _warning(
            Group.SETTINGS,
            "A new article was written, but the issue's list could not be extended.",
            "add its line to the list",
            "articles: &list []",
            "articles:\n  - articles/01-tides.md",
        ),
    )
    SLUG_MISSING = (
        "slug-missing",
        _error(
            Group.SETTINGS,
            "No names of files can be made of the publication's name.",
            "set `slug:` to a word in plain letters",
            "name: 文學",
            "name: 文學\nslug: wenxue",
        ),
    )
    PLACEHOLDER_UNKNOWN = (
        "placeholder-unknown",
        _error(
            Group.SETTINGS,
            "There is no placeholder of this name.",
            "take one that the message names",
            "text: Volume {vol}",
            "text: Volume {volume}",
        ),
    )
    PLACEHOLDER_EMPTY = (
        "placeholder-empty",
        _error(
            Group.SETTINGS,
            "A placeholder stands for a setting that has no value.",
            "give the setting a value",
            "masthead: [{text: 'See {url}'}]",
            "url: https://gazette.example/\nmasthead: [{text: 'See {url}'}]",
        ),
    )
    PAGE_SMALL = (
        "page-small",
        _error(
            Group.SETTINGS,
            "The page has no room for two columns and a sidebar.",
            "take a larger page, or smaller margins",
            "page: [90 mm, 120 mm]",
            "page: a4",
        ),
    )

    FRONT_MATTER_MISSING = (
        "front-matter-missing",
        _error(
            Group.TEXT,
            "An article does not begin with its title and authors.",
            "begin the file with front matter between two lines of ---",
            "The tide rises.",
            "---\ntitle: Tides\nauthors: [Ada Lee]\n---\nThe tide rises.",
        ),
    )
    FRONT_MATTER_OPEN = (
        "front-matter-open",
        _error(
            Group.TEXT,
            "No second line of --- ends the front matter.",
            "write --- below its last setting",
            "---\ntitle: Tides\n\nThe tide rises.",
            "---\ntitle: Tides\n---\nThe tide rises.",
        ),
    )
    ARTICLE_EMPTY = (
        "article-empty",
        _error(
            Group.TEXT,
            "An article has no text.",
            "write it, or remove the article from the issue's list",
            "---\ntitle: Tides\n---",
            "---\ntitle: Tides\n---\nThe tide rises.",
        ),
    )
    MARKDOWN_TOO_DEEP = (
        "markdown-too-deep",
        _error(
            Group.TEXT,
            "Brackets, lists or quotations stand too deep inside one another.",
            "close the brackets, or make fewer levels",
            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
            "\\[ and so on",
        ),
    )
    MARKDOWN_TOO_LONG = (
        "markdown-too-long",
        _error(
            Group.TEXT,
            "A paragraph has more than 25,000 characters, or too many links with titles.",
            "make several paragraphs of it",
            "(a whole chapter without an empty line)",
            "(an empty line after each paragraph)",
        ),
    )
    FENCE_UNCLOSED = (
        "fence-unclosed",
        _error(
            Group.TEXT,
            "A block of code is not closed.",
            "end it with a line of as many marks as it begins with",
            "~~~\nmake issue",
            "~~~\nmake issue\n~~~",
        ),
    )
    COMMENT_UNCLOSED = (
        "comment-unclosed",
        _error(
            Group.TEXT,
            "A comment is not closed.",
            "write --> at its end",
            "<!-- ask Ada",
            "<!-- ask Ada -->",
        ),
    )
    RAW_HTML = (
        "raw-html",
        _warning(
            Group.TEXT,
            "The text holds HTML, which is printed as it stands.",
            "write it in Markdown",
            "<b>tide</b>",
            "**tide**",
        ),
    )
    TEXT_LOST = (
        "text-lost",
        _error(
            Group.TEXT,
            "A letter of the text would vanish when it is read, which is a defect of typeset.",
            "write the place otherwise, and report it",
            "(markup that typeset misreads)",
            "(the same in plain words)",
        ),
    )
    CHARACTER_UNPRINTABLE = (
        "character-unprintable",
        _warning(
            Group.TEXT,
            "The text holds a character that cannot be printed, such as a control character.",
            "remove it, or type the word again",
            "ti\\x07de",
            "tide",
        ),
    )

    HEADING_LEVEL = (
        "heading-level",
        _warning(
            Group.HEADINGS,
            "A heading is on the level of the title.",
            "begin sections with ##; the title stands in the front matter",
            "# Ebb",
            "## Ebb",
        ),
    )
    HEADING_DEEP = (
        "heading-deep",
        _error(
            Group.HEADINGS,
            "A heading is on a level below the second, which does not exist.",
            "begin sections with ##, and their parts with ###",
            "#### Ebb",
            "## Ebb",
        ),
    )
    HEADING_JUMP = (
        "heading-jump",
        _warning(
            Group.HEADINGS,
            "A heading of a part stands below no section.",
            "begin with ##, and use ### only below it",
            "### Ebb",
            "## Ebb",
        ),
    )
    HEADING_EMPTY = (
        "heading-empty",
        _error(
            Group.HEADINGS,
            "A heading has no words.",
            "write them after the ##, or delete the line",
            "##",
            "## Ebb",
        ),
    )
    HEADING_NESTED = (
        "heading-nested",
        _warning(
            Group.HEADINGS,
            "A heading stands inside a list or a quotation.",
            "write it in bold, or give it a paragraph of its own",
            "- ## Ebb",
            "- **Ebb**",
        ),
    )
    HEADING_ALONE = (
        "heading-alone",
        _warning(
            Group.HEADINGS,
            "A heading is the last thing in its article.",
            "write the section's text, or delete the heading",
            "## Ebb",
            "## Ebb\n\nThe water falls.",
        ),
    )
    ARTICLE_LONG = (
        "article-long",
        _warning(
            Group.HEADINGS,
            "An article has more words than its `max_words`.",
            "shorten it, or raise the limit",
            "max_words: 800",
            "max_words: 1000",
        ),
    )
    ARTICLE_PAGES = (
        "article-pages",
        _warning(
            Group.HEADINGS,
            "An article takes more pages than its `max_pages`.",
            "shorten it, or raise the limit",
            "- {path: articles/tides.md, max_pages: 2}",
            "- {path: articles/tides.md, max_pages: 3}",
        ),
    )

    ENDNOTE_UNDEFINED = (
        "endnote-undefined",
        _error(
            Group.NOTES,
            "A note is called that does not exist.",
            "correct the name, or write the note",
            "It rose.[^moon]",
            "It rose.[^moon]\n\n[^moon]: Twice a day.",
        ),
    )
    ENDNOTE_UNUSED = (
        "endnote-unused",
        _warning(
            Group.NOTES,
            "A note is never called, so it is not printed.",
            "call it, or delete it",
            "It rose.\n\n[^moon]: Twice a day.",
            "It rose.[^moon]\n\n[^moon]: Twice a day.",
        ),
    )
    ENDNOTE_DUPLICATE = (
        "endnote-duplicate",
        _error(
            Group.NOTES,
            "Two notes have the same name.",
            "give one of the two another name",
            "It rose.[^a]\n\n[^a]: One.\n\n[^a]: Two.",
            "It rose.[^a][^b]\n\n[^a]: One.\n\n[^b]: Two.",
        ),
    )
    ENDNOTE_EMPTY = (
        "endnote-empty",
        _error(
            Group.NOTES,
            "A note has no text.",
            "write its text after the colon",
            "It rose.[^moon]\n\n[^moon]:",
            "It rose.[^moon]\n\n[^moon]: Twice a day.",
        ),
    )
    ENDNOTE_MISPLACED = (
        "endnote-misplaced",
        _error(
            Group.NOTES,
            "A note is called where none can be, such as in a title or in another note.",
            "call it in the text of the article",
            "It rose.[^a]\n\n[^a]: Twice a day.[^b]\n\n[^b]: And a night.",
            "It rose.[^a][^b]\n\n[^a]: Twice a day.\n\n[^b]: And a night.",
        ),
    )

    LINK_TARGET = (
        "link-target",
        _error(
            Group.LINKS,
            "A link leads nowhere, or where a printed link must not lead.",
            "write an address that begins with https://, or the #id of a place in the article",
            "[tables](tables)",
            "[tables](https://tides.example/)",
        ),
    )
    LINK_UNDEFINED = (
        "link-undefined",
        _warning(
            Group.LINKS,
            "A link names an address that is not defined, so its brackets are printed.",
            "define the address, or put a backslash before the bracket",
            "[tables][tide]",
            "[tables][tide]\n\n[tide]: https://tides.example/",
        ),
    )
    ID_DUPLICATE = (
        "id-duplicate",
        _warning(
            Group.LINKS,
            "Two places have the same id, and links lead to the first.",
            "give one of the two another id",
            "[ebb]{#ebb} and [flow]{#ebb}",
            "[ebb]{#ebb} and [flow]{#flow}",
        ),
    )
    ATTRIBUTE_UNKNOWN = (
        "attribute-unknown",
        _warning(
            Group.LINKS,
            "An attribute between braces does not exist here, or has no such value.",
            "correct it, or delete it",
            '![Tides.](tides.png){alt="A curve" size=wide}',
            '![Tides.](tides.png){alt="A curve" width=wide}',
        ),
    )
    ATTRIBUTE_UNREADABLE = (
        "attribute-unreadable",
        _error(
            Group.LINKS,
            "The attributes between braces cannot be read.",
            "put values in straight quotes, and close them",
            '![Tides.](tides.png){alt="A curve" credit="Ada}',
            '![Tides.](tides.png){alt="A curve" credit="Ada"}',
        ),
    )

    FIGURE_ALT = (
        "figure-alt",
        _warning(
            Group.FIGURES,
            "A figure has no alternative text, so its caption stands in for it.",
            "say in alt=… what a reader who cannot see the figure needs to know",
            "![The east quay.](quay.png)",
            '![The east quay.](quay.png){alt="Two ships at a long quay"}',
        ),
    )
    FIGURE_UNDESCRIBED = (
        "figure-undescribed",
        _error(
            Group.FIGURES,
            "A figure has neither caption nor alternative text.",
            "write a caption between the brackets, and alt=…",
            "![](quay.png)",
            '![The east quay.](quay.png){alt="Two ships at a long quay"}',
        ),
    )
    FIGURE_WIDTH = (
        "figure-width",
        _error(
            Group.FIGURES,
            "A figure or table has a width that does not exist.",
            "write width=column or width=wide",
            '![Tides.](tides.png){alt="A curve" width=half}',
            '![Tides.](tides.png){alt="A curve" width=wide}',
        ),
    )
    FIGURE_PLACE = (
        "figure-place",
        _error(
            Group.FIGURES,
            "A figure or table has a place that does not exist.",
            "write place=here, place=top or place=bottom, or delete it",
            '![Tides.](tides.png){alt="A curve" place=left}',
            '![Tides.](tides.png){alt="A curve" place=top}',
        ),
    )
    FIGURE_NESTED = (
        "figure-nested",
        _error(
            Group.FIGURES,
            "A figure stands inside a list or a quotation.",
            "give it a paragraph of its own, without indentation",
            '> ![The quay.](quay.png){alt="A quay"}',
            '![The quay.](quay.png){alt="A quay"}',
        ),
    )
    FIGURE_LONG = (
        "figure-long",
        _warning(
            Group.FIGURES,
            "A figure and its caption are higher than a page, and so stick out of it.",
            "shorten the caption; long texts belong into the article",
            "![(a caption of forty lines)](quay.png)",
            "![The east quay.](quay.png)",
        ),
    )
    FIGURE_NARROWED = (
        "figure-narrowed",
        _warning(
            Group.FIGURES,
            "A figure or table that is to be as wide as the page stands in one column, since it "
            "leaves no page room for the text around it.",
            "move it to where its article has more text, or make it less high",
            "![The quay.](quay.png){width=wide}\n\n(the last line of the article)",
            "(some paragraphs)\n\n![The quay.](quay.png){width=wide}\n\n(some more)",
        ),
    )
    FIGURE_LOW_RESOLUTION = (
        "figure-low-resolution",
        _warning(
            Group.FIGURES,
            "A picture has too few pixels for its size on the page.",
            "take a larger picture",
            "![The quay.](thumbnail.png)",
            "![The quay.](quay-2400-pixels.png)",
        ),
    )
    CAPTION_APART = (
        "caption-apart",
        _error(
            Group.FIGURES,
            "A caption stands on another page or in another column than its figure or table.",
            "move the figure elsewhere in the text, or shorten its caption; in your own styles, let"
            " nothing part the two",
            "![A tall picture](tower.jpg) and then ![another](mast.jpg) in one column",
            "![A tall picture](tower.jpg), some paragraphs, then ![another](mast.jpg)",
        ),
    )
    IMAGE_INLINE = (
        "image-inline",
        _error(
            Group.FIGURES,
            "An image stands among words.",
            "give it a line of its own, so that it becomes a figure",
            "See ![the quay](quay.png) here.",
            'See the quay.\n\n![The quay.](quay.png){alt="A quay"}',
        ),
    )
    IMAGE_NAME = (
        "image-name",
        _error(
            Group.FIGURES,
            "The name of an image holds a space, which ends it.",
            "put it between angle brackets",
            '![The quay.](east quay.png){alt="A quay"}',
            '![The quay.](<east quay.png>){alt="A quay"}',
        ),
    )
    IMAGE_UNDEFINED = (
        "image-undefined",
        _error(
            Group.FIGURES,
            "An image is named that is not defined.",
            "define it, or write its path in parentheses",
            '![The quay.][quay]{alt="A quay"}',
            '![The quay.](quay.png){alt="A quay"}',
        ),
    )
    IMAGE_CORRUPT = (
        "image-corrupt",
        _error(
            Group.FIGURES,
            "A file is not an image that can be read, or is damaged.",
            "export it again, or copy it again",
            "quay.png, cut short",
            "quay.png, exported again",
        ),
    )
    IMAGE_FORMAT = (
        "image-format",
        _error(
            Group.FIGURES,
            "An image is of a format, or in a color space, that is not supported.",
            "export it again in RGB, as PNG, JPEG or SVG",
            "quay.tiff",
            "quay.png",
        ),
    )
    IMAGE_TOO_DEEP = (
        "image-too-deep",
        _error(
            Group.FIGURES,
            "An image has more than 8 bits of gray.",
            "export it again with 8 bits per channel",
            "quay.png, 16 bits of gray",
            "quay.png, 8 bits of gray",
        ),
    )
    IMAGE_TOO_NARROW = (
        "image-too-narrow",
        _error(
            Group.FIGURES,
            "An image is so much longer than it is wide, or the reverse, that no page can show it.",
            "crop it",
            "a picture of 1 × 9000 pixels",
            "a picture of 900 × 600 pixels",
        ),
    )
    IMAGE_ANIMATED = (
        "image-animated",
        _warning(
            Group.FIGURES,
            "An image is an animation, of which pages show the first picture.",
            "export the picture that is meant, as PNG or JPEG",
            "waves.gif",
            "waves.png",
        ),
    )
    IMAGE_FOREIGN = (
        "image-foreign",
        _error(
            Group.FIGURES,
            "A drawing holds what pages cannot show, such as a script or text along a path.",
            "export it again as plain SVG with outlines, or as PNG",
            "<textPath href='#wave'>Tides</textPath>",
            "<path d='M0 0 …'/>",
        ),
    )
    IMAGE_SIMPLIFIED = (
        "image-simplified",
        _warning(
            Group.FIGURES,
            "A drawing will look otherwise than it is meant, such as without its shadow.",
            "export it again without effects, or as PNG",
            "<rect filter='url(#shadow)'/>",
            "<rect/>",
        ),
    )
    IMAGE_TEXT_LOST = (
        "image-text-lost",
        _error(
            Group.FIGURES,
            "A text in a drawing is not drawn.",
            "convert the text to paths, or export the drawing again",
            "<text font-size='0'>Tides</text>",
            "<text font-size='12'>Tides</text>",
        ),
    )
    IMAGE_UNUSABLE = (
        "image-unusable",
        _error(
            Group.FIGURES,
            "The layout engine cannot show an image.",
            "export it again, as PNG or JPEG",
            "an SVG file of a program's own kind",
            "the same as PNG",
        ),
    )

    TABLE_CAPTION = (
        "table-caption",
        _error(
            Group.TABLES,
            "A table's caption has no words.",
            "write it after `Table:`",
            "| Berth | Depth |\n|---|---|\n| East | 9.5 |\n\nTable:",
            "| Berth | Depth |\n|---|---|\n| East | 9.5 |\n\nTable: Berths.",
        ),
    )
    TABLE_CAPTION_ALONE = (
        "table-caption-alone",
        _error(
            Group.TABLES,
            "A caption that begins with `Table:` follows no table.",
            "put it below the table's last row",
            "The tide rises.\n\nTable: Berths.",
            "| Berth | Depth |\n|---|---|\n| East | 9.5 |\n\nTable: Berths.",
        ),
    )
    TABLE_CAPTION_NESTED = (
        "table-caption-nested",
        _error(
            Group.TABLES,
            "A table's caption stands inside a list or a quotation.",
            "give it a paragraph of its own, without indentation",
            "| Berth | Depth |\n|---|---|\n| East | 9.5 |\n\n> Table: Berths.",
            "| Berth | Depth |\n|---|---|\n| East | 9.5 |\n\nTable: Berths.",
        ),
    )
    TABLE_NESTED = (
        "table-nested",
        _error(
            Group.TABLES,
            "A table stands inside a list or a quotation.",
            "give it a paragraph of its own, without indentation",
            "> | Berth | Depth |\n> |---|---|\n> | East | 9.5 |",
            "| Berth | Depth |\n|---|---|\n| East | 9.5 |",
        ),
    )
    TABLE_RULE = (
        "table-rule",
        _warning(
            Group.TABLES,
            "What looks like a table has no rule below its head, and so is a paragraph.",
            "write a line such as |---|---| below the first row",
            "| Berth | Depth |\n| East | 9.5 |",
            "| Berth | Depth |\n|---|---|\n| East | 9.5 |",
        ),
    )
    TABLE_RULE_CELLS = (
        "table-rule-cells",
        _error(
            Group.TABLES,
            "The rule below a table's head has more or fewer cells than the head.",
            "write as many --- as there are cells",
            "| Berth | Depth |\n|---|\n| East | 9.5 |",
            "| Berth | Depth |\n|---|---|\n| East | 9.5 |",
        ),
    )
    TABLE_RAGGED = (
        "table-ragged",
        _warning(
            Group.TABLES,
            "A row of a table has fewer cells than the head.",
            "end the row with empty cells",
            "| Berth | Depth |\n|---|---|\n| East |",
            "| Berth | Depth |\n|---|---|\n| East | |",
        ),
    )
    TABLE_OVERFULL = (
        "table-overfull",
        _error(
            Group.TABLES,
            "A row of a table has more cells than the head.",
            "add a column to the head, or write a bar within a cell as \\|",
            "| Berth |\n|---|\n| East | 9.5 |",
            "| Berth | Depth |\n|---|---|\n| East | 9.5 |",
        ),
    )
    TABLE_TOO_LARGE = (
        "table-too-large",
        _error(
            Group.TABLES,
            "A table has more cells than a page can show.",
            "make several tables of it",
            "a table of 60 columns",
            "two tables of 8 columns",
        ),
    )
    TABLE_CROWDED = (
        "table-crowded",
        _warning(
            Group.TABLES,
            "A table's columns are so narrow that words in it are broken anywhere.",
            "set it across both columns, or make two tables of it",
            "| Berth | Depth |\n|---|---|\n| East | 9.5 |\n\nTable: Berths.",
            "| Berth | Depth |\n|---|---|\n| East | 9.5 |\n\nTable: Berths. {width=wide}",
        ),
    )

    LANGUAGE_UNKNOWN = (
        "language-unknown",
        _warning(
            Group.LANGUAGES,
            "No labels and habits are known for this language, so English ones are used.",
            "take a language that the message names",
            "language: xx",
            "language: fr",
        ),
    )
    CJK_LANGUAGE = (
        "cjk-language",
        _warning(
            Group.LANGUAGES,
            "The same characters are set in one language here, and in another elsewhere.",
            "mark them with the same language in both places",
            "Kobe ([神戸]{lang=ja}), and later Kobe ([神戸]{lang=zh-Hant})",
            "Kobe ([神戸]{lang=ja}), and later Kobe ([神戸]{lang=ja})",
        ),
    )
    CJK_REGION = (
        "cjk-region",
        _warning(
            Group.LANGUAGES,
            "A word has characters that its language is not written with.",
            "mark the word with its language",
            "神戸",
            "[神戸]{lang=ja}",
        ),
    )
    NAME_CHARACTERS = (
        "name-characters",
        _warning(
            Group.LANGUAGES,
            "A name has other characters in one place than in another.",
            "write the same characters in both places, or correct the glossary",
            "Kobe ([神户]{lang=zh-Hans}), and later Kobe ([神戸]{lang=ja})",
            "Kobe ([神戸]{lang=ja}), and later Kobe ([神戸]{lang=ja})",
        ),
    )
    GLYPH_MISSING = (
        "glyph-missing",
        _error(
            Group.LANGUAGES,
            "No font here has a character of the text.",
            "write it otherwise, or add a font that has it",
            "a character of a rare script",
            "its name in Latin letters",
        ),
    )

    THEME_UNKNOWN = (
        "theme-unknown",
        _error(
            Group.DESIGN,
            "There is no theme of this name.",
            "take one that the message names, or add its folder to themes/",
            "theme: leger",
            "theme: ledger",
        ),
    )
    THEME_CIRCULAR = (
        "theme-circular",
        _error(
            Group.DESIGN,
            "A theme extends itself, directly or by others.",
            "extend another theme",
            "# themes/own/theme.yaml\nextends: own",
            "# themes/own/theme.yaml\nextends: brief",
        ),
    )
    STYLE_NESTED = (
        "style-nested",
        _error(
            Group.DESIGN,
            "A style sheet is nested too deeply for any parser.",
            "look for brackets or blocks that are not closed",
            "p { { { { { { {",
            "p { color: black }",
        ),
    )
    STYLE_OPACITY = (
        "style-opacity",
        _error(
            Group.DESIGN,
            "Something with content is see-through, so a tagged PDF cannot say what it is.",
            "take a lighter color instead of `opacity`",
            "p { opacity: 0.5 }",
            "p { color: #777 }",
        ),
    )
    TEMPLATE_UNUSABLE = (
        "template-unusable",
        _error(
            Group.DESIGN,
            "A template has a mistake, so no page can be made with it.",
            "correct it, or delete it to use the built-in one",
            "{{ article.titel }}",
            "{{ article.title }}",
        ),
    )
    TEMPLATE_CONTRACT = (
        "template-contract",
        _error(
            Group.DESIGN,
            "A template leaves out what the layout needs.",
            "keep the elements, classes and ids that docs/themes.md lists",
            "<section>",
            '<section id="{{ article.id }}">',
        ),
    )
    FONT_UNUSABLE = (
        "font-unusable",
        _error(
            Group.DESIGN,
            "A file is not a font that can be used.",
            "take a static TrueType or OpenType font",
            "cjk_fonts: {ja: fonts/Mincho.woff2}",
            "cjk_fonts: {ja: fonts/Mincho.otf}",
        ),
    )
    FONT_LANGUAGE = (
        "font-language",
        _error(
            Group.DESIGN,
            "A font is named for a language that is not East Asian.",
            "name one such as zh-Hant, zh-Hans, ja or ko",
            "cjk_fonts: {de: fonts/Mincho.otf}",
            "cjk_fonts: {ja: fonts/Mincho.otf}",
        ),
    )

    CONTENT_LOST = (
        "content-lost",
        _error(
            Group.PAGES,
            "A part of the issue does not stand on the pages.",
            "look for what hides it in your styles, or write the text before it otherwise",
            ".standfirst { display: none }",
            ".standfirst { font-style: italic }",
        ),
    )
    OVERLAP = (
        "overlap",
        _error(
            Group.PAGES,
            "Two things on a page lie over each other, such as a picture over its caption.",
            "in your own styles, remove margins and positions that move one of the two",
            "figcaption { margin-top: -30pt }",
            "figcaption { margin-top: 4pt }",
        ),
    )
    OVERSET = (
        "overset",
        _warning(
            Group.PAGES,
            "Something sticks out of its column or page.",
            "shorten the longest word, or divide it",
            "`a_name_of_sixty_letters…`",
            "`a_shorter_name`",
        ),
    )
    OVERSET_CUT = (
        "overset-cut",
        _error(
            Group.PAGES,
            "Something sticks out of the sheet, so a part of it is cut off.",
            "shorten the longest word, or divide it",
            "name: Donaudampfschifffahrtsgesellschaftskapitänskajüte",
            "name: The Danube",
        ),
    )
    MASTHEAD_LONG = (
        "masthead-long",
        _error(
            Group.PAGES,
            "The masthead is longer than the front page has room for.",
            "shorten it, or leave out the contents",
            "contents: true",
            "contents: false",
        ),
    )
    SIDEBAR_LONG = (
        "sidebar-long",
        _error(
            Group.PAGES,
            "What stands beside an article in its offprint is longer than the page.",
            "shorten the article's title, or the `rights` of the publication",
            "rights: (a license of ten lines)",
            "rights: © The Harbor Gazette",
        ),
    )
    ENGINE = (
        "engine",
        _warning(
            Group.PAGES,
            "The layout engine remarks on something, such as a style that it does not know.",
            "correct the style that it names",
            "p { colour: red }",
            "p { color: red }",
        ),
    )
    ENGINE_ERROR = (
        "engine-error",
        _error(
            Group.PAGES,
            "The layout engine could not do something.",
            "correct what it names",
            "a:after { content: target-counter(attr(href), page) }, with a link that leads nowhere",
            "the same, with the id that the link names",
        ),
    )

    PRESS_PROFILE_UNUSABLE = (
        "press-profile-unusable",
        _error(
            Group.EDITIONS,
            "A file is not the color profile of a press.",
            "take the profile that the print shop gives for its press and paper",
            "profile: profiles/srgb.icc",
            "profile: profiles/coated-fogra39.icc",
        ),
    )
    PRESS_LINKS_DROPPED = (
        "press-links-dropped",
        _warning(
            Group.EDITIONS,
            "The articles link to addresses, which nobody can follow on paper.",
            "say in the masthead where the links can be followed",
            "masthead: []",
            "masthead: [{text: 'To follow the links, visit {url}.'}]",
        ),
    )
    PRESS_BLENDING = (
        "press-blending",
        _warning(
            Group.EDITIONS,
            "A drawing blends colors, and there may be more than 300 % of ink there.",
            "export the drawing again without the filter `feBlend`",
            "<filter id='f'><feBlend mode='multiply'/></filter>",
            "(no filter)",
        ),
    )
    PDF_LINK_UNSAFE = (
        "pdf-link-unsafe",
        _error(
            Group.EDITIONS,
            "A link in a PDF leads where no document's link should.",
            "let links of templates lead to https://, mailto: or a place in the issue",
            '<a href="file:///etc/hosts">',
            '<a href="https://gazette.example/">',
        ),
    )
    WEB_PAGE_UNSAFE = (
        "web-page-unsafe",
        _error(
            Group.EDITIONS,
            "The web page would run a script, or fetch something from elsewhere.",
            "remove it from the template or the drawing that the message names",
            "<script>…</script>",
            "(no script)",
        ),
    )

    ARCHIVE_FONT = (
        "archive-font",
        _remark(
            Group.ARCHIVES,
            "A font of the publication is not attached to the archive.",
            "keep the font yourself; its license may forbid to hand it on",
            "fonts/Serif-Regular.ttf, kept nowhere else",
            "fonts/Serif-Regular.ttf, kept beside the archive",
        ),
    )
    ARCHIVE_LINK = (
        "archive-link",
        _remark(
            Group.ARCHIVES,
            "A file is a link to another, and the archive holds a copy of it.",
            "nothing, or put the file itself there",
            "images/logo.png -> ../shared/logo.png",
            "images/logo.png",
        ),
    )
    ARCHIVE_NAME = (
        "archive-name",
        _error(
            Group.ARCHIVES,
            "A file has a name that some systems cannot have, or take for another.",
            "rename the file",
            "images/aux.png",
            "images/auxiliary.png",
        ),
    )
    ARCHIVE_FOREIGN = (
        "archive-foreign",
        _error(
            Group.ARCHIVES,
            "A file to extract from is not an archive that typeset wrote.",
            "take the file that `build --edition archive` wrote",
            "typeset-press extract letter.pdf out",
            "typeset-press extract the-gazette-vol-1-issue-1-archive.pdf out",
        ),
    )
    ARCHIVE_DAMAGED = (
        "archive-damaged",
        _error(
            Group.ARCHIVES,
            "An archive, or a file in it, is damaged or cut short.",
            "copy the archive again",
            "an archive whose download ended early",
            "the same, downloaded again",
        ),
    )
    ARCHIVE_ENCRYPTED = (
        "archive-encrypted",
        _error(
            Group.ARCHIVES,
            "An archive is encrypted, which no archive of typeset is.",
            "take the file that `build --edition archive` wrote",
            "an archive with a password",
            "the archive as it was built",
        ),
    )
    ARCHIVE_TOO_LARGE = (
        "archive-too-large",
        _error(
            Group.ARCHIVES,
            "An archive, or what is in it, is larger than any issue.",
            "take the file that `build --edition archive` wrote",
            "an archive with 10,000 files",
            "the archive as it was built",
        ),
    )

    READING_LIMIT = (
        "reading-limit",
        _error(
            Group.LIMITS,
            "To read the issue took more time or memory than its limits allow.",
            "raise the limit that the message names, or make the files smaller",
            "limits: {seconds: 1}",
            "limits: {seconds: 60}",
        ),
    )
    LAYOUT_LIMIT = (
        "layout-limit",
        _error(
            Group.LIMITS,
            "The layout took more time or memory than its limits allow.",
            "raise the limit that the message names, or look for a huge table or image",
            "limits: {memory_mb: 256}",
            "limits: {memory_mb: 1024}",
        ),
    )
    LAYOUT_NESTED = (
        "layout-nested",
        _error(
            Group.LIMITS,
            "Something is nested too deeply to be read or laid out.",
            "look for brackets within brackets, in styles, and blocks within blocks",
            "calc((((((((((1pt))))))))))",
            "1pt",
        ),
    )
    LAYOUT_FAILED = (
        "layout-failed",
        _error(
            Group.LIMITS,
            "The preview could not lay the issue out, because the machine lacks something.",
            "do what the message says, and run `typeset-press doctor`",
            "a machine without Pango",
            "a machine where `doctor` finds all",
        ),
    )
    INTERNAL_FAULT = (
        "internal-fault",
        _error(
            Group.LIMITS,
            "The preview met a defect of typeset.",
            "report it with the input that shows it",
            "any input that leads there",
            "the same input, with a version that corrects it",
        ),
    )


PARTED: Mapping[Code, tuple[Code, ...]] = {
    Code.ARTICLE_LONG: (Code.ARTICLE_PAGES,),
    Code.ENGINE: (Code.ENGINE_ERROR,),
    Code.FIGURE_ALT: (Code.FIGURE_UNDESCRIBED,),
    Code.HEADING_LEVEL: (Code.HEADING_DEEP,),
    Code.IMAGE_FOREIGN: (Code.IMAGE_SIMPLIFIED,),
    Code.OVERSET: (Code.OVERSET_CUT,),
    Code.TABLE_CAPTION: (Code.TABLE_CAPTION_ALONE,),
    Code.TABLE_RAGGED: (Code.TABLE_OVERFULL, Code.TABLE_RULE_CELLS),
    Code.YAML_COMMENT: (Code.YAML_COMMENT_ONLY,),
}
"""Codes that were split: the new codes for the other meanings, by the old code."""
