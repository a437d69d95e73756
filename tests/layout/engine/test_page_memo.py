"""What was found on a page holds as long as the page, and what it was found with."""

from __future__ import annotations

import gc
import weakref

from tests.layout.engine.rendering import render
from typeset.layout.engine.page_memo import PageMemo


def test_a_page_is_looked_at_once() -> None:
    one, other = render("<p>x<p style='break-before: page'>y").pages
    memo: PageMemo[str] = PageMemo()
    looks = iter("abc")
    assert [memo.on(page, None, lambda: next(looks)) for page in (one, other, one)] == [*"aba"]


def test_with_something_else_given_it_is_looked_at_again() -> None:
    (page,) = render("<p>x").pages
    memo: PageMemo[str] = PageMemo()
    looks = iter("abc")
    assert [memo.on(page, given, lambda: next(looks)) for given in (1, 2, 2)] == [*"abb"]


def test_no_page_is_kept() -> None:
    document = render("<p>x")
    memo: PageMemo[str] = PageMemo()
    page = weakref.ref(document.pages[0])
    memo.on(document.pages[0], None, lambda: "a")
    document.pages.clear()
    gc.collect()
    assert page() is None
