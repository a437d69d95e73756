"""``python -m typeset``."""

from __future__ import annotations

import sys

from typeset.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
