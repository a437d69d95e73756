"""Pictures have enough pixels for the size at which they are shown."""

from __future__ import annotations

from typeset.diagnostics import Diagnostic, PagePlace, Report, Severity
from typeset.model import Figure
from typeset.preflight.subject import Subject

__all__ = ["check_images"]

_LEAST = 100
"""Pixels per inch below which single pixels are seen."""
_POINTS_PER_INCH = 72


def check_images(subject: Subject, report: Report) -> None:
    """Report pictures that are shown too large for their pixels."""
    for article in subject.issue.articles:
        for figure in article.blocks:
            boxes = subject.pages.boxes.get(figure.id, ())
            image = figure.image if isinstance(figure, Figure) else None
            if image is None or not boxes or image.media_type == "image/svg+xml":
                continue
            # A tall picture is narrower than its figure.
            height = boxes[0].bottom - boxes[0].top
            width = min(boxes[0].right - boxes[0].left, height * image.width / image.height)
            density = image.width / width * _POINTS_PER_INCH if width else _LEAST
            if density < _LEAST:
                message = (
                    f"{image.path} has {image.width:.0f} × {image.height:.0f} pixels, "
                    f"only {density:.0f} an inch where it is shown"
                )
                hint = (
                    f"take a picture at least {width / _POINTS_PER_INCH * _LEAST:.0f} pixels wide"
                )
                page = PagePlace(boxes[0].page)
                code, place = "figure-low-resolution", figure.location
                report.add(Diagnostic(Severity.WARNING, code, message, place, page, (hint,)))
