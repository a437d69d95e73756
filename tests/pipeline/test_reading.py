"""What authors write is read in a child process, under the limits of the issue."""

from __future__ import annotations

import io
import os
import signal
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import PIL.Image
import pytest

from tests.images.bad_images import wide_profile
from tests.in_process import InProcessReading
from tests.layout.process.test_process import children_of
from tests.publications import article, png, write_publication
from typeset.cli import main
from typeset.diagnostics import Diagnostic, Severity
from typeset.errors import ContentError, EnvironmentFault, UsageError
from typeset.limits import Caps
from typeset.pipeline.build import check_issue
from typeset.pipeline.reading import ReadingProcess

pytestmark = pytest.mark.usefixtures("reading_in_a_child")


@cache
def webp() -> bytes:
    """Return a small file of many pixels, all of which must be decoded to know that it is whole."""
    packed = io.BytesIO()
    PIL.Image.new("RGB", (6300, 6300)).save(packed, "WEBP", lossless=True, method=0)
    return packed.getvalue()


PICTURES = [f"images/{n:02}.webp" for n in range(60)]
"""Decoding all of them takes twenty seconds."""
SHOWN = "\n\n".join(f'![A picture]({name}){{alt="x"}}' for name in PICTURES)


def slow(folder: Path, limits: Mapping[str, int]) -> Path:
    """Write an issue that takes long to read."""
    texts = {"1.md": article("Short."), "2.md": article(f"Text.\n\n{SHOWN}", title="Two")}
    return write_publication(
        folder, issue={"limits": limits}, articles=texts, files=dict.fromkeys(PICTURES, webp())
    )


def wide_gamut() -> bytes:
    """Return a small file of many pixels whose colors must be converted to sRGB."""
    packed = io.BytesIO()
    PIL.Image.new("RGB", (6300, 6300)).save(packed, "PNG", icc_profile=wide_profile())
    return packed.getvalue()


def failure(issue: Path) -> Diagnostic:
    (found,) = check_issue(issue)
    return found


def test_reading_that_takes_too_long_is_an_error_at_the_file(tmp_path: Path) -> None:
    found = failure(slow(tmp_path, {"seconds": 1}))
    assert (found.code, found.severity) == ("reading-limit", Severity.ERROR)
    assert found.message == "reading took more than 1 seconds, the limit of `limits.seconds`"
    assert found.location is not None
    assert found.location.path.startswith("2026-01-14/images/")
    assert "raise `limits.seconds`" in found.hints[0]
    assert children_of(os.getpid()) == []


def test_text_that_takes_too_long_is_an_error_at_the_article(tmp_path: Path) -> None:
    long = "\n\n".join(f"*Text* {n} and [a link](https://example.org/{n})" for n in range(2000))
    texts = {f"{n:02}.md": article(long, title=f"No. {n}") for n in range(50)}
    issue = write_publication(tmp_path, issue={"limits": {"seconds": 1}}, articles=texts)
    found = failure(issue)
    assert found.code == "reading-limit"
    assert found.location is not None
    assert found.location.path.startswith("2026-01-14/articles/0")


def test_a_picture_that_takes_too_much_memory_is_an_error_at_its_file(tmp_path: Path) -> None:
    issue = write_publication(
        tmp_path,
        issue={"limits": {"memory_mb": 256}},
        articles={"1.md": article('Text.\n\n![A large one](x.png){alt="x"}')},
        files={"x.png": wide_gamut()},
    )
    found = failure(issue)
    assert found.code == "reading-limit"
    assert (
        found.message == "reading took more than 256 MB of memory, the limit of `limits.memory_mb`"
    )
    assert found.location is not None
    assert found.location.path == "2026-01-14/x.png"


def test_the_command_says_so_and_leaves_the_last_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    issue = slow(tmp_path / "p", {"seconds": 1})
    out = tmp_path / "out"
    out.mkdir()
    (out / "the-test-brief-vol-1-issue-1.pdf").write_bytes(b"the last one")
    assert main(["build", str(issue), "--output", str(out)]) == 1
    assert "error[reading-limit]: reading took more than 1 seconds" in capsys.readouterr().err
    assert [path.read_bytes() for path in out.iterdir()] == [b"the last one"]


def test_what_is_wrong_with_the_manifest_is_reported_too(tmp_path: Path) -> None:
    issue = slow(tmp_path, {"seconds": 1})
    manifest = issue / "issue.yaml"
    manifest.write_text(manifest.read_text("utf-8") + "unknown: 1\n", "utf-8")
    codes = [diagnostic.code for diagnostic in check_issue(issue)]
    assert codes[0] == "setting-unknown"
    assert codes[-1] == "reading-limit"


# The process.


@pytest.fixture(scope="module")
def reader() -> Iterator[ReadingProcess]:
    with ReadingProcess(Caps()) as process:
        yield process


def test_an_issue_is_the_same_as_if_it_were_read_here(
    reader: ReadingProcess, tmp_path: Path
) -> None:
    pictured = 'Text.\n\n![A picture](x.png){alt="x"}\n\n[^1]: Never called.'
    texts = {"1.md": article(pictured)}
    issue = write_publication(tmp_path, articles=texts, files={"x.png": png()})
    reader.open_issue(issue)
    loaded = reader.load_issue()
    here = InProcessReading()
    here.open_issue(issue)
    assert loaded.equals(here.load_issue())
    assert [diagnostic.code for diagnostic in loaded.report] == ["endnote-unused"]
    assert loaded.workspace.files()["2026-01-14/x.png"] == png()


def test_errors_come_with_their_report_and_their_cause(
    reader: ReadingProcess, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="there is no folder") as missing:
        reader.open_issue(tmp_path / "nowhere")
    assert isinstance(missing.value.hint, str)
    with pytest.raises(ContentError) as unreadable:
        reader.open_issue(write_publication(tmp_path / "1", issue="- no mapping"))
    assert unreadable.value.report.failed
    reader.open_issue(write_publication(tmp_path / "2", articles={"1.md": article("A.[^1]")}))
    with pytest.raises(ContentError) as undefined:
        reader.load_issue()
    assert [one.code for one in undefined.value.report] == ["endnote-undefined"]
    assert undefined.value.message == "1 error"


def test_a_limit_of_one_issue_is_not_that_of_the_next(
    reader: ReadingProcess, tmp_path: Path
) -> None:
    for number, limit in enumerate([256, 6000, 4096]):
        limits = {"memory_mb": limit, "seconds": 30}
        opened = reader.open_issue(
            write_publication(tmp_path / str(number), issue={"limits": limits})
        )
        assert opened.limits.memory_mb.most == limit
        assert reader.load_issue().issue.number == 1


def test_a_process_that_was_ended_is_a_fault_reported_in_a_line(tmp_path: Path) -> None:
    others = children_of(os.getpid())
    with ReadingProcess(Caps()) as reader:
        (child,) = set(children_of(os.getpid())) - set(others)
        os.kill(child, signal.SIGKILL)
        with pytest.raises(EnvironmentFault, match="the reading process ended"):
            reader.open_issue(write_publication(tmp_path))
        assert not reader.is_alive
