"""Checks finished web pages: they must run no code and load nothing from elsewhere.

Templates may come from anybody, and may print anything.  So the finished page is checked, with a
parser that reads it as browsers do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

import tinycss2
import tinyhtml5
from tinyhtml5 import inputstream

from typeset.addresses import LINK_SCHEMES, scheme_of

__all__ = ["PageFault", "judge_page"]

_MOST = 20
"""Faults to report for a page; more of them have the same cause."""
_UNSEEMLY = frozenset(
    "applet base bgsound embed fencedframe form frame frameset iframe noscript object portal "
    "select".split()
)
"""Elements that run, load or send something, or that browsers read in more than one way."""
_DATA_SCRIPT = "application/ld+json"
_SVG = "{http://www.w3.org/2000/svg}"
_LINKS = frozenset({"href", "cite", "longdesc"})
_LOADS = frozenset(
    "action archive attributionsrc background classid codebase data dynsrc formaction imagesrcset "
    "lowsrc manifest ping poster src srcdoc srcset".split()
)
_SETS = frozenset({"srcset", "imagesrcset"})
_DESCRIPTOR = re.compile(r"[0-9.]+[wxh],?")
_QUIET_RELATIONS = frozenset(
    "alternate author bookmark canonical cite-as describedby help license me next noopener "
    "noreferrer prev privacy-policy search tag terms-of-service".split()
)
"""Relations of ``<link>`` for which no browser loads anything."""
_QUIET_META = frozenset(
    {"content-language", "content-security-policy", "content-type", "x-ua-compatible"}
)
_EMBEDDED = re.compile(r"[\s\x00-\x1f]*data:(image|font|audio|video)/", re.IGNORECASE)
_ADDRESS_FUNCTIONS = frozenset({"url", "src", "image-set", "-webkit-image-set"})
_FILLED_IN = frozenset({"var", "attr", "env"})
_SOURCE = re.compile(r"'none'|data:|'sha(256|384|512)-[A-Za-z0-9+/=_-]+'")
"""Sources that a content security policy may allow."""
_EMBEDDED_RUN = re.compile(r"[A-Za-z0-9+/]{256,}")
_ENDS = 64

_NO_SCRIPT = "pages run no script and hold nothing that could; remove it"
_NO_FRAME = "pages hold only articles; remove it"
_NO_REQUEST = "a page holds all that it shows: images come by `address_of(images[…])`"
_LINK_HINT = "link to https, http or mailto, or to a place on the page"
_HEAD_HINT = 'begin with what `{% include "base/web/page.html.j2" %}` makes'


_Found = Iterator[tuple[str, str, tuple[str, ...]]]
"""Messages, hints and traces."""


@dataclass(frozen=True, slots=True)
class PageFault:
    """Something that a page may not have."""

    message: str
    hint: str
    traces: tuple[str, ...]
    """Texts to search for in templates to find the one that wrote it, the surest first."""
    near: str
    """The id of the nearest element with one; empty if there is none."""


class _Patterns(dict[tuple[frozenset[str] | tuple[str, ...], bool], re.Pattern[str]]):
    """Patterns of the parser by the characters that they stand for.

    The parser has such a cache, but looks it up under another key, so it compiles the patterns
    every time, which takes longer than all the rest.
    """

    def __missing__(self, key: tuple[frozenset[str] | tuple[str, ...], bool]) -> re.Pattern[str]:
        characters, opposite = key
        inside = "".join(map(re.escape, sorted(characters)))
        self[key] = pattern = re.compile(f"[{'' if opposite else '^'}{inside}]+")
        return pattern


inputstream.characters_until_regex = _Patterns()


def judge_page(page: str) -> list[PageFault]:
    """Return the faults of a web page.

    Args:
        page: the HTML of the whole page.
    """
    # Most of a page is embedded data.  A long run of letters, digits, `+` and `/` can hold at most
    # an attribute, whose name is at the end of the run if it has a value.
    shorter = _EMBEDDED_RUN.sub(lambda run: run[0][:_ENDS] + run[0][-_ENDS:], page)
    root = tinyhtml5.parse(shorter)
    faults = []
    for fault in (*_faults_of_head(root), *_faults_of_elements(root)):
        faults.append(fault)
        if len(faults) == _MOST:
            break
    return faults


def _faults_of_head(root: Element) -> Iterator[PageFault]:
    """Check that the head has the encoding and a content security policy."""
    metas = root.findall("{*}head/{*}meta")
    if not any(meta.get("charset", "").strip().lower() == "utf-8" for meta in metas):
        yield PageFault('it has no `<meta charset="utf-8">`', _HEAD_HINT, ("<head",), "")
    policies = [
        meta.get("content", "")
        for meta in metas
        if meta.get("http-equiv", "").strip().lower() == "content-security-policy"
    ]
    if not any(map(_is_closed, policies)):
        message = "it has no content security policy that keeps everything out"
        yield PageFault(message, _HEAD_HINT, ("content-security-policy", "<head"), "")


def _is_closed(policy: str) -> bool:
    """Return whether a policy allows only what the page itself contains."""
    rules: dict[str, list[str]] = {}
    for directive in policy.split(";"):
        name, *sources = directive.split() or [""]
        rules.setdefault(name.lower(), sources)
    styles = {name for name in rules if name.startswith("style-src")}
    return rules.get("default-src") == ["'none'"] and all(
        _SOURCE.fullmatch(source) or (name in styles and source == "'unsafe-inline'")
        for name, sources in rules.items()
        for source in sources
    )


def _faults_of_elements(root: Element) -> Iterator[PageFault]:
    waiting = [(root, "")]
    while waiting:
        element, near = waiting.pop()
        near = element.get("id") or near
        tag: Any = element.tag
        if not isinstance(tag, str):
            continue  # a comment
        for message, hint, traces in (*_of_element(element), *_of_attributes(element)):
            yield PageFault(message, hint, traces, near)
        waiting.extend((child, near) for child in reversed(element))


def _of_element(element: Element) -> _Found:
    """Check the tag and the text of an element."""
    tag = _local(element.tag)
    traces = (f"<{tag}",)
    text = element.text or ""
    if tag == "script":
        is_data = element.get("type", "").strip().lower() == _DATA_SCRIPT
        if not is_data:
            yield "it has a `<script>`", _NO_SCRIPT, traces
        elif "<" in text:
            yield (
                "data in `<script>` hold `<`, with which a script may begin",
                (r"write it as \u003c"),
                traces,
            )
    elif tag in _UNSEEMLY:
        yield f"it has a `<{tag}>`", _NO_FRAME, traces
    elif tag == "style":
        yield from _of_styles(text)
    elif tag == "meta":
        directive = element.get("http-equiv")
        if directive is not None and directive.strip().lower() not in _QUIET_META:
            yield f"it has a `<meta http-equiv={directive}>`", _NO_FRAME, (f"{directive}", *traces)
    elif tag in {"animate", "set", "animatemotion", "animatetransform"}:
        name = _local(_lowered(element).get("attributename", ""))
        if name == "href" or name.startswith("on"):
            yield f"`<{tag}>` changes `{name}`", _NO_SCRIPT, traces


def _of_attributes(element: Element) -> _Found:
    """Check the attributes of an element."""
    tag = _local(element.tag)
    is_drawn = _is_drawn(element)
    for key, value in element.attrib.items():
        name = _local(key)
        if name.startswith("on"):
            yield f"`<{tag}>` has a handler, `{name}`", _NO_SCRIPT, (value, name)
        elif name == "style" or (is_drawn and "(" in value):
            yield from _of_styles(value)
        elif name in _LOADS or (name == "href" and _loads_by_href(element)):
            for address in _addresses(name, value):
                if address and not (address.startswith("#") or _EMBEDDED.match(address)):
                    yield f"`<{tag} {name}>` asks for `{address}`", _NO_REQUEST, (value,)
        elif name in _LINKS and scheme_of(value) not in {"", *LINK_SCHEMES}:
            yield f"`<{tag}>` leads to `{value.strip()}`", _LINK_HINT, (value,)


def _loads_by_href(element: Element) -> bool:
    """Return whether a browser loads the address in ``href``, and does not only link to it."""
    tag = _local(element.tag)
    if tag == "link":
        relations = set(element.get("rel", "").lower().split())
        return not relations or not relations <= _QUIET_RELATIONS
    return _is_drawn(element) and tag != "a"


def _is_drawn(element: Element) -> bool:
    return element.tag.startswith(_SVG)


def _addresses(name: str, value: str) -> list[str]:
    if name not in _SETS:
        return [value.strip()]
    return [part.strip(",") for part in value.split() if not _DESCRIPTOR.fullmatch(part)]


def _of_styles(css: str) -> _Found:
    """Check what a style sheet, or the style of one element, would load."""
    for address in _asked_by_styles(css):
        if address and not (address.startswith("#") or _EMBEDDED.match(address)):
            yield f"a style asks for `{address}`", _NO_REQUEST, (address,)


def _asked_by_styles(css: str) -> Iterator[str]:
    """Yield the addresses that styles load; the address of a namespace is not loaded."""
    waiting = [iter(tinycss2.parse_component_value_list(css, skip_comments=True))]
    rule = ""
    """The at-rule that the parser is in."""
    while waiting:
        node = next(waiting[-1], None)
        if node is None:
            waiting.pop()
        elif node.type in {"() block", "[] block", "{} block"}:
            rule = ""
            waiting.append(iter(node.content))
        elif node.type == "literal" and node.value == ";":
            rule = ""
        elif node.type == "at-keyword":
            rule = node.lower_value
        elif rule != "namespace":
            yield from _asked_by(node, rule)
            if node.type == "function":
                waiting.append(iter(node.arguments))


def _asked_by(node: Any, rule: str) -> Iterator[str]:
    """Yield the addresses that one node of a style loads, without those in its children."""
    if node.type == "url" or (node.type == "string" and rule == "import"):
        yield node.value.strip()
    elif node.type == "function" and node.lower_name in _ADDRESS_FUNCTIONS:
        for one in node.arguments:
            if one.type == "string":
                yield one.value.strip()
            elif one.type == "function" and one.lower_name in _FILLED_IN:
                yield f"{one.lower_name}(…)"  # it may stand for any address


def _local(name: str) -> str:
    """Return a name without its namespace, in lower case."""
    return name.rpartition("}")[2].rpartition(":")[2].lower()


def _lowered(element: Element) -> dict[str, str]:
    return {name.lower(): value for name, value in element.attrib.items()}
