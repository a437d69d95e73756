"""No rule can lose a letter unseen: each is made to lose one here, and the article is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from markdown import Markdown
from markupsafe import Markup

import typeset.markdown.article
import typeset.markdown.endnotes
import typeset.markdown.floats
import typeset.markdown.inline_reader
from tests.markdown.reading import read, read_file
from typeset.markdown.account import Account, Why
from typeset.markdown.code import CodeBlock
from typeset.markdown.endnotes import Definition
from typeset.markdown.features import FEATURES, Feature, Manuscript, Text
from typeset.markdown.parser import Parser
from typeset.markdown.regroup import regroup
from typeset.model import Inline

HEAD = """\
kicker: The *kicker*
standfirst: A [standfirst](https://a.example/) here
takeaway: The point
summary: A summary
"""
ARTICLE = """\
Kobe's *first*b <!-- unseen --> ends&shy;here, [link](https://b.example/x "t")s and [words][ref]s
of [ref]s; <https://c.example/>s, <desk@d.example>s, https://e.example/ f, `code`s, TEU \\
broken  \nagain, [span]{lang=ja}s, a\\*b, a\\"b, <b>raw</b>s, **strong**s[^note]s.

## Heading {#heading}

Heading
-------

> A quotation

- one

    two

- three

7. seven
8. eight

Term

:   Definition

    More of it

***

![Caption](images/a.png){alt="Other words" width=wide credit="A *credit*"}
![Caption](<images/b c.png>)
{alt="Second"}
![Third][figure]

| a | b |
|---|---|
| c | d |
Table: Words {unit="tons" source="Harbor"}

~~~python
fenced
~~~

    indented

[^note]: A note
    of two lines

    and two paragraphs

[ref]: https://g.example/ "Title"
[figure]: images/d.png
*[TEU]: unit of length
"""
LETTER = re.compile(r"[^\W\d_]")


def shortened(text: str) -> str:
    """Return a text without its last letter."""
    letter = re.compile(r"<[^<>]*>|[^\W\d_]") if isinstance(text, Markup) else LETTER
    found = [one for one in letter.finditer(text) if len(one[0]) == 1]
    return text[: found[-1].start()] + text[found[-1].end() :] if found else text


def lose_in(element: Element) -> bool:
    """Remove one letter from a tree, and return whether there was one."""
    for inner in element.iter():
        for name in ("text", "tail"):
            text = getattr(inner, name)
            if text and "\x02" not in text and LETTER.search(text):
                setattr(inner, name, shortened(text))
                return True
    return False


class Loser:
    """Makes a rule lose one letter, once."""

    def __init__(self) -> None:
        self.done = False

    def once(self, text: str) -> str:
        if self.done or not LETTER.search(text):
            return text
        self.done = True
        return shortened(text)

    def block(self, rule: Any) -> None:
        run = rule.run

        def losing(parent: Element, blocks: list[str]) -> Any:
            given, done = blocks[0], self.done
            blocks[0] = self.once(given)
            result = run(parent, blocks)
            if result is False:
                blocks[0], self.done = given, done
            elif not self.done:  # what it made has stood elsewhere
                self.done = lose_in(parent[-1])
            return result

        rule.run = losing

    def inline(self, rule: Any) -> None:
        handle = rule.handleMatch

        def losing(match: Any, data: str, *rest: Any) -> Any:
            node, start, end = handle(match, data, *rest)
            if not self.done and end is not None and node is not None:
                if isinstance(node, Element) and node.text and "\x02" not in node.text:
                    self.done = lose_in(node)
                elif LETTER.match(data, end):  # one that stands behind
                    self.done, end = True, end + 1
            return node, start, end

        rule.handleMatch = losing

    def tree(self, rule: Any) -> None:
        run = rule.run

        def losing(root: Element) -> Any:
            result = run(root)
            self.done = self.done or lose_in(root)
            return result

        rule.run = losing

    def lines(self, rule: Any) -> None:
        run = rule.run

        def losing(lines: list[str]) -> Any:
            return [self.once(line) for line in run(lines)]

        rule.run = losing


Registry = tuple[str, Callable[[Markdown], Any], Callable[[Loser, Any], None]]
REGISTRIES: list[Registry] = [
    ("lines", lambda md: md.preprocessors, Loser.lines),
    ("blocks", lambda md: md.parser.blockprocessors, Loser.block),
    ("inline", lambda md: md.inlinePatterns, Loser.inline),
    ("tree", lambda md: md.treeprocessors, Loser.tree),
]
WITHOUT_LETTERS = {
    "blocks empty",
    "blocks hr",
    "inline escape",  # makes a code of a mark
    "inline image_link",  # an image among words is an error
    "inline image_reference",
    "inline short_image_ref",
}


def rules() -> Iterator[str]:
    """Give the name of each rule that can lose letters."""
    md = Parser()._markdown
    for kind, registry, _ in REGISTRIES:
        for rule in registry(md):
            name = next(
                one.name for one in registry(md)._priority if registry(md)[one.name] is rule
            )
            if f"{kind} {name}" not in WITHOUT_LETTERS:
                yield f"{kind} {name}"


def test_the_article_is_sound() -> None:
    reading = read(ARTICLE, head=HEAD)
    assert set(reading.codes) == {"raw-html", "figure-alt"}, reading.messages


@pytest.mark.parametrize("rule", list(rules()))
def test_a_rule_that_loses_a_letter_stops_the_article(
    rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, name = rule.split()
    registry, lose = next(row[1:] for row in REGISTRIES if row[0] == kind)
    loser = Loser()
    begin = Parser.__init__

    def losing(self: Parser, *arguments: Any, **options: Any) -> None:
        begin(self, *arguments, **options)
        lose(loser, registry(self._markdown)[name])

    monkeypatch.setattr(Parser, "__init__", losing)
    reading = read(ARTICLE, head=HEAD)
    assert loser.done, "the article above does not touch this rule"
    assert "text-lost" in reading.codes, reading.codes


def lose_of(value: object, loser: Loser) -> object:
    """Return what a step gave back, one letter shorter."""
    match value:
        case str():
            shorter = loser.once(value)
            return type(value)(shorter)
        case Inline() if value and not loser.done:
            loser.done = True
            return Inline(Markup(shortened(value.html)), value.text)  # noqa: S704
        case CodeBlock():
            return replace(value, text=loser.once(value.text))
        case Definition():
            paragraphs = tuple((loser.once(text), place) for text, place in value.paragraphs)
            return replace(value, paragraphs=paragraphs)
        case list():
            return [lose_of(one, loser) for one in value]
        case dict():
            return {name: lose_of(one, loser) for name, one in value.items()}
        case _:
            return value


STEPS = [
    (feature.name, step)
    for feature in FEATURES
    for step in ("take", "check", "set")
    if getattr(feature, step)
]
FOUND = [("blocks of code", "code"), ("endnotes", "notes")]


def with_step(name: str, step: str, losing: Callable[..., Any]) -> tuple[Feature, ...]:
    """Return the features, one of them with another step, which is given its own one first."""
    (row,) = (feature for feature in FEATURES if feature.name == name)
    other: dict[str, Any] = {step: partial(losing, getattr(row, step))}
    return tuple(replace(row, **other) if one is row else one for one in FEATURES)


def losing_step(loser: Loser, step: str, *, short: bool) -> Callable[..., Any]:
    """Return a step that loses one letter, in an article's body or in one of its short texts."""

    def losing(run: Callable[..., Any], content: Any, text: Any) -> Any:
        is_short = bool(text.name) if isinstance(text, Text) else not text.file.text
        result = run(content, text)
        if is_short is not short:
            return result
        if step == "take":
            return lose_of(result, loser)
        loser.done = loser.done or lose_in(content)
        return result

    return losing


@pytest.mark.parametrize(("name", "step"), STEPS)
def test_a_step_that_loses_a_letter_stops_the_article(name: str, step: str) -> None:
    loser = Loser()
    features = with_step(name, step, losing_step(loser, step, short=False))
    reading = read(ARTICLE.replace("<b>raw</b>", "raw"), head=HEAD, features=features)
    assert loser.done
    assert "text-lost" in reading.codes, reading.codes


@pytest.mark.parametrize(
    ("name", "step"),
    [
        (feature.name, step)
        for feature in FEATURES
        for step in ("take", "check", "set")
        if feature.level == "inline" and getattr(feature, step)
    ],
)
def test_a_step_that_loses_a_letter_of_a_short_text_stops_the_article(name: str, step: str) -> None:
    loser = Loser()
    features = with_step(name, step, losing_step(loser, step, short=True))
    reading = read(ARTICLE.replace("<b>raw</b>", "raw"), head=HEAD, features=features)
    assert loser.done
    assert "text-lost" in reading.codes, reading.codes


@pytest.mark.parametrize(("name", "found"), FOUND)
def test_a_step_that_loses_a_letter_of_what_it_took_stops_the_article(
    name: str, found: str
) -> None:
    loser = Loser()

    def losing(run: Callable[..., Any], lines: list[str], text: Manuscript) -> Any:
        rest = run(lines, text)
        setattr(text, found, lose_of(getattr(text, found), loser))
        return rest

    reading = read(ARTICLE, head=HEAD, features=with_step(name, "take", losing))
    assert loser.done
    assert "text-lost" in reading.codes, reading.codes


@pytest.mark.parametrize(
    ("module", "name", "what"),
    [
        ("article", "regroup", "value"),
        ("article", "number_blocks", "tree"),
        ("article", "markup", "value"),
        ("article", "curl_quotes", "value"),
        ("inline_reader", "inline_of", "value"),
        ("floats", "report_nested", "tree"),
        ("floats", "report_unruled", "tree"),
        ("floats", "join_captions", "tree"),
        ("floats", "check_rows", "tree"),
        ("floats", "inline_of", "value"),
        ("floats", "curl_quotes", "value"),
        ("floats", "markup", "value"),
        ("endnotes", "_paragraphs", "value"),
    ],
)
def test_a_function_that_loses_a_letter_stops_the_article(
    module: str, name: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = getattr(typeset.markdown, module)
    function = getattr(home, name)
    loser = Loser()

    def losing(*arguments: Any, **options: Any) -> Any:
        result = function(*arguments, **options)
        if what == "tree":
            loser.done = loser.done or lose_in(arguments[0])
            return result
        if isinstance(result, tuple):  # paragraphs of a note
            return tuple((loser.once(text), place) for text, place in result)
        return lose_of(result, loser)

    monkeypatch.setattr(home, name, losing)
    reading = read(ARTICLE.replace("<b>raw</b>", "raw"), head=HEAD)
    assert loser.done
    assert "text-lost" in reading.codes, reading.codes


def test_a_lost_letter_is_reported_at_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def losing(lines: list[str], *rest: Any) -> Any:
        return [line.replace("Lost", "ost") for line in regroup(lines, *rest) or []]

    monkeypatch.setattr(typeset.markdown.article, "regroup", losing)
    reading = read("One [two](https://a.example/b).\n\n## Three\n\nFour\nfive Lost words.")
    assert reading.problems == [(10, 0, "error", "text-lost")]
    assert "from `Lost words.` on" in reading.messages


def test_a_letter_that_stands_twice_is_reported() -> None:
    def doubling(run: Callable[..., Any], root: Element, text: Text) -> None:
        run(root, text)
        if not text.name:
            root[0].text = f"{root[0].text}s"

    reading = read("Word\n", features=with_step("endnotes", "set", doubling))
    assert reading.codes == ["text-lost"]


def test_each_rule_says_what_it_took_and_why() -> None:
    account = Account()
    parser = Parser(manuscript=Manuscript(account=account))
    text = '[a](https://b.example/ "c")[^d]&eacute; [e]{lang=ja} `f`'
    assert parser.parse_inline(text, text, 1)[1].loss is None
    assert set(account.reasons) == {
        (Why.ATTRIBUTES, "{lang=ja}"),
        (Why.LABEL, "d"),
        (Why.TARGET, '](https://b.example/ "c")'),
        (Why.ENTITY, "&eacute;"),
    }


@pytest.mark.parametrize(
    "body",
    [
        "caf&eacute; &#233; &AMP; R&amp;D &nosuch; 2&sup2;",
        "[a `b` *c* \\[d\\]](https://e.example/f\\_g?h=`i`&amp;j)k",
        "x[*a*](https://b.example/)*y*[z][*a*]\n\n[*a*]: https://c.example/",
        "Å e\u0301 ǎ 한국 が \ufb01 ² Ⅷ [が]{lang=ja}",
        "1) a\n2) b\n\n   3. c\n\n10. d",
        "- a\n  1. b\n  2. c\n\n     d",
        "> 1. a\n>    > b",
        "a {#b}\n\nc\n{.d}\n\n- e\n  {.f}\n  - g",
        "Term\n: 1. a\n  2. b",
        "![a [b](https://c.example/d)](images/e.png){credit='f' alt='g \\'h\\' i' width=column}",
        "| a | `b\\|c` |\n|---|---|\n| d\\|e | [f](https://g.example/) |",
        "- ```js\n  code\n  ```\n\n1. ~~~ x\n   y\n   ~~~",
        "*[A&B]: c\n\nA&amp;B and A&B",
    ],
)
def test_sound_text_is_never_called_lost(body: str) -> None:
    assert "text-lost" not in read(body).codes


def test_front_matter_is_weighed_too() -> None:
    reading = read_file(
        '---\ntitle: "A <!-- B --> [c](https://d.example/) &eacute;"\nauthors:\n'
        "- name: E\n  bio: F *g*\n- name: E\n  bio: F *g*\n---\nText.\n"
    )
    assert not reading.problems, reading.messages
    assert reading.whole.title.text == "A c é"
