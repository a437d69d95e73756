"""The vocabulary of a document: what it names is what documents are made of."""

from __future__ import annotations

import pytest

from tests.layout.lines.watching import Watched, lay_out_watched
from tests.pages import paragraph, prose
from tests.publications import article, png, write_publication
from typeset.layout.document import GRID, Class, GridWidth, Id, classes_of

ROWS = "\n".join(f"| Quay {number} | {number}.5 |" for number in range(90))
LONG_WORD = "0123456789" * 6
FIRST = f"""\
{paragraph(1, 40)}[^1] The port ([神戸]{{lang=ja}}) and שלום, as <https://example.org/port> says.

[神戸Port神戸]{{lang=ja}}

![A wide picture](x.png){{alt="Cranes at dawn" width=wide}}

{prose(4)}

| Port | Depth |
|---|---|
{ROWS}
Table: Depths of quays {{source="The Desk"}}

| Port | Name |
|---|---|
| {LONG_WORD} | {LONG_WORD} |

{prose(2)}

[^1]: As the court said.
"""


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    return lay_out_watched(
        write_publication(
            tmp_path_factory.mktemp("document"),
            publication={"masthead": [{"text": "The desk makes it."}]},
            articles={
                "1.md": article(FIRST, takeaway="Ships call."),
                "2.md": article(f"{prose(2)}\n\n![A picture](x.png){{alt=Cranes}}"),
            },
            files={"x.png": png(900, 300)},
        )
    )


def test_every_name_of_the_vocabulary_stands_in_a_finished_document(watched: Watched) -> None:
    elements = list(watched.watch.bodies[0].iter())
    classes = {name for element in elements for name in classes_of(element)}
    assert set(Class) - classes == set()
    assert set(Id) - {element.get("id") for element in elements} == set()
    assert set(GridWidth) == {element.get(GRID) for element in elements} - {None}
