"""``python -m typeset``."""

# Nothing is imported before the current folder is off the path, not even `__future__`.
import os
import sys


def _leave_current_folder() -> None:
    """Take the current folder off the path: a `typing.py` in a publication must not be run."""
    try:
        here = os.getcwd()  # noqa: PTH109 - pathlib is not imported yet
    except OSError:
        return  # it is gone, with all that was in it
    if sys.path[0] in {"", here}:
        del sys.path[0]


if __name__ == "__main__" and not sys.flags.safe_path:
    _leave_current_folder()

from typeset.cli import main  # noqa: E402 - see above

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
