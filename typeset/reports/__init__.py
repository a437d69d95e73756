"""Renderings of what a build gives back.

- ``terminal`` shows diagnostics, one line each;
- ``json`` says all of it to programs;
- ``line_statistics`` counts how well lines are set, and ``lines`` shows it.
"""

__all__ = ()
