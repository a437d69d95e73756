"""A publication's own design: themes in its folder, single templates with images, and fonts."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from tests.pages import Pages, lay_out_issue
from tests.publications import png, write_publication
from typeset import build_issue, load_issue
from typeset.diagnostics import Diagnostic
from typeset.errors import ContentError
from typeset.files.assets import font_file, styles_folder
from typeset.pipeline.build import layout_job

THEME = """\
version: 1
extends: brief
accent: "#14532D"
page:
  sidebar: 130
"""


def write(folder: Path, files: dict[str, str | bytes], **publication: object) -> Path:
    """Write a publication with more files, by their paths in its folder."""
    issue = write_publication(folder, publication=publication)
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return issue


def faults(issue: Path, output: Path) -> list[Diagnostic]:
    """The diagnostics of a build that fails."""
    with pytest.raises(ContentError) as caught:
        build_issue(issue, output=output)
    assert not output.exists()
    return caught.value.report.sorted()


def place(diagnostic: Diagnostic) -> tuple[str, int]:
    assert diagnostic.location is not None
    return diagnostic.location.path, diagnostic.location.line


def test_a_theme_in_the_publication_s_folder_says_only_what_differs(tmp_path: Path) -> None:
    css = ".nameplate .banner { background: #000 }"
    files: dict[str, str | bytes] = {"themes/own/theme.yaml": THEME, "themes/own/print.css": css}
    pages = lay_out_issue(write(tmp_path, files, theme="own", masthead=[{"text": "Us"}]))
    assert not len(pages.report)
    assert pages.geometry.sidebar == 130
    assert pages.geometry.baseline == 13
    assert pages.loaded.design.accent == "#14532d"
    assert (0, 0, 0) in {shape.color for shape in pages.shapes(1)}


def test_a_theme_needs_no_styles_where_it_extends_another(tmp_path: Path) -> None:
    loaded = load_issue(write(tmp_path, {"themes/own/theme.yaml": THEME}, theme="own"))
    assert loaded.design.theme.name == "own"


def test_a_theme_may_have_the_name_of_the_one_that_it_extends(tmp_path: Path) -> None:
    loaded = load_issue(write(tmp_path, {"themes/brief/theme.yaml": THEME}))
    assert loaded.design.geometry.sidebar == 130


def test_a_theme_may_extend_another_of_the_publication(tmp_path: Path) -> None:
    second = "version: 1\nextends: own\npage: {gap: 30}\n"
    files: dict[str, str | bytes] = {
        "themes/own/theme.yaml": THEME,
        "themes/second/theme.yaml": second,
    }
    geometry = load_issue(write(tmp_path, files, theme="second")).geometry
    assert (geometry.sidebar, geometry.gap) == (130, 30)


def test_themes_that_extend_each_other_are_an_error(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "themes/one/theme.yaml": "version: 1\nextends: other\n",
        "themes/other/theme.yaml": "version: 1\nextends: one\n",
    }
    (found,) = faults(write(tmp_path, files, theme="one"), tmp_path / "out")
    assert found.code == "theme-circular"
    assert place(found) == ("themes/other/theme.yaml", 2)


def test_a_theme_may_stand_by_itself_with_fonts_of_its_own(tmp_path: Path) -> None:
    names = {"regular": "Regular", "bold": "Bold", "italic": "It", "bold_italic": "BoldIt"}
    faces = "".join(f"      {style}: fonts/{name}.ttf\n" for style, name in names.items())
    brief = (styles_folder() / "brief" / "theme.yaml").read_text("utf-8")
    page = brief[brief.index("page:") :]
    theme = f'version: 1\naccent: "#000000"\nfonts:\n  - family: House\n    faces:\n{faces}{page}'
    files: dict[str, str | bytes] = {
        f"themes/own/fonts/{name}.ttf": font_file(
            "font_source_serif_pro", f"SourceSerifPro-{name}.ttf"
        )
        for name in names.values()
    }
    files |= {
        "themes/own/theme.yaml": theme,
        "themes/own/print.css": "html { font-size: 10pt; line-height: var(--line) }",
    }
    pages = lay_out_issue(write(tmp_path, files, theme="own"))
    assert not len(pages.report)
    fonts = {re.sub(r"-X\d+", "", glyph.font) for glyph in pages.glyphs}
    assert fonts == {"House", "House-Bold"}


@pytest.mark.parametrize(
    ("text", "code", "line", "words"),
    [
        ("version: 1\nextends: breif\n", "theme-unknown", 2, "breif"),
        ("version: 1\nextends: brief\naccent: '#FFEE88'\n", "setting-invalid", 3, "too light"),
        ("version: 1\nextends: brief\nacent: '#000000'\n", "setting-unknown", 3, "acent"),
        ("version: 1\naccent: '#000000'\n", "setting-missing", 1, "fonts"),
        (f"{THEME}  gap: wide\n", "setting-invalid", 6, "gap"),
        ("version: 1\n\textends: brief\n", "yaml-syntax", 2, "tab"),
    ],
)
def test_a_mistake_in_a_theme_is_reported_at_its_place(
    tmp_path: Path, text: str, code: str, line: int, words: str
) -> None:
    found = faults(write(tmp_path, {"themes/own/theme.yaml": text}, theme="own"), tmp_path / "out")
    (one,) = [fault for fault in found if fault.code == code and words in fault.message]
    assert place(one) == ("themes/own/theme.yaml", line)


def test_a_font_that_is_none_is_an_error_at_its_place(tmp_path: Path) -> None:
    faces = "".join(f"      {style}: x.ttf\n" for style in ("regular", "bold", "italic"))
    theme = f"{THEME}fonts:\n  - family: House\n    faces:\n{faces}      bold_italic: none.ttf\n"
    files: dict[str, str | bytes] = {"themes/own/theme.yaml": theme, "themes/own/x.ttf": "no font"}
    found = faults(write(tmp_path, files, theme="own"), tmp_path / "out")
    assert {(one.code, place(one)[1]) for one in found} == {
        ("font-unusable", 9),
        ("font-unusable", 10),
        ("font-unusable", 11),
        ("font-missing", 12),
    }


def test_only_packages_of_fonts_are_looked_into(tmp_path: Path) -> None:
    """A theme may come from anybody, and reading a package's files imports the package."""
    faces = "{regular: a, bold: b, italic: c, bold_italic: d}"
    theme = f"{THEME}fonts:\n  - {{family: House, package: antigravity, faces: {faces}}}\n"
    found = faults(write(tmp_path, {"themes/own/theme.yaml": theme}, theme="own"), tmp_path / "out")
    assert "antigravity" in found[0].message


