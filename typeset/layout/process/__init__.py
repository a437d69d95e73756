"""The layout process: a child that does jobs under limits of time and memory.

- ``parent`` starts it, sends it jobs and ends it;
- ``messages`` go through the pipe between the two;
- ``worker`` is the child: it alone loads the engine;
- ``service`` does the tasks of a layout there, and ``file_service`` those without one;
- ``lifeline`` ends it if its parent no longer can.
"""

__all__ = ()
