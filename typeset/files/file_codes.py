"""The diagnostic codes for files that cannot be read, by kind of file and fault."""

from __future__ import annotations

from dataclasses import dataclass

from typeset.diagnostic_codes import Code
from typeset.files.workspace import FileFault

__all__ = ["ARTICLE", "FONT", "IMAGE", "MANIFEST", "PRESS_PROFILE", "TEMPLATE", "THEME"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCodes:
    """The codes of one kind of file."""

    missing: Code
    outside: Code
    not_a_file: Code
    unreadable: Code
    too_large: Code
    encoding: Code | None = None
    """None for files that are not text."""

    def of(self, fault: FileFault) -> Code:
        """Return the code of a fault."""
        match fault:
            case FileFault.MISSING:
                return self.missing
            case FileFault.OUTSIDE:
                return self.outside
            case FileFault.NOT_A_FILE:
                return self.not_a_file
            case FileFault.UNREADABLE:
                return self.unreadable
            case FileFault.TOO_LARGE:
                return self.too_large
            case FileFault.ENCODING:
                return self.encoding or self.unreadable


MANIFEST = FileCodes(
    missing=Code.MANIFEST_MISSING,
    outside=Code.MANIFEST_OUTSIDE,
    not_a_file=Code.MANIFEST_NOT_A_FILE,
    unreadable=Code.MANIFEST_UNREADABLE,
    too_large=Code.MANIFEST_TOO_LARGE,
    encoding=Code.MANIFEST_ENCODING,
)
ARTICLE = FileCodes(
    missing=Code.ARTICLE_MISSING,
    outside=Code.ARTICLE_OUTSIDE,
    not_a_file=Code.ARTICLE_NOT_A_FILE,
    unreadable=Code.ARTICLE_UNREADABLE,
    too_large=Code.ARTICLE_TOO_LARGE,
    encoding=Code.ARTICLE_ENCODING,
)
IMAGE = FileCodes(
    missing=Code.IMAGE_MISSING,
    outside=Code.IMAGE_OUTSIDE,
    not_a_file=Code.IMAGE_NOT_A_FILE,
    unreadable=Code.IMAGE_UNREADABLE,
    too_large=Code.IMAGE_TOO_LARGE,
)
FONT = FileCodes(
    missing=Code.FONT_MISSING,
    outside=Code.FONT_OUTSIDE,
    not_a_file=Code.FONT_NOT_A_FILE,
    unreadable=Code.FONT_UNREADABLE,
    too_large=Code.FONT_TOO_LARGE,
)
THEME = FileCodes(
    missing=Code.THEME_MISSING,
    outside=Code.THEME_OUTSIDE,
    not_a_file=Code.THEME_NOT_A_FILE,
    unreadable=Code.THEME_UNREADABLE,
    too_large=Code.THEME_TOO_LARGE,
    encoding=Code.THEME_ENCODING,
)
TEMPLATE = FileCodes(
    missing=Code.TEMPLATE_MISSING,
    outside=Code.TEMPLATE_OUTSIDE,
    not_a_file=Code.TEMPLATE_NOT_A_FILE,
    unreadable=Code.TEMPLATE_UNREADABLE,
    too_large=Code.TEMPLATE_TOO_LARGE,
    encoding=Code.TEMPLATE_ENCODING,
)
PRESS_PROFILE = FileCodes(
    missing=Code.PRESS_PROFILE_MISSING,
    outside=Code.PRESS_PROFILE_OUTSIDE,
    not_a_file=Code.PRESS_PROFILE_NOT_A_FILE,
    unreadable=Code.PRESS_PROFILE_UNREADABLE,
    too_large=Code.PRESS_PROFILE_TOO_LARGE,
)
