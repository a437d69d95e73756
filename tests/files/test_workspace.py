"""The workspace: nothing outside the publication is read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typeset.files import workspace as module
from typeset.files.workspace import ReadProblem, Workspace

TEXT = "A harbor at dawn."
UNSEEN = "What is said here is nobody's business."


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication beside other files, with links that lead to them."""
    home = tmp_path_factory.mktemp("home")
    root = home / "publication"
    for folder in ("issue/articles", "issue/images", "issue/sub", "shared", ".git"):
        (root / folder).mkdir(parents=True)
    for name in ("issue/articles/01.md", "issue/images/a.png", "shared/a.png", ".git/config"):
        (root / name).write_text(TEXT, "utf-8")
    (home / "publication-2").mkdir()
    for name in ("secret.md", "publication-2/secret.md"):
        (home / name).write_text(UNSEEN, "utf-8")
    (root / "issue" / "out").symlink_to(home)
    (root / "issue" / "out.md").symlink_to(home / "secret.md")
    (root / "issue" / "in.md").symlink_to("articles/01.md")
    (root / "issue" / "sub" / "loop").symlink_to(".")
    (root / "issue" / "self").symlink_to("self")
    os.mkfifo(root / "issue" / "fifo")
    return root


def code_of(problem: pytest.ExceptionInfo[ReadProblem]) -> str:
    return problem.value.fault


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("a.png", "shared/a.png"),
        ("images/a.png", "issue/images/a.png"),
        ("../shared/a.png", "shared/a.png"),
        ("./images//a.png", "issue/images/a.png"),
        ("in.md", "issue/articles/01.md"),
        ("out/publication/shared/a.png", "shared/a.png"),
        ("sub/loop/loop/../images/a.png", "issue/images/a.png"),
    ],
)
def test_a_file_is_found_where_its_resolved_path_lies(
    reference: str, found: str, root: Path
) -> None:
    assert Workspace.at(root).find(reference, "shared", "issue") == found


def test_the_first_folder_that_has_the_file_wins(root: Path) -> None:
    workspace = Workspace.at(root)
    assert workspace.find("a.png", "issue/images", "shared") == "issue/images/a.png"
    assert workspace.find("a.png", "shared", "issue/images") == "shared/a.png"


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("b.png", "missing"),
        ("articles/01.md/x", "missing"),
        ("../../secret.md", "outside"),
        ("../../publication-2/secret.md", "outside"),
        ("../../no-such-file", "outside"),
        ("out.md", "outside"),
        ("out/secret.md", "outside"),
        ("/etc/passwd", "outside"),
        ("//etc/passwd", "outside"),
        ("C:/secret.md", "outside"),
        ("..\\..\\secret.md", "outside"),
        ("\\\\server\\secret.md", "outside"),
        ("https://example.org/a.png", "outside"),
        ("file:///etc/passwd", "outside"),
        ("data:image/png;base64,AAAA", "outside"),
        ("images", "not-a-file"),
        ("", "not-a-file"),
        (".", "not-a-file"),
        ("fifo", "not-a-file"),
        ("self", "unreadable"),
        ("a\0b", "unreadable"),
        ("\ud800", "unreadable"),
        ("x" * 5_000, "unreadable"),
    ],
)
def test_what_is_not_ours_to_read_is_refused(reference: str, code: str, root: Path) -> None:
    with pytest.raises(ReadProblem) as problem:
        Workspace.at(root).find(reference, "issue")
    assert code_of(problem) == code
    assert str(root.parent) not in str(problem.value)


ACCENTS = [("é", "e\u0301"), ("e\u0301", "é"), ("がü", "か\u3099u\u0308"), ("한", "한")]


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("a%20b.png", "a b.png"),
        ("%E6%9D%B1%E4%BA%AC.png", "東京.png"),
        ("caf%C3%A9.png", "cafe\u0301.png"),
        ("50%.png", "50%.png"),
        ("50%25.png", "50%.png"),
        ("a%20b.png", "a%20b.png"),
        *ACCENTS,
    ],
)
def test_a_file_is_found_by_any_spelling_of_its_name(
    reference: str, name: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(TEXT, "utf-8")
    found = Workspace.at(tmp_path).find(reference, ".")
    assert (tmp_path / found).samefile(tmp_path / name)


def test_the_literal_name_comes_first(tmp_path: Path) -> None:
    for name in ("a%20b.png", "a b.png"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    assert Workspace.at(tmp_path).find("a%20b.png", ".") == "a%20b.png"


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("..%2F..%2fsecret.md", "outside"),
        ("%2e%2e/%2e%2e/secret.md", "outside"),
        ("%2Fetc%2Fpasswd", "outside"),
        ("..%5C..%5Csecret.md", "outside"),
        ("https%3A//example.org/a.png", "outside"),
        ("out%2Fsecret.md", "outside"),
        ("images%2Fa.png%00", "unreadable"),
        ("%FF.png", "missing"),
        ("..%252F..%252Fsecret.md", "missing"),
    ],
)
def test_a_decoded_name_leads_nowhere_else(reference: str, code: str, root: Path) -> None:
    with pytest.raises(ReadProblem) as problem:
        Workspace.at(root).find(reference, "issue")
    assert code_of(problem) == code


def test_a_device_is_no_ordinary_file() -> None:
    with pytest.raises(ReadProblem, match="not an ordinary file"):
        Workspace.at(Path("/dev")).read_bytes("zero")


