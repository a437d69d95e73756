"""What was found on a page, as long as there is the page: the next document may hold it again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from weasyprint import Page

__all__ = ["PageMemo"]

T = TypeVar("T")


class PageMemo(Generic[T]):
    """Something that is found on a page, by pages that nothing changes any more."""

    def __init__(self) -> None:
        self._found: WeakKeyDictionary[Page, tuple[Hashable, T]] = WeakKeyDictionary()

    def on(self, page: Page, given: Hashable, find: Callable[[], T]) -> T:
        """Return what is found on a page.

        Args:
            page: the page.
            given: what the result depends on besides.
            find: finds it; the result must not refer to the page.
        """
        if page not in self._found or self._found[page][0] != given:
            self._found[page] = given, find()
        return self._found[page][1]
