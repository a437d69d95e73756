"""Writes small publications for tests.

:func:`write_publication` makes a whole, valid one; a test gives only what differs::

    issue = write_publication(tmp_path, issue={"date": "2026-02-31"})
    issue = write_publication(tmp_path, articles={"01-port.md": article("A paragraph.")})
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import PIL.Image
import yaml

from typeset.diagnostics import Diagnostic, Report
from typeset.manifest.discovery import find_issue
from typeset.manifest.load import Manifest, load_manifest

__all__ = [
    "ARTICLE",
    "ISSUE_FOLDER",
    "PARAGRAPH",
    "article",
    "png",
    "read_manifest",
    "said",
    "svg",
    "write_publication",
]

ISSUE_FOLDER = "2026-01-14"
"""The issue's folder in the publication's."""

PARAGRAPH = "The harbor wakes before the town does, and its cranes are the first to move."


def article(body: str = PARAGRAPH, **front_matter: object) -> str:
    """Return the text of an article.

    Args:
        body: its Markdown.
        front_matter: its settings; ``title`` and ``authors`` have defaults, and None removes
            one.
    """
    settings = _over({"title": "A Harbor at Dawn", "authors": ["The Test Desk"]}, front_matter)
    return f"---\n{_yaml(settings)}---\n{body}\n"


def write_publication(
    folder: Path,
    *,
    publication: Mapping[str, object] | str | bytes | None = None,
    issue: Mapping[str, object] | str | bytes | None = None,
    articles: Mapping[str, str | bytes] | None = None,
    files: Mapping[str, str | bytes] | None = None,
) -> Path:
    """Write a minimal, valid publication with one issue of one article.

    Args:
        folder: the publication's folder; made if needed.
        publication: settings that override those of the minimal ``publication.yaml``, where None
            removes one; or, as a string or bytes, the whole file.
        issue: the same for ``issue.yaml``.  Unless set here, its ``articles`` are all of those
            below, in their order.
        articles: the text of each article by its file name; they are written to the issue's
            folder ``articles/``.  None means one, ``01-harbor.md``.
        files: more files by their path relative to the issue's folder, such as
            ``images/port.png``; folders are made as needed.

    Returns:
        The issue's folder, which is ``folder / ISSUE_FOLDER``.
    """
    texts = {"01-harbor.md": ARTICLE} if articles is None else articles
    top = {"schema": 1, "name": "The Test Brief", "publisher": "The Test Desk"}
    one = {
        "volume": 1,
        "number": 1,
        "date": ISSUE_FOLDER,
        "articles": [f"articles/{name}" for name in texts],
    }
    home = folder / ISSUE_FOLDER
    _write(folder / "publication.yaml", _manifest(top, publication))
    _write(home / "issue.yaml", _manifest(one, issue))
    for name, text in texts.items():
        _write(home / "articles" / name, text)
    for path, data in (files or {}).items():
        _write(home / path, data)
    return home


def read_manifest(issue: Path) -> tuple[Manifest | None, list[Diagnostic]]:
    """Read an issue's manifest; return it with what was reported, by file and line."""
    workspace, folder = find_issue(issue)
    report = Report()
    manifest = load_manifest(workspace, folder, report)
    return manifest, report.sorted()


def said(diagnostic: Diagnostic) -> str:
    """Return a diagnostic's message and hints."""
    return "; ".join((diagnostic.message, *diagnostic.hints))


def png(width: int = 600, height: int = 400, color: str = "steelblue") -> bytes:
    """Return a PNG of one color, of so many pixels."""
    data = io.BytesIO()
    PIL.Image.new("RGB", (width, height), color).save(data, "PNG")
    return data.getvalue()


def svg(inside: str = '<rect width="100%" height="100%" fill="steelblue"/>', **root: str) -> bytes:
    """Return an SVG drawing.

    Args:
        inside: its elements.
        root: attributes of the root element; without any, it is 300 × 200 pixels large.
    """
    attributes = root or {"width": "300", "height": "200", "viewBox": "0 0 300 200"}
    written = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<svg xmlns="http://www.w3.org/2000/svg"{written}>{inside}</svg>'.encode()


def _manifest(
    minimal: Mapping[str, object], given: Mapping[str, object] | str | bytes | None
) -> str | bytes:
    return given if isinstance(given, str | bytes) else _yaml(_over(minimal, given or {}))


def _over(minimal: Mapping[str, object], given: Mapping[str, object]) -> dict[str, Any]:
    return {key: value for key, value in {**minimal, **given}.items() if value is not None}


def _yaml(settings: Mapping[str, object]) -> str:
    return yaml.safe_dump(settings, sort_keys=False, allow_unicode=True, width=1000)


def _write(path: Path, data: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)


ARTICLE = article()
"""A valid article of one paragraph."""
