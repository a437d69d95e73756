"""Pictures are shown whatever they are called, and tables whatever they say of themselves."""

from __future__ import annotations

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from tests.pages import Pages, lay_out_issue
from tests.publications import PARAGRAPH, article, png, write_publication

PICTURES = {
    "a b.png": "<images/a b.png>",
    "c d.png": "images/c%20d.png",
    "東京.png": "images/東京.png",
    "cafe\u0301.png": "images/café.png",
    "50%.png": "images/50%.png",
    "e%20f.png": "images/e%20f.png",
    "g#h&i'j.png": "images/g#h&i'j.png",
}
TABLE = """\
| Port | Year |
|---|---|
| Kobe | 1868 |

Table: {unit="US$ billion" source="Harbor office"}
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    figures = [f"![Caption.]({reference}){{alt=A}}\n{PARAGRAPH}" for reference in PICTURES.values()]
    body = "\n\n".join([PARAGRAPH, *figures, TABLE, PARAGRAPH])
    issue = write_publication(
        tmp_path_factory.mktemp("publication"),
        articles={"01.md": article(body)},
        files={f"images/{name}": png(300, 100 + 10 * n) for n, name in enumerate(PICTURES)},
    )
    return lay_out_issue(issue)


def test_a_picture_of_any_name_is_on_a_page(pages: Pages) -> None:
    assert not pages.report.failed, list(pages.report)
    shown = set()
    with pypdfium2.PdfDocument(pages.path) as document:
        for page in document:
            for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
                shown.add(image.get_px_size())
    assert shown == {(300, 100 + 10 * n) for n in range(len(PICTURES))}


def test_a_table_without_a_caption_has_its_unit_above_and_its_source_below(pages: Pages) -> None:
    unit, head, source = (pages.the(text)[0] for text in ("Unit: US$", "Port", "Source: Harbor"))
    assert unit.page == head.page == source.page
    assert unit.baseline < head.baseline < source.baseline
