"""The settings of editions: what ``editions`` in a manifest may contain."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from typeset.config.lengths import POINTS, LengthShape, length
from typeset.config.validation import Settings, Text

__all__ = ["EditionSettings", "PressSettings", "ScreenSettings"]

_MOST_BLEED = 20 * POINTS["mm"]
_MULTIPLES = ("1", "2", "4", "8", "16", "32")


def _bleed(value: Any) -> Any:
    bleed = length(str(value))
    if bleed > _MOST_BLEED:
        raise ValueError("a bleed is at most 20 mm")
    return bleed


def _multiple(value: Any) -> Any:
    if str(value) not in _MULTIPLES:
        raise ValueError(f"a sheet has {', '.join(_MULTIPLES[:-1])} or {_MULTIPLES[-1]} pages")
    return int(value)


class ScreenSettings(Settings, use_attribute_docstrings=True):
    """The PDF for reading."""

    resolution: Annotated[int, Field(ge=72, le=600)] = 192
    """Pixels per inch that pictures are made smaller to, where they have more."""


class PressSettings(Settings, use_attribute_docstrings=True):
    """The PDF for the print shop."""

    bleed: Annotated[float, BeforeValidator(_bleed, json_schema_input_type=LengthShape)] = (
        3 * POINTS["mm"]
    )
    """How far what touches the edge goes on beyond it, such as 3 mm."""
    marks: bool = True
    """Whether crop and registration marks and the slug line stand around the page."""
    profile: Text | None = None
    """The color profile of the press, a file; without it, FOGRA39 if the system has it."""
    ink: Literal["color", "black"] = "color"
    """Whether all four inks are used, or black alone."""
    pages_multiple_of: Annotated[
        int, BeforeValidator(_multiple, json_schema_input_type=Literal[1, 2, 4, 8, 16, 32])
    ] = 4
    """Blank pages fill the last sheet up to a multiple of this."""


class EditionSettings(Settings, use_attribute_docstrings=True):
    """What is particular to an edition."""

    screen: ScreenSettings = Field(default_factory=ScreenSettings)
    """The PDF for reading."""
    press: PressSettings = Field(default_factory=PressSettings)
    """The PDF for the print shop."""
