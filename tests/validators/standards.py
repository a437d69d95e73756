"""The standards that a file must meet: those of its edition, and those that it claims."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pikepdf

__all__ = ["A3A", "STANDARDS", "UA1", "X4", "Subject", "look_at"]

UA1, A3A, X4 = "ua1", "3a", "x4"

STANDARDS: dict[str, frozenset[str]] = {
    "screen": frozenset({UA1}),
    "offprint": frozenset({UA1}),
    "archive": frozenset({A3A, UA1}),
    "press": frozenset({X4}),
}
"""What each edition promises, as ``docs/editions.md`` says."""

_SUFFIX = re.compile(r"-(press|archive|offprint)(?:-\d+)?\.pdf")
_VALUE = r"\s*(?:>|=\s*[\"'])\s*"
_CLAIMS = {
    "ua": re.compile(rf"pdfuaid:part{_VALUE}(\d)"),
    "part": re.compile(rf"pdfaid:part{_VALUE}(\d)"),
    "conformance": re.compile(rf"pdfaid:conformance{_VALUE}(\w)"),
    "x": re.compile(rf"pdfxid:GTS_PDFXVersion{_VALUE}PDF/X-(\d)"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """A file to judge."""

    file: Path
    edition: str
    """By the end of its name, or else by its claim."""
    standards: frozenset[str]
    """The standards to meet: ``ua1``, ``x4``, or a level of PDF/A such as ``3a``."""


def look_at(file: Path) -> Subject:
    """Return the standards that a file must meet; an unreadable one claims none."""
    claims = _claims(file)
    suffix = _SUFFIX.search(file.name)
    by_claim = "press" if X4 in claims else "screen"
    edition = suffix[1] if suffix else by_claim
    return Subject(file, edition, STANDARDS[edition] | claims)


def _claims(file: Path) -> frozenset[str]:
    try:
        with pikepdf.open(file) as pdf:
            data = pdf.Root.Metadata.read_bytes() if "/Metadata" in pdf.Root else b""
    except pikepdf.PdfError:
        return frozenset()
    text = data.decode("utf-8", "replace")
    found = {name: match[1] for name, claim in _CLAIMS.items() if (match := claim.search(text))}
    claims = set()
    if "ua" in found:
        claims.add(f"ua{found['ua']}")
    if "part" in found:
        claims.add(found["part"] + found.get("conformance", "").lower())
    if "x" in found:
        claims.add(f"x{found['x']}")
    return frozenset(claims)
