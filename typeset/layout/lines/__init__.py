"""Lines: each paragraph is broken as a whole, so that its spaces are as even as they can be."""

__all__ = ()
