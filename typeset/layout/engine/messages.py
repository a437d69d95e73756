"""The engine's log as values: the page that it lays out, an image that it cannot show.

A record is recognized by its format string, not by the finished message, which may contain the
words of an author.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from typeset.layout.protocol import EngineRecord, OnProgress, Progress, silent

__all__ = ["LOGGER", "also_listening", "listening"]

LOGGER = logging.getLogger("weasyprint")
"""The engine's logger; what we find in place of the engine goes there, too."""
_PROGRESS = logging.getLogger("weasyprint.progress")
_LOGGERS = (LOGGER, _PROGRESS, logging.getLogger("fontTools"))

_PAGE = "Step 5 - Creating layout - Page %d"
"""Followed by the page's number."""
_KINDS = {
    "Failed to load image at %r: %s": "image",
    "Failed to render SVG image %s": "image",
    '.notdef glyph rendered for Unicode string unsupported by fonts: "%s" (U+%04X)': "glyph",
}
"""What a message is about, by its format string; its first argument is its subject."""


@contextmanager
def listening(on_progress: OnProgress) -> Iterator[list[EngineRecord]]:
    """Collect the engine's warnings and errors within a ``with`` statement.

    Args:
        on_progress: is called with each page as it is laid out.
    """
    records: list[EngineRecord] = []
    handler = _Handler(records, on_progress)
    before = [(logger, logger.handlers, logger.propagate, logger.level) for logger in _LOGGERS]
    for logger in _LOGGERS:
        logger.handlers, logger.propagate = [handler], False
    _PROGRESS.setLevel(logging.INFO)
    try:
        yield records
    finally:
        for logger, handlers, propagate, level in before:
            logger.handlers, logger.propagate = handlers, propagate
            logger.setLevel(level)


@contextmanager
def also_listening() -> Iterator[list[EngineRecord]]:
    """Collect the engine's warnings and errors within a ``with`` statement, beside `listening`."""
    handler = _Handler([], silent)
    LOGGER.addHandler(handler)
    try:
        yield handler.records
    finally:
        LOGGER.removeHandler(handler)


class _Handler(logging.Handler):
    """Collects the engine's warnings and errors, and passes on its progress."""

    def __init__(self, records: list[EngineRecord], on_progress: OnProgress) -> None:
        super().__init__()
        self.records = records
        self._on_progress = on_progress

    def emit(self, record: logging.LogRecord) -> None:
        if record.name == _PROGRESS.name:
            if record.msg == _PAGE and isinstance(record.args, tuple):
                (page,) = record.args
                assert isinstance(page, int)
                self._on_progress(Progress("layout", page))
        elif record.levelno >= logging.WARNING:
            self.records.append(_meaning(record))


def _meaning(record: logging.LogRecord) -> EngineRecord:
    is_error, message = record.levelno >= logging.ERROR, record.getMessage()
    kind = _KINDS.get(record.msg)
    if kind is None or not isinstance(record.args, tuple):
        return EngineRecord(is_error, message)
    return EngineRecord(is_error, message, kind, str(record.args[0]))
