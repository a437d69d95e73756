"""``typeset-press extract``: it writes the complete source, and nothing else."""

from __future__ import annotations

import io
import random
import tracemalloc
import zlib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest

import typeset.editions.extract
from tests.commands import Command
from typeset.editions.attachments import attach
from typeset.editions.extract import extract
from typeset.editions.save import saved
from typeset.errors import ContentError, UsageError
from typeset.files.portable_paths import doubles, fault_of_path

FILES = {
    "2026-01-14/articles/01-größe.md": "Ä\r\n".encode(),
    "2026-01-14/images/a.png": bytes(range(256)) * 9,
    "2026-01-14/issue.yaml": b"volume: 1\n",
    "publication.yaml": b"schema: 1\n",
}


def archive(
    files: Mapping[str, bytes] = FILES, change: Callable[[pikepdf.Pdf], object] = id
) -> bytes:
    """Return a PDF with files attached, after a change of it."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    attach(pdf, files, date(2026, 1, 14))
    change(pdf)
    return saved(pdf)


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if not path.is_dir()
    }


def problems(data: bytes, folder: Path) -> list[str]:
    """Extract a bad archive; return the codes and messages of the diagnostics."""
    file = folder / "a.pdf"
    file.write_bytes(data)
    with pytest.raises(ContentError) as caught:
        extract(file, folder / "out")
    assert [path.name for path in folder.iterdir()] == ["a.pdf"]
    return [f"{one.code}: {one.message}" for one in caught.value.report]


def test_the_files_are_written_as_they_were_and_their_paths_printed(command: Command) -> None:
    Path("a.pdf").write_bytes(archive())
    ran = command("extract", "a.pdf", "deep/out")
    assert ran.code == 0
    assert ran.out.splitlines() == [f"deep/out/{name}" for name in sorted(FILES)]
    assert ran.err == "4 files; `typeset-press build deep/out` builds the issue again\n"
    assert files_in(Path("deep/out")) == FILES
    assert sorted(path.name for path in Path().iterdir()) == ["a.pdf", "deep"]


@pytest.mark.parametrize("inside", [[], [".git"]])
def test_an_empty_folder_is_filled(command: Command, inside: list[str]) -> None:
    Path("a.pdf").write_bytes(archive())
    Path("out").mkdir()
    for name in inside:
        Path("out", name).mkdir()
    assert command("extract", "a.pdf", "out").code == 0
    assert files_in(Path("out")) == FILES


def test_a_folder_that_holds_something_is_left_alone(command: Command) -> None:
    Path("a.pdf").write_bytes(archive())
    Path("out").mkdir()
    Path("out/mine").write_text("mine")
    ran = command("extract", "a.pdf", "out")
    assert (ran.code, ran.out) == (2, "")
    assert "the folder out is not empty; it holds mine" in ran.err
    assert files_in(Path("out")) == {"mine": b"mine"}


def test_what_is_no_folder_or_no_file_is_wrong_usage(command: Command) -> None:
    Path("a.pdf").write_bytes(archive())
    assert command("extract", "a.pdf", "a.pdf").code == 2
    ran = command("extract", "b.pdf", "out")
    assert (ran.code, ran.out) == (2, "")
    assert "there is no file b.pdf" in ran.err
    assert command("extract", ".", "out").code == 2
    assert command("extract", "a.pdf").code == 2


def test_a_fault_is_reported_by_the_command(command: Command) -> None:
    Path("a.pdf").write_bytes(b"GIF89a")
    ran = command("extract", "a.pdf", "out")
    assert (ran.code, ran.out) == (1, "")
    assert "a.pdf: error[archive-foreign]: a.pdf is not a PDF" in ran.err
    assert "--edition archive" in ran.err


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Not a PDF",
        b"PK\x03\x04",
        archive({}),
        archive({"a.md": b"a"}),
        archive({"publication.yaml": b""}),
        archive(change=lambda pdf: pdf.Root.__delitem__("/AF")),
        archive(change=lambda pdf: [spec.__delitem__("/AFRelationship") for spec in pdf.Root.AF]),
    ],
    ids=["empty", "text", "zip", "no files", "a text", "no issue", "no source", "other files"],
)
def test_another_file_is_distinguished_from_an_archive(data: bytes, tmp_path: Path) -> None:
    (problem,) = problems(data, tmp_path)
    assert problem.startswith("archive-foreign: ")


def test_an_encrypted_file_is_reported(tmp_path: Path) -> None:
    for user in ("", "secret"):
        with pikepdf.open(io.BytesIO(archive())) as pdf:
            data = io.BytesIO()
            pdf.save(data, encryption=pikepdf.Encryption(owner="owner", user=user))
        (problem,) = problems(data.getvalue(), tmp_path)
        assert problem.startswith("archive-encrypted: ")


def test_a_file_that_is_cut_short_is_reported(tmp_path: Path) -> None:
    data = archive()
    for length in (9, len(data) // 2, len(data) - 30):
        (problem,) = problems(data[:length], tmp_path)
        assert problem.startswith("archive-damaged: ")


def first_file(pdf: pikepdf.Pdf) -> Any:
    return pdf.Root.AF[0].EF.F


@pytest.mark.parametrize(
    "change",
    [
        lambda pdf: first_file(pdf).write(b"other words"),
        lambda pdf: first_file(pdf).write(b"x\x9cnot", filter=pikepdf.Name.FlateDecode),
        lambda pdf: first_file(pdf).write(
            zlib.compress(FILES["publication.yaml"])[:-5], filter=pikepdf.Name.FlateDecode
        ),
        lambda pdf: first_file(pdf).write(b"abc", filter=pikepdf.Name.DCTDecode),
        lambda pdf: first_file(pdf).__delitem__("/Params"),
        lambda pdf: pdf.Root.AF[0].__delitem__("/EF"),
        lambda pdf: pdf.Root.AF[0].__setitem__("/EF", 3),
        lambda pdf: pdf.Root.AF[0].EF.__setitem__("/F", pikepdf.Dictionary()),
    ],
    ids=[
        *("other words", "not packed", "cut short", "a picture", "no check sum"),
        *("no file", "a number", "a dictionary"),
    ],
)
def test_a_file_that_is_not_what_was_attached_is_reported(
    change: Callable[[pikepdf.Pdf], object], tmp_path: Path
) -> None:
    (problem,) = problems(archive(change=change), tmp_path)
    assert problem.startswith("archive-damaged: the file `2026-01-14/articles/01-größe.md`")


def test_files_are_found_by_either_of_their_names(tmp_path: Path) -> None:
    data = archive(change=lambda pdf: [spec.__delitem__("/UF") for spec in pdf.Root.AF])
    (tmp_path / "a.pdf").write_bytes(data)
    extract(tmp_path / "a.pdf", tmp_path / "out")
    assert files_in(tmp_path / "out") == FILES


@pytest.mark.parametrize(
    "name",
    [
        "../out.txt",
        "a/../../out.txt",
        "a/..",
        "/etc/motd",
        "//host/share",
        "C:/a.txt",
        "c:a.txt",
        "a\\b.txt",
        "..\\out.txt",
        "",
        ".",
        "a//b",
        "a/./b",
        "a/",
        "nul",
        "NUL.txt",
        "a/com1.md",
        "lpt9",
        "a.",
        "a ",
        " a",
        "a?b",
        "a:b",
        "a*",
        "a\nb",
        "a\x1b[2J",
        "a\x00b",
        "a\u202egpj.exe",
        "a\u2028b",
        ".git/hooks/post-checkout",
        "a/.GIT/config",
        "git~1/config",
        "a" * 201,
        "é" * 120,
        "a/" * 20 + "b",
        "/".join(["a" * 100] * 9),
        ".bashrc",
        ".drafts/a.md",
        "images/.x.png",
        "traceback.py",
        "typeset/layout/process/worker.py",
        "Makefile",
        "a/CMakeLists.txt",
        "build.sh",
        "index.html",
        "sitecustomize.pyc",
        "md",
        "a.md/run",
    ],
)
def test_a_hostile_name_is_never_written(name: str, tmp_path: Path) -> None:
    (problem,) = problems(archive(FILES | {name: b"x"}), tmp_path)
    assert problem.startswith("archive-name: the file `")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a/b.md", "A/B.md"),
        ("é.md", "e\u0301.md"),
        ("straße.md", "STRASSE.md"),
        ("a.md", "a.md/b.md"),
        ("a.md/b.md", "A.md"),
        ("a/b.md", "A/c.md"),
    ],
)
def test_two_names_that_are_one_elsewhere_are_reported(
    one: str, other: str, tmp_path: Path
) -> None:
    assert not fault_of_path(one)
    assert not fault_of_path(other)
    (problem,) = problems(archive(FILES | {one: b"1", other: b"2"}), tmp_path)
    assert problem.startswith("archive-name: the files `")
    assert doubles([one]) == doubles([other]) == []


def test_the_same_file_twice_is_reported(tmp_path: Path) -> None:
    data = archive(change=lambda pdf: pdf.Root.AF.append(pdf.Root.AF[0]))
    (problem,) = problems(data, tmp_path)
    assert problem.startswith("archive-name: ")


@pytest.mark.parametrize(
    "name",
    [
        "a.md",
        "a/b/c.md",
        "文/章.md",
        "Ünïcode name (1).md",
        "a b.markdown",
        "console.md",
        "a..md",
        "i.J2",
    ],
)
def test_an_honest_name_is_written(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(archive(FILES | {name: b"x"}))
    extract(tmp_path / "a.pdf", tmp_path / "out")
    assert files_in(tmp_path / "out") == FILES | {name: b"x"}


def test_every_hostile_name_is_reported_up_to_a_point(tmp_path: Path) -> None:
    names = {f"../{number}": b"" for number in range(100)}
    found = problems(archive(FILES | names), tmp_path)
    assert 2 <= len(found) <= 20


def test_what_unpacks_to_very_much_is_unpacked_no_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typeset.editions.extract, "MAX_FILE_BYTES", 100_000)
    bomb = archive(FILES | {"bomb.md": bytes(50_000_000)})
    assert len(bomb) < 100_000
    tracemalloc.start()
    try:
        (problem,) = problems(bomb, tmp_path)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert problem.startswith("archive-too-large: the file `bomb.md` unpacks to more")
    assert most < 5_000_000


def test_many_files_that_are_very_much_together_are_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typeset.editions.extract, "MAX_ALL_BYTES", 100_000)
    many = {f"file-{number}.md": bytes(30_000) for number in range(9)}
    (problem,) = problems(archive(FILES | many), tmp_path)
    assert problem.startswith("archive-too-large: ")


def test_very_many_files_are_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeset.editions.extract, "MAX_FILES", 5)
    (problem,) = problems(archive(FILES | {"a.md": b"", "b.md": b""}), tmp_path)
    assert problem.startswith("archive-too-large: ")


def test_a_very_large_archive_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeset.editions.extract, "MAX_ARCHIVE_BYTES", 1_000)
    (problem,) = problems(archive(), tmp_path)
    assert problem.startswith("archive-too-large: ")


def test_a_disk_that_is_full_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command
) -> None:
    def full(path: Path, data: bytes) -> int:
        if path.name == "publication.yaml":
            raise OSError(28, "No space left on device")
        return original(path, data)

    original = Path.write_bytes
    Path("a.pdf").write_bytes(archive())
    monkeypatch.setattr(Path, "write_bytes", full)
    ran = command("extract", "a.pdf", "out/deep")
    assert (ran.code, ran.out) == (3, "")
    assert "No space left" in ran.err
    assert [path.name for path in Path().iterdir()] == ["a.pdf"]


def test_whatever_is_broken_in_an_archive_is_reported_and_nothing_else_is_written(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """No changed byte leads to a traceback, or to a file that was not attached."""
    data = archive()
    choice = random.Random(7)  # noqa: S311 - nothing secret
    file = tmp_path / "a.pdf"
    refused = 0
    for number in range(300):
        spoilt = bytearray(data)
        for _ in range(choice.choice((1, 3, 20))):
            spoilt[choice.randrange(len(spoilt))] = choice.randrange(256)
        file.write_bytes(spoilt)
        out = tmp_path / f"out-{number}"
        try:
            extract(file, out)
        except (ContentError, UsageError):
            refused += 1
            assert not out.exists()
        else:
            written = files_in(out)
            assert sorted(written.values()) == sorted(FILES.values())
    assert refused > 100
    assert capfd.readouterr() == ("", "")


def test_an_empty_file_is_one(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(archive(FILES | {"themes/own/print.css": b""}))
    extract(tmp_path / "a.pdf", tmp_path / "out")
    assert files_in(tmp_path / "out")["themes/own/print.css"] == b""
