"""Checks that figures fit a column, and that pictures are not animated and have enough pixels."""

from __future__ import annotations

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Diagnostic, PagePlace, Report
from typeset.layout.protocol import Box
from typeset.model import Figure
from typeset.preflight.subject import Subject

__all__ = ["check_images"]

_LEAST = 100
"""The least pixels per inch; with fewer, single pixels are visible."""
_POINTS_PER_INCH = 72


def check_images(subject: Subject, report: Report) -> None:
    """Report figures higher than a page, animations, and pictures too large for their pixels."""
    longest = subject.geometry.lines * subject.geometry.baseline
    for article in subject.issue.articles:
        for figure in article.blocks:
            boxes = subject.pages.boxes.get(figure.id, ())
            if not isinstance(figure, Figure) or not boxes:
                continue
            if subject.pages.heights[figure.id] > longest:
                message = "a figure and its caption are higher than a page"
                hint = "shorten the caption; long texts belong in the article"
                report.take(_diagnostic(Code.FIGURE_LONG, message, figure, boxes[0], hint))
            if figure.image.moves:
                message = f"{figure.image.path} is an animation; pages show its first picture"
                hint = "export the picture that is meant, as PNG or JPEG"
                report.take(_diagnostic(Code.IMAGE_ANIMATED, message, figure, boxes[0], hint))
            _check_pixels(figure, boxes[0], report)


def _check_pixels(figure: Figure, box: Box, report: Report) -> None:
    image = figure.image
    # A tall picture is narrower than its figure.
    width = min(box.right - box.left, (box.bottom - box.top) * image.width / image.height)
    if image.media_type == "image/svg+xml" or width <= 0:
        return
    inches = width / _POINTS_PER_INCH
    if image.width < _LEAST * inches:
        message = (
            f"{image.path} has {image.width:.0f} × {image.height:.0f} pixels, "
            f"only {image.width / inches:.0f} an inch where it is shown"
        )
        hint = f"take a picture at least {_LEAST * inches:.0f} pixels wide"
        report.take(_diagnostic(Code.FIGURE_LOW_RESOLUTION, message, figure, box, hint))


def _diagnostic(code: Code, message: str, figure: Figure, box: Box, hint: str) -> Diagnostic:
    page = PagePlace(box.page)
    return Diagnostic(code, message, figure.location, page, (hint,))
