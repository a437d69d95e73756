"""``python -m typeset``."""

# Import nothing else, not even `__future__`, before the current folder is off the path.
import os
import sys


def _leave_current_folder() -> None:
    """Remove the current folder from the path, as a `typing.py` in a publication must not run."""
    try:
        here = os.getcwd()  # noqa: PTH109 - pathlib is not imported yet
    except OSError:
        return  # the current folder was deleted
    if sys.path[0] in {"", here}:
        del sys.path[0]


if __name__ == "__main__" and not sys.flags.safe_path:
    _leave_current_folder()

from typeset.cli import main  # noqa: E402 - see above

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
