"""Maps the elements of a document to the structure types of PDF 1.7, for screen readers."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from typeset.layout.document import INLINE, Class, has_class, is_head
from typeset.model import ElementKind

__all__ = ["ROLE_MAP", "SVG", "Outline", "list_numbering"]

SVG = "{http://www.w3.org/2000/svg}svg"
ROLE_MAP = {"Em": "Span", "Strong": "Span"}
"""Types of PDF 2.0 that are more precise than those of PDF 1.7 which stand for them."""

_TYPES = {
    "article": ("Art",),
    "aside": ("Sect",),
    "blockquote": ("BlockQuote",),
    "caption": ("Caption",),
    "dd": ("LBody",),
    "div": ("Div",),
    "dl": ("L",),
    "dt": ("Lbl",),
    "figcaption": ("Caption",),
    # The words that stand for an image stand for all that its tag holds: a caption in it would go
    # unheard (ISO 32000-1, 14.9.3).
    "figure": ("Div",),
    "footer": ("Sect",),
    "header": ("Sect",),
    "img": ("Figure",),
    "li": ("LI", "LBody"),
    "main": ("Part",),
    "nav": ("Sect",),
    "ol": ("L",),
    "p": ("P",),
    "pre": ("P",),
    "section": ("Sect",),
    "table": ("Table",),
    "tbody": ("TBody",),
    "td": ("TD",),
    "tfoot": ("TFoot",),
    "th": ("TH",),
    "thead": ("THead",),
    "tr": ("TR",),
    "ul": ("L",),
    SVG: ("Figure",),
} | {f"h{level}": (f"H{level}",) for level in range(1, 7)}
_IN_CONTENTS = {"ol": ("TOC",), "ul": ("TOC",), "li": ("TOCI",), "a": ("Reference", "Link")}
_FOR_LAYOUT = (Class.COLUMNS, Class.SIDEBAR, Class.BANNER)
"""Classes of what only gives its content a place on the page."""
_NUMBERINGS = {
    "circle": "Circle",
    "square": "Square",
    "decimal": "Decimal",
    "decimal-leading-zero": "Decimal",
    "lower-alpha": "LowerAlpha",
    "lower-latin": "LowerAlpha",
    "upper-alpha": "UpperAlpha",
    "upper-latin": "UpperAlpha",
    "lower-roman": "LowerRoman",
    "upper-roman": "UpperRoman",
}


class Outline:
    """The elements of a document: where each belongs, and what it is.

    Args:
        body: the document.
        language: its language.
        kinds: elements that it may hold besides those that are known here.
    """

    def __init__(self, body: Element, language: str, kinds: Iterable[ElementKind] = ()) -> None:
        self._types = _TYPES | {kind.tag: kind.role for kind in kinds}
        self.parents: dict[Element, Element] = {}
        """What each element is part of."""
        self.languages = {body: body.get("lang") or language}
        """The language of each element."""
        self.groups: dict[Element, tuple[str, Element]] = {}
        """Of elements that belong together, though no other holds just them: the type of the tag
        that does, and the first of them."""
        for element in body.iter():
            for child in element:
                self.parents[child] = element
                self.languages[child] = child.get("lang") or self.languages[element]
            self._gather(element)

    def _gather(self, element: Element) -> None:
        """Note which children of an element belong together."""
        if element.tag == "div" and has_class(element, Class.COLUMNS):
            first = None
            for child in element:
                first = child if child.tag == "div" and is_head(child) else first
                if first is not None:
                    self.groups[child] = ("Art", first)
        elif element.tag == "dl":
            first = None
            for before, child in zip([None, *element], element, strict=False):
                ends = before is None or (child.tag == "dt" and before.tag != "dt")
                first = child if ends else first
                if first is not None:
                    self.groups[child] = ("LI", first)
        elif element.tag == "div" and (table := element.find("table")) is not None:
            for child in element.iterfind("p"):
                if has_class(child, Class.CAPTION):
                    self.parents[child] = table

    def types(self, element: Element) -> tuple[str, ...]:
        """Return the types of the tags that an element becomes, the outermost first.

        There are none for what has no meaning for a listener.
        """
        if element.tag == "a":
            return self._types_of_link(element)
        if element.tag in _IN_CONTENTS and self._is_within(element, "nav"):
            return _IN_CONTENTS[element.tag]
        if element.tag == "p" and self._is_note(element):
            return ("Note",)
        if element.tag == "p" and self.parents[element].tag == "table":
            return ("Caption",)
        if element.tag == "div" and has_class(element, Class.NOTES):
            return ("Sect",)
        if element.tag == "div" and has_class(element, *_FOR_LAYOUT):
            return ()
        if element.tag == "abbr" and element.get("title"):
            return ("Span",)
        if element.tag in INLINE:
            return INLINE[element.tag].role
        return self._types.get(element.tag, ())

    def _types_of_link(self, element: Element) -> tuple[str, ...]:
        if has_class(element, Class.CALL) or self._is_within(element, "nav"):
            return ("Reference", "Link")
        if has_class(element, Class.BACK):
            note = next((one for one in self._around(element) if self._is_note(one)), None)
            if note is not None and next(note.iter("a")) is element:
                return ("Lbl", "Link")  # a note's number leads back to its first call
        return ("Link",)

    def _is_note(self, element: Element) -> bool:
        parent = self.parents.get(element)
        return has_class(parent, Class.NOTES) and "id" in element.attrib

    def _is_within(self, element: Element, tag: str) -> bool:
        return any(one.tag == tag for one in self._around(element))

    def _around(self, element: Element) -> list[Element]:
        around = []
        while (parent := self.parents.get(element)) is not None:
            around.append(parent)
            element = parent
        return around

    def goes_on(self, element: Element) -> bool:
        """Return whether an element is the rest of one that was divided at the end of a line."""
        parent = self.parents.get(element)
        if parent is None or "id" in element.attrib or parent.text or parent[0] is not element:
            return False
        paragraph = self.parents.get(parent)
        if paragraph is not None and has_class(paragraph, Class.SET):
            return paragraph[0] is not parent
        return self.goes_on(parent)


def list_numbering(style: object) -> str:
    """Return the word for what stands before the items of a list.

    Args:
        style: the value of ``list-style-type``.
    """
    if style == "none":
        return "None"
    # Of characters that an author chose, PDF 1.7 has only these.
    return _NUMBERINGS.get(style, "Disc") if isinstance(style, str) else "Disc"
