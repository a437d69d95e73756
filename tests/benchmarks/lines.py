"""Compares three ways to break lines of the same words: the engine, our total fit, and Typst.

The paragraphs of a text are set in the columns of its issue, in the same font files and size, with
the same first-line indent: by every way of line breaking that an issue can ask for, and by Typst's
optimised one.  What is counted is read from the finished PDFs.  Ways that this version does not
have are left out, and so are Typst and faces that this machine does not have.

By hand: ``python -m tests.benchmarks.lines`` prints the table.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Literal, get_args, get_origin

from fontTools.ttLib import TTFont

from tests.measures.glyphs import glyphs_of
from tests.measures.paragraphs import only_paragraphs, typst_source
from tests.measures.wordspaces import (
    Unmatched,
    columns_of,
    paragraphs_of,
    rows_of,
    set_lines,
    space_of,
)
from typeset.layout.lay_out import lay_out
from typeset.layout.protocol import LayoutJob, SetLine
from typeset.manifest.settings import IssueSettings
from typeset.pipeline.build import LoadedIssue, layout_job, load_issue
from typeset.reports.line_statistics import LineFigures, line_figures
from typeset.theme.theme import FaceStyle

__all__ = [
    "MODES",
    "TOTAL_FIT",
    "Face",
    "Result",
    "compare_setters",
    "default_face",
    "left_out",
    "name_of",
    "print_comparison",
    "termes",
]

GREEDY, TOTAL_FIT = MODES = ("greedy", "total-fit")
"""Ways of line breaking that an issue may ask for; the first is the engine's own."""
TYPST = "typst"
_SETTING = "line_breaking"
_ROOT = Path(__file__).parents[2]
TEXTS = (
    *(_ROOT / "issues" / name for name in ("2026-11-25", "2026-12-09")),
    *(
        _ROOT / "tests" / "fixtures" / "languages" / tag / "2026-12-02"
        for tag in ("de", "en-GB", "es", "fr")
    ),
)
_TERMES_FOLDERS = (
    "/usr/share/texmf/fonts/opentype/public/tex-gyre",
    "/usr/share/fonts/opentype/tex-gyre",
    "/usr/share/fonts/tex-gyre",
)
_TERMES: dict[FaceStyle, str] = {
    (False, False): "texgyretermes-regular.otf",
    (True, False): "texgyretermes-bold.otf",
    (False, True): "texgyretermes-italic.otf",
    (True, True): "texgyretermes-bolditalic.otf",
}


@dataclass(frozen=True)
class Face:
    """A family of fonts to set a text in."""

    name: str
    files: Mapping[FaceStyle, bytes]

    @property
    def regular(self) -> bytes:
        """The upright font of regular weight."""
        return self.files[False, False]

    @property
    def family(self) -> str:
        """The family's name, as the font files give it."""
        with TTFont(BytesIO(self.regular), lazy=True) as font:
            return str(font["name"].getBestFamilyName())


@dataclass(frozen=True, slots=True)
class Result:
    """The lines of one text in one face, set in one way."""

    face: str
    text: str
    setter: str
    lines: tuple[SetLine, ...]

    @property
    def figures(self) -> LineFigures:
        """The measures of the lines."""
        return line_figures(self.lines)


def default_face(loaded: LoadedIssue) -> Face:
    """Return the face of an issue's running text."""
    family = loaded.design.theme.families[0]
    return Face("default", {face.style: face.data for face in family.faces})


def termes() -> Face | None:
    """Return TeX Gyre Termes, a face as narrow as Times, if this machine has it."""
    for folder in map(Path, _TERMES_FOLDERS):
        if (folder / _TERMES[False, False]).exists():
            files = {style: (folder / name).read_bytes() for style, name in _TERMES.items()}
            return Face("termes", files)
    return None


def has_typst() -> bool:
    """Return whether Typst is installed."""
    return importlib.util.find_spec(TYPST) is not None


def left_out() -> list[str]:
    """Return what is not compared on this machine, by this version."""
    there = {
        **{mode: mode in _modes() for mode in MODES},
        TYPST: has_typst(),
        "termes": termes() is not None,
    }
    return [name for name, is_there in there.items() if not is_there]


def compare_setters(texts: Sequence[Path] = TEXTS) -> Iterator[Result]:
    """Yield the lines of every text, set in every way, in the default face and in one like Times.

    Args:
        texts: folders of issues.
    """
    narrow = termes()
    for text in texts:
        for face in (None, narrow) if narrow else (None,):
            for mode in _modes():
                yield _set_by_us(text, face, mode)
            if has_typst():
                yield _set_by_typst(text, face)


def _modes() -> list[str]:
    """Return the ways of line breaking that this version has."""
    field = IssueSettings.model_fields.get(_SETTING)
    if field is None:
        return [GREEDY]
    annotation = field.annotation
    known = get_args(annotation) if get_origin(annotation) is Literal else MODES
    return [mode for mode in MODES if mode in known]


