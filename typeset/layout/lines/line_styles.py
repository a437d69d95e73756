"""The styles of lines, as classes.

The engine computes the style of a class once, but that of a ``style`` attribute again for each
element that has one, and an issue has some thousand lines with a few hundred styles.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["LineStyles"]

_PREFIX = "line-style-"


class LineStyles:
    """The classes of lines, each made when it is first asked for."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def name(self, properties: Mapping[str, str]) -> str:
        """Return the class of some properties.

        Args:
            properties: values as CSS has them, by their names.
        """
        # As strong as a style attribute.
        rules = "; ".join(f"{name}: {value} !important" for name, value in properties.items())
        return self._names.setdefault(rules, f"{_PREFIX}{len(self._names)}")

    def style_sheet(self) -> str:
        """Return the rules of all classes up to now."""
        return "".join(f".{name} {{ {rules} }}" for rules, name in self._names.items())
