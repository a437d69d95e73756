"""Lines chosen for a whole paragraph at once, instead of one after the other."""

__all__ = ()
