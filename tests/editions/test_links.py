"""Links and actions of a PDF file lead only to the web, to mail, or within the file."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.editions.profiles import press_profile
from tests.editions.rendering import render_issue
from tests.publications import article, write_publication
from typeset.editions.links import judge_links
from typeset.source import Location


def pdf_with(**link: Any) -> pikepdf.Pdf:
    """Return a PDF of one page with one link that has these entries."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(72, 72))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), **link)
    pdf.pages[0].obj["/Annots"] = Array([note])
    return pdf


def to(address: str) -> Dictionary:
    return Dictionary(S=Name.URI, URI=address)


def messages(pdf: pikepdf.Pdf) -> list[str]:
    return [one.message for one in judge_links(pdf, lambda _: None)]


@pytest.mark.parametrize(
    "address", ["https://a.b/", "HTTP://a.b/", "mailto:a@b.example", "https://a.b/?javascript:x"]
)
def test_the_web_and_mail_may_be_linked(address: str) -> None:
    assert messages(pdf_with(A=to(address))) == []
    assert messages(pdf_with(Dest="a1")) == []
    assert messages(pdf_with(A=Dictionary(S=Name.GoTo, D="a1"))) == []


@pytest.mark.parametrize(
    "address",
    [
        "javascript:app.alert(1)",
        " JavaScript:x",
        "java\tscript:x",
        "file:///etc/passwd",
        "vbscript:x",
        "data:text/html,x",
        "../other.html",
        "//a.b/",
        "smb://a.b/c",
        "",
    ],
)
def test_no_other_address_may(address: str) -> None:
    (message,) = messages(pdf_with(A=to(address)))
    assert "a link leads to" in message


def test_a_relative_link_is_reported_as_it_was_written() -> None:
    (message,) = messages(pdf_with(A=to("https://typeset.invalid/other/issue.html")))
    assert "leads to `other/issue.html`, which is not a whole address" in message


@pytest.mark.parametrize(
    "kind",
    ["JavaScript", "Launch", "SubmitForm", "ImportData", "GoToR", "GoToE", "RichMediaExecute"],
)
def test_no_action_may_do_anything_else(kind: str) -> None:
    action = Dictionary(S=Name(f"/{kind}"))
    assert messages(pdf_with(A=action)) == [f"the PDF is not safe: a link has the action `{kind}`"]
    assert messages(pdf_with(A=Dictionary(S=Name.GoTo, D="a", Next=action)))
    assert messages(pdf_with(A=Dictionary(S=Name.GoTo, D="a", Next=Array([action]))))
    assert messages(pdf_with(Dest="a", PA=action))


def test_a_chain_of_actions_that_is_closed_is_judged() -> None:
    pdf = pdf_with()
    action: Any = pdf.make_indirect(Dictionary(S=Name.Launch))
    action["/Next"] = action
    pdf.pages[0].obj.Annots[0]["/A"] = action
    assert len(messages(pdf)) == 1


def test_what_acts_of_itself_is_found() -> None:
    script = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    acting = Dictionary(O=script)
    for place, key, value, reported in (
        ("root", "/OpenAction", script, "when it is opened, it has the action `JavaScript`"),
        ("root", "/AA", acting, "when it is opened, it starts an action by itself"),
        ("root", "/Names", Dictionary(JavaScript=Dictionary()), "it holds JavaScript"),
        ("root", "/AcroForm", Dictionary(), "it holds a form"),
        ("root", "/URI", Dictionary(Base="file:///"), "its links count from `file:///`"),
        ("page", "/AA", acting, "the page starts an action by itself"),
        ("link", "/AA", acting, "a link starts an action by itself"),
        ("link", "/Subtype", Name.RichMedia, "there is a note of the kind `/RichMedia`"),
    ):
        pdf = pdf_with()
        page: Any = pdf.pages[0].obj
        holder: Any = {"root": pdf.Root, "page": page, "link": page.Annots[0]}[place]
        holder[key] = value
        assert messages(pdf) == [f"the PDF is not safe: {reported}"]


def test_an_outline_is_judged_to_its_last_entry() -> None:
    pdf = pdf_with()
    last = Dictionary(Title="c", A=to("javascript:x"))
    inner = Dictionary(Title="b", A=Dictionary(S=Name.GoTo, D="a"), Next=pdf.make_indirect(last))
    outer = Dictionary(Title="a", Dest="a", First=pdf.make_indirect(inner))
    pdf.Root["/Outlines"] = Dictionary(First=pdf.make_indirect(outer))
    (message,) = messages(pdf)
    assert "an entry of the outline leads to `javascript:x`" in message


def test_a_link_is_reported_with_its_page_and_the_template_that_wrote_it() -> None:
    place = Location("templates/print/head.html.j2", 3)
    (one,) = judge_links(
        pdf_with(A=to("javascript:x")), lambda text: place if text == "javascript:x" else None
    )
    assert (one.severity.value, one.code, one.location) == ("error", "pdf-link-unsafe", place)
    assert one.page is not None
    assert one.page.page == 1
    assert one.hints


def test_links_without_end_are_reported_by_the_first_of_them() -> None:
    pdf = pdf_with()
    page: Any = pdf.pages[0].obj
    page["/Annots"] = Array(
        [Dictionary(Subtype=Name.Link, A=to(f"javascript:{n}")) for n in range(500)]
    )
    assert len(messages(pdf)) == 20


def test_links_of_a_template_are_judged_in_every_file_that_has_links(tmp_path: Path) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><a href=%b>%b</a>'
    drawing = drawing % (b'"javascript:drawn()"', b'<rect width="300" height="200"/>') + b"</svg>"
    issue = write_publication(
        tmp_path,
        publication={"editions": {"press": {"profile": "press.icc"}}},
        articles={"1.md": article("The [port](https://a.example/).\n\n![It.](a.svg)")},
        files={
            "../press.icc": press_profile(),
            "articles/a.svg": drawing,
            "../templates/print/head.html.j2": (
                '{% include "base/print/head.html.j2" %}\n<p>\n<a href="javascript:x()">x</a>\n'
                '<a href="more.html">y</a> <a href="file:///etc/hosts">z</a></p>\n'
            ),
        },
    )
    laid_out = render_issue(issue, "screen", "archive", "press")
    for edition in ("screen", "archive"):
        file = laid_out.files[edition]
        assert file.data == b""
        assert sorted(
            (str(one.location), one.message.partition("leads to ")[2]) for one in file.diagnostics
        ) == [
            ("templates/print/head.html.j2:3", "`javascript:x()`"),
            ("templates/print/head.html.j2:4", "`file:///etc/hosts`"),
            ("templates/print/head.html.j2:4", "`more.html`, which is not a whole address"),
        ]
    # On paper no link can be followed.
    press = laid_out.files["press"].data
    assert press
    assert b"javascript" not in press
    with pikepdf.open(io.BytesIO(press)) as pdf:
        assert all("/Annots" not in page.obj for page in pdf.pages)
