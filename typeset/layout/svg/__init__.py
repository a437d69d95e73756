"""Prepares SVG drawings for the engine, which omits or misplaces what it does not support.

A drawing is read (`tree`), its styles become attributes (`cascade`), and what the engine cannot
draw is rewritten or reported (`rewrite`, `unsupported`).  The letters of its texts
(`letters`) are compared with those that the engine then draws (`verify`).
"""

from typeset.layout.svg.prepared import Prepared, prepare
from typeset.layout.svg.verify import faults_of

__all__ = ["Prepared", "faults_of", "prepare"]
