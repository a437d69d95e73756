"""The page of the preview as HTML, with a tab and a place for each panel."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from typeset.preview.panels import STATIC, Panel

__all__ = ["page_markup"]


def page_markup(panels: Sequence[Panel], *, token: str, editor: str) -> str:
    """Return the page.

    Args:
        panels: the panels, of which the first is shown at first.
        token: the secret with which the page proves that a request comes from it.
        editor: the editor's command; empty if there is none.
    """
    names = {
        "token": escape(token),
        "editor": escape(editor),
        "tabs": "\n".join(_tab(panel, chosen=panel is panels[0]) for panel in panels),
        "panels": "\n".join(_place(panel, chosen=panel is panels[0]) for panel in panels),
        "keys": " ".join(f"<kbd>{number}</kbd>" for number in range(1, len(panels) + 1)),
        "titles": escape(", ".join(panel.title for panel in panels)),
    }
    text = STATIC.joinpath("index.html").read_text("utf-8")
    for name, value in names.items():
        text = text.replace(f"{{{{ {name} }}}}", value)
    return text


def _tab(panel: Panel, *, chosen: bool) -> str:
    state = 'aria-selected="true"' if chosen else 'aria-selected="false" tabindex="-1"'
    return (
        f'    <button type="button" role="tab" id="tab-{panel.name}" data-panel="{panel.name}"'
        f' aria-controls="panel-{panel.name}" {state}>{escape(panel.title)}</button>'
    )


def _place(panel: Panel, *, chosen: bool) -> str:
    script = "" if panel.script is None else f' data-script="/static/{panel.script.name}"'
    markup = "" if panel.markup is None else panel.markup.read_text("utf-8")
    return (
        f'  <section role="tabpanel" id="panel-{panel.name}" aria-labelledby="tab-{panel.name}"'
        f' tabindex="-1" class="panel {panel.name}"{script}{"" if chosen else " hidden"}>\n'
        f"{markup}  </section>"
    )
