"""What shop software and marketplaces want: marks, markup, recipients, links, file types."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from deskterm.rules.model import AttachmentFacts
from tests.rules.looking import look, places
from tests.rules.support import FACTS

_OWN = "Votre commande XKBKNABJK [#ct7] [#tcabcdef123456]"
_PAY = "https://shop.example/checkout/order-pay/7/?key=wc_order_Ab12"


@pytest.mark.parametrize(
    ("subject", "before", "found"),
    [
        (_OWN, None, False),
        (f"Re: {_OWN}", _OWN, False),
        ("Re: … #ct7 #tcabcdef123456", _OWN, False),
        ("#ct7 and again #ct7 #tcabcdef123456", _OWN, False),
        ("Votre commande", _OWN, True),
        ("Votre commande", None, True),
        ("Votre commande #ct7", None, True),
        ("Votre commande #tcabcdef123456", None, True),
        ("#ct8 #tcabcdef123456", _OWN, True),
        ("#ct7 #tcffffff123456", _OWN, True),
        ("#ct7 #ct8 #tcabcdef123456", None, True),
        ("#ct7 #tcabcdef123456", "Bonjour", False),
        ("", _OWN, False),
    ],
)
def test_the_marks_of_a_thread_stand_in_its_subject(
    subject: str, before: str | None, found: bool
) -> None:
    matches = look(
        "subject_marks", facts=replace(FACTS, thread_subject=before), draft={"subject": subject}
    )
    assert [match.excerpt for match in matches] == ([subject] if found else [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see <script>alert(1)</script>", ["<script", "</script"]),
        ("< SCRIPT src=x>", ["< SCRIPT"]),
        ("<iframe src=…>", ["<iframe"]),
        ("<FORM action=x><input type=text>", ["<FORM", "<input"]),
        ('<a href="#" onclick="x()">', ['<a href="#" onclick=']),
        ("<img/onerror=alert(1)>", ["<img/onerror="]),
        ("[x](javascript:alert(1))", ["javascript:"]),
        ("<b>bold</b> &amp; <br>line", []),
        ("size < 40 and > 36, on = off", []),
        ("<informed customers>, <objects>", []),
        ("JavaScript is needed; the description: see below", []),
    ],
)
def test_markup_that_acts_is_found(text: str, found: list[str]) -> None:
    assert sorted(places(look("active_html", text), text)) == sorted(found)


@pytest.mark.parametrize(
    ("recipient", "found"),
    [
        ("mailer@shopify.com", True),
        ("no-reply@mail.Shopify.com ", True),
        ("Help@shop.example", True),
        ("ana@notshopify.com", False),
        ("shopify.com@example.org", False),
        ("", False),
    ],
)
def test_nobody_answers_from_a_systems_address(recipient: str, found: bool) -> None:
    matches = look(
        "system_recipient",
        facts=replace(FACTS, identities=frozenset({"help@shop.example"})),
        draft={"recipients": (recipient,)},
        domains=("shopify.com",),
    )
    assert [match.excerpt for match in matches] == ([recipient] if found else [])


def test_the_sender_is_no_recipient_either() -> None:
    draft = {"sender": "me@shop.example", "recipients": ("ME@shop.example", "ana@example.org")}
    assert [m.excerpt for m in look("system_recipient", draft=draft)] == ["ME@shop.example"]


@pytest.mark.parametrize(
    ("recipients", "allowed", "found"),
    [
        (("ana@example.org",), {"Ana@example.org"}, False),
        (("ben@example.org",), {"ana@example.org"}, True),
        (("ana@example.org", "ben@example.org"), {"ana@example.org"}, True),
        (("ben@example.org",), None, False),
        ((), {"ana@example.org"}, False),
    ],
)
def test_a_link_that_opens_an_order_is_the_customers(
    recipients: tuple[str, ...], allowed: set[str] | None, found: bool
) -> None:
    matches = look(
        "secret_link",
        f"Pay here: {_PAY}",
        facts=replace(FACTS, allowed_recipients=None if allowed is None else frozenset(allowed)),
        draft={"recipients": recipients},
        marks=("key=wc_order_", "id_customer_thread="),
    )
    assert places(matches, f"Pay here: {_PAY}") == (["key=wc_order_"] if found else [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Attach the .heic photo", [".heic"]),
        ("une vidéo .MP4 ou *.mov", [".MP4", "*.mov"]),
        ("en .jpg ou en .pdf", []),
        ("montage.mp4 is on the stick, see /films/.mp4x and v.2", []),
        ("I use Node .js and .NET", []),
        ("It costs .50 more ...mp4", []),
    ],
)
def test_only_types_that_the_form_takes_are_asked_for(text: str, found: list[str]) -> None:
    assert places(look("asked_types", text, types=("jpg", "pdf")), text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Je vous rappelle au 06 39 98 55 66",
        "nous vous contacterons demain matin au +33 (0)6 39 98 55 66",
        "We will call you on +44 7700 900555.",
        "Ich rufe Sie unter 0152 28817386 an",
        "la llamaremos al 699 123 456",
        "la richiamo al 347 555 0134",
    ],
)
def test_a_number_to_call_back_is_found(text: str) -> None:
    assert len(look("callback_number", text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Je vous rappelle au numéro de votre compte.",
        "Notre service : 01 99 00 12 12",
        "We call you tomorrow. Order 2000119123456.",
        "I call you about 3 lamps",
    ],
)
def test_other_numbers_are_none_to_call_back(text: str) -> None:
    assert look("callback_number", text) == []


@pytest.mark.parametrize(
    ("text", "facts", "found"),
    [
        ("Hello!", {}, True),
        ("Hi there :)", {}, True),
        ("Bonjour Camille,", {"buyer_name": "Camille M."}, True),
        ("Guten Tag, wie geht es Ihnen?", {}, True),
        ("Buenas tardes señora", {}, True),
        ("Bonjour Camille,", {}, False),
        ("Hello, it is packed", {}, False),
        ("Are you there?", {}, False),
        ("Merci", {}, False),
        ("", {}, False),
        ("hello " * 40, {}, False),
    ],
)
def test_a_greeting_alone_is_no_answer(text: str, facts: dict[str, Any], found: bool) -> None:
    assert bool(look("only_greeting", text, facts=replace(FACTS, **facts))) is found


def test_a_greeting_with_a_file_may_be_one() -> None:
    file = AttachmentFacts("label.pdf", "application/pdf", 2048)
    assert look("only_greeting", "Hello!", draft={"attachments": (file,)}) == []


@pytest.mark.parametrize(
    ("state", "found"), [("shipped", True), ("processing", True), ("delivered", False), ("", False)]
)
def test_delivered_is_said_when_it_is(state: str, found: bool) -> None:
    text = "Your parcel was delivered on Monday."
    matches = look(
        "too_early",
        text,
        facts=replace(FACTS, order_state=state),
        topics=("says_delivered",),
        states=("delivered",),
    )
    assert places(matches, text) == (["was delivered"] if found else [])
