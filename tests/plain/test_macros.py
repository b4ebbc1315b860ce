"""Macros and orders line by line: what is suggested and why, what is asked for, what is late."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from deskterm.service.reading.shelf import Shelf
from tests.support.desk import TestDesk
from tests.support.ground import kept_ground
from tests.support.orders import PLACED, an_order, bring, shop_account
from tests.support.plain import PlainRoom

WISMO = "Hello, where is my order? I have not received it yet."


@pytest.fixture
def room(desk: TestDesk, tmp_path: Path) -> PlainRoom:
    shelf = Shelf(tmp_path / "macros", tmp_path / "facts.toml", ground=kept_ground())
    return PlainRoom(desk, width=400, shelf=shelf)


@pytest.fixture
def ref(desk: TestDesk) -> str:
    """Marta asks for an order that is paid, not sent, and promised for yesterday."""
    promised = desk.clock.now() - timedelta(days=1)
    ref = desk.open(body=WISMO)
    bring(desk, shop_account(desk), an_order(paid_at=PLACED, promised_at=promised))
    return ref


def sent(room: PlainRoom) -> list[str]:
    return [row[0] for row in room.desk.rows("SELECT body FROM outbox_items")]


def test_where_is_my_order_is_answered_without_a_screen(room: PlainRoom, ref: str) -> None:
    told = room.session("1", "order", "macros", "macro 1", "Monday", "send")
    assert "1. " in told
    assert "the customer writes “" in told
    assert "(not_shipped_yet): " in told
    assert "The day it will leave at the latest: Monday" in told
    assert f"The reply to {ref} goes out in 10 seconds." in told
    assert "\x1b" not in told
    (text,) = sent(room)
    assert text.startswith("Hello Marta,")
    assert "LO-12345" in text
    assert "leave on Monday at the latest" in text
    assert "{{" not in text


def test_the_facts_of_the_order_with_age_and_what_is_late(room: PlainRoom, ref: str) -> None:
    told = room.session("order", "1", "order", "order 2", "order x")
    assert "No ticket is open" in told
    assert "Order: LO-12345, paid, not sent, read " in told
    assert "\nCareful: late: promised for yesterday and not sent\n" in told
    assert "\nItem: 1 × Oak lamp, 67.40 EUR, not sent, LAMP\n" in told
    assert told.count("There is no number ") == 2


def test_several_orders_are_read_out_one_by_one(room: PlainRoom) -> None:
    bring(room.desk, shop_account(room.desk), an_order(), an_order("LO-12346"))
    room.desk.open(body=WISMO, order_refs=(("LO-12345", "LO12345"), ("LO-12346", "LO12346")))
    told = room.session("1", "order", "order 2")
    first, _, second = told.partition("> order 2")
    assert "Order 1 of 2; 'order NUMBER' reads another one" in first
    assert "Order 2 of 2; " in second
    heads = [part.partition("\nOrder: ")[2][:8] for part in (first, second)]
    assert set(heads) == {"LO-12345", "LO-12346"}


def test_a_ticket_without_an_order_says_so(room: PlainRoom) -> None:
    room.desk.open(body="Do you sell lamps?")
    assert "Order: none was found for this ticket\n" in room.session("1", "order")


def test_what_is_missing_is_named_and_stops_the_sending(room: PlainRoom) -> None:
    room.desk.open(body=WISMO)
    told = room.session("1", "macro not_shipped_yet", "", "send", "keep")
    assert "Missing: order.ref comes from the order, which does not tell it\n" in told
    assert "Missing: The day it will leave at the latest: only you can say this" in told
    assert "Cannot be sent: " in told
    assert sent(room) == []
    ((kind, text, _state),) = room.drafts()
    assert kind == "reply"
    assert "{{order.ref}}" in text
    assert "{{?dispatch day}}" in text


def test_a_macro_follows_what_was_begun(room: PlainRoom, ref: str) -> None:
    told = room.session(
        *("1", "reply", "My own words.", ".", "keep"), "macro not_shipped_yet", "Monday", "keep"
    )
    assert "You had begun; " in told
    ((_kind, text, _state),) = room.drafts()
    assert text.startswith("My own words.\n\nHello Marta,")


def test_macros_are_found_by_words_and_numbers_count_for_one_ticket(
    room: PlainRoom, ref: str
) -> None:
    other = room.desk.open(body="zzz", subject="Hm", sender="jo@mail.example")
    told = room.session(
        *("macros", "1", "macro", "macro 1", "macros refund", "macros qqqzzz", "macro 1"),
        *("macros", other, "macro 1", "macros", "macro nosuch"),
    )
    assert "No ticket is open" in told
    assert "Which macro? Type 'macros', then 'macro' and a number" in told
    assert told.count("There is no number 1 here") == 3
    assert "refund" in told.partition("> macros refund")[2].partition("> macros")[0].casefold()
    assert "No macro fits.\n" in told
    assert "No macro speaks to what the customer writes.\n" in told
    assert "There is no macro nosuch" in told
    assert room.drafts() == []


def test_the_sum_behind_a_suggestion_is_read_out(room: PlainRoom, ref: str) -> None:
    told = room.session("why", "1", "macros", "why 1", "why 99", "why no_such")
    before, _, after = told.partition("> why 1")
    assert "No ticket is open" in before
    assert "= " in after
    assert "of 100" in after
    assert "There is no number 99 here" in after
    assert "no_such is not suggested here" in after


def test_a_suggestion_that_does_not_fit_does_not_come_again(room: PlainRoom, ref: str) -> None:
    told = room.session("1", "macros", "dismiss 1", "macros")
    first, _, second = told.partition("> dismiss 1")
    assert "1. " in first
    assert "(not_shipped_yet): " in first
    assert "(not_shipped_yet): " not in second
