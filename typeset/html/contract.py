"""What the layout needs in the documents that templates make, and which template must write it.

Templates may write any HTML, as long as the layout finds the elements that it handles: by class
those that flow from column to column, and by id those that it measures and moves.  Classes and ids
are those of the document's vocabulary, which the layout itself looks for.
``docs/themes.md`` lists the same for authors of templates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from typeset.layout.document import Class, Id
from typeset.layout.protocol import Contract, Need, Template
from typeset.model import Article, Block, Figure, Issue, Offprint, Prose, Table
from typeset.theme.design import Design

__all__ = ["CLAUSES", "Clause", "contract_of"]

_WEB = "web/"
_ARTICLE, _BLOCK, _NOTE = "{{ article.id }}", "{{ block.id }}", "{{ note.id }}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """An element that a document must have for each part of one kind."""

    ids: Callable[[Issue], Iterator[str]]
    """Yields the ids of the elements that an issue needs; an empty one stands for no id."""
    written: str
    """The id, or else the class, as a template writes it."""
    purpose: str
    templates: tuple[str, ...]
    """The template that writes it, then those that include that one."""
    classes: tuple[str, ...] = ()
    """Classes of which it must have one."""
    within: str = ""
    """The class of its parent."""
    measured: bool = False
    """Whether it is measured by itself, and so must be marked with ``data-grid``."""
    holds: str = ""
    """The tag of an element that it must contain."""
    required: bool = True
    """Whether the element must exist; if False, it must only be correct where it exists."""


def _once(name: str) -> Callable[[Issue], Iterator[str]]:
    return lambda _issue: iter((name,))


def _contents(issue: Issue) -> Iterator[str]:
    if issue.contents:
        yield Id.CONTENTS


def _articles(
    ending: str, has: Callable[[Article], object] = bool
) -> Callable[[Issue], Iterator[str]]:
    """Return a function that yields an id for each article for which ``has`` is true."""
    return lambda issue: (f"{one.id}{ending}" for one in issue.articles if has(one))


def _notes(issue: Issue) -> Iterator[str]:
    return (note.id for article in issue.articles for note in article.notes)


def _blocks(
    kind: type[Block], ending: str = "", has: Callable[[Block], object] = bool
) -> Callable[[Issue], Iterator[str]]:
    """Return a function that yields an id for each block of a kind for which ``has`` is true."""
    return lambda issue: (
        f"{block.id}{ending}"
        for article in issue.articles
        for block in article.blocks
        if isinstance(block, kind) and has(block)
    )


def _has_caption(block: Block) -> bool:
    return isinstance(block, Figure) and bool(block.caption or block.credit)


CLAUSES = (
    Clause(
        ids=_once(""),
        written=f'class="{Class.COLUMNS}"',
        classes=(Class.COLUMNS,),
        purpose="what is in it flows from column to column",
        templates=("issue",),
    ),
    Clause(
        ids=_once(Id.NAMEPLATE),
        written=f'id="{Id.NAMEPLATE}"',
        measured=True,
        purpose="the text of the front page begins below it",
        templates=("nameplate", "issue"),
    ),
    Clause(
        ids=_contents,
        written=f'id="{Id.CONTENTS}"',
        purpose="it lists the articles; `contents: false` does without",
        templates=("contents", "issue"),
    ),
    Clause(
        ids=_once(Id.MASTHEAD),
        written=f'id="{Id.MASTHEAD}"',
        measured=True,
        required=False,
        purpose="whether it fits the front page is judged by its height",
        templates=("masthead", "issue"),
    ),
    Clause(
        ids=_articles(""),
        written=f'id="{_ARTICLE}"',
        classes=(Class.HEAD,),
        within=Class.COLUMNS,
        purpose="an article begins there",
        templates=("head", "article", "issue"),
    ),
    Clause(
        ids=_articles("-title"),
        written=f'id="{_ARTICLE}-title"',
        purpose="it is the article's title",
        templates=("head", "article", "issue"),
    ),
    Clause(
        ids=_articles("-takeaway", lambda article: article.takeaway),
        written=f'id="{_ARTICLE}-takeaway"',
        classes=(Class.TAKEAWAY,),
        within=Class.COLUMNS,
        purpose="figures that still wait for room come before it",
        templates=("article", "issue"),
    ),
    Clause(
        ids=_articles("-notes", lambda article: article.notes),
        written=f'id="{_ARTICLE}-notes"',
        classes=(Class.NOTES,),
        within=Class.COLUMNS,
        purpose="figures that still wait for room come before it",
        templates=("notes", "article", "issue"),
    ),
    Clause(
        ids=_notes,
        written=f'id="{_NOTE}"',
        within=Class.NOTES,
        purpose="it is an endnote, to which its calls lead",
        templates=("notes", "article", "issue"),
    ),
    Clause(
        ids=_blocks(Prose),
        written="{{ block.html }}",
        purpose="it is text of the article",
        templates=("article", "issue"),
    ),
    Clause(
        ids=_blocks(Figure),
        written=f'id="{_BLOCK}"',
        classes=(Class.COLUMN, Class.WIDE),
        within=Class.COLUMNS,
        measured=True,
        holds="img",
        purpose="a figure is measured, and moved to where it has room",
        templates=("figure", "article", "issue"),
    ),
    Clause(
        ids=_blocks(Figure, has=_has_caption),
        written=f'id="{_BLOCK}"',
        holds="figcaption",
        purpose="a caption stays with its picture",
        templates=("figure", "article", "issue"),
    ),
    Clause(
        ids=_blocks(Table, "-table"),
        written=f'id="{_BLOCK}-table"',
        classes=(Class.COLUMN, Class.WIDE),
        within=Class.COLUMNS,
        measured=True,
        holds="table",
        purpose="a table is measured with its caption, and moved to where it has room",
        templates=("table", "article", "issue"),
    ),
    Clause(
        ids=_blocks(Table),
        written="{{ block.html }}",
        purpose="it is a table of the article",
        templates=("table", "article", "issue"),
    ),
)
"""All needs, in the order in which breaches are reported."""

_OF_OFFPRINTS = {
    "issue": "print/offprint.html.j2",
    "nameplate": "print/offprint-nameplate.html.j2",
    "masthead": "print/offprint-sidebar.html.j2",
}
"""The templates that replace others in an offprint."""


def contract_of(issue: Issue, design: Design, offprint: Offprint | None = None) -> Contract:
    """Return the contract of the document of an issue, or of an offprint.

    Args:
        issue: what is printed.
        design: the design whose templates print it.
        offprint: the article that is printed by itself; None for the whole issue.
    """

    def responsible(names: tuple[str, ...]) -> Template:
        """Return the first template that is not typeset's own, or else the first."""
        templates = [_template(name, design, offprint) for name in names]
        return next((one for one in templates if one.path), templates[0])

    clauses = [one for one in CLAUSES if not (offprint and one.ids is _contents)]
    needs = tuple(
        Need(
            responsible(clause.templates),
            clause.written,
            clause.purpose,
            element_id,
            clause.classes,
            clause.within,
            clause.measured,
            clause.holds,
            clause.required,
        )
        for clause in clauses
        for element_id in clause.ids(issue)
    )
    own = {**design.theme.templates, **design.templates}
    templates = [
        Template(name, path) for name, (path, _) in own.items() if not name.startswith(_WEB)
    ]
    return Contract(needs, templates[0] if len(templates) == 1 else responsible(("issue",)))


def _template(name: str, design: Design, offprint: Offprint | None) -> Template:
    full = f"print/{name}.html.j2"
    if offprint is not None:
        full = _OF_OFFPRINTS.get(name, full)
    path, _ = {**design.theme.templates, **design.templates}.get(full, ("", ""))
    return Template(full, path)