def test_a_file_that_is_there_but_not_ours_tells_more_than_its_absence(root: Path) -> None:
    with pytest.raises(ReadProblem) as problem:
        Workspace.at(root).find("out.md", "issue", "shared")
    assert code_of(problem) == "outside"
    with pytest.raises(ReadProblem) as problem:
        Workspace.at(root).find("out.md", "shared", "issue")
    assert code_of(problem) == "outside"


def test_what_is_outside_cannot_be_read_by_its_path_either(root: Path) -> None:
    for path in ("../secret.md", str(root.parent / "secret.md"), "issue/out/secret.md"):
        with pytest.raises(ReadProblem) as problem:
            Workspace.at(root).read_text(path)
        assert code_of(problem) == "outside"


PARTS = (
    ".. . out out.md issue publication publication-2 secret.md etc shared a.png in.md articles"
    " 01.md self fifo sub loop ~ \\ %2e%2e %2F..%2f %00"
).split()


@given(
    st.one_of(
        st.lists(st.sampled_from(["", *PARTS]), max_size=8).map("/".join), st.text(max_size=40)
    ),
    st.sampled_from(["issue", ".", "issue/articles", "no-such-folder"]),
)
def test_no_reference_leads_out_of_the_publication(root: Path, reference: str, folder: str) -> None:
    workspace = Workspace.at(root)
    try:
        found = workspace.find(reference, folder)
    except ReadProblem:
        return
    path = (workspace.root / found).resolve()
    assert path.is_relative_to(workspace.root)
    assert path.is_file()
    assert UNSEEN not in workspace.read_text(found).text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbfa\r\nb\rc\n", "a\nb\nc\n"),
        ("é 日本".encode(), "é 日本"),
        (b"", ""),
    ],
)
def test_a_text_comes_with_plain_line_ends_and_no_byte_order_mark(
    data: bytes, text: str, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_bytes(data)
    assert Workspace.at(tmp_path).read_text("a.md").text == text


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"one\ntwo \xe9\n", 2, "UTF-8"),
        (b"\xe9", 1, "UTF-8"),
        (b"one\r\ntwo\r\n\xe9", 3, "UTF-8"),
        (b"one\rtwo\rthree \xe9", 3, "UTF-8"),
        ("A harbor".encode("utf-16"), 1, "UTF-8"),
        (b"one\n\0", 2, "binary"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 1, "UTF-8"),
    ],
)
def test_what_is_no_text_is_reported_with_its_line(
    data: bytes, line: int, words: str, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_bytes(data)
    with pytest.raises(ReadProblem, match=words) as problem:
        Workspace.at(tmp_path).read_text("a.md")
    assert (code_of(problem), problem.value.line) == ("encoding", line)


def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "a.md").open("wb") as file:
        file.truncate(module.MAX_BINARY_BYTES + 1)  # a hole: it takes no space
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("it was read"))
    with pytest.raises(ReadProblem, match="8 MB") as problem:
        Workspace.at(tmp_path).read_text("a.md")
    assert code_of(problem) == "too-large"
    with pytest.raises(ReadProblem, match="200 MB"):
        Workspace.at(tmp_path).read_bytes("a.md")


def test_a_file_that_the_system_withholds_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Path) -> bytes:  # since permissions do not stop root, who may run the tests
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.md").write_text(TEXT, "utf-8")
    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(ReadProblem, match="Permission denied") as problem:
        Workspace.at(tmp_path).read_text("a.md")
    assert code_of(problem) == "unreadable"


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "a:b \\ c" / "1: 日本"
    folder.mkdir(parents=True)
    (folder / "a.md").write_text(TEXT, "utf-8")
    workspace = Workspace.at(tmp_path)
    assert workspace.read_text("a:b \\ c/1: 日本/a.md").text == TEXT
    assert workspace.find("a.md", "a:b \\ c/1: 日本") == "a:b \\ c/1: 日本/a.md"


def test_a_publication_may_be_reached_through_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root)
    workspace = Workspace.at(tmp_path / "link")
    assert workspace.relative(tmp_path / "link" / "shared" / "a.png") == "shared/a.png"
    assert workspace.read_bytes("shared/a.png") == TEXT.encode()


def test_names_are_those_below_a_folder_without_hidden_folders(root: Path) -> None:
    workspace = Workspace.at(root)
    assert "articles/01.md" in workspace.names("issue")
    assert "shared/a.png" in workspace.names(".")
    assert not [name for name in workspace.names(".") if ".git" in name or "secret" in name]
    assert workspace.names("no-such-folder") == []


def test_of_very_many_names_some_suffice(tmp_path: Path) -> None:
    for number in range(module.MAX_NAMES + 50):
        (tmp_path / f"{number}.md").touch()
    assert len(Workspace.at(tmp_path).names(".")) == module.MAX_NAMES


def test_what_was_read_is_known_as_it_stands_by_the_path_that_led_to_it(tmp_path: Path) -> None:
    for name in ("a.md", "shared/b.md", "never.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"\xef\xbb\xbfA\r\n")
    (tmp_path / "link").symlink_to("shared")
    workspace = Workspace.at(tmp_path)
    assert workspace.files() == {}
    workspace.read_text(workspace.find("../a.md", "shared"))
    workspace.read_bytes(workspace.find("b.md", "link"))
    workspace.find("never.md", ".")
    assert workspace.files() == dict.fromkeys(
        ("a.md", "link/b.md", "shared/b.md"), b"\xef\xbb\xbfA\r\n"
    )
    assert workspace.links() == {"link/b.md": "shared/b.md"}
