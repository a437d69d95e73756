"""A template that lacks what the layout needs is an error that names the file and what it lacks."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pages import lay_out_issue, paragraph
from tests.publications import article, png, write_publication
from typeset import build_issue
from typeset.diagnostics import Diagnostic
from typeset.errors import ContentError
from typeset.files.assets import templates_folder
from typeset.html.contract import CLAUSES, Clause
from typeset.layout.contract import check_contract
from typeset.layout.document import Class
from typeset.layout.engine.documents import parse
from typeset.layout.protocol import Breach, ContractFault
from typeset.layout.renderer import JobFetcher
from typeset.pipeline.build import layout_job, load_issue

BODY = f"""\
{paragraph(1, 30)}[^1]

## A heading

![A picture.](images/x.png){{alt=x credit="The desk"}}

| Port | Ships |
|---|---|
| Kobe | 4 |
Table: Ships of the week {{source="The harbor"}}

[^1]: A note.
"""


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    return write_publication(
        tmp_path,
        publication={"masthead": [{"text": "The desk makes it."}]},
        articles={
            "1.md": article(BODY, takeaway="Ships call."),
            "2.md": article(BODY, takeaway="They still do."),
        },
        files={"images/x.png": png()},
    )


def usual(name: str) -> str:
    return (templates_folder() / "print" / f"{name}.html.j2").read_text("utf-8")


def put(issue: Path, name: str, text: str, folder: str = "templates") -> str:
    """Put a template into the publication; return its path there."""
    path = issue.parent / folder / "print" / f"{name}.html.j2"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return f"{folder}/print/{name}.html.j2"


def breaches(issue: Path, change: Callable[[str], str] = lambda html: html) -> list[Breach]:
    """What the document of an issue lacks, after a change of its HTML."""
    job = layout_job(load_issue(issue))()
    root = parse(change(job.html), job.base_url, JobFetcher(job.resources))
    try:
        check_contract(root, job.contract)
    except ContractFault as fault:
        return list(fault.breaches)
    return []


@pytest.mark.parametrize("flow", ["continuous", "new-page"])
@pytest.mark.parametrize("theme", ["brief", "ledger"])
def test_what_comes_with_typeset_keeps_the_contract(issue: Path, flow: str, theme: str) -> None:
    with (issue / "issue.yaml").open("a", encoding="utf-8") as file:
        file.write(f"flow: {flow}\ntheme: {theme}\n")
    assert breaches(issue) == []


LACKING: dict[str, tuple[str, str | re.Pattern[str], str, str]] = {
    "columns renamed": ("issue", 'class="columns"', 'class="colums"', 'class="columns"'),
    "nameplate without id": ("nameplate", 'id="nameplate"', "", 'id="nameplate"'),
    "nameplate not measured": ("nameplate", 'data-grid="page"', "", "data-grid"),
    "no contents": ("issue", '{% include "print/contents.html.j2" %}', "", 'id="contents"'),
    "masthead not measured": ("masthead", 'data-grid="sidebar"', "", "data-grid"),
    "head of another class": ("head", 'class="head', 'class="top', "head"),
    "head without id": ("head", 'id="{{ article.id }}"', "", 'id="{{ article.id }}"'),
    "no title": ("head", re.compile("<h2.*</h2>"), "", 'id="{{ article.id }}-title"'),
    "no takeaway": ("article", re.compile(r'<p class="takeaway".*</p>'), "", "-takeaway"),
    "takeaway of another class": ("article", 'class="takeaway"', 'class="gist"', "takeaway"),
    "no notes": ("article", '{% include "print/notes.html.j2" %}', "", "-notes"),
    "notes of another class": ("notes", 'class="notes"', 'class="endnotes"', "notes"),
    "notes without ids": ("notes", 'id="{{ note.id }}"', "", 'id="{{ note.id }}"'),
    "no text": ("article", "{{ block.html }}", "", "{{ block.html }}"),
    "figure without id": ("figure", 'id="{{ block.id }}"', "", 'id="{{ block.id }}"'),
    "figure without a class": ("figure", 'class="{{ block.width }}"', "", "`column` or `wide`"),
    "figure not measured": ("figure", "data-grid=", "data-grit=", "data-grid"),
    "figure without a picture": ("figure", "<img", "<embed", "<img>"),
    "figure without a caption": ("figure", "figcaption", "span", "<figcaption>"),
    "figure in a box": ("figure", re.compile("(<figure(?s:.*)>)"), r"<div>\1</div>", "columns"),
    "table without id": ("table", 'id="{{ block.id }}-table"', "", 'id="{{ block.id }}-table"'),
    "table without rows": ("table", "{{ block.html }}", "", "<table>"),
    "a width that is none": ("head", '"first" if lead', '"frist" if lead', "frist"),
    "a place that is none": ("figure", "{% if block.place %}", "{% if 1 %}", 'data-place="None"'),
    "measured without id": ("head", "<h2", '<p data-grid="column">x</p><h2', "lacks an `id`"),
    "no language": ("issue", ' lang="{{ issue.language }}"', "", "lang"),
    "no name": ("issue", re.compile("<title>.*</title>"), "", "<title>"),
    "an id twice": ("article", 'id="{{ article.id }}-takeaway"', 'id="takeaway"', 'id="takeaway"'),
}  # fmt: skip
"""The template, what of it is changed to what, and words of the message."""


@pytest.mark.parametrize("name", LACKING)
def test_what_a_template_lacks_is_reported_with_its_file(issue: Path, name: str) -> None:
    template, old, new, words = LACKING[name]
    text = usual(template)
    changed = old.sub(new, text) if isinstance(old, re.Pattern) else text.replace(old, new)
    assert changed != text
    path = put(issue, template, changed)
    found = breaches(issue)
    assert {one.template.path for one in found} == {path}
    assert any(words in one.message for one in found)
    assert len(found) <= 3, "once, not of each article"


@pytest.mark.parametrize(
    "clause", [one for one in CLAUSES if one.classes], ids=lambda clause: clause.written
)
def test_a_document_that_lacks_a_class_breaks_the_contract(issue: Path, clause: Clause) -> None:
    names = "|".join(clause.classes)

    def without(html: str) -> str:
        return re.sub(rf'(?<=[ "])({names})(?=[ "][^<>]*>)', r"own-\1", html)

    assert any(f"`{clause.written}`" in one.message for one in breaches(issue, without))


def test_the_template_is_blamed_that_could_have_made_it(issue: Path) -> None:
    """An article template of the publication leaves the notes out."""
    text = usual("article").replace('{% include "print/notes.html.j2" %}', "")
    path = put(issue, "article", text)
    put(issue, "contents", usual("contents"))
    assert {one.template.path for one in breaches(issue)} == {path}


def test_a_theme_is_blamed_for_its_templates(issue: Path) -> None:
    path = put(issue, "figure", "<p>No figure.</p>", "themes/own/templates")
    (issue.parent / "themes" / "own" / "theme.yaml").write_text("version: 1\nextends: brief\n")
    with (issue / "issue.yaml").open("a", encoding="utf-8") as file:
        file.write("theme: own\n")
    assert {one.template.path for one in breaches(issue)} == {path}


def test_what_comes_with_typeset_is_named_too(issue: Path) -> None:
    found = breaches(issue, lambda html: html.replace('class="columns"', 'class="text"'))
    assert [(one.template.name, one.template.path) for one in found] == [
        ("print/issue.html.j2", "")
    ]


def reported(issue: Path, *editions: str) -> list[Diagnostic]:
    with pytest.raises(ContentError) as caught:
        build_issue(issue, editions=editions, output=issue.parent / "out")
    assert not (issue.parent / "out").exists()
    return [one for one in caught.value.report.sorted() if one.severity == "error"]


def test_a_build_tells_of_it_and_writes_nothing(issue: Path) -> None:
    path = put(issue, "figure", '<p id="x">No figure.</p>')
    found = reported(issue, "screen")
    assert {(one.code, str(one.location)) for one in found} == {("template-contract", path)}
    assert any('`id="{{ block.id }}"` is missing' in one.message for one in found)
    assert any('2 elements have `id="x"`' in one.message for one in found)
    assert all("docs/themes.md" in one.hints[0] for one in found)


@pytest.mark.slow
def test_offprints_are_looked_at_too_in_the_layout_process(issue: Path) -> None:
    text = usual("offprint").replace('class="columns"', "")
    path = put(issue, "offprint", text)
    (found,) = reported(issue, "offprints")
    assert (found.code, str(found.location)) == ("template-contract", path)
    assert '`class="columns"` is missing' in found.message


def test_the_contract_leaves_designs_free(issue: Path) -> None:
    """Other elements, more classes, no kicker, no byline, no masthead."""
    put(issue, "masthead", "")
    put(
        issue,
        "head",
        '<header class="own head big" id="{{ article.id }}">'
        '<h2 id="{{ article.id }}-title">{{ article.title.html }}</h2></header>',
    )
    put(issue, "issue", usual("issue").replace('class="columns"', 'class="columns own"'))
    pages = lay_out_issue(issue)
    assert pages.laid_out.are_sound
    assert len({line.column for line in pages.laid_out.lines}) == 1 or pages.laid_out.pages > 1
    assert pages.laid_out.lines, "lines are chosen by us, as in the usual columns"


def test_every_clause_is_documented() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "themes.md").read_text("utf-8")
    for clause in CLAUSES:
        assert f"`{clause.written}`" in docs
        for name in clause.classes:
            assert f"`{name}`" in docs or f'class="{name}"' in docs


def test_every_class_that_a_document_may_have_is_documented() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "themes.md").read_text("utf-8")
    assert [name for name in Class if not re.search(rf"[`\"]{name}[`\"]", docs)] == []
