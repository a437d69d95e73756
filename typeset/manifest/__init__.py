"""The manifest of an issue: ``publication.yaml`` and ``issue.yaml``.

- ``discovery`` finds the issue that a command means;
- ``settings`` and ``edition_settings`` are the models of all that may be said;
- ``load`` reads both files, merges them and judges them by the models.
"""

__all__ = ()
