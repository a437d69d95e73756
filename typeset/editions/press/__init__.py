"""The press edition: PDF/X-4 for the print shop, with bleed, marks and the inks of its press."""

from __future__ import annotations

from functools import partial

from markupsafe import escape

from typeset.colorprofiles import (
    PACKAGES,
    REMEDY,
    find_press_profile,
    name_of_profile,
    profile_fault,
    read_press_profile,
)
from typeset.diagnostics import Report
from typeset.editions.base import Edition, Material
from typeset.editions.press.recipe import Recipe, Sheet
from typeset.model import Block, Figure, Issue, Note, Table
from typeset.pages import Finished, Print
from typeset.workspace import ReadProblem

__all__ = ["PRESS"]


def _prepare(material: Material, report: Report) -> Print:
    settings = material.manifest.settings.editions.press
    profile = _profile(material, report)
    _warn_of_links(material, report)
    issue = material.issue
    day = issue.date.isoformat()
    sheet = Sheet(
        bleed=settings.bleed,
        has_marks=settings.marks,
        slug=f"{issue.name.text}, vol. {issue.volume}, issue {issue.number}, {day}, press",
        plain_slug=f"{issue.slug}, {day}, press",
    )
    recipe = Recipe(
        sheet=sheet,
        profile=profile,
        profile_name=name_of_profile(profile) if profile else "",
        black_only=settings.ink == "black",
        pages_multiple_of=settings.pages_multiple_of,
    )
    return Print("press", partial(_finish, recipe), settings.bleed)


def _finish(recipe: Recipe, data: bytes) -> Finished:
    from typeset.editions.press.finish import finish

    return finish(recipe, data)


def _profile(material: Material, report: Report) -> bytes:
    """Return the color profile of the press; none after an error."""
    manifest, workspace = material.manifest, material.workspace
    reference = manifest.settings.editions.press.profile
    if reference is None:
        found = find_press_profile()
        if found is not None:
            return read_press_profile(found)
        message = "the press edition needs the color profile of a press, and FOGRA39 is not here"
        hints = [f"{manager} install {package}" for manager, package in PACKAGES.items()]
        place = manifest.locate("editions", "press")
        report.error("press-profile-missing", message, place, " or ".join(hints), REMEDY)
        return b""
    place = manifest.locate("editions", "press", "profile")
    try:
        data = workspace.read_bytes(workspace.find(reference, manifest.folder, "."))
    except ReadProblem as problem:
        message = f"{reference} {problem.message}"
        code = f"press-profile-{problem.code}"
        report.error(code, message, place, problem.hint or REMEDY)
        return b""
    fault = profile_fault(data)
    if fault:
        hint = "take the profile that the print shop gives for its press and paper"
        report.error("press-profile-unusable", f"{reference} {fault}", place, hint)
        return b""
    return data


def _warn_of_links(material: Material, report: Report) -> None:
    """Warn where links are lost on paper, and nothing says where they can be followed."""
    issue = material.issue
    if not _has_links(issue):
        return
    place = material.manifest.locate("masthead")
    said = " ".join(f"{one.heading.html} {one.text.html}" for one in issue.masthead)
    if issue.url is None:
        message = "links cannot be followed on paper, and the issue has no address on the web"
        hint = "add `url:`, and to the masthead: `- text: To follow the links, visit {url}.`"
    elif escape(issue.url) not in said:
        message = f"links cannot be followed on paper, and the masthead does not name {issue.url}"
        hint = "add to the masthead: `- text: To follow the links, visit {url}.`"
    else:
        return
    report.warning("press-links-dropped", message, place, hint)


def _has_links(issue: Issue) -> bool:
    texts = [
        text
        for article in issue.articles
        for block in (*article.blocks, *article.notes)
        for text in _texts(block)
    ]
    return any('href="http' in text for text in texts)


def _texts(block: Block | Note) -> list[str]:
    match block:
        case Figure():
            return [block.caption.html, block.credit.html]
        case Table():
            return [block.html, block.caption.html, block.source.html]
        case _:
            return [block.html]


PRESS = Edition(name="press", suffix="-press.pdf", prepare=_prepare)
"""``typeset-press build --edition press``."""
