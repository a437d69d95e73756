"""Figures and tables: where they stand so that columns and pages fill.

- ``plan`` fills the columns on paper and says where each figure is called;
- ``wide`` moves wide ones that left their page empty;
- ``settle`` finds on the pages the columns that a figure left short.
"""

__all__ = ()
