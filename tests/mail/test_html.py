"""HTML into text: structure kept, nothing fetched, hidden text marked, monsters survived."""

from __future__ import annotations

import time

import pytest

from deskterm.mail.html import to_text
from tests.mail.mails import fixture_files

_GIVEN_UP = 10.0


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One\n two</p><p>Three</p>", "One two\n\nThree"),
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<div>a</div><div><br></div><div>b</div>", "a\n\nb"),
        ("x <b>bold</b>, <i>it</i>.", "x bold, it."),
        ("<ul><li>one<li>two<ul><li>deep</ul></ul>", "- one\n- two\n  - deep"),
        ("<ol><li>one</li><li>two</li></ol>", "1. one\n2. two"),
        ("<h1>Title</h1>text", "Title\n\ntext"),
        ("<pre>a  b\n  c</pre>", "a  b\n  c"),
        ("<blockquote><p>old</p><blockquote>older</blockquote></blockquote>new",
         "> old\n>\n>> older\n\nnew"),
        ("<script>x()</script><style>p{}</style>seen<!-- no -->", "seen"),
        ("&lt;b&gt; &amp; &eacute;", "<b> & é"),
        ("<p>a<hr>b</p>", "a\n\n________________________________\nb"),
        ("", ""),
    ],
)  # fmt: skip
def test_blocks(html: str, text: str) -> None:
    assert to_text(html).text == text


def test_links_are_numbered_and_listed_once() -> None:
    html = (
        '<a href="https://shop.example/a">your parcel</a>, <a href="https://shop.example/a">again'
        '</a>, <a href="https://carrier.example">https://carrier.example</a>, '
        '<a href="mailto:a@shop.example">a@shop.example</a>, <a href="javascript:x()">click</a>'
    )

    assert to_text(html).text == (
        "your parcel [1], again [1], https://carrier.example, a@shop.example, click\n\n"
        "[1] https://shop.example/a"
    )


def test_data_tables_stand_in_columns_and_layout_tables_do_not() -> None:
    data = (
        "<table><tr><th>Article</th><th>Qty</th></tr><tr><td>Blue lamp</td><td>2</td></tr></table>"
    )
    assert to_text(data).text == "Article    Qty\nBlue lamp  2"

    layout = f"<table><tr><td>Logo</td><td><p>Dear Jeanne,</p><p>hello</p></td></tr></table>{data}"
    assert to_text(layout).text == ("Logo\nDear Jeanne,\n\nhello\nArticle    Qty\nBlue lamp  2")


def test_images_are_named_counted_and_never_fetched() -> None:
    html = (
        '<img src="https://tracker.example/p.gif"><img src="//x.example/y.png" alt="Sale">'
        '<img src="cid:p1@x"><img src="cid:gone" alt="logo"><table background="http://z.example/b">'
    )

    shown = to_text(html, {"p1@x": "broken.jpg"})

    assert shown.text == "[image: Sale][image: broken.jpg][image: logo]"
    assert shown.remote_images == 3


@pytest.mark.parametrize(
    "style",
    [
        'style="display:none"',
        'style="color: red; DISPLAY : none !important"',
        'style="font-size:0"',
        'style="mso-hide:all"',
        'style="visibility:hidden"',
        'style="color:#fff;background-color:white"',
        "hidden",
    ],
)
def test_hidden_text_is_marked(style: str) -> None:
    assert to_text(f"a<div {style}>secret</div>b").text == "a\n[hidden: secret]\nb"


def test_visible_styles_are_not_hidden() -> None:
    for style in ("font-size:0.9em", "color:white;background:navy", "opacity:0.5"):
        assert to_text(f'<span style="{style}">seen</span>').text == "seen"


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 400_000 + "bottom",
        "<table><tr><td>" * 50_000 + "bottom",
        "<blockquote>" * 900 + "bottom",
        "<ul><li>" * 500 + "bottom",
        "<b><i>" * 100_000 + "bottom",
        "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">bottom",
        "<" * 1_000_000 + "bottom",
        "<a href=" * 200_000 + "bottom",
        "&" * 500_000 + "bottom",
        "<!--" * 200_000 + "--><p>bottom",
        "<table>" + "<tr><td>x" * 60_000 + "<tr><td>bottom",
        "bottom" + "</div>" * 300_000,
    ],
)
def test_monsters_are_read_in_time(html: str) -> None:
    began = time.monotonic()

    shown = to_text(html)

    assert time.monotonic() - began < _GIVEN_UP
    assert isinstance(shown.text, str)


def test_deep_but_honest_nesting_loses_no_text() -> None:
    html = "<table><tr><td>" * 120 + "bottom" + "</td></tr></table>" * 120 + "after"

    assert to_text(html).text == "bottom\nafter"


def test_published_replies_show_their_text() -> None:
    for path in fixture_files("reply_talon/html_replies/*.html"):
        text = to_text(path.read_text("utf-8", "replace")).text
        assert "Hi. I am fine." in text, path.name
        assert "How are you?" in text, path.name
