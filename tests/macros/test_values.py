"""Names, dates, amounts and states as macros say them."""

from __future__ import annotations

from datetime import date

import pytest

from deskterm.domain.money import Money
from deskterm.macros.forms import written
from deskterm.macros.states import order_states
from deskterm.macros.voice import first_name, whole_name
from tests.macros.support import DAY, NOW, order

TODAY = NOW.date()
NBSP, THIN = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        (date(2026, 11, 24), "Tuesday 24 November", "mardi 24 novembre"),
        (date(2026, 12, 1), "Tuesday 1 December", "mardi 1er décembre"),
        (date(2027, 1, 11), "Monday 11 January 2027", "lundi 11 janvier 2027"),
        (Money(123490, "EUR"), "€1,234.90", f"1{THIN}234,90{NBSP}€"),
        (Money(1200, "JPY"), "¥1,200", f"1{THIN}200{NBSP}JPY"),
        (1200, "1,200", f"1{THIN}200"),
        ("as it is", "as it is", "as it is"),
    ],
)
def test_values_are_written_as_the_language_writes_them(
    value: str | int | date | Money, english: str, french: str
) -> None:
    assert written(value, "en", TODAY) == english
    assert written(value, "fr", TODAY) == french
    assert written(value, "zz", TODAY) == english


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Ana Martin", "Ana"),
        ("MARTIN Ana", "Ana"),
        ("Martin, Ana", "Ana"),
        ("ANA MARTIN", "Ana"),
        ("jean-pierre dupont", "Jean-Pierre"),
        ("Zoë O’Neil", "Zoë"),
        ("Mr Martin", ""),
        ("Mme. Martin", ""),
        ("A. Martin", ""),
        ("Nordlicht GmbH", ""),
        ("shopper77", ""),
        ("ana@example.org", ""),
        ("https://example.org", ""),
        ("{{x}}", ""),
        ("", ""),
        ("Ana " * 30, ""),
    ],
)
def test_first_names(name: str, first: str) -> None:
    assert first_name(name) == first


def test_what_looks_like_no_name_is_none() -> None:
    assert whole_name("  Ana\n Martin ") == "Ana Martin"
    assert whole_name("Ana <b>") == ""


@pytest.mark.parametrize(
    ("state", "states"),
    [
        ("unpaid", {"unpaid"}),
        ("paid", {"paid"}),
        ("shipped", {"shipped"}),
        ("late", {"shipped", "late"}),
        ("stuck", {"shipped", "stuck"}),
        ("delivered", {"delivered", "just_delivered"}),
        ("part_shipped", {"shipped", "part_shipped"}),
        ("returning", {"shipped", "returning"}),
        ("returned", {"shipped", "returned"}),
        ("refunded", {"shipped", "refunded"}),
        ("cancelled", {"cancelled"}),
        ("returned_to_sender", {"returned_to_sender"}),
    ],
)
def test_states_of_an_order(state: str, states: set[str]) -> None:
    assert order_states(order(state), NOW) == {"has_order", *states}


def test_states_that_time_and_place_make() -> None:
    assert order_states(None, NOW) == {"no_order"}
    assert "delivered_earlier" in order_states(order("delivered"), NOW + 10 * DAY)
    assert "late" in order_states(order("paid"), NOW + 10 * DAY)
    abroad = order("paid")
    there = abroad.ship_to.__class__(country="CH")
    assert "outside_eu" in order_states(order("paid", ship_to=there), NOW)
    assert "outside_eu" not in order_states(abroad, NOW)
