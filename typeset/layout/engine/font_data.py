"""The data of fonts, read when a font is put into a file.

The engine keeps a copy of the whole file of each font from the first letter that it draws; East
Asian fonts have some 20 megabytes each.
"""

from __future__ import annotations

from typing import Any

from weasyprint.pdf.fonts import Font
from weasyprint.text.fonts import get_hb_object_data

__all__ = ["Fonts"]


class Fonts(dict[Any, Font]):
    """The fonts of a file, by the engine's keys."""

    def __setitem__(self, key: Any, font: Font) -> None:
        del font.file_content
        font.__class__ = _Font
        super().__setitem__(key, font)


class _Font(Font):  # type: ignore[misc]
    """A font that reads its file when it is asked for it; the engine then sets a smaller one."""

    def __getattr__(self, name: str) -> Any:
        if name != "file_content":
            raise AttributeError(name)
        return get_hb_object_data(self.hb_face)
