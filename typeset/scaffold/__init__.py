"""New publications, issues and articles: what is written builds at once.

- ``publication``, ``issue`` and ``article`` begin one each;
- ``paths`` says where things stand, ``cadence`` when an issue appears and what its number is;
- ``templates`` are the texts of new files, ``yaml_quote`` writes a text as YAML;
- ``yaml_edit`` changes a manifest and leaves every other character as it stands;
- ``json_schema`` makes the schemas by which editors complete and check.
"""

__all__ = ()
