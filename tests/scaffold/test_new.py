"""``typeset-press new``: new files can be built at once, and existing ones are not changed."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import typeset.pipeline.build
import typeset.scaffold.article
from tests.commands import NOVEMBER_27, Command, on_a_terminal
from tests.publications import article, read_manifest, write_publication
from typeset.errors import EnvironmentFault
from typeset.files.new_files import new_folder
from typeset.manifest.settings import Cadence
from typeset.scaffold.cadence import Numbered, day_after, first_day, number_after
from typeset.scaffold.yaml_edit import append_entry, put_values, read_settings
from typeset.scaffold.yaml_quote import in_quotes, listed, scalar


@pytest.fixture
def command(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run the command in a folder of its own, on a known day and without a terminal."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOVEMBER_27)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    return command


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file in a folder, builds excepted, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "build" not in path.relative_to(folder).parts
    }


def builds(command: Command, issue: str | Path) -> None:
    """Build an issue strictly, without any diagnostic."""
    ran = command("build", issue, "--strict")
    assert (ran.code, ran.err) == (0, "")


# --- A publication -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [
        [],
        *(
            pytest.param(options, marks=pytest.mark.slow)
            for options in (
                ["--page", "a4", "--accent", "#1F4E5F", "--publisher", "Harbor: Trust"],
                ["--page", "[180 mm, 250 mm]", "--url", "https://gazette.example/{slug}/"],
                ["--language", "zh-Hant"],
                ["--language", "de-AT", "--date", "2027-01-01"],
            )
        ),
    ],
    ids=" ".join,
)
def test_a_new_publication_builds_without_a_word(command: Command, options: list[str]) -> None:
    ran = command("new", "publication", "--name", "The Harbor Gazette", *options)
    assert ran.code == 0, ran.err
    assert all(path.is_file() for path in ran.paths)
    builds(command, "the-harbor-gazette")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Ærø Avis", "aero-avis"),
        ("1984", "1984"),
        ('Say "No": #1 & Others', "say-no-1-others"),
        ("no", "no"),
        ("It's *Here*", "its-here"),
        ("- [x] {y", "x-y"),
        ("A" * 90, "a" * 80),
    ],
)
def test_a_name_may_be_anything_that_can_be_printed(
    command: Command, name: str, folder: str
) -> None:
    assert command("new", "publication", "--name", name).code == 0
    said = read_settings("p", Path(folder, "publication.yaml").read_text("utf-8"))
    assert said is not None
    assert said["name"] == name
    builds(command, folder)


def test_a_name_without_plain_letters_needs_a_slug(command: Command) -> None:
    ran = command("new", "publication", "--name", "港の新聞")
    assert (ran.code, ran.out) == (2, "")
    assert "--slug" in ran.err
    assert command("new", "publication", "--name", "港", "--slug", "Ha fen").code == 2
    assert list(Path().iterdir()) == []
    assert command("new", "publication", "--name", "港の新聞", "--slug", "minato").code == 0
    said = read_settings("p", Path("minato/publication.yaml").read_text("utf-8"))
    assert said is not None
    assert (said["name"], said["slug"]) == ("港の新聞", "minato")
    builds(command, "minato")


def test_it_says_what_it_wrote_and_how_to_build_it(command: Command) -> None:
    ran = command("new", "publication", "--name", "The Harbor Gazette")
    top, issue, text = ran.paths
    assert top == Path("the-harbor-gazette/publication.yaml")
    assert issue == Path("the-harbor-gazette/2026-12-02/issue.yaml")
    assert text.parent == issue.parent / "articles"
    assert ran.err == "now build it: typeset-press build the-harbor-gazette\n"


def test_answers_stand_in_the_manifest_and_the_rest_beside_it(command: Command) -> None:
    words = [
        "--name",
        "A Brief",
        "--publisher",
        "A Desk",
        "--accent",
        "#1F4E5F",
        "--language",
        "de",
    ]
    command("new", "publication", *words)
    text = Path("a-brief/publication.yaml").read_text("utf-8")
    said = read_settings("publication.yaml", text)
    assert said is not None
    assert (said["publisher"], said["accent"], said["language"]) == ("A Desk", "#1F4E5F", "de")
    assert said["page"] == "a4", "the paper of the language's home"
    assert "url" not in said
    assert "# url: " in text


@pytest.mark.parametrize(
    ("language", "page"),
    [("en-US", "letter"), ("en-GB", "a4"), ("fr-CA", "letter"), ("zh-Hant-TW", "a4"), ("de", "a4")],
)
def test_the_page_is_the_paper_of_the_country(command: Command, language: str, page: str) -> None:
    command("new", "publication", "p", "--name", "P", "--language", language)
    assert f"\npage: {page}\n" in Path("p/publication.yaml").read_text("utf-8")


@pytest.mark.slow
def test_a_language_that_is_not_known_is_reported_and_no_obstacle(command: Command) -> None:
    ran = command("new", "publication", "p", "--name", "P", "--language", "sv")
    assert ran.code == 0
    assert "warning[language-unknown]" in ran.err
    assert command("build", "p").code == 0


def test_a_publication_in_chinese_characters_tags_them_as_its_own(command: Command) -> None:
    command("new", "publication", "p", "--name", "P", "--language", "ko")
    assert "\ncjk_language: ko\n" in Path("p/publication.yaml").read_text("utf-8")


def test_a_given_day_is_the_first_issue_s_and_sets_the_weekday(command: Command) -> None:
    ran = command("new", "publication", "p", "--name", "P", "--date", "2027-01-01")
    assert ran.paths[1] == Path("p/2027-01-01/issue.yaml")
    assert "weekday: friday" in Path("p/publication.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "reported"),
    [
        ([], "needs a name"),
        (["--no-input"], "needs a name"),
        (["--name", " "], "expected a text, found nothing"),
        (["--name", "P", "--accent", "red"], "expected a color such as"),
        (["--name", "P", "--accent", "#FFFF00"], "too light"),
        (["--name", "P", "--page", "a5"], "write letter, a4"),
        (["--name", "P", "--page", "[180, 250]"], "not a length"),
        (["--name", "P", "--page", "[100 mm, 120 mm]"], "too small"),
        (["--name", "P", "--language", "german!"], "not a language tag"),
        (["--name", "P", "--theme", "breif"], "did you mean brief?"),
        (["--name", "P", "--date", "2026-02-31"], "no such day"),
        (["--name", "P", "--url", "p.example"], "not a web address"),
        (["--name", "P {x} Q"], "unknown placeholder `{x}`"),
        (["file", "--name", "P"], "is a file"),
        (["full", "--name", "P"], "not empty; it holds a.txt"),
        (["there", "--name", "P"], "typeset-press new issue"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_begun_is_wrong_usage_and_writes_nothing(
    command: Command, words: list[str], reported: str
) -> None:
    Path("file").write_text("x", "utf-8")
    Path("full").mkdir()
    Path("full/a.txt").write_text("mine", "utf-8")
    Path("there").mkdir()
    Path("there/publication.yaml").write_text("name: Mine\n", "utf-8")
    before = sorted(Path.cwd().rglob("*"))
    ran = command("new", "publication", *words)
    assert (ran.code, ran.out) == (2, "")
    assert reported in ran.err
    assert sorted(Path.cwd().rglob("*")) == before
    assert Path("full/a.txt").read_text("utf-8") == "mine"
    assert Path("there/publication.yaml").read_text("utf-8") == "name: Mine\n"


def test_an_empty_folder_is_used_and_one_with_only_git_in_it(command: Command) -> None:
    Path("p/.git").mkdir(parents=True)
    assert command("new", "publication", "p", "--name", "P").code == 0
    assert sorted(path.name for path in Path("p").iterdir()) == [
        ".git",
        ".schemas",
        "2026-12-02",
        "publication.yaml",
    ]
    builds(command, "p")


def test_the_current_folder_is_used_if_it_is_asked_for(command: Command) -> None:
    ran = command("new", "publication", ".", "--name", "P")
    assert ran.code == 0
    assert ran.paths[0] == Path("publication.yaml")
    builds(command, ".")


@pytest.mark.parametrize("there", [True, False])
def test_a_disk_that_fails_half_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    target = tmp_path / "a" / "b"
    if there:
        target.mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    replace, calls = Path.replace, []

    def failing(self: Path, other: Path) -> Path:
        calls.append(other)
        if len(calls) == (2 if there else 1):
            raise OSError(28, "No space left on device")
        return replace(self, other)

    monkeypatch.setattr(Path, "replace", failing)
    files = {"p.yaml": "x", "b/y": "y", "c/z": "z"}
    with (
        pytest.raises(EnvironmentFault, match="No space left"),
        new_folder(target, files, last="p.yaml"),
    ):
        pass
    assert sorted(tmp_path.rglob("*")) == before


def test_every_file_names_a_schema_that_is_there(command: Command) -> None:
    paths = command("new", "publication", "--name", "P").paths
    paths += command("new", "issue", "p").paths
    paths += command("new", "article", "T", "--issue", "p").paths
    assert len(paths) == 6
    for path in paths:
        line = next(
            line for line in path.read_text("utf-8").splitlines() if line.startswith("# yaml-")
        )
        assert (path.parent / line.partition("$schema=")[2]).is_file()


# --- On a terminal -------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_terminal_is_asked_and_enter_takes_what_is_offered(tmp_path: Path) -> None:
    answers = ["The Harbor Gazette", "", "", "", "", "", ""]
    code, shown = on_a_terminal(
        tmp_path, "new", "publication", answers=answers, SOURCE_DATE_EPOCH=NOVEMBER_27
    )
    assert code == 0
    for word in ("[en-US]", "[letter]", "[brief]", "[the theme's]", "[none]"):
        assert word in shown
    assert (tmp_path / "the-harbor-gazette" / "publication.yaml").is_file()


def test_a_wrong_answer_is_reported_as_the_manifest_tells_it_and_asked_again(
    tmp_path: Path,
) -> None:
    answers = ["P", "x!", "de", "a5", "", "breif", "", "#FFFF00", "#1f4e5f", "", "p.org", ""]
    code, shown = on_a_terminal(
        tmp_path, "new", "publication", answers=answers, SOURCE_DATE_EPOCH=NOVEMBER_27
    )
    assert code == 0
    for words in (
        "`x!` is not a language tag",
        "`a5` is not a page",
        "did you mean brief?",
        "too light to be read on white",
        "not a web address",
    ):
        assert words in shown
    text = (tmp_path / "p" / "publication.yaml").read_text("utf-8")
    assert 'accent: "#1f4e5f"' in text
    assert "page: a4" in text


@pytest.mark.slow
def test_what_an_option_says_is_not_asked(tmp_path: Path) -> None:
    words = ["--name", "P", "--page", "a4", "--theme", "brief", "--accent", "#1F4E5F"]
    answers = ["en-GB", "", ""]
    code, shown = on_a_terminal(
        tmp_path, "new", "publication", *words, answers=answers, SOURCE_DATE_EPOCH=NOVEMBER_27
    )
    assert code == 0
    assert "Page" not in shown


@pytest.mark.slow
def test_a_folder_that_is_taken_is_reported_before_the_other_questions(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "x").write_text("x", "utf-8")
    code, shown = on_a_terminal(
        tmp_path, "new", "publication", answers=["P"], SOURCE_DATE_EPOCH=NOVEMBER_27
    )
    assert code == 2
    assert "not empty" in shown


@pytest.mark.slow
def test_no_input_asks_nothing_on_a_terminal_either(tmp_path: Path) -> None:
    words = ["new", "publication", "--name", "P", "--no-input"]
    code, shown = on_a_terminal(tmp_path, *words, answers=[], SOURCE_DATE_EPOCH=NOVEMBER_27)
    assert code == 0
    assert "Language" not in shown


def test_an_end_of_input_at_a_question_ends_with_130_and_writes_nothing(tmp_path: Path) -> None:
    code, shown = on_a_terminal(
        tmp_path, "new", "publication", answers=["P", "\x04"], SOURCE_DATE_EPOCH=NOVEMBER_27
    )
    assert code == 130
    assert "nothing was written" in shown
    assert list(tmp_path.iterdir()) == []


# --- An issue ------------------------------------------------------------------------------------

SETTINGS = """\
# The autumn issue.
volume: 1   # the first year
number: 3
date: 2026-11-25

