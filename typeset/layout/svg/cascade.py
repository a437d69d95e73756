"""Converts the styles of a drawing to attributes of its elements.

The engine has a cascade of its own, but knows neither variables nor media, and reads ``font: bold
14px Arial`` as a size that is called bold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from xml.etree.ElementTree import Element

import cssselect2
import tinycss2
from tinycss2.ast import Node

from typeset.layout.svg.tree import Tree, local_name
from typeset.layout.svg.values import expand_font, font_size, resolve_variables, substitute

__all__ = ["INITIAL", "Unread", "apply_styles"]

INITIAL = {
    "color": "black",
    "cursor": "auto",
    "direction": "ltr",
    "dominant-baseline": "auto",
    "fill": "black",
    "fill-opacity": "1",
    "fill-rule": "nonzero",
    "font-family": "sans-serif",
    "font-size": "16px",
    "font-style": "normal",
    "font-variant": "normal",
    "font-weight": "normal",
    "letter-spacing": "normal",
    "paint-order": "normal",
    "stroke": "none",
    "stroke-dasharray": "none",
    "stroke-dashoffset": "0",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "stroke-miterlimit": "4",
    "stroke-opacity": "1",
    "stroke-width": "1",
    "text-anchor": "start",
    "visibility": "visible",
    "word-spacing": "normal",
    "writing-mode": "horizontal-tb",
}
"""Properties that children inherit, and what they are where nothing sets them."""
_UNSET = {"unset", "revert", "revert-layer"}
_COLORS = {"fill", "flood-color", "lighting-color", "stop-color", "stroke"}
_SILENT = {"charset", "font-face", "keyframes", "namespace", "page"}
"""Rules without effect in a still drawing, or that the engine handles itself."""
_KEPT_MEDIA = {"", "all", "print"}
_KEPT_FEATURES = {"(prefers-color-scheme:light)"}
_NO_STYLE = {"d", "id", "points", "style", "transform", "href", "class"}
"""Attributes that hold no variables."""

Declarations = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of a style sheet that is not understood."""

    line: int
    text: str


@dataclass(slots=True)
class _Sheets:
    """The rules of a drawing's style sheets."""

    normal: cssselect2.Matcher = field(default_factory=cssselect2.Matcher)
    important: cssselect2.Matcher = field(default_factory=cssselect2.Matcher)
    unread: list[Unread] = field(default_factory=list)

    def add(self, rules: list[Node], line: int) -> None:
        """Add rules, and those inside of rules for paper; a sheet begins on the given line."""
        for rule in rules:
            if rule.type == "qualified-rule":
                self._add_rule(rule, line)
            elif rule.type == "at-rule":
                self._add_at_rule(rule, line)

    def _add_at_rule(self, rule: Node, line: int) -> None:
        name = rule.lower_at_keyword.rpartition("-")[2] if rule.lower_at_keyword else ""
        if rule.lower_at_keyword == "media":
            if rule.content is not None and _is_for_paper(tinycss2.serialize(rule.prelude)):
                self.add(tinycss2.parse_rule_list(rule.content), line)
        elif rule.lower_at_keyword == "layer":
            self.add(tinycss2.parse_rule_list(rule.content or []), line)
        elif name not in _SILENT and rule.lower_at_keyword not in _SILENT:
            self.unread.append(Unread(line + rule.source_line - 1, f"@{rule.at_keyword}"))

    def _add_rule(self, rule: Node, line: int) -> None:
        normal, important = _declarations(rule.content)
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude)
        except cssselect2.SelectorError:
            text = tinycss2.serialize(rule.prelude).strip()
            self.unread.append(Unread(line + rule.source_line - 1, text))
            return
        for selector in selectors:
            if selector.pseudo_element is None:
                self.normal.add_selector(selector, normal)
                self.important.add_selector(selector, important)

    def declarations(self, wrapper: cssselect2.ElementWrapper) -> Declarations:
        """Return what holds for an element, each declaration after those that it outdoes."""
        own_normal, own_important = _own_declarations(wrapper.etree_element.get("style", ""))
        matched = (
            [pair for match in matcher.match(wrapper) for pair in match[-1]]
            for matcher in (self.normal, self.important)
        )
        normal, important = matched
        return [*normal, *own_normal, *important, *own_important]


