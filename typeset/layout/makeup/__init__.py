"""Make-up: what stands on every page, decided from heights alone.  No engine is known here.

- ``values`` is what comes in and goes out: blocks, the shape of the pages, a plan;
- ``weights`` says what is unwelcome on a page, and how much;
- ``stream`` is the text of a flow as one endless column, ``figures`` what may leave it, and
  ``flow`` has both ready;
- ``arrangements`` says what the figures of a column take and cost, ``columns`` fills a column, and
  ``pages`` a page of two;
- ``first_fit`` takes what fits, page by page, and ``search`` looks for the best pages of all;
- ``cut`` says which lines of which block then stand where;
- ``issue`` plans several flows, one after another.
"""

__all__ = ()
