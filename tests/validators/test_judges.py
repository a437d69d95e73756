"""Each judge catches the fault it is there for; a judge that passes everything proves nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from weasyprint import HTML

from tests.validators.judge import JUDGES, main

pytestmark = pytest.mark.validators

PAGE = """
<html lang="en">
  <head><title>A page</title></head>
  <body><h1>A page</h1><p>Text with <a href="https://example.org/">a link</a>.</p></body>
</html>
"""


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    file = tmp_path / "sound.pdf"
    HTML(string=PAGE).write_pdf(file, pdf_variant="pdf/ua-1")
    return file


def truncate(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def untag(file: Path) -> None:
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(file)


def drop_title(file: Path) -> None:
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        del pdf.Root.Metadata
        pdf.save(file)


def take_fonts_out(file: Path) -> None:
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                    if key in item:
                        del item[key]
        pdf.save(file)


def break_page_content(file: Path) -> None:
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n(never closed")
        pdf.save(file)


ALL = frozenset(JUDGES)
FAULTS: list[tuple[Callable[[Path], None], frozenset[str]]] = [
    (truncate, ALL),
    (untag, frozenset({"veraPDF", "page-validation"})),
    (drop_title, frozenset({"veraPDF", "page-validation"})),
    (take_fonts_out, frozenset({"veraPDF", "page-validation", "fonts"})),
    (break_page_content, frozenset({"qpdf", "poppler"})),
]


@pytest.mark.parametrize("judge", JUDGES)
def test_a_sound_file_passes(judge: str, sound: Path) -> None:
    (verdict,) = JUDGES[judge]([sound], "ua1")
    assert verdict.faults == ()


@pytest.mark.parametrize(
    ("fault", "judge"),
    [
        pytest.param(fault, judge, id=f"{fault.__name__}-{judge}")
        for fault, judges in FAULTS
        for judge in sorted(judges)
    ],
)
def test_a_seeded_fault_is_caught(fault: Callable[[Path], None], judge: str, sound: Path) -> None:
    fault(sound)
    (verdict,) = JUDGES[judge]([sound], "ua1")
    assert not verdict.passed, f"{judge} let {fault.__name__} through"


def test_every_judge_catches_at_least_one_seeded_fault() -> None:
    assert frozenset[str]().union(*(judges for _, judges in FAULTS)) == ALL


def test_files_are_judged_each_by_itself(
    sound: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken file.pdf"
    broken.write_bytes(sound.read_bytes())
    untag(broken)

    assert main([str(sound), str(broken)]) == 1

    _, first, second, *notes = capsys.readouterr().out.splitlines()
    assert first.split()[1:] == ["pass"] * len(JUDGES)
    assert second.split()[2:4] == ["FAIL", "FAIL"]
    assert all(note.startswith(f"{broken}: ") for note in notes)


def test_all_content_gives_exit_code_0(sound: Path) -> None:
    assert main([str(sound)]) == 0


def test_a_missing_judge_is_no_pass(
    sound: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert main([str(sound)]) == 2
    assert "qpdf is not installed; run: make tools" in capsys.readouterr().out
