"""The web page of an issue: complete, linked, accessible, and without anything from outside."""

from __future__ import annotations

import base64
import hashlib
import html
import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as etree
from xml.etree.ElementTree import Element

import PIL.Image
import pytest
from fontTools.ttLib import TTFont

from tests.publications import article, png, svg, write_publication
from typeset.color.contrast import contrast
from typeset.errors import ContentError
from typeset.files.assets import font_file
from typeset.html.data_urls import MAX_WIDTH, embed_font, embed_image
from typeset.html.web_document import web_page
from typeset.images.measure import measure_image
from typeset.layout.protocol import DocumentFault
from typeset.model import Figure, Inline, Table
from typeset.pipeline.build import LoadedIssue, build_issue, load_issue

SCRIPT = "<script>alert('x')</script>"
NASTY = f'"Ports" & {SCRIPT} {{{{ 7 * 7 }}}}'
DAY = date(2026, 1, 14)
VOID = {"br", "hr", "img", "meta", "link"}

BODY = """\
A *paragraph* of [the port](https://port.example/a?b=1&c=2).[^one] Again.[^two] And again.[^one]

## A heading

The harbor of Kobe ([神戸]{lang=ja}), of Busan (부산), and 基隆 in Taiwan; write to
<mailto:us@quay.example>.

![A *caption*](images/used.png){credit="[The Camera](https://camera.example/)" alt="What is seen"}

| a | b |
|---|--:|
| c | 9 |
Table: Of letters {unit="each" source="[The Desk](https://port.example/a?b=1&c=2)"}

| e | f |
|---|---|
| g | h |

[^one]: A note on <https://note.example/>.
[^two]: Another.
"""


class _Tree(HTMLParser):
    """A page as an element tree, by a parser that is not ours."""

    def __init__(self) -> None:
        super().__init__()
        self.builder = etree.TreeBuilder()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        self.builder.data(data)


def tree(page: str) -> Element:
    parser = _Tree()
    parser.feed(page)
    return parser.builder.close()


def text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def by_class(root: Element, name: str) -> list[Element]:
    return [element for element in root.iter() if name in element.get("class", "").split()]


def by_id(root: Element, name: str) -> Element:
    (found,) = [element for element in root.iter() if element.get("id") == name]
    return found


def style_of(root: Element) -> str:
    (style,) = root.iter("style")
    return style.text or ""


def render(loaded: LoadedIssue) -> str:
    return web_page(loaded.issue, loaded.design, DAY)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> LoadedIssue:
    return load_issue(
        write_publication(
            tmp_path_factory.mktemp("web"),
            publication={
                "url": "https://example.org/{slug}/",
                "subject": "Ports and coasts",
                "masthead": [{"heading": "Editors", "text": "Us, at <https://us.example/>"}],
            },
            articles={
                "1.md": article(
                    BODY,
                    kicker="Harbors",
                    standfirst="A word.",
                    takeaway="Quays last.",
                    summary="What quays are for.",
                    sources=["https://note.example/", "https://archive.example/"],
                    authors=[
                        {"name": "Ada", "url": "https://ada.example/"},
                        {"name": "Cy", "bio": "Cy writes.", "orcid": "0000-0002-1825-0097"},
                    ],
                ),
                "2.md": article("Der Text.", title="Ein Hafen", language="de"),
            },
            files={"images/used.png": png(30, 20)},
        )
    )


@pytest.fixture(scope="module")
def page(loaded: LoadedIssue) -> str:
    return render(loaded)


@pytest.fixture(scope="module")
def root(page: str) -> Element:
    return tree(page)


def test_the_parts_of_the_page_are_landmarks_in_their_order(root: Element) -> None:
    body = root.find("body")
    assert body is not None
    assert [part.tag for part in body] == ["a", "header", "nav", "main", "footer"]
    assert body[0].attrib["href"] == "#articles"
    assert [part.get("id") for part in body[3]] == ["a1", "a2"]
    assert {part.tag for part in body[3]} == {"article"}