NAMEPLATE = """\
<header class="nameplate" id="nameplate" data-grid="page" data-running="{{ issue.name.text }}">
<p class="motto">Printed on the quay</p>
<h1 class="name" id="name">{{ issue.name.html }}</h1>
</header>
"""


@pytest.fixture(scope="module")
def overridden(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return lay_out_issue(
        write(
            tmp_path_factory.mktemp("override"),
            {"templates/print/nameplate.html.j2": NAMEPLATE},
        )
    )


def test_one_template_can_be_replaced(overridden: Pages) -> None:
    assert not len(overridden.report)
    assert overridden.find("Printed on the quay")
    assert not overridden.find("Volume 1")
    assert overridden.find("A Harbor at Dawn"), "the others stay as they were"


def test_a_template_may_extend_the_one_that_it_replaces(tmp_path: Path) -> None:
    template = '{% include "base/print/head.html.j2" %}\n<p id="{{ article.id }}-ad">An ad.</p>\n'
    pages = lay_out_issue(write(tmp_path, {"templates/print/head.html.j2": template}))
    assert not len(pages.report)
    assert pages.find("By The Test Desk")
    assert pages.find("An ad.")


def test_a_template_may_show_an_image_of_the_publication(tmp_path: Path) -> None:
    template = NAMEPLATE.replace(
        "Printed on the quay", '<img src="{{ address_of(images["logo.png"]) }}" alt="A crane">'
    )
    files: dict[str, str | bytes] = {
        "templates/print/nameplate.html.j2": template,
        "images/logo.png": png(40, 40, "#00ff00"),
    }
    build = build_issue(write(tmp_path, files), output=tmp_path / "out")
    assert not len(build.report)
    with pypdfium2.PdfDocument(build.outputs[0].path) as document:
        picture: Image.Image = document[0].render(scale=1).to_pil()
    assert (0, 255, 0) in {color for _, color in picture.convert("RGB").getcolors(1 << 20) or ()}


@pytest.mark.parametrize(
    ("template", "line", "words"),
    [
        ("<header>\n{% if %}\n</header>", 2, "xpected"),
        ("<header>\n{{ isue.name }}\n</header>", 2, "isue"),
        ("{{ ''.__class__.__mro__ }}", 1, "unsafe"),
        ("one\ntwo\n{% include 'nothing.j2' %}", 3, "nothing.j2"),
        ("{% for n in range(999999999) %}{% endfor %}", 1, "ange"),
    ],
)
def test_a_mistake_in_a_template_is_reported_at_its_line(
    tmp_path: Path, template: str, line: int, words: str
) -> None:
    issue = write(tmp_path, {"templates/print/nameplate.html.j2": template})
    (found,) = faults(issue, tmp_path / "out")
    assert found.code == "template-unusable"
    assert place(found) == ("templates/print/nameplate.html.j2", line)
    assert words in found.message


@pytest.mark.usefixtures("layout_in_a_child")
def test_a_template_that_never_ends_is_stopped(tmp_path: Path) -> None:
    loops = "".join(f"{{% for x{n} in range(99999) %}}" for n in range(3))
    issue = write(
        tmp_path,
        {"templates/print/nameplate.html.j2": f"{loops}{'{% endfor %}' * 3}"},
        limits={"seconds": 2},
    )
    (found,) = faults(issue, tmp_path / "out")
    assert found.code == "layout-limit"


def test_templates_read_nothing_from_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "secret.j2").write_text("secret")
    template = "{% include '../secret.j2' %}"
    issue = write(tmp_path / "p", {"templates/print/nameplate.html.j2": template})
    (found,) = faults(issue, tmp_path / "out")
    assert found.code == "template-unusable"


def test_a_publication_may_bring_a_font_for_a_language(tmp_path: Path) -> None:
    """A font of Latin letters here, which a publication would not take, but which is sure to show:
    it has no kana, so what it lacks still comes from the usual font."""
    font = font_file("font_source_sans_pro", "SourceSansPro-Black.ttf")
    issue = write(tmp_path, {"fonts/own.ttf": font}, cjk_fonts={"ja": "fonts/own.ttf"})
    css = load_issue(issue).design
    assert [(one.region.name, one.path) for one in css.own_fonts] == [("JP", "fonts/own.ttf")]
    assert '"Own JP", "Noto Serif CJK JP"' in layout_job(load_issue(issue))().stylesheets[0]


def test_a_font_for_a_language_that_cannot_be_used_is_an_error(tmp_path: Path) -> None:
    fonts = {"ja": "fonts/own.ttf", "ko": "fonts/none.ttf", "de": "fonts/own.ttf"}
    issue = write(tmp_path, {"fonts/own.ttf": "no font"}, cjk_fonts=fonts)
    found = faults(issue, tmp_path / "out")
    assert {(one.code, place(one)[1]) for one in found} == {
        ("font-unusable", 5),
        ("font-missing", 6),
        ("font-language", 7),
    }