# --- Ours --------------------------------------------------------------------------------------


def _set_by_us(text: Path, face: Face | None, mode: str) -> Result:
    loaded = _load(text, mode)
    usual = default_face(loaded)
    used = face or usual
    job = only_paragraphs(layout_job(loaded)())
    job = replace(job, resources=_with_fonts(job.resources, usual, used))
    laid_out = lay_out(job, lambda progress: None)
    if not laid_out.pdf:
        raise SystemExit(f"{text}, {mode}: content was lost")
    return _measured(job, used, name_of(text), mode, laid_out.pdf)


def _load(text: Path, mode: str) -> LoadedIssue:
    """Read an issue with a way of line breaking; a version without the setting has only one."""
    if _SETTING not in IssueSettings.model_fields:
        return load_issue(text)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / text.name
        shutil.copytree(text, copy)
        shutil.copy(text.parent / "publication.yaml", folder)
        manifest = copy / "issue.yaml"
        kept = re.sub(rf"(?m)^{_SETTING}:.*\n", "", manifest.read_text("utf-8"))
        manifest.write_text(f"{kept.rstrip()}\n{_SETTING}: {mode}\n", "utf-8")
        return load_issue(copy)


def _with_fonts(
    resources: Mapping[str, tuple[str, bytes]], usual: Face, face: Face
) -> dict[str, tuple[str, bytes]]:
    """Replace the font files of an issue by those of a face, under the same names."""
    styles = {data: style for style, data in usual.files.items()}
    return {
        address: (kind, face.files[styles[data]] if data in styles else data)
        for address, (kind, data) in resources.items()
    }


# --- Typst -------------------------------------------------------------------------------------


def _set_by_typst(text: Path, face: Face | None) -> Result:
    import typst

    loaded = load_issue(text)
    used = face or default_face(loaded)
    job = only_paragraphs(layout_job(loaded)())
    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(used.files.values()):
            suffix = "otf" if data.startswith(b"OTTO") else "ttf"
            Path(folder, f"{number}.{suffix}").write_bytes(data)
        source = Path(folder, "lines.typ")
        source.write_text(typst_source(job, used.family, loaded.issue.language), "utf-8")
        pdf: bytes = typst.compile(str(source), font_paths=[folder])
    return _measured(job, used, name_of(text), TYPST, pdf)


# --- Both --------------------------------------------------------------------------------------


def _measured(job: LayoutJob, face: Face, text: str, setter: str, pdf: bytes) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "lines.pdf")
        file.write_bytes(pdf)
        rows = rows_of(glyphs_of(file), columns_of(job.geometry))
    try:
        lines = set_lines(paragraphs_of(job.html), rows, space_of(face.regular))
    except Unmatched as error:
        raise SystemExit(f"{text}, {face.name}, {setter}: not found: {error}") from error
    if not lines:
        raise SystemExit(f"{text}: there are no paragraphs")
    return Result(face.name, text, setter, tuple(lines))


def name_of(text: Path) -> str:
    """Return the name of a text: an issue's date, or the language that it is in."""
    return text.name if text.parent.name == "issues" else text.parent.name


_TABLE_HEAD = (
    f"{'face':8} {'text':11} {'setter':10} {'lines':>6} {'> 1.5':>9} {'> 2':>9}"
    f" {'hyphens':>8} {'3 or more':>10} {'longest':>8} {'runts':>6}"
)


def _table_row(result: Result) -> str:
    """Return one line of the table."""
    figures = result.figures
    return (
        f"{result.face:8} {result.text:11} {result.setter:10} {figures.lines:6}"
        f" {figures.loose_share:7.1f} % {figures.very_loose_share:7.1f} %"
        f" {figures.hyphens:8} {figures.ladders:10} {figures.longest_ladder:8} {figures.runts:6}"
    )


def _totals(results: Sequence[Result]) -> Iterator[Result]:
    """Yield the lines of all texts together, by face and setter."""
    for face, setter in dict.fromkeys((result.face, result.setter) for result in results):
        lines = [
            line
            for result in results
            if (result.face, result.setter) == (face, setter)
            for line in result.lines
        ]
        yield Result(face, "all", setter, tuple(lines))


def print_comparison() -> list[Result]:
    """Print the table, and return its rows for all texts together."""
    print(_TABLE_HEAD)
    results = []
    for result in compare_setters():
        results.append(result)
        print(_table_row(result), flush=True)
    whole = list(_totals(results))
    for total in whole:
        print(_table_row(total))
    if missing := left_out():
        print(f"not here, and left out: {', '.join(missing)}")
    return whole


if __name__ == "__main__":
    print_comparison()
