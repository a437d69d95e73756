"""Image files, measured and judged before anything decodes them.

- ``measure`` takes a raster image's size from its header, and hands drawings on;
- ``svg`` measures a drawing.
"""

__all__ = ()
