"""The issue that is made from settings: its slug, and the placeholders of the masthead."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publications import ISSUE_FOLDER, article, said, write_publication
from typeset.diagnostics import Diagnostic
from typeset.errors import ContentError
from typeset.model import Issue
from typeset.pipeline.assemble import slug_of
from typeset.pipeline.build import load_issue

URL = "https://example.org/issues/{slug}/"


def issue_of(folder: Path, **publication: object) -> Issue:
    loaded = load_issue(write_publication(folder, publication=publication))
    assert list(loaded.report) == []
    return loaded.issue


def masthead(folder: Path, text: str, **publication: object) -> str:
    """Return the HTML of a masthead of one text."""
    issue = issue_of(folder, masthead=[{"text": text}], **publication)
    return str(issue.masthead[0].text.html)


def problems(folder: Path, **publication: object) -> list[Diagnostic]:
    with pytest.raises(ContentError) as caught:
        load_issue(write_publication(folder, publication=publication))
    return caught.value.report.sorted()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("The Littoral", "the-littoral"),
        ("  Ports & Straits, Weekly! ", "ports-straits-weekly"),
        ("Café Économique", "cafe-economique"),
        ("Übersee Zürich", "ubersee-zurich"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Ærø Øst", "aero-ost"),
        ("İstanbul Işık", "istanbul-isik"),
        ("The Editor's Brief", "the-editors-brief"),
        ("The Editor’s Brief", "the-editors-brief"),
        ("H₂O is ﬁne", "h2o-is-fine"),
        ("The 東京 Brief", "the-brief"),
        ("../../etc/passwd", "etc-passwd"),
        ("\u202eevil\u0000", "evil"),
    ],
)
def test_the_name_of_the_files_is_plain(name: str, slug: str) -> None:
    assert slug_of(name, 1, 3) == f"{slug}-vol-1-issue-3"


@pytest.mark.parametrize("name", ["海事週報", "Морской вестник", "-", "*港* [東京]{lang=ja}"])
def test_a_name_without_plain_letters_needs_a_slug(tmp_path: Path, name: str) -> None:
    (problem,) = [one for one in problems(tmp_path, name=name) if one.code == "slug-missing"]
    assert str(problem.location).startswith("publication.yaml:2")
    assert "set `slug:`" in problem.hints[0]
    assert issue_of(tmp_path, name=name, slug="haishi").slug == "haishi-vol-1-issue-1"


def test_the_name_of_the_files_is_never_too_long_for_one() -> None:
    slug = slug_of("word " * 1_000, 99_999, 99_999)
    assert len(slug) < 120
    assert slug.endswith("word-vol-99999-issue-99999")


def test_marks_in_the_publications_name_are_not_in_the_name_of_the_files(tmp_path: Path) -> None:
    issue = issue_of(tmp_path, name="The *Littoral* [東京]{lang=ja}")
    assert issue.slug == "the-littoral-vol-1-issue-1"
    assert issue.name.text == "The Littoral 東京"


def test_the_address_names_the_issue(tmp_path: Path) -> None:
    issue = issue_of(tmp_path, url=URL)
    assert issue.url == f"https://example.org/issues/{issue.slug}/"


def test_the_address_may_name_year_volume_and_number(tmp_path: Path) -> None:
    issue = issue_of(tmp_path, url="https://example.org/{year}/{volume}-{number}.html")
    assert issue.url == "https://example.org/2026/1-1.html"


def test_an_issue_needs_no_address(tmp_path: Path) -> None:
    assert issue_of(tmp_path).url is None


def test_the_masthead_takes_the_issues_values(tmp_path: Path) -> None:
    assert masthead(tmp_path, "{year}/{volume}/{number}, {year}") == "2026/1/1, 2026"


def test_a_bare_address_becomes_a_link(tmp_path: Path) -> None:
    url = "https://example.org/issues/the-test-brief-vol-1-issue-1/"
    html = masthead(tmp_path, "Visit {url}.", url=URL)
    assert f'href="{url}"' in html
    assert html.startswith("Visit <a ")
    assert html.endswith("</a>.")


@pytest.mark.parametrize("text", ["[here]({url})", "<{url}>", "{url}"])
def test_an_address_is_one_link_wherever_it_stands(text: str, tmp_path: Path) -> None:
    html = masthead(tmp_path, text, url=URL)
    assert html.count("<a ") == 1
    assert "&lt;" not in html


def test_a_heading_takes_the_issues_values_too(tmp_path: Path) -> None:
    issue = issue_of(tmp_path, masthead=[{"heading": "Issue {number}", "text": "A"}, {"text": "B"}])
    assert [entry.heading.text for entry in issue.masthead] == ["Issue 1", ""]


def test_texts_of_the_masthead_may_hold_markdown(tmp_path: Path) -> None:
    assert masthead(tmp_path, "**The Brief** is *new*.") == (
        "<strong>The Brief</strong> is <em>new</em>."
    )


@pytest.mark.parametrize("text", ["a { year } b", "a {Year} b", "a {} b", "a {2026} b"])
def test_other_braces_are_text(text: str, tmp_path: Path) -> None:
    assert masthead(tmp_path, text) == text


def test_a_placeholder_is_never_more_than_a_placeholder(tmp_path: Path) -> None:
    text = "{{ config }} {% for x in y %} {number.__class__} {number!r} ${number}"
    assert "Config" not in masthead(tmp_path, text.replace("{{ config }}", ""))
    assert "__class__" in masthead(tmp_path / "2", "`{number.__class__}` {number}")


def test_a_value_is_not_searched_for_placeholders(tmp_path: Path) -> None:
    issue = issue_of(tmp_path, url="https://example.org/%7Bnumber%7D", masthead=[{"text": "{url}"}])
    assert "%7Bnumber%7D" in str(issue.masthead[0].text.html)


def test_an_unknown_placeholder_is_reported_with_the_nearest(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, masthead=[{"heading": "A", "text": "No. {numbr}"}])
    assert problem.code == "placeholder-unknown"
    assert str(problem.location) == "publication.yaml:6:9"
    assert "`{numbr}`" in said(problem)
    assert "did you mean number?" in said(problem)


def test_an_unknown_placeholder_like_no_other_is_reported_with_all(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, masthead=[{"text": "{xyzzy}"}])
    for name in ("{url}", "{year}", "{volume}", "{number}"):
        assert name in said(problem)


def test_an_unknown_placeholder_in_the_address_is_reported(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, url="https://example.org/{slg}/")
    assert (problem.code, str(problem.location)) == ("placeholder-unknown", "publication.yaml:4:6")
    assert "did you mean slug?" in said(problem)


def test_an_address_that_is_not_set_is_reported_with_a_way_out(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, masthead=[{"text": "Visit {url}."}])
    assert problem.code == "placeholder-empty"
    assert "set `url:` in publication.yaml" in said(problem)


def test_articles_come_in_the_manifests_order(tmp_path: Path) -> None:
    texts = {"b.md": article(title="First"), "a.md": article(title="Second")}
    issue = load_issue(write_publication(tmp_path, articles=texts)).issue
    assert [entry.title.text for entry in issue.articles] == ["First", "Second"]


def test_mistakes_of_manifest_and_articles_are_reported_in_one_run(tmp_path: Path) -> None:
    issue = write_publication(
        tmp_path,
        publication={"langauge": "en-US"},
        issue={"date": "2026-02-31", "articles": ["articles/a.md", "articles/b.md"]},
        articles={"a.md": article(titel="A"), "b.md": ""},
    )
    with pytest.raises(ContentError) as caught:
        load_issue(issue)
    places = [(str(p.location), p.code) for p in caught.value.report.sorted()]
    assert [code for _, code in places] == [
        "setting-unknown",
        "article-empty",
        "setting-invalid",
        "setting-unknown",
    ]
    assert places[0] == (f"{ISSUE_FOLDER}/articles/a.md:5:1", "setting-unknown")