def test_headings_go_down_by_one_level_at_a_time(root: Element) -> None:
    levels = [int(one.tag[1]) for one in root.iter() if re.fullmatch("h[1-6]", one.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def words(fragment: str) -> list[str]:
    return html.unescape(re.sub("<[^>]*>", " ", fragment)).split()


def test_every_word_of_the_issue_stands_on_the_page_once(
    loaded: LoadedIssue, root: Element
) -> None:
    """The lists of contents and of sources repeat some of them."""
    expected: Counter[str] = Counter()
    for one in loaded.issue.articles:
        runs: list[Inline] = [one.title, one.kicker, one.standfirst, one.takeaway]
        runs += [run for author in one.authors for run in (author.name, author.bio)]
        fragments = [note.html for note in one.notes]
        for block in one.blocks:
            if isinstance(block, Figure):
                runs += [block.caption, block.credit]
            elif isinstance(block, Table):
                runs += [block.caption, block.unit, block.source]
                fragments.append(block.html)
            else:
                fragments.append(block.html)
        for fragment in (*(run.html for run in runs), *fragments):
            expected.update(words(fragment))
    found: Counter[str] = Counter()
    for element in root.iter("article"):
        for part in element:
            if part.get("class") != "sources":
                found.update(words(etree.tostring(part, encoding="unicode")))
    ours = "By and The main point: Unit: Source: Notes ↑1 ↑2 ↑ orcid.org/0000-0002-1825-0097 Von"
    assert found - expected == Counter(ours.split())
    assert expected - found == Counter()


def test_notes_and_their_calls_are_linked_both_ways(loaded: LoadedIssue, root: Element) -> None:
    notes = loaded.issue.articles[0].notes
    assert [len(note.calls) for note in notes] == [2, 1]
    for note in notes:
        item = by_id(root, note.id)
        assert item.tag == "li"
        back = by_class(item, "back")
        assert [link.attrib["href"] for link in back] == [f"#{call}" for call in note.calls]
        assert len({link.attrib["aria-label"] for link in back}) == len(back)
        for call in note.calls:
            link = by_id(root, call)
            assert (link.tag, link.attrib["href"]) == ("a", f"#{note.id}")
            assert link.attrib["role"] == "doc-noteref"


def test_every_link_within_the_page_has_a_goal_and_ids_are_unique(root: Element) -> None:
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    inside = [one.attrib["href"] for one in root.iter("a") if one.attrib["href"].startswith("#")]
    assert len(inside) >= 8
    assert {link[1:] for link in inside} <= set(ids)
    named = " ".join(element.get("aria-labelledby", "") for element in root.iter()).split()
    assert set(named) <= set(ids)


def test_what_has_a_source_line_leads_back_to_it(loaded: LoadedIssue, root: Element) -> None:
    ids = {element.get("id") for element in root.iter()}
    for one in loaded.issue.articles:
        assert {block.id for block in one.blocks} <= ids
    for name in ("a1", "a1-title", "a1-takeaway", "a1-note-2", "a2-byline", "masthead-1"):
        assert name in ids
        assert loaded.issue.place_of(name) is not None


def test_nothing_is_loaded_from_outside_the_file(page: str, root: Element) -> None:
    for element in root.iter():
        assert element.tag not in {"link", "script", "iframe", "object", "embed", "base", "form"}
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            if name in {"src", "srcset", "poster", "data", "action"}:
                assert value.startswith("data:")
            if name == "href":
                assert element.tag == "a"
    addresses = re.findall(r"url\(\s*[\"']?([^\"')]{0,9})", style_of(root))
    assert addresses
    assert set(addresses) == {"data:font"}
    assert "@import" not in page


def test_the_policy_lets_this_style_sheet_pass_and_nothing_else(root: Element) -> None:
    (meta,) = [one for one in root.iter("meta") if "http-equiv" in one.attrib]
    policy = {
        rule.split()[0]: rule.split()[1:] for rule in meta.attrib["content"].split(";") if rule
    }
    digest = hashlib.sha256(style_of(root).encode()).digest()
    assert policy["default-src"] == ["'none'"]
    assert policy["style-src"] == [f"'sha256-{base64.b64encode(digest).decode()}'"]
    assert policy["img-src"] == policy["font-src"] == ["data:"]
    assert not any("style" in element.attrib for element in root.iter())


@pytest.mark.slow
def test_text_of_authors_is_never_markup(tmp_path: Path) -> None:
    settings = dict.fromkeys(("title", "kicker", "standfirst", "takeaway"), NASTY)
    settings["summary"] = SCRIPT
    body = f'{NASTY}[^1]\n\n![{NASTY}](x.png){{credit="{SCRIPT}" alt="{SCRIPT}"}}\n\n[^1]: {NASTY}'
    loaded = load_issue(
        write_publication(
            tmp_path,
            publication={
                **dict.fromkeys(("name", "publisher", "subject", "rights"), NASTY),
                "masthead": [{"heading": SCRIPT, "text": SCRIPT}],
            },
            articles={
                "1.md": article(body, authors=[{"name": NASTY, "bio": NASTY}], **settings),
            },
            files={"x.png": png(30, 20)},
        )
    )
    page = render(loaded)
    root = tree(page)
    assert list(root.iter("script")) == []
    assert "49" not in text(root.find("body") or root)
    assert "alert(" in text(by_id(root, "a1-title"))
    assert "alert(" in text(by_class(root, "summary")[0])


def test_sources_are_listed_once_in_the_order_of_reading(root: Element) -> None:
    (sources,) = by_class(root, "sources")
    links = list(sources.iter("a"))
    assert [link.attrib["href"] for link in links] == [
        "https://port.example/a?b=1&c=2",
        "https://camera.example/",
        "https://note.example/",
        "https://archive.example/",
    ]
    assert [text(one) for one in by_class(sources, "words")] == ["the port", "The Camera"]
    assert [link.get("rel") for link in links] == ["noopener"] * 4


def test_links_that_leave_the_page_are_marked_and_inner_ones_are_not(root: Element) -> None:
    for link in root.iter("a"):
        leaves = link.attrib["href"].startswith("http")
        assert ("noopener" in link.get("rel", "").split()) == leaves


def test_an_author_s_page_and_orcid_are_linked(root: Element) -> None:
    (ada,) = by_id(root, "a1-byline").iter("a")
    assert ada.attrib["href"] == "https://ada.example/"
    assert text(by_id(root, "a1-byline")) == "By Ada and Cy"
    (orcid,) = by_id(root, "a1-bio-2").iter("a")
    assert orcid.attrib["href"] == "https://orcid.org/0000-0002-1825-0097"


def test_east_asian_runs_say_their_language_and_get_its_fonts(root: Element) -> None:
    runs = {text(run): run.get("lang") for run in by_class(root, "cjk")}
    assert runs == {"神戸": "ja", "부산": "ko", "基隆": "zh-Hant"}
    css = style_of(root)
    for language, font in (("ja", "JP"), ("ko", "KR"), ("zh-Hans", "SC")):
        (rule,) = re.findall(
            rf"^ ?\.cjk:lang\({language}\) {{ font-family: (.*?) }}", css, re.MULTILINE
        )
        assert rule.startswith(f'"Noto Serif CJK {font}"')
        assert rule.endswith(", serif")


def test_an_article_in_another_language_is_marked_as_such(root: Element) -> None:
    assert root.attrib["lang"] == "en-US"
    assert [one.get("lang") for one in root.iter("article")] == [None, "de"]
    assert text(by_id(root, "a2-byline")) == "Von The Test Desk"


def test_a_table_scrolls_in_a_place_with_a_name_that_the_keyboard_reaches(root: Element) -> None:
    first, second = by_class(root, "scroll")
    assert first.attrib["tabindex"] == second.attrib["tabindex"] == "0"
    caption = by_id(root, first.attrib["aria-labelledby"])
    assert text(caption) == "Of letters Unit: each"
    assert second.attrib["aria-label"] == "Table 2"
    assert {cell.get("scope") for cell in root.iter("th")} == {"col"}


def test_a_table_without_a_caption_shows_its_unit_and_its_source(tmp_path: Path) -> None:
    body = '| a | b |\n|---|---|\n| c | d |\n\nTable: {unit="US$ billion" source="Harbor office"}'
    root = tree(render(load_issue(write_publication(tmp_path, articles={"01.md": article(body)}))))
    (table,) = by_class(root, "table")
    words = "".join(table.itertext()).split()
    assert " ".join(words) == "Unit: US$ billion abcd Source: Harbor office"
    assert by_class(root, "scroll")[0].attrib["aria-label"] == "Table 1"


def test_the_page_says_what_it_is(root: Element) -> None:
    metas = {
        one.get("name") or one.get("property"): one.get("content") for one in root.iter("meta")
    }
    assert metas["description"] == metas["og:description"] == "Ports and coasts"
    assert metas["og:url"] == "https://example.org/the-test-brief-vol-1-issue-1/"
    assert metas["og:locale"] == "en_US"
    assert metas["dcterms.created"] == "2026-01-14"
    (time,) = root.iter("time")
    assert (time.attrib["datetime"], text(time)) == ("2026-01-14", "January 14, 2026")


def test_a_summary_stands_in_the_contents_but_a_standfirst_does_not(root: Element) -> None:
    (summary,) = by_class(root, "summary")
    assert text(summary) == "What quays are for."
    assert "A word." not in text(by_id(root, "contents"))


@pytest.mark.slow
def test_the_same_issue_gives_the_same_page(
    loaded: LoadedIssue, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TYPESET_CACHE", "")
    embed_image.cache_clear()
    embed_font.cache_clear()
    assert render(loaded) == page


@pytest.mark.slow
def test_contents_masthead_notes_and_sources_are_left_out_where_there_are_none(
    tmp_path: Path,
) -> None:
    root = tree(render(load_issue(write_publication(tmp_path, issue={"contents": False}))))
    tags = {element.tag for element in root.iter()}
    assert tags.isdisjoint({"nav", "footer", "section", "figure"})


@pytest.mark.parametrize("accent", ["#000000", "#14532d", "#0000ff", "#767676"])
def test_the_accent_can_be_read_in_light_and_dark(tmp_path: Path, accent: str) -> None:
    loaded = load_issue(write_publication(tmp_path, publication={"accent": accent}))
    css = style_of(tree(render(loaded)))
    grounds = re.findall(r"--(?:paper|tint|marked): (#[0-9a-f]{6})", css)
    accents = re.findall(r"--accent: (#[0-9a-f]{6})", css)
    assert (len(grounds), len(accents)) == (6, 2)
    for mode, color in enumerate(accents):
        for ground in grounds[3 * mode : 3 * mode + 3]:
            assert contrast(color, ground) >= 4.5
    assert f"--banner: {accent}" in css


# --- Images and fonts ----------------------------------------------------------------------------


def picture(data: bytes) -> PIL.Image.Image:
    address = embed_image(measure_image("x.png", data)).address
    kind, _, coded = address.partition(";base64,")
    assert kind == "data:image/webp"
    return PIL.Image.open(io.BytesIO(base64.b64decode(coded)))


def test_a_large_picture_is_made_smaller(root: Element) -> None:
    small = picture(png(3 * MAX_WIDTH, 300))
    assert small.size == (MAX_WIDTH, 100)
    (image,) = root.iter("img")
    assert (image.attrib["width"], image.attrib["height"]) == ("30", "20")
    assert image.attrib["alt"] == "What is seen"


def test_a_drawing_stays_a_drawing_in_an_image_of_its_own() -> None:
    data = svg()
    shown = embed_image(measure_image("x.svg", data))
    assert shown.address == f"data:image/svg+xml;base64,{base64.b64encode(data).decode()}"
    assert (shown.width, shown.height) == (450, 300)


def test_a_cut_out_picture_stays_one_and_a_flat_one_loses_nothing() -> None:
    data = io.BytesIO()
    PIL.Image.new("RGBA", (40, 40), (200, 30, 30, 0)).save(data, "PNG")
    assert picture(data.getvalue()).mode == "RGBA"
    assert picture(png(60, 40, "#123456")).convert("RGB").getpixel((5, 5)) == (0x12, 0x34, 0x56)


def test_a_photograph_is_upright_and_says_nothing_of_where_it_was_taken() -> None:
    photograph, data = PIL.Image.effect_noise((80, 60), 60).convert("RGB"), io.BytesIO()
    exif = PIL.Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "The Maker"
    photograph.save(data, "JPEG", exif=exif)
    shown = picture(data.getvalue())
    assert shown.size == (60, 80)
    assert not shown.getexif()
    assert b"The Maker" not in base64.b64decode(
        embed_image(measure_image("x.jpg", data.getvalue())).address.partition(",")[2]
    )


def test_fonts_hold_the_characters_of_the_page_alone(root: Element) -> None:
    coded = re.search(r"data:font/woff2;base64,([^\"]+)", style_of(root))
    assert coded is not None
    with TTFont(io.BytesIO(base64.b64decode(coded[1]))) as font:
        shown = {chr(point) for point in font.getBestCmap()}
    assert set("Harbor at Dawn“”") - {"“", "”"} <= shown
    assert "ж" not in shown


@pytest.fixture
def packed_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of an empty cache."""
    monkeypatch.setenv("TYPESET_CACHE", str(tmp_path))
    embed_font.cache_clear()
    yield tmp_path / "fonts"
    embed_font.cache_clear()


def test_a_font_is_packed_once_for_all_builds(
    packed_fonts: Path, loaded: LoadedIssue, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = loaded.design.theme.faces[0].data
    packed = embed_font(data, frozenset("abc"))
    assert embed_font(data, frozenset("abcd")) != packed
    assert len(list(packed_fonts.iterdir())) == 2
    embed_font.cache_clear()
    monkeypatch.setattr("typeset.html.web_fonts.pack_font", None)
    assert embed_font(data, frozenset("abc")) == packed


def test_a_damaged_font_in_the_cache_is_packed_again(
    packed_fonts: Path, loaded: LoadedIssue
) -> None:
    data = loaded.design.theme.faces[0].data
    packed = embed_font(data, frozenset("abc"))
    (file,) = packed_fonts.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:-1])
    embed_font.cache_clear()
    assert embed_font(data, frozenset("abc")) == packed
    assert file.read_bytes() == whole


def test_a_cache_that_cannot_be_written_is_done_without(
    packed_fonts: Path, loaded: LoadedIssue
) -> None:
    packed_fonts.write_bytes(b"a file where the folder would be")
    data = loaded.design.theme.faces[0].data
    assert embed_font(data, frozenset("abc")).startswith("data:font/woff2")


def test_a_font_that_may_not_be_embedded_is_left_to_the_system(loaded: LoadedIssue) -> None:
    face = loaded.design.theme.faces[0]
    with TTFont(io.BytesIO(face.data)) as font:
        font["OS/2"].fsType = 0x0002
        file = io.BytesIO()
        font.save(file)
    assert embed_font(face.data, frozenset("abc")).startswith("data:font/woff2")
    assert embed_font(file.getvalue(), frozenset("abc")) == ""


# --- A design of the publication's own -----------------------------------------------------------


def own(folder: Path, files: dict[str, str | bytes], **publication: object) -> LoadedIssue:
    issue = write_publication(folder, publication=publication)
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return load_issue(issue)


def test_a_template_of_the_publication_s_takes_the_place_of_the_usual_one(tmp_path: Path) -> None:
    template = (
        '{% include "base/web/head.html.j2" %}\n'
        '<p class="rubric"><img src="{{ address_of(images["logo.png"]) }}" alt="Logo"></p>\n'
    )
    files: dict[str, str | bytes] = {
        "templates/web/head.html.j2": template,
        "images/logo.png": png(20, 20),
    }
    root = tree(render(own(tmp_path, files)))
    (rubric,) = by_class(root, "rubric")
    assert rubric[0].attrib["src"].startswith("data:image/webp;base64,")
    assert text(by_id(root, "a1-title")) == "A Harbor at Dawn"


def test_a_theme_adds_its_styles_after_those_that_it_extends(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "themes/own/theme.yaml": "version: 1\nextends: brief\n",
        "themes/own/web.css": ".kicker { color: red } /* </style><script> */",
    }
    root = tree(render(own(tmp_path, files, theme="own")))
    css = style_of(root)
    assert css.index("--banner") < css.index('"brief", on the web') < css.index("color: red")
    assert list(root.iter("script")) == []


def test_a_template_that_cannot_be_used_is_an_error_at_its_line(tmp_path: Path) -> None:
    loaded = own(tmp_path, {"templates/web/head.html.j2": "<p>\n{{ nothing.here }}</p>"})
    with pytest.raises(DocumentFault) as caught:
        render(loaded)
    assert (caught.value.path, caught.value.line) == ("templates/web/head.html.j2", 2)


def test_a_template_reaches_nothing_behind_what_it_is_given(tmp_path: Path) -> None:
    for number, name in enumerate(("style_of.environment", "style_of.__globals__")):
        template = f"{{{{ {name}.loader }}}}"
        loaded = own(tmp_path / str(number), {"templates/web/nameplate.html.j2": template})
        with pytest.raises(DocumentFault):
            render(loaded)


def test_a_font_of_the_publication_s_shows_the_characters_that_it_is_named_for(
    tmp_path: Path,
) -> None:
    font = font_file("font_source_serif_pro", "SourceSerifPro-Regular.ttf")
    issue = write_publication(
        tmp_path,
        publication={"cjk_fonts": {"ja": "fonts/own.ttf"}},
        articles={"1.md": article("Kobe ([神戸]{lang=ja}).")},
        files={"../fonts/own.ttf": font},
    )
    css = style_of(tree(render(load_issue(issue))))
    assert re.search(r'@font-face { font-family: "Own JP"; src: url\("data:font/woff2', css)
    assert '.cjk:lang(ja) { font-family: "Own JP", "Noto Serif CJK JP"' in css


# --- The edition ---------------------------------------------------------------------------------


def test_it_is_built_without_pages(tmp_path: Path) -> None:
    issue = write_publication(tmp_path / "p")
    build = build_issue(issue, editions=["html"], output=tmp_path / "out")
    (output,) = build.outputs
    assert output.path.name == "the-test-brief-vol-1-issue-1.html"
    assert output.pages is None
    assert output.path.read_text("utf-8") == web_page(
        build.issue, load_issue(issue).design, build.issue.date
    )


@pytest.mark.slow
@pytest.mark.usefixtures("layout_in_a_child")
def test_a_template_that_never_ends_is_stopped_and_one_with_a_fault_is_reported(
    tmp_path: Path,
) -> None:
    endless = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    for number, (template, code) in enumerate(
        [(endless, "layout-limit"), ("{{ nothing.here }}", "template-unusable")]
    ):
        folder = tmp_path / str(number)
        issue = write_publication(folder, publication={"limits": {"seconds": 4}})
        path = folder / "templates" / "web" / "nameplate.html.j2"
        path.parent.mkdir(parents=True)
        path.write_text(template)
        with pytest.raises(ContentError) as caught:
            build_issue(issue, editions=["html"], output=tmp_path / "out")
        assert [one.code for one in caught.value.report] == [code]
        assert not (tmp_path / "out").exists()
