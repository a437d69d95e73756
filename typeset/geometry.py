"""The page in numbers: one baseline grid, two columns, and a front page with a sidebar.

All lengths are in points (1/72 inch).  The front page has a wider right margin.  It is too narrow
for two columns, so its text is one wide column, with the sidebar beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LEAST_COLUMN", "Margins", "Metrics", "PageGeometry", "PageSize"]

LEAST_COLUMN = 8
"""The least number of lines of text that wide figures leave in each column of a page."""


_LEAST_WIDTH = 9
"""The least width of a column, in baseline distances: about 25 letters."""
_LEAST_LINES = 20


@dataclass(frozen=True, slots=True)
class PageSize:
    """The trimmed page."""

    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """The margins that a publication sets; None means that of the theme."""

    top: float | None = None
    bottom: float | None = None
    """The least bottom margin."""
    inner: float | None = None
    """At the spine: on the left of odd pages, on the right of even ones."""
    outer: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """The measures of a theme's page."""

    baseline: float
    """The distance between two lines of the grid."""
    east_asian_baseline: float
    """The same for an issue in an East Asian language, whose characters fill their squares."""
    top: float
    bottom: float
    """The least bottom margin; the actual one depends on how many whole lines fit."""
    side: float
    gap: float
    """The distance between the columns."""
    sidebar: float
    sidebar_gap: float
    first_rise: int
    """How many lines higher the front page begins."""


_THE_THEME_S = Margins()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageGeometry:
    """A page of a given size under given metrics."""

    width: float
    height: float
    top: float
    bottom: float
    inner: float
    """The margin at the spine."""
    outer: float
    baseline: float
    lines: int
    """Lines of the grid on a page."""
    gap: float
    sidebar: float
    first_top: float
    first_width: float
    """The width of the front page's one column."""

    @classmethod
    def of(
        cls,
        page: PageSize,
        metrics: Metrics,
        margins: Margins = _THE_THEME_S,
        *,
        east_asian: bool = False,
    ) -> PageGeometry:
        """Compute the geometry of a page.

        Args:
            page: the trimmed page.
            metrics: those of the theme.
            margins: those of the publication.
            east_asian: whether the issue's language is East Asian.
        """
        baseline = metrics.east_asian_baseline if east_asian else metrics.baseline
        top = metrics.top if margins.top is None else margins.top
        bottom = metrics.bottom if margins.bottom is None else margins.bottom
        inner = metrics.side if margins.inner is None else margins.inner
        outer = metrics.side if margins.outer is None else margins.outer
        lines = int((page.height - top - bottom) // baseline)
        return cls(
            width=page.width,
            height=page.height,
            top=top,
            bottom=page.height - top - lines * baseline,
            inner=inner,
            outer=outer,
            baseline=baseline,
            lines=lines,
            gap=metrics.gap,
            sidebar=metrics.sidebar,
            first_top=top - _rise(top, metrics.first_rise, baseline) * baseline,
            first_width=page.width - inner - outer - metrics.sidebar - metrics.sidebar_gap,
        )

    @property
    def has_room(self) -> bool:
        """Whether lines of text are long enough, on the front page and in columns."""
        least = _LEAST_WIDTH * self.baseline
        return min(self.first_width, self.column_width) >= least and self.lines >= _LEAST_LINES

    @property
    def content_width(self) -> float:
        """The width between the side margins."""
        return self.width - self.inner - self.outer

    @property
    def column_width(self) -> float:
        """The width of each of two columns."""
        return (self.content_width - self.gap) / 2

    @property
    def first_right(self) -> float:
        """The front page's right margin."""
        return self.width - self.inner - self.first_width

    def left(self, page: int) -> float:
        """Return the left margin of a page: odd pages are to the right of the spine."""
        return self.inner if page % 2 else self.outer

    def middle(self, page: int) -> float:
        """Return the middle of the gap between the columns, from the left edge of a page."""
        return self.left(page) + self.content_width / 2


def _rise(top: float, wanted: int, baseline: float) -> int:
    """Return how many lines higher the front page may begin and still keep half its margin."""
    return min(wanted, int(top / 2 // baseline))
