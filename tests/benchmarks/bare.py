"""The engine alone, which knows nothing of us: a folder of plain HTML and CSS becomes a PDF.

``python tests/benchmarks/bare.py FOLDER`` prints the CPU seconds after its imports.  It is run as a
file, so that not even this package is loaded.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

__all__ = ["main"]


def main(folder: Path) -> None:
    """Lay ``index.html`` out with ``style.css``, and write ``bare.pdf``.

    Args:
        folder: where they are.
    """
    start = time.process_time()
    fonts = FontConfiguration()
    style = CSS(filename=folder / "style.css", font_config=fonts)
    HTML(filename=folder / "index.html").write_pdf(
        folder / "bare.pdf", stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1"
    )
    print(time.process_time() - start)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
