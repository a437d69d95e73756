"""Each judge catches its faults, since a judge that passes everything proves nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.validators.faults import FAULTS, Fault
from tests.validators.judge import Hearing, hear, main
from tests.validators.judges import JUDGES
from tests.validators.sound import SOUND
from tests.validators.standards import look_at

pytestmark = pytest.mark.validators


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of sound files, and of files with one fault each."""
    folder = tmp_path_factory.mktemp("files")
    data = {}
    for edition, write in SOUND.items():
        file = folder / ("sound.pdf" if edition == "screen" else f"sound-{edition}.pdf")
        write(file)
        data[edition] = file.read_bytes()
    for fault in FAULTS:
        file = folder / fault.file_name
        file.write_bytes(data[fault.edition])
        fault.seed(file)
    return folder


@pytest.fixture(scope="module")
def hearing(folder: Path) -> Hearing:
    return hear(sorted(folder.iterdir()))


def caught(hearing: Hearing, file: Path) -> dict[str, tuple[str, ...]]:
    """What each judge that found a fault in a file said."""
    return {
        judge.name: verdict.faults
        for judge in JUDGES
        if (verdict := hearing.verdicts.get((file, judge.name))) and not verdict.passed
    }


@pytest.mark.parametrize("name", ["sound.pdf", "sound-archive.pdf", "sound-press.pdf"])
def test_a_sound_file_passes(name: str, folder: Path, hearing: Hearing) -> None:
    assert caught(hearing, folder / name) == {}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_seeded_fault_is_caught(fault: Fault, folder: Path, hearing: Hearing) -> None:
    said = caught(hearing, folder / fault.file_name)
    assert said.keys() == fault.caught_by, said


def test_every_judge_is_needed() -> None:
    """Each catches a fault that no other does, or shares one with a judge of the same standard."""
    standards = {judge.name: judge.standard or judge.name for judge in JUDGES}
    alone = [
        fault.caught_by
        for fault in FAULTS
        if len({standards[name] for name in fault.caught_by}) == 1
    ]
    assert frozenset[str]().union(*alone) == standards.keys()


def test_a_disagreement_is_named_with_its_clause(folder: Path, hearing: Hearing) -> None:
    said = [line for line in hearing.disagreements() if "tags_interlocked" in line]
    assert len(said) == 1
    assert "the judges of ua1 disagree: veraPDF UA-1: 7.1-3 " in said[0]
    assert said[0].endswith("; page-validation UA-1: content")


@pytest.mark.parametrize(
    ("name", "edition", "standards"),
    [
        ("sound.pdf", "screen", {"ua1"}),
        ("sound-archive.pdf", "archive", {"ua1", "3a"}),
        ("sound-press.pdf", "press", {"x4"}),
        # A promise holds where the file itself forgot to claim it, …
        ("claims_no_accessibility-archive.pdf", "archive", {"ua1", "3a"}),
        ("claims_nothing-press.pdf", "press", {"x4"}),
        # … and where nothing can be read of it.
        ("cut_short.pdf", "screen", {"ua1"}),
    ],
)
def test_name_and_claims_say_what_a_file_has_to_meet(
    name: str, edition: str, standards: set[str], folder: Path
) -> None:
    subject = look_at(folder / name)
    assert subject.edition == edition
    assert subject.standards == standards


def test_a_file_is_judged_by_what_it_claims_beyond_its_name(folder: Path, tmp_path: Path) -> None:
    renamed = tmp_path / "anything.pdf"
    renamed.write_bytes((folder / "sound-archive.pdf").read_bytes())
    assert look_at(renamed).standards == {"ua1", "3a"}
    renamed.write_bytes((folder / "sound-press.pdf").read_bytes())
    assert look_at(renamed).edition == "press"


def test_files_are_judged_each_by_itself(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = []
    for name in ("sound.pdf", "no_language.pdf", "sound-press.pdf"):
        files.append(tmp_path / f"a file {name}")
        files[-1].write_bytes((folder / name).read_bytes())

    assert main(list(map(str, files))) == 1

    _, _, *table = capsys.readouterr().out.splitlines()
    rows = {line.split("  ")[0].strip(): line.split()[3:] for line in table[:3]}
    assert rows == {
        "a file sound.pdf": ["pass", "pass", *"----", *["pass"] * 5],
        "a file no_language.pdf": ["FAIL", "FAIL", *"----", *["pass"] * 5],
        "a file sound-press.pdf": [*"----", "pass", "pass", "pass", "pass", "-", "pass", "pass"],
    }
    notes = table[4:]
    assert notes
    assert all(note.startswith(f"{files[1]}: ") for note in notes)


def test_all_content_gives_exit_code_0(folder: Path) -> None:
    assert main([str(folder / "sound.pdf")]) == 0


def test_a_missing_judge_is_no_pass(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert main([str(folder / "sound.pdf")]) == 2
    assert "qpdf is not installed; run: make tools" in capsys.readouterr().out
