"""typeset turns Markdown articles and a YAML manifest into a print-ready, two-column issue.

The names in ``__all__``, and what their docstrings describe, are public; everything else may
change without notice.

>>> from typeset import build_issue
>>> build = build_issue("issues/2026-11-25")  # doctest: +SKIP
>>> build.outputs[0].path  # doctest: +SKIP
PosixPath('build/the-littoral-vol-1-issue-3/the-littoral-vol-1-issue-3.pdf')
"""

# No imports here: `python -m typeset` runs this before the current folder is off the path.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__version__ = "0.1.0"

__all__ = ["Diagnostic", "__version__", "build_issue", "check_issue", "load_issue"]

_HOMES = {
    "Diagnostic": "typeset.diagnostics",
    "build_issue": "typeset.pipeline.build",
    "check_issue": "typeset.pipeline.build",
    "load_issue": "typeset.pipeline.build",
}


def __getattr__(name: str) -> "Any":
    """Import the public names when they are first used, so that the command starts fast."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)
