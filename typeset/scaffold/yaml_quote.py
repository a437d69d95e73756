"""Writes texts as YAML, in quotes where necessary."""

from __future__ import annotations

from collections.abc import Sequence

import yaml

__all__ = ["in_quotes", "listed", "scalar"]

_ENDLESS = 1_000_000
"""A line width at which no line is wrapped."""


def scalar(text: str) -> str:
    """Return a text as the value of a setting, on one line."""
    dumped = yaml.safe_dump({"": " ".join(text.split())}, allow_unicode=True, width=_ENDLESS)
    return dumped.partition(": ")[2].rstrip("\n")


def in_quotes(text: str) -> str:
    """Return a text in double quotes, on one line."""
    plain = " ".join(text.split())
    dumped = yaml.safe_dump(plain, allow_unicode=True, width=_ENDLESS, default_style='"')
    return dumped.rstrip("\n")


def listed(texts: Sequence[str]) -> str:
    """Return texts as a list in brackets."""
    plain = [" ".join(text.split()) for text in texts]
    dumped = yaml.safe_dump(plain, allow_unicode=True, width=_ENDLESS, default_flow_style=True)
    return dumped.rstrip("\n")
