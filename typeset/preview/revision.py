"""A revision: finished pages, with what the preview shows about them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

from typeset.preview.page_images import Heading, PageImages
from typeset.preview.proof import LaidOutIssue
from typeset.preview.source_map import SourceMap

__all__ = ["Revision"]


@dataclass(frozen=True)
class Revision:
    """Finished pages to show."""

    number: int
    issue: LaidOutIssue
    sheets: PageImages
    places: SourceMap
    outline: tuple[Heading, ...] = ()
    changed: tuple[int, ...] = ()
    """The pages, from 1, that differ from those of the revision before."""
    pictures: frozenset[str] = field(default=frozenset(), repr=False)
    """The ids of figures whose image is new."""

    @cached_property
    def web(self) -> str | None:
        """A digest of the issue as a web page; None until that is made, empty if it cannot be."""
        html = self.issue.html
        if html is None:
            return None
        return hashlib.sha256(html).hexdigest()[:32] if html else ""
