"""No finished web page runs a script or loads anything, even with hostile texts and templates."""

from __future__ import annotations

import time
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.publications import article, png, svg, write_publication
from typeset.addresses import scheme_of
from typeset.errors import ContentError
from typeset.html import web_file
from typeset.html.safety import judge_page
from typeset.html.web_document import web_page
from typeset.layout.protocol import Finished
from typeset.pipeline.build import build_issue, load_issue

DAY = date(2026, 1, 14)
HOSTILE = (
    "<th onclick=alert(1) x",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title><script>alert(1)</script>",
    "<td onclick=alert(1)>",
    "{{ 7 * 7 }}<!-- x --> --!><p onclick=alert(1)>",
)
POLICY = "default-src 'none'; img-src data:; style-src 'sha256-abc='; base-uri 'none'"


def page(body: str = "", head: str = "", policy: str = POLICY) -> str:
    """Return a page with no faults except those in the arguments."""
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><title>T</title>{head}'
        f'</head><body><p id="a1-2">Text.</p>{body}</body></html>'
    )


def messages(text: str) -> list[str]:
    return [fault.message for fault in judge_page(text)]


class _Attributes(HTMLParser):
    """Every attribute of a page, by another parser than that of `judge_page`."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names.update(name for name, _ in attrs)


def hostile_article(text: str) -> str:
    """Return an article with a text in every place that can have one."""
    quoted = text.replace('"', '\\"')
    body = (
        f"The HTML, `{text}` and [a](https://a.example '{text}').\n\n"
        f'[b][c] and *d*{{lang="{quoted}" title="{quoted}" .x}}.\n\n'
        f'## Head {{#x onclick="{quoted}"}}\n\n'
        f"```{text}\n{text}\n```\n\n"
        f'![{text}](a.png){{alt="{quoted}" credit="{quoted}"}}\n\n'
        f'| HTML | {text} |\n|---|---|\n| {text} | b |\nTable: {text} {{unit="{quoted}"}}\n\n'
        f"*[HTML]: {text}\n\n[c]: https://c.example '{text}'\n"
    )
    front = dict.fromkeys(("title", "kicker", "standfirst", "takeaway", "summary"), text)
    return article(body, authors=[{"name": text, "bio": text}], **front)


@pytest.mark.slow
def test_no_text_becomes_an_attribute_or_a_tag_wherever_it_is_written(tmp_path: Path) -> None:
    every = " ".join(HOSTILE)
    issue = write_publication(
        tmp_path,
        publication={
            **dict.fromkeys(("name", "publisher", "subject", "rights"), every),
            "slug": "x",
            "url": "https://x.example/?a='b'&c",
            "glossary": dict.fromkeys(HOSTILE, "神戸"),
            "masthead": [{"heading": text, "text": text} for text in HOSTILE],
        },
        articles={f"{n}.md": hostile_article(text) for n, text in enumerate(HOSTILE)},
        files={"articles/a.png": png(40, 40)},
    )
    loaded = load_issue(issue)
    finished = web_file(loaded.issue, loaded.design, DAY)
    assert finished.diagnostics == ()
    found = _Attributes(finished.data.decode())
    assert not {name for name in found.names if name.startswith("on") or "alert" in name}
    assert not found.tags & {"script", "iframe"}


@pytest.mark.parametrize(
    ("body", "reported"),
    [
        ("<p onclick=alert(1)>", "a handler, `onclick`"),
        ("<P OnClick='alert(1)'>", "a handler, `onclick`"),
        ('<svg><g onload="x"/></svg>', "a handler, `onload`"),
        ("<script>1</script>", "`<script>`"),
        ("<SCRIPT SRC=//a.b/c.js></SCRIPT>", "`<script>`"),
        ("<svg><script>1</script></svg>", "`<script>`"),
        ('<script type="application/ld+json">{"a": "<!--<script>"}</script>', "hold `<`"),
        ('<script type="application/ld+json" src="https://a.b/"></script>', "asks for"),
        ("<iframe srcdoc='<p>'></iframe>", "`<iframe>`"),
        ("<object data=a.swf></object>", "`<object>`"),
        ("<embed src=a.swf>", "`<embed>`"),
        ("<form action=https://a.b/><input></form>", "`<form>`"),
        ("<button formaction=https://a.b/>x</button>", "asks for `https://a.b/`"),
        ('<noscript><p title="</noscript><img src=x onerror=y>">', "`<noscript>`"),
        ("<select><img src=x onerror=y></select>", "`<select>`"),
        ("<img src=https://a.b/pixel.gif>", "asks for `https://a.b/pixel.gif`"),
        ("<img src='//a.b/pixel.gif'>", "asks for `//a.b/pixel.gif`"),
        ("<img src=images/logo.png>", "asks for `images/logo.png`"),
        ("<img srcset='data:image/png;base64,AA 1x, https://a.b/c.png 2x'>", "https://a.b/c.png"),
        ("<img src='data:text/html,<p>'>", "asks for `data:text/html"),
        ("<video poster=https://a.b/c.png></video>", "asks for"),
        ("<body background=https://a.b/c.png>", "asks for"),
        ("<a href=# ping=https://a.b/>x</a>", "asks for"),
        ("<svg><image href=https://a.b/c.png /></svg>", "asks for"),
        ("<svg><use xlink:href='https://a.b/c.svg#d'/></svg>", "asks for"),
        ("<svg><rect fill='url(https://a.b/c.svg#d)'/></svg>", "asks for"),
        ("<svg><a><set attributeName=href to='javascript:1'/></a></svg>", "changes `href`"),
        ("<p style='background: url(https://a.b/c)'>", "asks for `https://a.b/c`"),
        ("<style>@import 'https://a.b/c.css';</style>", "asks for"),
        (r"<style>p { background: U\52 L( 'https://a.b/c' ) }</style>", "asks for"),
        ("<style>p { background: image-set('https://a.b/c' 1x) }</style>", "asks for"),
        ("<style>@namespace x {} p { background: url(c.png) }</style>", "asks for `c.png`"),
        ("<style>p { background: image-set(var(--x) 1x) }</style>", "asks for `var(…)`"),
        ("<a href=javascript:alert(1)>x</a>", "leads to `javascript:alert(1)`"),
        ("<a href='  JaVaScRiPt:alert(1)'>x</a>", "leads to `JaVaScRiPt:alert(1)`"),
        ("<a href='java\tscr\nipt:alert(1)'>x</a>", "leads to"),
        ("<a href='&#1;javascript&colon;alert(1)'>x</a>", "leads to"),
        ("<a href='&#106avascript:alert(1)'>x</a>", "leads to"),
        ("<a href=vbscript:x>x</a>", "leads to `vbscript:x`"),
        ("<a href='data:text/html,<script>'>x</a>", "leads to `data:text/html"),
        ("<a href=file:///etc/passwd>x</a>", "leads to `file:///etc/passwd`"),
        ("<map><area href=javascript:x></map>", "leads to"),
        ("<svg><a xlink:href=javascript:x>x</a></svg>", "leads to"),
        ("<math><mi href=javascript:x>x</mi></math>", "leads to"),
        ("<p title=x" + "A" * 400 + "/onclick=alert(1)>", ""),
        ("<p " + "A" * 400 + "/onclick=alert(1)>", "a handler, `onclick`"),
    ],
)
def test_what_runs_or_asks_is_found_however_it_is_written(body: str, reported: str) -> None:
    found = messages(page(body))
    if reported:
        assert any(reported in message for message in found), found
    else:
        assert found == []


@pytest.mark.parametrize(
    ("head", "reported"),
    [
        ("<base href=https://a.b/>", "`<base>`"),
        ("<meta http-equiv=Refresh content='0; url=https://a.b/'>", "http-equiv=Refresh"),
        ("<link rel=stylesheet href=https://a.b/c.css>", "asks for"),
        ("<link rel='canonical preload' as=image href=https://a.b/c.png>", "asks for"),
        ("<link href=c.css>", "asks for `c.css`"),
        ("<link rel=canonical href=javascript:x>", "leads to"),
    ],
)
def test_what_a_head_asks_for_is_found(head: str, reported: str) -> None:
    assert any(reported in message for message in messages(page(head=head)))


@pytest.mark.parametrize(
    "policy",
    [
        "",
        "img-src data:",
        "default-src *",
        "default-src 'none'; img-src https:",
        "default-src 'none'; script-src 'unsafe-inline'",
        "default-src 'none'; report-uri https://a.b/",
    ],
)
def test_a_page_needs_a_policy_that_keeps_everything_out(policy: str) -> None:
    (message,) = messages(page(policy=policy))
    assert "content security policy" in message


def test_a_page_needs_to_say_its_encoding() -> None:
    (message,) = messages(page().replace('<meta charset="utf-8">', ""))
    assert "charset" in message


def test_what_is_harmless_passes() -> None:
    body = (
        '<a href="https://a.b/?x=javascript:1">x</a><a href="mailto:a@b.example">y</a>'
        '<a href="#a1">z</a><a href="../other/">w</a><p title="onclick=x">on</p>'
        '<img src="data:image/png;base64,AAAA" alt=""><svg><use href="#a"/></svg>'
        '<blockquote cite="https://a.b/">q</blockquote><code>&lt;script&gt;</code>'
    )
    head = (
        '<link rel="canonical" href="https://a.b/">'
        '<script type="application/ld+json">{"name": "A \\u003c/script>"}</script>'
        "<style>@namespace svg url(http://www.w3.org/2000/svg);"
        "p { content: 'url(https://a.b/)'; fill: url(#a); src: url('data:font/woff2,AA') }</style>"
    )
    assert messages(page(body, head)) == []


def test_faults_without_end_are_reported_by_the_first_of_them() -> None:
    assert len(messages(page("<p onclick=x>" * 5_000))) == 20


def test_styles_nested_without_end_are_judged_too() -> None:
    css = "p { x: " + "calc(" * 20_000 + "url(c.png)"
    started = time.process_time()
    assert any("c.png" in message for message in messages(page(head=f"<style>{css}</style>")))
    assert time.process_time() - started < 5


def test_what_is_embedded_costs_a_judge_next_to_nothing() -> None:
    image = f'<img src="data:image/webp;base64,{"AB/+" * 1_000_000}" alt="">'
    started = time.process_time()
    assert messages(page(image)) == []
    assert time.process_time() - started < 1


# --- Templates of a publication's own ------------------------------------------------------------


def finished(folder: Path, templates: dict[str, str]) -> Finished:
    issue = write_publication(folder)
    for name, text in templates.items():
        path = folder / "templates" / "web" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    loaded = load_issue(issue)
    return web_file(loaded.issue, loaded.design, DAY)


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        ('<p>\n<b onclick="go()">x</b></p>', 2, "`<b>` has a handler, `onclick`"),
        ('<p>\n\n<a href="javascript:go()">x</a></p>', 3, "`<a>` leads to `javascript:go()`"),
        ("<p>\n<iframe></iframe></p>", 2, "it has a `<iframe>`"),
        ('<img src="https://a.b/c.gif" alt="">', 1, "`<img src>` asks for `https://a.b/c.gif`"),
    ],
)
def test_a_template_that_is_not_safe_is_named(
    template: str, line: int, message: str, tmp_path: Path
) -> None:
    file = finished(tmp_path, {"nameplate.html.j2": template})
    assert file.data == b""
    (one,) = file.diagnostics
    assert (one.severity.value, one.code) == ("error", "web-page-unsafe")
    assert one.location is not None
    assert (one.location.path, one.location.line) == ("templates/web/nameplate.html.j2", line)
    assert message in one.message
    assert one.hints


def test_a_page_template_without_a_policy_is_named(tmp_path: Path) -> None:
    shell = "<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{{ body }}</body></html>"
    (one,) = finished(tmp_path, {"page.html.j2": shell}).diagnostics
    assert one.location is not None
    assert one.location.path == "templates/web/page.html.j2"


def test_a_fault_whose_template_is_unknown_is_reported_by_what_stands_near(tmp_path: Path) -> None:
    template = '{% include "base/web/head.html.j2" %}<p {{ "on" ~ "click" }}="x()">x</p>'
    template = template.replace("x()", '{{ "x" ~ "()" }}')
    (one,) = finished(tmp_path, {"head.html.j2": template}).diagnostics
    assert one.location is not None
    assert one.location.path == "2026-01-14/articles/01-harbor.md"


@pytest.mark.slow
def test_the_usual_page_passes_and_is_what_the_edition_writes(tmp_path: Path) -> None:
    drawing = svg('<a href="javascript:alert(1)"><rect width="9" height="9"/></a>')
    body = "The [port](https://port.example/).\n\n![A drawing.](a.svg)"
    issue = write_publication(
        tmp_path, articles={"1.md": article(body)}, files={"articles/a.svg": drawing}
    )
    loaded = load_issue(issue)
    file = web_file(loaded.issue, loaded.design, DAY)
    assert file == Finished(web_page(loaded.issue, loaded.design, DAY).encode())
    # Browsers do not follow links in a drawing that is an image.
    assert b"javascript:" not in file.data


# --- Addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        ("https://a.b/", "https"),
        ("HTTPS://a.b/", "https"),
        (" \tjava\nscript\r:x", "javascript"),
        ("\x00java\x0bscript:x", "javascript"),
        ("a/b:c", ""),
        ("//a.b/", ""),
        ("#a:b", ""),
        ("?a:b", ""),
        ("", ""),
        ("1a:b", ""),
    ],
)
def test_an_address_has_the_scheme_that_a_browser_sees(address: str, scheme: str) -> None:
    assert scheme_of(address) == scheme


@pytest.mark.slow
def test_an_edition_that_is_not_safe_is_not_written(tmp_path: Path) -> None:
    issue = write_publication(tmp_path / "p")
    path = tmp_path / "p" / "templates" / "web" / "nameplate.html.j2"
    path.parent.mkdir(parents=True)
    path.write_text("<p onclick=x>")
    with pytest.raises(ContentError) as caught:
        build_issue(issue, editions=["html"], output=tmp_path / "out")
    assert [one.code for one in caught.value.report] == ["web-page-unsafe"]
    assert not (tmp_path / "out").exists()
