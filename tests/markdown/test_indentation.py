"""What the place of a line makes of it: comments and code in lists, definitions, quotations."""

from __future__ import annotations

import pytest

from tests.markdown.reading import read

COMMENTED = {
    "after a lazy line": "* One\nlazy\n\n    More <!-- c --> text\n",
    "in a definition": "Term\n: Meaning\n\n    More <!-- c --> text\n",
    "after a fence": "- One\n\n    ```\n    code\n    ```\n\n    More <!-- c --> text\n",
    "below a long number": "1986. One\n\n    More <!-- c --> text\n",
    "in a list in a quotation": "> - One\n>\n>     More <!-- c --> text\n",
    "in a list in a list": "- - One\n\n      More <!-- c --> text\n",
    "over lines": "- One\n  lazy\n    1. Two\n\n        More <!--\n    c --> text\n",
}
KEPT = {
    "in a quotation": "> One\n>\n>     <!-- code -->\n",
    "in a list": "- One\n\n        <!-- code -->\n",
    "after a list": "- One\n\ntext\n\n    <!-- code -->\n",
    "after a heading": "- One\n## Heading\n\n    <!-- code -->\n",
    "after a rule": "- One\n\n---\n\n    <!-- code -->\n",
    "after a year": "Some\n1986. One\n\n    <!-- code -->\n",
}
FENCED = {
    "after a lazy line": "* One\nlazy\n\n    ```\n    a\n    b\n    ```\n",
    "in a definition": "Term\n: Meaning\n\n    ~~~\n    a\n    b\n    ~~~\n",
    "in a list in a quotation": "> - One\n> lazy\n>\n>     ```\n>     a\n>     b\n>     ```\n",
}


@pytest.mark.parametrize("body", COMMENTED.values(), ids=COMMENTED)
def test_a_comment_is_dropped_wherever_text_may_stand(body: str) -> None:
    reading = read(body)
    assert not reading.problems, reading.messages
    assert "More text" in reading.html
    assert "--" not in reading.html


@pytest.mark.parametrize("body", KEPT.values(), ids=KEPT)
def test_what_is_code_by_its_indentation_holds_no_comment(body: str) -> None:
    reading = read(body)
    assert not reading.problems, reading.messages
    assert "&lt;!-- code --&gt;</code></pre>" in reading.html


@pytest.mark.parametrize("body", FENCED.values(), ids=FENCED)
def test_a_fence_is_one_wherever_text_may_stand(body: str) -> None:
    reading = read(body)
    assert not reading.problems, reading.messages
    assert "<pre><code>a\nb</code></pre>" in reading.html


@pytest.mark.parametrize(
    "body",
    [
        "One\n\n<!--\n```\nfenced\n```\n-->\n\ntwo\n",
        "One <!-- x\n\n~~~python\nfenced\n\nmore\n~~~\n\n- y --> two\n",
    ],
)
def test_a_comment_may_hold_a_block_of_code(body: str) -> None:
    reading = read(body)
    assert not reading.problems, reading.messages
    assert "fenced" not in reading.html
    assert "two" in reading.html
