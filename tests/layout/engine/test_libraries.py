"""The engine loads without a search for its libraries, and with one where it must."""

from __future__ import annotations

import ctypes.util
import subprocess
import sys

import pytest

from typeset.layout.engine.libraries import without_search

_LOAD = """
import subprocess
import sys
def started(*_, **__):
    raise AssertionError("a library was searched for")
if sys.platform == "linux":
    subprocess.Popen.__init__ = started
from typeset.layout.process.service import serve
serve()
import weasyprint
print(weasyprint.HTML(string="<p>words").render().pages)
"""

_FAIL_ONCE = """
import ctypes.util
import sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "weasyprint" and ctypes.util.find_library("c") is None:
            raise OSError("cannot load library libpango-1.0-0")
sys.meta_path.insert(0, Finder())
from typeset.layout.process.service import serve
serve()
print("weasyprint" in sys.modules)
"""


def _run(program: str) -> str:
    command = [sys.executable, "-c", program]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_linux_needs_no_other_program_to_find_libraries() -> None:
    assert _run(_LOAD).startswith("[<weasyprint")


def test_libraries_that_the_loader_does_not_know_are_searched_for() -> None:
    assert _run(_FAIL_ONCE) == "True\n"


def test_the_search_is_there_again_afterwards() -> None:
    before = ctypes.util.find_library
    with pytest.raises(OSError, match="no such library"), without_search():
        raise OSError("no such library")
    assert ctypes.util.find_library is before
