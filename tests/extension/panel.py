"""A panel of the preview: how many words each article has."""

from __future__ import annotations

from pathlib import Path

from typeset.model import Prose
from typeset.preview.panels import Panel
from typeset.preview.proof import Proof
from typeset.preview.revision import Revision

__all__ = ["WORDS"]


def _state(revision: Revision | None, _proof: Proof | None) -> dict[str, list[int]]:
    articles = revision.issue.loaded.issue.articles if revision else ()
    return {
        "words": [
            sum(
                len(block.html.striptags().split())
                for block in article.blocks
                if isinstance(block, Prose)
            )
            for article in articles
        ]
    }


WORDS = Panel(
    name="words",
    title="Words",
    state=_state,
    script=Path(__file__).with_name("panel.js"),
)
