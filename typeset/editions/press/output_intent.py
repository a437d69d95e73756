"""The output intent: which press a file is made for."""

from __future__ import annotations

import re

import pikepdf
from pikepdf import Array, Dictionary, Name

__all__ = ["intend_output"]

_REGISTRY = "http://www.color.org"
_REGISTERED = re.compile(r"FOGRA ?(\d+)|\b(?:ISO ?)?Coated ?v2", re.IGNORECASE)
"""Names of profiles that stand for a printing condition of the registry."""


def intend_output(pdf: pikepdf.Pdf, profile: bytes, name: str) -> None:
    """Make a color profile the file's one output intent, byte by byte.

    Args:
        pdf: the file.
        profile: the color profile of the press.
        name: the name that the profile gives itself.
    """
    stream = pdf.make_stream(profile, N=4, Alternate=Name.DeviceCMYK)
    condition = _condition_of(name)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=condition or "Custom",
        Info=name or "Custom",
        DestOutputProfile=stream,
    )
    if condition:
        intent.RegistryName = _REGISTRY
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def _condition_of(name: str) -> str:
    """Return the registered name of a printing condition, derived from a profile's name."""
    match = _REGISTERED.search(name)
    return "" if match is None else f"FOGRA{match[1] or '39'}"
