"""What an editor ought to know before an issue goes to press."""

from __future__ import annotations

import io
import re

import PIL.Image
from markupsafe import escape
from PIL.ExifTags import Base as Exif

from typeset.colorprofiles import name_of_profile
from typeset.diagnostics import Report
from typeset.editions.base import Material
from typeset.model import Article, Block, Figure, Image, Note, Table

__all__ = ["warn_of_links", "warn_of_picture_profiles"]

_LINK = re.compile(r'href="https?:')
_UPRIGHT = 1
"""EXIF's word for a photograph that needs no turning."""


def warn_of_links(material: Material, report: Report) -> None:
    """Warn where links are lost on paper, and nothing says where they can be followed."""
    issue = material.issue
    if not any(map(_has_links, issue.articles)):
        return
    said = " ".join(f"{one.heading.html} {one.text.html}" for one in issue.masthead)
    hint = "add to the masthead: `- text: To follow the links, visit {url}.`"
    if issue.url is None:
        message = "links cannot be followed on paper, and the issue has no address on the web"
        hint = f"say with `url:` where its web edition stands, and {hint}"
    elif escape(issue.url) not in said:
        message = f"links cannot be followed on paper, and the masthead does not name {issue.url}"
    else:
        return
    report.warning("press-links-dropped", message, material.manifest.locate("masthead"), hint)


def _has_links(article: Article) -> bool:
    return any(
        _LINK.search(text) for block in (*article.blocks, *article.notes) for text in _texts(block)
    )


def _texts(block: Block | Note) -> tuple[str, ...]:
    match block:
        case Figure():
            return (block.caption.html, block.credit.html)
        case Table():
            return (block.html, block.caption.html, block.source.html)
        case _:
            return (block.html,)


def warn_of_picture_profiles(material: Material, report: Report) -> None:
    """Warn of pictures whose color profile is lost on their way to the pages."""
    for article in material.issue.articles:
        for block in article.blocks:
            if not isinstance(block, Figure) or block.image.media_type == "image/svg+xml":
                continue
            name = _lost_profile(block.image)
            if name:
                message = f"{block.image.path} is in {name}, but will be printed as if in sRGB"
                hint = "convert it to sRGB, and export it again"
                report.warning("press-picture-profile", message, block.location, hint)


def _lost_profile(image: Image) -> str:
    """Return the name of a picture's color profile if that will be lost and is not sRGB.

    The engine takes the files of photographs over as they are, with their profile, unless it has to
    turn them; the pixels of other pictures it writes anew.
    """
    with PIL.Image.open(io.BytesIO(image.data)) as picture:
        profile = picture.info.get("icc_profile", b"")
        turned = picture.getexif().get(Exif.Orientation, _UPRIGHT) != _UPRIGHT
    if profile[16:20] != b"RGB " or (image.media_type == "image/jpeg" and not turned):
        return ""
    try:
        name = name_of_profile(profile)
    except OSError:
        return ""  # it is broken, and counts for nothing anywhere
    return "" if "srgb" in name.lower() else name
