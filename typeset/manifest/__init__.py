"""The manifest of an issue: ``publication.yaml`` and ``issue.yaml``.

- ``discovery`` finds the issue that a command means;
- ``settings`` and ``edition_settings`` are the models of all settings;
- ``load`` reads both files, merges them and validates them with the models.
"""

__all__ = ()
