"""Turns YAML into typed values, and reports every mistake at its line.

- ``yaml_loader`` reads plain data and records the place of every value;
- ``yaml_errors`` explains the parser's errors in plain words;
- ``validation`` checks the data against a model and collects every mistake;
- ``lengths`` reads a length such as ``12mm``.
"""

__all__ = ()
