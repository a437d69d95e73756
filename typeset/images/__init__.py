"""Measures and checks image files before anything decodes them.

- ``measure`` reads a raster image's size from its header, and passes drawings on;
- ``svg`` measures a drawing.
"""

__all__ = ()
