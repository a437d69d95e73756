"""Programs that read PDF files, as judges: qpdf, Poppler's tools and Ghostscript."""

from __future__ import annotations

from pathlib import Path

from tests.validators.tools import complaints, exit_code, lines, run

__all__ = ["fonts", "ghostscript", "poppler", "qpdf", "structure_text"]


def qpdf(file: Path) -> tuple[str, ...]:
    """Syntax: cross-references, streams, objects."""
    return complaints("qpdf", "--check", file, silent=False)


def poppler(file: Path) -> tuple[str, ...]:
    """Structure, text and pages, as most readers on Linux see them, without complaints."""
    return (
        *complaints("pdfinfo", "-struct", file),
        *complaints("pdftotext", file, "-"),
        *complaints("pdftoppm", "-r", "24", file),
    )


def structure_text(file: Path) -> tuple[str, ...]:
    """What a screen reader reads: the text of each element of the structure.

    Poppler draws a page again for each element on it, which takes a minute for a long issue.
    """
    result = run("pdfinfo", "-struct-text", file)
    faults = (*lines(result.stderr), *exit_code(result))
    # It prints what it reads in quotes, below the elements.
    return faults if faults or b'"' in result.stdout else ("the structure holds no text",)


def fonts(file: Path) -> tuple[str, ...]:
    """Every font is embedded, so every reader shows the same letters, and no larger than needed."""
    result = run("pdffonts", file)
    faults = [*lines(result.stderr), *exit_code(result)]
    # Two lines of heading, then a font a row: name, type, encoding, emb, sub, uni, object number
    # and generation.  The first three may hold spaces, so fields count from the end.
    for font in lines(result.stdout)[2:]:
        embedded, subset = font.split()[-5:-3]
        if embedded != "yes":
            faults.append(f"not embedded: {font}")
        elif subset != "yes":
            faults.append(f"embedded whole, not as a subset: {font}")
    return tuple(faults)


def ghostscript(file: Path) -> tuple[str, ...]:
    """What a printer's interpreter sees."""
    quiet = ("-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-dPDFSTOPONERROR", "-sDEVICE=nullpage")
    result = run("gs", *quiet, file)
    # It complains on its standard output.
    return lines(result.stdout + result.stderr) or exit_code(result)
