"""Draw the README's picture: some pages of a PDF, side by side.

``make pages`` runs ``python tools/readme_pages.py build/``, which uses the largest PDF below that
folder.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2
from PIL import Image

PAGES = (1, 2, 6, 17)
"""The pages shown: front page, wide map, notes and a new article, wide chart."""
WIDTH = 430
"""Width of a page in pixels."""
GAP = 14
DESK = "#d9d6d0"


def main() -> None:
    """Draw ``docs/pages.png``."""
    files = sorted(Path(sys.argv[1]).rglob("*.pdf"), key=lambda path: path.stat().st_size)
    with pypdfium2.PdfDocument(files[-1]) as document:
        pages = [_draw(document[number - 1]) for number in PAGES]
    height = pages[0].height
    desk = Image.new("RGB", (len(pages) * (WIDTH + GAP) + GAP, height + 2 * GAP), DESK)
    for position, page in enumerate(pages):
        desk.paste(page, (GAP + position * (WIDTH + GAP), GAP))
    # Few colors make a small file, and print shows no difference.
    target = Path(__file__).parents[1] / "docs" / "pages.png"
    desk.quantize(96).save(target, optimize=True)
    print(target)


def _draw(page: pypdfium2.PdfPage) -> Image.Image:
    image: Image.Image = page.render(scale=WIDTH / page.get_width()).to_pil()
    return image


if __name__ == "__main__":
    main()
