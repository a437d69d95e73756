"""Writes new publications, issues and articles, which can be built at once.

- ``publication``, ``issue`` and ``article`` write one of each;
- ``paths`` finds files and folders, ``cadence`` an issue's date and number;
- ``templates`` are the texts of new files, ``yaml_quote`` writes a text as YAML;
- ``yaml_edit`` changes values in a manifest, and leaves every other character as it is;
- ``json_schema`` makes the schemas with which editors complete and check.
"""

__all__ = ()