# Guests only.
masthead:
    - {heading: Guest, text: "A: B"}  # for once
page:    a4
articles:
    # the lead
    - articles/01-harbor.md  # long
    - path: articles/02-quay.md
      max_pages: 3
flow: continuous
"""


def three_issues(folder: Path, days: Mapping[str, tuple[int, int]]) -> None:
    for day, (volume, number) in days.items():
        issue = write_publication(folder, issue={"volume": volume, "number": number, "date": day})
        issue.rename(folder / day)


def test_the_next_issue_goes_on_and_builds(command: Command) -> None:
    command("new", "publication", "p", "--name", "P")
    ran = command("new", "issue", "p")
    assert ran.code == 0
    assert ran.paths[0] == Path("p/2026-12-16/issue.yaml")
    assert ran.err == "volume 1, number 2, Wednesday 2026-12-16\n"
    builds(command, "p")


def test_everything_an_issue_says_for_itself_is_carried_over_as_written(command: Command) -> None:
    texts = {"01-harbor.md": article(), "02-quay.md": article()}
    write_publication(Path("p"), issue=SETTINGS, articles=texts)
    before = files_in(Path("p"))
    (path, text) = command("new", "issue", "p").paths
    assert path.read_text("utf-8") == (
        SETTINGS.replace("number: 3", "number: 4")
        .replace("2026-11-25", "2026-12-09")
        .replace(
            "    - articles/01-harbor.md  # long\n"
            "    - path: articles/02-quay.md\n"
            "      max_pages: 3\n",
            f"    - articles/{text.name}\n",
        )
    )
    assert before.items() <= files_in(Path("p")).items()
    builds(command, path)


@pytest.mark.parametrize("written", ["10.5555/3  # ours", "'10.5555/3'", ""])
def test_a_doi_is_that_of_one_issue(command: Command, written: str) -> None:
    write_publication(Path("p"), issue=f"doi: {written}\n{SETTINGS}", articles={"1.md": article()})
    ran = command("new", "issue", "p")
    assert ran.code == 0, ran.err
    assert "10.5555" not in ran.paths[0].read_text("utf-8")
    assert read_manifest(ran.paths[0])[0] is not None


@pytest.mark.parametrize(
    "manifest",
    [
        "{volume: 1, number: 3, date: 2026-11-25, articles: [articles/01-harbor.md]}\n",
        "articles: [articles/01-harbor.md]\nvolume: '1'\nnumber: \"3\"\ndate: '2026-11-25'",
        "volume: 1\r\nnumber: 3\r\ndate: 2026-11-25\r\narticles:\r\n- articles/01-harbor.md\r\n",
        "\ufeffvolume: 1\nnumber: 3\ndate: 2026-11-25\narticles:\n- path: articles/01-harbor.md",
    ],
    ids=["braces", "quotes", "line ends", "byte order mark"],
)
def test_a_manifest_in_any_style_can_be_gone_on_from(command: Command, manifest: str) -> None:
    write_publication(Path("p"), issue=manifest)
    ran = command("new", "issue", "p")
    assert ran.code == 0, ran.err
    builds(command, ran.paths[0])


def test_options_override_numbers_and_day(command: Command) -> None:
    write_publication(Path("p"))
    words = ["--volume", "7", "--number", "4", "--date", "2026-02-03"]
    ran = command("new", "issue", "p", *words)
    assert ran.paths[0] == Path("p/2026-02-03/issue.yaml")
    assert ran.err.startswith("volume 7, number 4, Tuesday")
    assert command("new", "issue", "p", "--volume", "8").err.startswith("volume 8, number 1,")


def test_the_publication_around_the_current_folder_is_meant(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write_publication(Path("p")) / "articles")
    ran = command("new", "issue")
    assert ran.paths[0] == Path("../../2026-01-28/issue.yaml")
    assert ran.paths[0].is_file()


def test_a_publication_without_an_issue_gets_its_first(command: Command) -> None:
    Path("p").mkdir()
    Path("p/publication.yaml").write_text("schema: 1\nname: P\n", "utf-8")
    ran = command("new", "issue", "p", "--volume", "12")
    assert ran.err == "volume 12, number 1, Wednesday 2026-12-02\n"
    builds(command, "p")


def test_an_issue_that_is_there_is_wrong_usage(command: Command) -> None:
    write_publication(Path("p"))
    before = files_in(Path("p"))
    for words, reported in (
        (["--date", "2026-01-14"], "already"),
        (["--number", "1"], "volume 1, number 1"),
        (["--date", "14.1.2026"], "not a date"),
    ):
        ran = command("new", "issue", "p", *words)
        assert (ran.code, ran.out) == (2, "")
        assert reported in ran.err
    assert files_in(Path("p")) == before


def test_mistakes_of_an_earlier_issue_are_reported_at_their_place(command: Command) -> None:
    write_publication(Path("p"), issue={"vollume": 2})
    ran = command("new", "issue", "p")
    assert ran.code == 1
    assert "2026-01-14/issue.yaml:6:1: error[setting-unknown]" in ran.err


def test_a_turn_of_the_year_without_example_goes_on_and_says_so(command: Command) -> None:
    write_publication(Path("p"), issue={"date": "2026-12-23"})
    ran = command("new", "issue", "p")
    assert ran.err.splitlines()[0] == "volume 1, number 2, Wednesday 2027-01-06"
    assert "--volume 2" in ran.err


@pytest.mark.parametrize(
    ("numbers", "then"),
    [
        ([(1, 26), (2, 1), (2, 2)], (3, 1)),
        ([(1, 26), (2, 27), (2, 28)], (3, 29)),
        ([(1, 26), (1, 27), (1, 28)], (1, 29)),
        ([(4, 1), (4, 1), (4, 2)], (4, 1)),
    ],
)
def test_a_turn_of_the_year_does_as_the_last_one_did(
    numbers: list[tuple[int, int]], then: tuple[int, int]
) -> None:
    days = [date(2025, 12, 24), date(2026, 1, 7), date(2026, 12, 23)]
    issues = [Numbered(*pair, day) for pair, day in zip(numbers, days, strict=True)]
    next_one = number_after(issues, date(2027, 1, 6))
    assert (next_one.volume, next_one.number) == then


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 60), st.integers(0, 6))
def test_the_next_day_is_of_the_cadence_and_near(day: date, weeks: int, weekday: int) -> None:
    name = "monday tuesday wednesday thursday friday saturday sunday".split()[weekday]
    cadence = Cadence.model_validate({"weeks": weeks, "weekday": name})
    later = day_after(cadence, day)
    assert later.weekday() == weekday
    assert abs((later - day).days - 7 * weeks) <= 3
    first = first_day(cadence, day)
    assert first.weekday() == weekday
    assert 0 <= (first - day).days < 7


# --- An article ----------------------------------------------------------------------------------


def test_a_new_article_is_listed_and_builds(command: Command) -> None:
    issue = write_publication(Path("p"))
    words = ["--author", "Ann Ode", "--author", "Bea, Jr.", "--kicker", "Ports: East"]
    ran = command("new", "article", 'The Quay Is "Open": #2', "--issue", issue, *words)
    assert (ran.code, ran.err) == (0, "")
    assert ran.paths == [issue / "articles" / "02-the-quay-is-open-2.md"]
    head = ran.paths[0].read_text("utf-8").split("---\n")[1]
    assert read_settings("a", head) == {
        "title": 'The Quay Is "Open": #2',
        "kicker": "Ports: East",
        "authors": ["Ann Ode", "Bea, Jr."],
    }
    listed_now = read_settings("i", (issue / "issue.yaml").read_text("utf-8"))
    assert listed_now is not None
    assert listed_now["articles"][-1] == "articles/02-the-quay-is-open-2.md"
    builds(command, issue)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("港の新聞", "02-article.md"),
        ("Straße und Œuvre", "02-strasse-und-oeuvre.md"),
        ("It's Ann's", "02-its-anns.md"),
        ("word " * 30, "02-word-word-word-word-word-word-word-word.md"),
    ],
)
def test_a_file_s_name_comes_from_the_title(command: Command, title: str, name: str) -> None:
    issue = write_publication(Path("p"))
    assert command("new", "article", title, "--issue", issue).paths[0].name == name
    builds(command, issue)


def test_numbers_go_on_from_the_highest_there_is(command: Command) -> None:
    texts = {"01-a.md": article(), "07-b.md": article(), "plain.md": article()}
    issue = write_publication(Path("p"), articles=texts, files={"articles/08-draft.md": "x"})
    assert command("new", "article", "T", "--issue", issue).paths[0].name == "09-t.md"


HEAD = "volume: 1\nnumber: 1\ndate: 2026-01-14\n"
LISTS = {
    "block": ("articles:\n  - {}\n", "articles:\n  - {}\n  - {}\n"),
    "not indented": ("articles:\n- {}\n", "articles:\n- {}\n- {}\n"),
    "no line end": ("articles:\n  - {}", "articles:\n  - {}\n  - {}"),
    "comments": (
        "articles: # all\n  # one\n  - {}   # lead\n\n# after\nflow: continuous\n",
        "articles: # all\n  # one\n  - {}   # lead\n  - {}\n\n# after\nflow: continuous\n",
    ),
    "mappings": (
        "articles:\n  -   path: {}\n      max_pages: 3 # at most\n",
        "articles:\n  -   path: {}\n      max_pages: 3 # at most\n  - {}\n",
    ),
    "quotes": ("articles:\n  - '{}'\n", "articles:\n  - '{}'\n  - {}\n"),
    "brackets": ("articles: [{}]\n", "articles: [{}, {}]\n"),
    "brackets with a comma": ("articles: [ {} , ]  # x\n", "articles: [ {}, {} , ]  # x\n"),
    "brackets and braces": (
        "articles: [{{path: {}, max_pages: 3}}]\n",
        "articles: [{{path: {}, max_pages: 3}}, {}]\n",
    ),
    "brackets over lines": (
        "articles: [\n  {}  # lead\n]\nflow: continuous\n",
        "articles: [\n  {},  # lead\n  {}\n]\nflow: continuous\n",
    ),
    "brackets over lines with a comma": (
        "articles: [\n  {},  # lead\n]\n",
        "articles: [\n  {},  # lead\n  {},\n]\n",
    ),
}


@pytest.mark.parametrize(
    "ends", ["\n", pytest.param("\r\n", marks=pytest.mark.slow)], ids=["LF", "CRLF"]
)
@pytest.mark.parametrize("style", LISTS)
def test_the_list_grows_by_a_line_and_all_else_stays(
    command: Command, style: str, ends: str
) -> None:
    before, after = LISTS[style]
    one, two = "articles/01-harbor.md", "articles/02-t.md"
    text = ("# Mine.\n" + HEAD + before.format(one)).replace("\n", ends)
    issue = write_publication(Path("p"), issue=text.encode())
    ran = command("new", "article", "T", "--issue", issue)
    assert (ran.code, ran.err) == (0, "")
    wanted = ("# Mine.\n" + HEAD + after.format(one, two)).replace("\n", ends)
    assert (issue / "issue.yaml").read_bytes().decode() == wanted
    builds(command, issue)


def test_a_list_that_is_not_the_issue_s_own_is_left_and_the_line_is_reported(
    command: Command,
) -> None:
    listed_above = {"articles": ["articles/01-harbor.md"]}
    folder = write_publication(Path("p"), publication=listed_above, issue=HEAD)
    before = (folder / "issue.yaml").read_bytes()
    ran = command("new", "article", "T", "--issue", folder)
    assert ran.code == 0
    assert ran.paths[0].is_file()
    assert "warning[article-unlisted]" in ran.err
    assert "`- articles/02-t.md`" in ran.err
    assert (folder / "issue.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code", "reported"),
    [
        ([], 2, "TITLE"),
        ([" "], 2, "`title`"),
        (["T", "--author", " "], 2, "`authors[1].name`"),
        (["T", "--issue", "nowhere"], 2, "there is no folder nowhere"),
        (["T\x07", "--issue", "p"], 2, "U+0007"),
    ],
)
def test_an_article_that_cannot_be_begun_writes_nothing(
    command: Command, words: list[str], code: int, reported: str
) -> None:
    write_publication(Path("p"))
    before = files_in(Path("p"))
    ran = command("new", "article", *words, *([] if "--issue" in words else ["--issue", "p"]))
    assert (ran.code, ran.out) == (code, "")
    assert reported in ran.err
    assert files_in(Path("p")) == before


def test_an_issue_with_mistakes_is_reported_and_left_alone(command: Command) -> None:
    issue = write_publication(Path("p"), issue={"vollume": 2})
    before = files_in(Path("p"))
    ran = command("new", "article", "T", "--issue", issue)
    assert ran.code == 1
    assert "error[setting-unknown]" in ran.err
    assert files_in(Path("p")) == before


def test_a_missing_article_is_no_reason_not_to_begin_another(command: Command) -> None:
    issue = write_publication(Path("p"), issue={"articles": ["articles/01-later.md"]})
    assert command("new", "article", "T", "--issue", issue).code == 0


def test_an_article_is_taken_back_if_the_list_cannot_be_written(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = write_publication(Path("p"), articles={})
    (issue / "issue.yaml").write_text(HEAD + "articles: [articles/01-a.md]\n", "utf-8")
    before = sorted(Path("p").rglob("*"))

    def failing(path: Path, data: bytes) -> str:
        raise EnvironmentFault(f"{path} cannot be written: no space")

    monkeypatch.setattr(typeset.scaffold.article, "write_whole", failing)
    ran = command("new", "article", "T", "--issue", issue)
    assert (ran.code, ran.out) == (3, "")
    assert sorted(Path("p").rglob("*")) == before


def test_inside_an_issue_that_issue_is_meant_and_elsewhere_the_newest(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = write_publication(Path("p")).resolve()
    command("new", "issue", "p")
    monkeypatch.chdir(issue / "articles")
    assert command("new", "article", "T").paths == [Path("02-t.md")]
    monkeypatch.chdir(issue.parent)
    assert command("new", "article", "T").paths == [Path("2026-01-28/articles/02-t.md")]


# --- YAML ----------------------------------------------------------------------------------------

PRINTABLE = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1)


@given(PRINTABLE, PRINTABLE)
def test_any_text_comes_back_from_yaml_as_it_was(one: str, two: str) -> None:
    text = f"a: {scalar(one)}\nb: {in_quotes(one)}\nc: {listed([one, two])}\n"
    assert read_settings("x", text) == {"a": one, "b": one, "c": [one, two]}


def test_values_are_put_in_their_places_and_missing_ones_at_the_end() -> None:
    text = "a:\nb: 'x'  # kept\nc:\n- 1 # gone\n- 2 # gone\nd: [1]"
    made = put_values(text, {"a": "1", "b": "2", "c": ["y"], "d": ["z"], "e": "3"})
    assert made == "a: 1\nb: 2  # kept\nc:\n- y\nd: [z]\ne: 3\n"


@pytest.mark.parametrize("text", ["a: 1\n", "a: []\n", "a: x\n", "b: [1]\n"])
def test_a_list_that_is_none_cannot_be_extended(text: str) -> None:
    with pytest.raises(ValueError, match="no list"):
        append_entry(text, "a", "x")
