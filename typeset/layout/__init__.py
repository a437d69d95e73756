"""Layout: a document becomes pages, in a child process.

- ``protocol`` is what is asked for and answered, as plain picklable values: limits on time and
  memory, cancelling and warm workers then come by design;
- ``findings`` is what pages are inspected for, and what was found, likewise;
- ``process`` carries it to the child and back;
- ``document`` names what templates, styles, the layout and tags call the parts of a document;
- ``lay_out`` is the way through in the child, from a job to finished pages:
- ``engine`` is the adapter to the engine, and what we change in it; ``renderer`` makes its tools
  ready, and ``svg`` puts drawings in words that it understands;
- ``compose`` makes the pages: ``manuscript`` says what flows, ``typesetter`` sets each block once
  on the ``galley`` (``lines`` chooses the lines of paragraphs, ``tables`` suits tables to columns,
  ``ruled`` measures the type in lines, ``variants`` has paragraphs a line longer or shorter),
  ``makeup`` plans the pages, ``skeleton`` has what stands around the text, ``impose`` cuts the type
  and puts it there, ``made_up`` says how good they are;
- ``inspect`` looks at the pages: is all there, does anything stick out; a table of inspections;
- ``pdf`` writes them, ``tags`` gives them the structure that a screen reader speaks.

WeasyPrint is imported here alone, and only in the child; more of it than its documented classes is
known to ``engine`` alone.
"""

__all__ = ()
