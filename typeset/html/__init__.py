"""From the issue to HTML and styles, by Jinja templates: for the layout, and for the web."""

from __future__ import annotations

from typeset.html.design import Design, OwnFont
from typeset.html.printing import print_job
from typeset.html.webpage import web_file, web_page

__all__ = ["Design", "OwnFont", "print_job", "web_file", "web_page"]
