"""The styles of a document's elements, as the engine computes them; no layout is needed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from copy import copy as shallow
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.css import get_all_computed_styles
from weasyprint.css.counters import CounterStyle
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.css.targets import TargetCollector
from weasyprint.text.fonts import FontConfiguration, font_features

__all__ = [
    "ComputedStyle",
    "FontConfiguration",
    "StyleFor",
    "computed_styles",
    "features_of",
    "forget_derived",
    "without_marks",
]

ComputedStyle = Mapping[str, Any]
"""An element's style: values by the names of CSS, with ``_`` for a hyphen."""
StyleFor = Callable[..., ComputedStyle | None]
"""Returns the style of an element, or of one of its pseudo-elements."""

_MARKS = ("marker",)
"""The pseudo-elements of which styles are never asked for without a layout."""
_ENTANGLED = frozenset({"display", "float", "page", "position"})
"""What the engine computes by other rules, as well as all that decorates text."""


def computed_styles(html: HTML, stylesheets: Sequence[CSS], fonts: FontConfiguration) -> StyleFor:
    """Return a function that gives the present styles of a document's elements.

    Args:
        html: the document.
        stylesheets: those besides the engine's own.
        fonts: the fonts of the style sheets.
    """
    bare = shallow(html)
    bare._ua_stylesheets = lambda forms: [
        without_marks(sheet, _MARKS) for sheet in html._ua_stylesheets(forms)
    ]
    styles: StyleFor = get_all_computed_styles(
        html=bare,
        user_stylesheets=stylesheets,
        presentational_hints=False,
        font_config=fonts,
        counter_style=CounterStyle(),
        color_profiles={},
        page_rules=[],
        layers=[],
        target_collector=TargetCollector(),
        forms=False,
    )
    return styles


def without_marks(sheet: CSS, marks: Collection[str]) -> CSS:
    """Return a sheet without its rules for the marks of all elements.

    There are six in the engine's own sheet, and each gives every element a style more.

    Args:
        sheet: as it was parsed.
        marks: the names of the pseudo-elements.
    """
    bare = shallow(sheet)
    bare.matcher = shallow(sheet.matcher)
    selectors = sheet.matcher.other_selectors
    bare.matcher.other_selectors = [one for one in selectors if one[3] not in marks]
    return bare


def forget_derived(style: Any) -> None:
    """Let a style forget what it inherits, and what is initial, to take less memory.

    A style keeps whatever it was asked for once, and computes the rest when it is asked.
    """
    if getattr(style, "kept", None) == len(style):
        return
    parent = style.parent_style
    declared = getattr(style, "cascaded", ())  # an anonymous one has none of its own
    own = {}
    for name, value in style.items():
        if name in declared or name in _ENTANGLED or name.startswith("text_decoration"):
            derived = False
        elif name in INHERITED:
            derived = parent is not None and parent[name] is value
        else:
            derived = name not in INITIAL_NOT_COMPUTED and INITIAL_VALUES.get(name) is value
        if not derived:
            own[name] = value
    style.clear()
    style.update(own)
    style.kept = len(own)


def features_of(style: ComputedStyle) -> dict[str, int]:
    """Return the OpenType features that a style sets, by their tags."""
    features: dict[str, int] = font_features(
        font_kerning=style["font_kerning"],
        font_variant_ligatures=style["font_variant_ligatures"],
        font_variant_position=style["font_variant_position"],
        font_variant_caps=style["font_variant_caps"],
        font_variant_numeric=style["font_variant_numeric"],
        font_variant_alternates=style["font_variant_alternates"],
        font_variant_east_asian=style["font_variant_east_asian"],
        font_feature_settings=style["font_feature_settings"],
    )
    return features
