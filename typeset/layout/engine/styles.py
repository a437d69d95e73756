"""The styles of a document's elements, as the engine computes them; no layout is needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.css import get_all_computed_styles
from weasyprint.css.counters import CounterStyle
from weasyprint.css.targets import TargetCollector
from weasyprint.text.fonts import FontConfiguration, font_features

__all__ = ["ComputedStyle", "FontConfiguration", "StyleFor", "computed_styles", "features_of"]

ComputedStyle = Mapping[str, Any]
"""An element's style: values by the names of CSS, with ``_`` for a hyphen."""
StyleFor = Callable[..., ComputedStyle | None]
"""Returns the style of an element, or of one of its pseudo-elements."""


def computed_styles(html: HTML, stylesheets: Sequence[CSS], fonts: FontConfiguration) -> StyleFor:
    """Return a function that gives the present styles of a document's elements.

    Args:
        html: the document.
        stylesheets: those besides the engine's own.
        fonts: the fonts of the style sheets.
    """
    styles: StyleFor = get_all_computed_styles(
        html=html,
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
