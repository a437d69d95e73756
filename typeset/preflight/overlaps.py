"""Checks that nothing on a page is printed over anything else."""

from __future__ import annotations

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Diagnostic, PagePlace, Report
from typeset.layout.findings import OVERLAPS, Overlap, Piece
from typeset.model import Figure, Issue, Table
from typeset.preflight.subject import Subject

__all__ = ["check_overlaps"]

_WORDS = {
    "text": "text",
    "caption": "a caption",
    "picture": "a picture",
    "table": "a table",
    "margin": "a running head or folio",
}


def check_overlaps(subject: Subject, report: Report) -> None:
    """Report what is printed over something else, once a page for each element to move."""
    groups: dict[tuple[int, str], list[tuple[Piece, Piece, float]]] = {}
    for overlap in subject.pages.found(OVERLAPS):
        moved, other = _in_turn(overlap, subject.issue)
        key = overlap.page, _owner(moved, subject.issue)
        groups.setdefault(key, []).append((moved, other, overlap.over))
    for (page, _), meetings in groups.items():
        report.take(_diagnostic(page, meetings, subject.issue))


def _in_turn(overlap: Overlap, issue: Issue) -> tuple[Piece, Piece]:
    """Return the two in order: first the one to move, which is wide, or else a figure or table."""
    one, other = sorted((overlap.lower, overlap.upper), key=lambda piece: _ease(piece, issue))
    return one, other


def _ease(piece: Piece, issue: Issue) -> int:
    block = issue.block_of(piece.element_id)
    if isinstance(block, Figure | Table):
        return 0 if block.width == "wide" else 1
    return 3 if piece.kind == "margin" else 2


def _owner(piece: Piece, issue: Issue) -> str:
    """Return the id of the figure or table that something is a part of, or its own."""
    block = issue.block_of(piece.element_id)
    return piece.element_id if block is None else block.id


def _diagnostic(page: int, meetings: list[tuple[Piece, Piece, float]], issue: Issue) -> Diagnostic:
    moved, other, _ = max(meetings, key=lambda meeting: meeting[2])
    others = {_owner(piece, issue) for _, piece, _ in meetings}
    more = f" and {len(others) - 1} more" if len(others) > 1 else ""
    place = issue.place_of(other.element_id)
    at = f" ({place})" if place else ""
    return Diagnostic(
        Code.OVERLAP,
        f"on page {page} {_word(moved, issue)} overlaps {_word(other, issue)}{at}{more}",
        issue.place_of(moved.element_id),
        PagePlace(page),
        (_hint(moved, issue),),
    )


def _word(piece: Piece, issue: Issue) -> str:
    block = issue.block_of(piece.element_id)
    is_wide = isinstance(block, Figure | Table) and block.width == "wide"
    if is_wide and piece.kind in ("picture", "table"):
        return f"a wide {piece.kind}"
    return _WORDS[piece.kind]


def _hint(piece: Piece, issue: Issue) -> str:
    block = issue.block_of(piece.element_id)
    if isinstance(block, Figure | Table):
        what = "picture" if isinstance(block, Figure) else "table"
        move = f"move the {what} elsewhere in the text"
        return f"remove width=wide, or {move}" if block.width == "wide" else move
    return "shorten the text there, or correct the styles that place it"
