"""What a channel that shows plain text does not show well."""

from __future__ import annotations

from typing import Any

import pytest

from deskterm.rules.detectors.base import TEXT_CAP
from tests.rules.looking import look, places

_EVERYTHING: dict[str, Any] = dict.fromkeys(
    ("html", "markdown", "emoji", "capitals", "symbols", "blank_lines"), True
)


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("html", "<b>Important</b> notice", ["<b>", "</b>"]),
        ("html", "Hello<br>Sam<BR/>", ["<br>", "<BR/>"]),
        ("html", '<a href="https://example.org">here</a>', None),
        ("html", "<p style='color:red'>Hallo", ["<p style='color:red'>"]),
        ("html", "Tom&nbsp;&amp;&#160;Ana", ["&nbsp;", "&amp;", "&#160;"]),
        ("markdown", "Your **refund** is on its way", ["**refund**"]),
        ("markdown", "Voir [la page](https://example.org/retour).", None),
        ("markdown", "## Return\nSend it back", ["## "]),
        ("markdown", "Enter ```reset``` here", ["```", "```"]),
        ("emoji", "Merci 😊 !", ["😊"]),
        ("emoji", "Danke ❤️👍🏽", ["❤️👍🏽"]),
        ("emoji", "Step 1️⃣", ["1️⃣"]),
        ("emoji", "Grazie 🇮🇹", ["🇮🇹"]),
        ("emoji", "The family 👨‍👩‍👧 box", ["👨‍👩‍👧"]),
        ("emoji", "Versand ✔️", ["✔️"]),
        ("capitals", "PLEASE SEND US A PHOTO TODAY", None),
        ("capitals", "Bonjour. MERCI DE RÉPONDRE VITE À CE MESSAGE.", None),
        ("capitals", "BITTE ANTWORTEN SIE NOCH HEUTE", None),
        ("symbols", "★★★ Offer ★★★", ["★★★", "★★★"]),
        ("symbols", "Hello\n=======\nThe case", ["======="]),
        ("symbols", "PLZ  recieve teh itme!!!", ["!!!"]),
        ("symbols", "Vraiment ?!?!", ["?!?!"]),
        ("symbols", "◆ Taille 40", ["◆"]),
        ("blank_lines", "One\n\n\n\nTwo", ["\n\n\n\n"]),
        ("blank_lines", "One\n \n\t\nTwo", ["\n \n\t\n"]),
    ],
)
def test_it_is_found(kind: str, text: str, found: list[str] | None) -> None:
    asked: dict[str, Any] = {kind: True}
    marked = places(look("formatting", text, **asked), text)
    assert marked
    assert found is None or marked == found
    assert look("formatting", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Important notice: size < 10 cm and > 5 cm, a<b and c>d",
        "We <3 it, 5 <6, <sam@example.org>, <your name>",
        "Q&A, R&D, Marks & Spencer, AT&T; done",
        "Size 3*4*5, 2**3, **** **** **** 1234, ************1234",
        "Order #100045, # 3, n° 7, C# and F#",
        "Please rate nothing [photo 1] (see below)",
        "Café, naïve, Zürich, œuvre, ½, 20 °C, 5 €, №, 3 × 4, A → B, ± 2",
        "Acme™ Brand® ©2026",
        "• one\n• two\n- three\n* four",
        "DHL, UPS, GLS, DPD and TNT carry it: USB HDMI VGA DVI cable",
        "12 RUE DES LILAS BLANCS 69003 LYON",
        "Merci d'avance.\n\nCordialement,\nAna\n--\nOrion",
        "Really? Yes! What?!",
        "Signature: ______________ Date: ........",
        "Товар уже в пути. 你好，包裹在路上。",
        "",
    ],
)
def test_plain_writing_is_left_alone(text: str) -> None:
    assert places(look("formatting", text, **_EVERYTHING), text) == []


def test_one_sign_may_be_a_bullet_and_a_number_may_have_a_cross() -> None:
    (bullet,) = look("formatting", "► Taille 40", symbols=True)
    (number,) = look("formatting", "# 3 is the one", markdown=True)
    (entity,) = look("formatting", "Tom &amp; Ana", html=True)
    assert (bullet.sure, number.sure, entity.sure) == (False, False, False)


def test_a_pictogram_is_marked_where_it_was_written() -> None:
    text = "a\u200bﬁ\u200b😊"
    assert places(look("formatting", text, emoji=True), text) == ["😊"]
    assert look("formatting", "a" * TEXT_CAP + "😊", emoji=True) == []
