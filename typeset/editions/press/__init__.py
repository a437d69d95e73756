"""The press edition: PDF/X-4 for the print shop, with bleed, marks and the inks of its press."""

from __future__ import annotations

from functools import partial

from typeset.color.press_profiles import (
    PACKAGES,
    REMEDY,
    find_press_profile,
    name_of_profile,
    profile_fault,
    read_press_profile,
)
from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.editions.base import Edition, Material
from typeset.editions.metadata import Metadata
from typeset.editions.press.advice import warn_of_links
from typeset.editions.press.recipe import Recipe, Sheet
from typeset.files import file_codes
from typeset.files.workspace import ReadProblem
from typeset.layout.protocol import Finished, RenderRequest

__all__ = ["PRESS"]


def _prepare(material: Material, report: Report) -> RenderRequest:
    settings = material.manifest.settings.editions.press
    profile = _profile(material, report)
    warn_of_links(material, report)
    issue = material.issue
    metadata = Metadata.of_issue(issue, material.created, "press")
    day = issue.date.isoformat()
    sheet = Sheet(
        bleed=settings.bleed,
        has_marks=settings.marks,
        slug=f"{metadata.title}, {day}, press",
        plain_slug=f"{issue.slug}, {day}, press",
    )
    recipe = Recipe(
        sheet=sheet,
        metadata=metadata,
        profile=profile,
        profile_name=name_of_profile(profile) if profile else "",
        black_only=settings.ink == "black",
        pages_multiple_of=settings.pages_multiple_of,
    )
    return RenderRequest("press", partial(_finish, recipe), settings.bleed)


def _finish(recipe: Recipe, data: bytes) -> Finished:
    # Imported here, as only the layout process needs what writes files.
    from typeset.editions.press.finish import finish

    return finish(recipe, data)


def _profile(material: Material, report: Report) -> bytes:
    """Return the color profile of the press, or an empty one after an error."""
    manifest, workspace = material.manifest, material.workspace
    reference = manifest.settings.editions.press.profile
    if reference is None:
        found = find_press_profile()
        if found is not None:
            return read_press_profile(found)
        message = "the press edition needs the color profile of a press, and FOGRA39 is not here"
        hints = [f"{manager} install {package}" for manager, package in PACKAGES.items()]
        place = manifest.locate("editions", "press")
        report.add(Code.PRESS_PROFILE_MISSING, message, place, " or ".join(hints), REMEDY)
        return b""
    place = manifest.locate("editions", "press", "profile")
    try:
        data = workspace.read_bytes(workspace.find(reference, manifest.folder, "."))
    except ReadProblem as problem:
        message = f"{reference} {problem.message}"
        code = file_codes.PRESS_PROFILE.of(problem.fault)
        report.add(code, message, place, problem.hint or REMEDY)
        return b""
    fault = profile_fault(data)
    if fault:
        hint = "take the profile that the print shop gives for its press and paper"
        report.add(Code.PRESS_PROFILE_UNUSABLE, f"{reference} {fault}", place, hint)
        return b""
    return data


PRESS = Edition(
    name="press", summary="a PDF/X-4 for the print shop", suffix="-press.pdf", prepare=_prepare
)
"""``typeset-press build --edition press``."""
