"""A new feature is one file and one row: here are some, added by nothing else.

Each file of this folder is a feature as typeset's own folders hold them, and what a reader or an
editor notices of it is tested.
"""

from __future__ import annotations

import io
from pathlib import Path

from tests.extension import check
from tests.publications import article, write_publication
from typeset.diagnostics import PagePlace, Report
from typeset.layout.inspect import INSPECTIONS
from typeset.layout.lay_out import lay_out
from typeset.layout.process.messages import receive, send
from typeset.layout.protocol import silent
from typeset.pipeline.build import layout_job, load_issue
from typeset.preflight import CHECKS, Subject, preflight


def test_a_check_reports_what_its_own_inspection_found_on_the_pages(tmp_path: Path) -> None:
    body = "\n\n".join(f"## Pier {number}\n\nShips come in." for number in range(1, 4))
    issue = write_publication(tmp_path, articles={"1.md": article(body)})
    loaded = load_issue(issue)
    inspections = (*INSPECTIONS, check.INSPECTOR)
    pages = lay_out(layout_job(loaded)(), silent, inspections=inspections)
    message = io.BytesIO()
    send(message, pages)  # as the layout process does
    message.seek(0)
    report = Report()
    subject = Subject(loaded.manifest, loaded.issue, loaded.geometry, receive(message))
    preflight(subject, report, (*CHECKS, check.check_headings))
    (diagnostic,) = report
    assert diagnostic.page == PagePlace(1)
    assert diagnostic.message == "page 1 has 4 headings"
