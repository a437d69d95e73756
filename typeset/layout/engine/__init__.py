"""What we change in the engine as it draws.

- ``svg_cache`` draws a drawing once and repeats its strokes;
- ``font_subsets`` makes a subset of a font once and embeds it again;
- ``bleed`` carries a page's background on beyond the trim.
"""

__all__ = ()
