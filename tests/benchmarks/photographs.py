"""An issue with photographs: the words of a sample, and pictures with the noise of a camera."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import PIL.Image
import PIL.ImageFilter

__all__ = ["write_issue_with_photographs"]

_SIZE = 3000, 2000
_GRAIN = 0.12
"""How much of a picture is noise."""
_QUALITY = 90


def write_issue_with_photographs(issue: Path, folder: Path, count: int = 11) -> Path:
    """Copy an issue with its publication, add photographs to its articles, and return the copy.

    Args:
        issue: the issue's folder, one level below its publication's.
        folder: where the copy is to stand; it must not exist.
        count: how many photographs to add.
    """
    copy = folder / issue.name
    shutil.copytree(issue, copy)
    shutil.copy(issue.parent / "publication.yaml", folder)
    articles = sorted((copy / "articles").glob("*.md"))
    for number in range(count):
        name = f"photograph-{number}.jpg"
        _photograph(number).save(copy / "images" / name, quality=_QUALITY, dpi=(300, 300))
        article = articles[number % len(articles)]
        head, mark, body = article.read_text("utf-8").partition("\n---\n")
        parts = body.split("\n\n")
        # Spread over the paragraphs of the article.
        place = 2 + 3 * (number // len(articles))
        parts.insert(place, f'![Photograph {number}](images/{name}){{alt="A photograph."}}')
        article.write_text(f"{head}{mark}" + "\n\n".join(parts), "utf-8")
    return copy


def _photograph(seed: int) -> PIL.Image.Image:
    """Return a picture of soft shapes under fine noise, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    soft = PIL.Image.frombytes("RGB", (12, 8), chance.randbytes(12 * 8 * 3))
    shapes = soft.resize(_SIZE, PIL.Image.Resampling.BICUBIC)
    width, height = _SIZE
    grain = PIL.Image.frombytes("RGB", _SIZE, chance.randbytes(width * height * 3))
    noise = grain.filter(PIL.ImageFilter.GaussianBlur(1))
    return PIL.Image.blend(shapes, noise, _GRAIN)
