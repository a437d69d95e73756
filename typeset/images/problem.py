"""The exception for an image that cannot be used."""

from __future__ import annotations

from typeset.diagnostic_codes import Code

__all__ = ["ImageProblem"]


class ImageProblem(Exception):
    """An image that was read but cannot be used, with the words for a diagnostic.

    Args:
        code: the diagnostic's code.
        message: what is wrong, as the end of a sentence that begins with the file's name.
        hint: what to do about it, or an empty string.
    """

    def __init__(self, code: Code, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