def apply_styles(tree: Tree) -> list[Unread]:
    """Make the styles of a drawing attributes of its elements, in place.

    Of its style sheets only the fonts stay, which the engine reads.

    Returns:
        What is not understood of them.
    """
    sheets = _Sheets()
    for element in tree.root.iter():
        if local_name(element) == "style":
            _take_sheet(element, tree.line_of(element), sheets)
    root_size = None
    variables: dict[Element, Mapping[str, str]] = {}
    for wrapper in cssselect2.ElementWrapper.from_xml_root(tree.root).iter_subtree():
        element = wrapper.etree_element
        parent = wrapper.parent
        inherited = variables[parent.etree_element] if parent is not None else {}
        variables[element] = _apply(element, sheets.declarations(wrapper), inherited, root_size)
        if element is tree.root:
            root_size = element.get("font-size")
    return sheets.unread


def _take_sheet(element: Element, line: int, sheets: _Sheets) -> None:
    """Move the rules of a style sheet out of the drawing."""
    rules = tinycss2.parse_stylesheet("".join(element.itertext()), skip_comments=True)
    if element.get("type", "text/css") in {"", "text/css"} and _is_for_paper(
        element.get("media", "")
    ):
        sheets.add(rules, line)
    for child in list(element):
        element.remove(child)
    fonts = [
        rule for rule in rules if rule.type == "at-rule" and rule.lower_at_keyword == "font-face"
    ]
    element.text = "\n".join(rule.serialize() for rule in fonts)


def _is_for_paper(media: str) -> bool:
    """Return whether rules for certain media hold on paper."""
    return any(_is_query_for_paper(query.strip()) for query in media.lower().split(","))


def _is_query_for_paper(query: str) -> bool:
    kind, *features = ["".join(part.split()) for part in query.split(" and ")]
    kind = kind.removeprefix("only")
    if kind.startswith("("):
        kind, features = "", [kind, *features]
    return kind in _KEPT_MEDIA and all(feature in _KEPT_FEATURES for feature in features)


@lru_cache(maxsize=1024)
def _own_declarations(style: str) -> tuple[Declarations, Declarations]:
    """Return the declarations of a ``style`` attribute; drawing programs repeat them often."""
    return _declarations(style)


def _declarations(text: str | list[Node]) -> tuple[Declarations, Declarations]:
    """Return declarations, and those that are important; custom properties keep their case."""
    normal: Declarations = []
    important: Declarations = []
    for node in tinycss2.parse_blocks_contents(text):
        if node.type == "declaration":
            custom = node.name.startswith("--")
            value = tinycss2.serialize(node.value).strip()
            chosen = important if node.important else normal
            chosen.append((node.name if custom else node.lower_name, value))
    return normal, important


def _apply(
    element: Element,
    declarations: Declarations,
    inherited: Mapping[str, str],
    root_size: str | None,
) -> Mapping[str, str]:
    """Write what holds for an element into its attributes, and return its variables."""
    own = {name: value for name, value in declarations if name.startswith("--")}
    variables = resolve_variables(own, inherited) if own else inherited
    element.attrib.pop("style", None)
    element.attrib.pop("font", None)  # a property of style sheets only
    written = [(name, value) for name, value in element.attrib.items() if name not in _NO_STYLE]
    for name, value in _expanded([*written, *declarations], variables):
        plain = _in_the_engines_words(name, value, root_size)
        if plain is None:
            element.attrib.pop(name, None)
        else:
            element.attrib[name] = plain
    return variables


def _expanded(
    declarations: Declarations, variables: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield declarations without variables and shorthands; what they leave unsaid is unset."""
    for name, value in declarations:
        if name.startswith("-"):
            continue
        resolved = substitute(value, variables.get)
        if resolved is None:
            yield name, "unset"
        elif name == "font":
            yield from expand_font(resolved).items()
        else:
            yield name, resolved.strip()


def _in_the_engines_words(name: str, value: str, root_size: str | None) -> str | None:
    """Return a value as the engine reads it, or None where it is as good as not there."""
    lowered = value.lower()
    if lowered in _UNSET:
        return "inherit" if name in INITIAL else None
    if lowered == "initial":
        return INITIAL.get(name)
    if name in _COLORS and lowered == "currentcolor":
        return "currentColor"
    if name == "font-size":
        return font_size(value, root_size)
    if name == "font-weight" and lowered in {"bolder", "lighter"}:
        return "bold" if lowered == "bolder" else "normal"
    if name == "visibility" and lowered == "collapse":
        return "hidden"
    return value
