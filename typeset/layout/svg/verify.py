"""Compares the letters of a drawing's texts with those that the engine draws."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import fromstring

from typeset.diagnostic_codes import Code
from typeset.layout.engine.styles import FontConfiguration
from typeset.layout.engine.svg_letters import letters_drawn
from typeset.layout.findings import DrawingFault
from typeset.layout.svg.letters import Text, letters_of
from typeset.layout.svg.prepared import Prepared
from typeset.layout.svg.tree import local_name

__all__ = ["faults_of"]

_MOST_LOST = 5
"""Lost texts to report for a drawing, as they usually have one cause."""
_LONGEST_QUOTE = 40

_SHAPES = {"circle", "ellipse", "image", "line", "path", "polygon", "polyline", "rect"}
_REFERRED = {"clipPath", "defs", "marker", "mask", "pattern", "symbol"}


def faults_of(drawing: Prepared, fonts: FontConfiguration) -> tuple[DrawingFault, ...]:
    """Return what is wrong with a drawing: that the engine does not know, and that it loses.

    Args:
        drawing: the drawing as the engine gets it.
        fonts: the engine's.
    """
    lost = (
        DrawingFault(
            drawing.address,
            text.line,
            code=Code.IMAGE_TEXT_LOST,
            message=f"has a text that is not drawn: “{text.letters[:_LONGEST_QUOTE]}”",
            hint="convert the text to paths, or export the drawing again",
        )
        for text in _lost(drawing.data, drawing.texts, fonts)[:_MOST_LOST]
    )
    return (*drawing.faults, *lost)


def _lost(data: bytes, texts: Sequence[Text], fonts: FontConfiguration) -> list[Text]:
    """Return the texts of which the engine does not draw every letter."""
    if not texts:
        return []
    drawn = _drawn(data, fonts)
    if drawn == "".join(text.letters for text in texts):
        return []
    lost = []
    # The longest first: a short text may be found in a longer one, and is then its part.
    for text in sorted(texts, key=lambda text: -len(text.letters)):
        if text.letters not in drawn:
            lost.append(text)
        drawn = drawn.replace(text.letters, " ", 1)
    return sorted(lost, key=lambda text: text.line)


def _drawn(data: bytes, fonts: FontConfiguration) -> str:
    """Return the letters that the engine draws of a drawing, of which only the texts are drawn."""
    root = fromstring(data)  # noqa: S314 - no entities: the file was read before
    for element in root.iter():
        if local_name(element) not in _REFERRED:
            for child in [one for one in element if local_name(one) in _SHAPES]:
                element.remove(child)
    return letters_of(letters_drawn(root, fonts))
