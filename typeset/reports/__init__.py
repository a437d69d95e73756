"""Renders the results of a build.

- ``terminal`` shows diagnostics, one line each;
- ``json`` renders everything for programs;
- ``line_statistics`` measures how well lines are set, and ``lines`` shows it.
"""

__all__ = ()
