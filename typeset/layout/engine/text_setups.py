"""Sets Pango up only once for all texts of one style.

For each text, twice, the engine describes the font, the language and the features of its style to
Pango.  A page has hundreds of texts, and few styles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from weasyprint.text.ffi import ffi, gobject, pango
from weasyprint.text.line_break import Layout

from typeset.layout.engine.releases import replaced

__all__ = ["READ", "TextSetups", "setup_of"]

READ = (
    "direction",
    "font_family",
    "font_feature_settings",
    "font_kerning",
    "font_language_override",
    "font_size",
    "font_stretch",
    "font_style",
    "font_variant_alternates",
    "font_variant_caps",
    "font_variant_east_asian",
    "font_variant_ligatures",
    "font_variant_numeric",
    "font_variant_position",
    "font_variation_settings",
    "font_weight",
    "lang",
)
"""What the engine reads of a style to set Pango up, besides whether lines decorate its text."""

ffi.cdef("PangoLayout * pango_layout_copy (PangoLayout *layout);", override=True)


def setup_of(style: Any) -> tuple[Any, ...]:
    """Return what a style says of how Pango is set up; that of a drawing's text has a list."""
    values = [style[name] for name in READ]
    values[READ.index("font_family")] = tuple(style["font_family"])
    return (style.font_config, style["text_decoration_line"] == "none", *values)


class TextSetups:
    """What Pango was set up for, with the fonts of one configuration."""

    def __init__(self) -> None:
        self._known: dict[tuple[Any, ...], Mapping[str, Any]] = {}

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Let the engine copy what it has set up before."""
        with replaced(Layout, "setup", self._quick):
            yield

    def _quick(self, engine: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
        return lambda layout, style: self._set_up(layout, style, engine)

    def _set_up(self, layout: Any, style: Any, engine: Any) -> None:
        key = setup_of(style)
        known = self._known.get(key)
        if known is None:
            empty = Layout.__new__(Layout)
            engine(empty, style)
            known = self._known[key] = vars(empty)
        vars(layout).update(known)
        layout.style = style
        copy = pango.pango_layout_copy(known["layout"])
        layout.layout = ffi.gc(copy, gobject.g_object_unref)
