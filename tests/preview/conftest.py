"""Browser tests are collected only if their driver is installed (`make test-browser`)."""

from __future__ import annotations

from importlib.util import find_spec

collect_ignore = [] if find_spec("playwright") else ["test_browser.py"]
