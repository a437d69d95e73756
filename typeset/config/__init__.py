"""What authors write as YAML becomes typed values, every mistake at its line.

- ``yaml_loader`` reads plain data in which every value knows its place;
- ``yaml_errors`` says what is wrong with YAML in the words of an editor;
- ``validation`` holds the data against a model and collects every mistake;
- ``lengths`` reads a length such as ``12mm``.
"""

__all__ = ()
