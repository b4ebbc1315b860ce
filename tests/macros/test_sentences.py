"""What was typed, with variables in place of values, and which of it says the same."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskterm.domain.money import Money
from deskterm.domain.order import Order, Shipment
from deskterm.macros.days import days_in
from deskterm.macros.facts import Facts
from deskterm.macros.files import macro_of
from deskterm.macros.model import Macro
from deskterm.macros.paths import Known
from deskterm.macros.proposing import id_of, table_of, title_of
from deskterm.macros.sentences import typed_in
from deskterm.macros.variables import with_variables
from tests.support.orders import an_order

NOW = datetime(2026, 11, 9, 12, 0, tzinfo=UTC)
LEFT = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
NUMBER = "1Z999AA10123456784"


def known(language: str = "en") -> Known:
    parcel = Shipment("s1", carrier="Colissimo", tracking_number=NUMBER, shipped_at=LEFT)
    order: Order = replace(an_order(), total=Money(4_990, "EUR"), shipments=(parcel,))
    return Known(
        NOW,
        language=language,
        customer="Ana Novak",
        agent="Sam",
        order=order,
        ticket="k7m2q9",
        facts=Facts({"shop_name": "Atelier Nord"}),
    )


@pytest.mark.parametrize(
    ("language", "typed", "source"),
    [
        ("en", f"It has the number {NUMBER.lower()}.", "the number {{order.tracking_number}}."),
        ("en", "It left on Tuesday 3 November with us.", "on {{order.shipped_on}} with us."),
        ("en", "It left on November 3rd, 2026.", "left on {{order.shipped_on}}."),
        ("en", "It leaves on 24/12 in the morning.", "on {{?date}} in the morning."),
        ("en", "You paid €49.90 and get 5.00 EUR.", "paid {{order.total}} and get {{?amount}}."),
        ("en", "You have 14 days and call 0033 612 34 56 78.", "14 days and call {{?number}}."),
        ("en", "Dear Ana, we wish you a fine day.", "Dear {{customer.first_name}}, we"),
        ("en", "Thank you for coming to Atelier Nord.", "coming to {{facts.shop_name}}."),
        ("fr", "Il est parti le mardi 3 novembre.", "parti le {{order.shipped_on}}."),
        ("fr", "Vous recevrez 12,50 € le 1er mai 2027.", "recevrez {{?amount}} le {{?date}}."),
        ("de", "Es ging am 3. November mit Colissimo los.", "am {{order.shipped_on}} mit {{order."),
    ],
)
def test_values_of_the_ticket_become_fields_and_others_questions(
    language: str, typed: str, source: str
) -> None:
    made = with_variables(typed, known(language))
    assert source in made.source
    assert not made.is_private


@pytest.mark.parametrize(
    "typed",
    [
        "I have given it to Julie for you.",
        "Write to julie@shop.example about it.",
        "It is in 12 rue de la paix.",
        "Look at https://shop.example/o/8831?x for it.",
        "Zbigniew calls you today.",
    ],
)
def test_what_may_say_who_somebody_is_is_told(typed: str) -> None:
    assert with_variables(typed, known()).is_private


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("on 24.12.2026 or 2026-12-25", [(24, 12, 2026), (25, 12, 2026)]),
        ("1er janvier, le 2 févr.", [(1, 1, None), (2, 2, None)]),
        ("version 1.2.3.4, 10/50, 31/31", []),
        ("May 5 and 6th of May", [(5, 5, None), (6, 5, None)]),
    ],
)
def test_days_are_read_in_many_forms(text: str, found: list[tuple[int, int, int | None]]) -> None:
    got = [(each.day, each.month, each.year) for each in days_in(text)]
    assert got == found


def test_the_same_sentence_is_the_same_whatever_its_values_capitals_and_accents() -> None:
    said = (
        f"Votre colis {NUMBER} est parti le 3 novembre.",
        "votre colis AB12345678FR est parti le 9/6 !",
    )
    forms = {one.form for text in said for one in typed_in(text, known("fr"))}
    assert len(forms) == 1


@pytest.mark.parametrize(
    ("language", "greeting", "end"),
    [("en", "Hi there,", "Best,\nSam"), ("de", "Guten Tag Ana,", "Freundliche Grüße\nSam")],
)
def test_a_whole_reply_greets_and_ends_as_the_shop_does(
    language: str, greeting: str, end: str
) -> None:
    body = {
        "en": "We have sent it to you today. It will be there in 3 days.",
        "de": "Wir haben es heute an Sie geschickt. Es ist in 3 Tagen bei Ihnen.",
    }[language]
    *_, whole = typed_in(f"{greeting}\n\n{body}\n\n{end}", known(language))
    assert whole.source == "{{greeting}}\n\n" + body + "\n\n{{closing}}"


def test_greetings_quotes_and_short_lines_are_no_sentences() -> None:
    text = "Hello Ana,\n\n> Where is my parcel now please?\n\nThank you!\n\nKind regards,\nSam"
    assert typed_in(text, known()) == []


def test_a_text_with_an_open_place_is_left_alone() -> None:
    assert typed_in("Your order {{order.ref}} is on its way to you.", known()) == []


def test_a_proposal_can_be_read_as_a_macro() -> None:
    text = "Hello Ana,\n\nYour parcel ZZ12345 left on 5 May and comes on 7 May. "
    text += "It costs 3 EUR more for you.\n"
    *_, whole = typed_in(f"{text}\nKind regards,\nSam", known())
    title = title_of(whole.source)
    macro = macro_of(table_of(id_of(title, ()), title, whole.source, "en", "wismo"), "x.toml")
    assert isinstance(macro, Macro)
    assert whole.is_whole
    assert [one.name for one in macro.variables] == ["number", "date", "date 2", "amount"]
    assert title == "Your parcel … left on … and comes on …. It …"


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.characters(codec="utf-8"), max_size=300)
    | st.from_regex(r"([A-Za-z0-9 ./,€\-]{0,12}[.!? ]){0,20}", fullmatch=True)
)
def test_nothing_that_can_be_typed_stops_it(text: str) -> None:
    for one in typed_in(text, known()):
        macro = macro_of(table_of("x", "X", one.source, "en"), "x.toml")
        assert isinstance(macro, Macro), one.source
        assert not re.search(r"\d{5}", one.source) or one.is_private


def test_today_is_a_field() -> None:
    assert with_variables("As of 9 November it is.", known()).source == "As of {{today}} it is."
