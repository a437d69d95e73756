"""What stands for a picture or an article that cannot be read, so that the rest can be shown.

Only the preview shows it: an issue with errors is never written.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from markupsafe import Markup, escape

from typeset.model import Article, Author, Image, Inline, Prose
from typeset.source import Location

__all__ = ["PICTURE", "stand_in_article"]

_WIDTH, _HEIGHT = 480, 320

PICTURE = Image(
    "typeset:picture.svg",  # no file of a publication has this path
    "image/svg+xml",
    _WIDTH,
    _HEIGHT,
    f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}">'
    f'<path d="M0 0H{_WIDTH}V{_HEIGHT}H0ZL{_WIDTH} {_HEIGHT}M{_WIDTH} 0L0 {_HEIGHT}"'
    ' fill="none" stroke="#777" stroke-width="2"/>'
    "</svg>".encode(),
)
"""A crossed frame, as printers draw it where a picture will be."""

_NOTHING = Inline(Markup(), "")


def stand_in_article(article_id: str, path: str, language: str) -> Article:
    """Return an article that says which file cannot be read.

    Args:
        article_id: the article's id in its issue.
        path: its file, relative to the publication's folder.
        language: the publication's language.
    """
    place, name = Location(path, 1), PurePosixPath(path).name
    text = Markup('<p id="{}-1" lang="en">This article cannot be read; Checks says why.</p>')
    return Article(
        id=article_id,
        path=path,
        language=language,
        title=Inline(escape(name), name),
        kicker=_NOTHING,
        standfirst=_NOTHING,
        authors=(Author(name=Inline(Markup("…"), "…"), bio=_NOTHING),),
        takeaway=_NOTHING,
        summary="",
        sources=(),
        blocks=(Prose(id=f"{article_id}-1", location=place, html=text.format(article_id)),),
        notes=(),
        words=0,
        places={f"{article_id}-1": place, article_id: place},
    )
