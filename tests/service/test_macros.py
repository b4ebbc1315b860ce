"""Macros for a ticket: what is suggested, what it says here, and what follows when it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from deskterm.domain.clock import from_text
from deskterm.domain.errors import UsageError
from deskterm.domain.order import Order, Shipment
from deskterm.service import delivery
from deskterm.service.reading.macro_rows import TicketMacros
from deskterm.service.reading.reading import Reading
from deskterm.service.reading.shelf import Shelf
from deskterm.text.clean import SafeText
from tests.support.desk import TestDesk
from tests.support.ground import kept_ground
from tests.support.orders import PLACED, an_order, bring, shop_account

FINE = "Your parcel left on Monday and arrives tomorrow."
WISMO = "Hello, where is my order? I have not received it yet."
HOSTILE = "a\x1b]52;c;cm0gLXJm\x07b\u202ec"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The folder of the shop's own macros, and beside it its facts."""
    folder = tmp_path / "config" / "macros"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def reading(desk: TestDesk, shop: Path) -> Iterator[Reading]:
    shelf = Shelf(shop, shop.parent / "facts.toml", ground=kept_ground())
    zone = ZoneInfo("Europe/Paris")
    found = Reading(desk.path, "Anna", zone, desk.clock.now, shelf=lambda: shelf)
    yield found
    found.close()


def on_its_way(**changes: Any) -> Order:
    """Marta's order, sent the day after it was placed."""
    parcel = Shipment(
        "s1",
        "DHL",
        "0034 1122",
        "https://dhl.example/track/00341122",
        shipped_at=PLACED + timedelta(days=1),
        promised_at=PLACED + timedelta(days=30),
    )
    order = an_order(fulfilment="fulfilled", status="completed", shipments=(parcel,))
    return replace(order, **changes)


def suggested(reading: Reading, desk: TestDesk, ref: str) -> TicketMacros:
    found = reading.macros_of(desk.ticket(ref)["id"], "en")
    assert found is not None
    return found


def names(found: TicketMacros) -> list[str]:
    return [item.macro for item in found.items]


# Suggestions


def test_the_state_of_the_order_decides_between_macros_for_one_question(
    desk: TestDesk, reading: Reading
) -> None:
    account = shop_account(desk)
    ref = desk.open(body=WISMO)
    bring(desk, account, on_its_way())
    assert names(suggested(reading, desk, ref))[0] == "order_status"
    bring(desk, account, an_order(), after_s=1)
    assert names(suggested(reading, desk, ref))[0] == "not_shipped_yet"


def test_every_suggestion_has_a_reason(desk: TestDesk, reading: Reading) -> None:
    bring(desk, shop_account(desk), on_its_way())
    found = suggested(reading, desk, desk.open(body=WISMO))
    assert found.items
    assert all(item.reasons for item in found.items)
    kinds = {reason.kind for reason in found.items[0].reasons}
    assert kinds == {"says", "order"}


def test_what_nobody_asked_for_is_not_suggested(desk: TestDesk, reading: Reading) -> None:
    assert suggested(reading, desk, desk.open(body="zzz", subject="Hm")).items == ()
    assert reading.macros_of(999_999, "en") is None


def test_what_is_not_answered_yet_counts_as_a_whole(desk: TestDesk, reading: Reading) -> None:
    bring(desk, shop_account(desk), on_its_way())
    ref = desk.open(body=WISMO)
    desk.follow_up(ref, body="Did you see my mail?")
    assert names(suggested(reading, desk, ref))[0] == "order_status"


def test_titles_are_in_the_language_of_who_reads(desk: TestDesk, reading: Reading) -> None:
    bring(desk, shop_account(desk), on_its_way())
    ticket_id = desk.ticket(desk.open(body=WISMO))["id"]
    for language, title in (("en", "On its way"), ("fr", "En route")):
        found = reading.macros_of(ticket_id, language)
        assert found is not None
        assert found.items[0].title == title


# Filling in


def test_a_macro_is_filled_from_customer_order_and_agent(desk: TestDesk, reading: Reading) -> None:
    bring(desk, shop_account(desk), on_its_way())
    ticket_id = desk.ticket(desk.open(body=WISMO))["id"]
    filled = reading.macro_filled(ticket_id, "order_status", "en")
    assert filled is not None
    assert filled.gaps == ()
    assert "Hello Marta," in filled.text
    assert "LO-12345" in filled.text
    assert "Thursday 29 October with DHL" in filled.text
    assert "https://dhl.example/track/00341122" in filled.text
    assert filled.text.endswith("Kind regards,\nAnna")
    assert (filled.reason, filled.language) == ("wismo", "en")
    marked = {str(span.name): filled.text[span.start : span.end] for span in filled.spans}
    assert marked["order.ref"] == "LO-12345"


def test_the_customer_is_answered_in_their_language(desk: TestDesk, reading: Reading) -> None:
    bring(desk, shop_account(desk), on_its_way())
    ref = desk.open(body="Bonjour, où est ma commande ? Je n’ai toujours rien reçu, merci.")
    filled = reading.macro_filled(desk.ticket(ref)["id"], "order_status", "en")
    assert filled is not None
    assert filled.language == "fr"
    assert "Votre commande LO-12345 est en route" in filled.text


def test_what_is_missing_says_where_it_would_come_from(desk: TestDesk, reading: Reading) -> None:
    ticket_id = desk.ticket(desk.open(body=WISMO))["id"]
    filled = reading.macro_filled(ticket_id, "not_shipped_yet", "fr")
    assert filled is not None
    assert [(gap.kind, gap.name, gap.origin) for gap in filled.gaps] == [
        ("missing", "order.ref", "order"),
        ("gap", "dispatch day", "asked"),
    ]
    assert filled.gaps[1].label == "Le jour du départ au plus tard"
    answered = reading.macro_filled(
        ticket_id, "not_shipped_yet", "en", {"dispatch day": "on Monday"}
    )
    assert answered is not None
    assert "It will leave on on Monday" in answered.text
    assert reading.macro_filled(ticket_id, "nosuch", "en") is None


def test_values_from_outside_are_clean(desk: TestDesk, reading: Reading) -> None:
    parcel = on_its_way().shipments[0]
    hostile = Shipment("s1", HOSTILE, HOSTILE, "", shipped_at=parcel.shipped_at)
    bring(desk, shop_account(desk), on_its_way(shipments=(hostile,)))
    ticket_id = desk.ticket(desk.open(body=f"{WISMO} {HOSTILE}", subject=HOSTILE))["id"]
    filled = reading.macro_filled(ticket_id, "order_status", "en")
    assert filled is not None
    assert "\x1b" not in filled.text
    assert "\u202e" not in filled.text
    listed = reading.macros_listed(ticket_id, "en")
    assert all(isinstance(text, SafeText) for view in listed for text in (view.title, view.words))


def test_all_macros_are_listed_those_that_fit_first(desk: TestDesk, reading: Reading) -> None:
    bring(desk, shop_account(desk), on_its_way())
    listed = reading.macros_listed(desk.ticket(desk.open(body=WISMO))["id"], "en")
    assert len(listed) >= 36
    assert listed[0].macro == "order_status"
    rest = [view for view in listed if not view.suggested]
    assert [view.title for view in rest] == sorted((v.title for v in rest), key=str.casefold)
    assert len({view.macro for view in listed}) == len(listed)


# The shop's own files


OWN = """
[[macro]]
id = "greeting_only"
title.en = "Just a greeting"
asks.en = ["zzz"]
body.en = "{{greeting}} zzz"
"""


def test_own_macros_are_read_again_when_they_stand_still(
    desk: TestDesk, reading: Reading, shop: Path
) -> None:
    ref = desk.open(body="zzz", subject="Hm")
    assert names(suggested(reading, desk, ref)) == []
    file = shop / "own.toml"
    file.write_text(OWN, "utf-8")
    assert names(suggested(reading, desk, ref)) == []  # it may be half written
    found = suggested(reading, desk, ref)
    assert names(found) == ["greeting_only"]
    assert (found.version, found.watched, found.mistakes) == (2, True, ())
    file.unlink()
    suggested(reading, desk, ref)
    assert names(suggested(reading, desk, ref)) == []


def test_a_broken_macro_is_named_with_file_and_line(
    desk: TestDesk, reading: Reading, shop: Path
) -> None:
    (shop / "own.toml").write_text(OWN + '[[macro]]\nid = "No"\n', "utf-8")
    found = suggested(reading, desk, desk.open(body="zzz", subject="Hm"))
    assert names(found) == ["greeting_only"]
    assert [mistake.partition("own.toml:")[2][:2] for mistake in found.mistakes] == ["8:"]


def test_a_tag_of_a_macro_must_be_one(desk: TestDesk, reading: Reading, shop: Path) -> None:
    (shop / "own.toml").write_text(f'{OWN}action.tag = "No Tag"\n', "utf-8")
    (mistake,) = suggested(reading, desk, desk.open(body="zzz", subject="Hm")).mistakes
    assert "'No Tag'" in mistake


# What follows


THEN = {
    "macro": "order_status",
    "then_reason": "wismo",
    "then_tags": "late vip",
    "then_status": "waiting_partner",
    "then_snooze": "2d",
}


def state(desk: TestDesk, ref: str) -> tuple[object, ...]:
    row = desk.ticket(ref)
    tags = [r[0] for r in desk.rows("SELECT tag FROM ticket_tags ORDER BY tag")]
    return row["contact_reason"], tags, row["status"]


def test_what_a_macro_asks_for_is_done_when_the_reply_has_left(desk: TestDesk) -> None:
    ref = desk.open()
    item = desk.one("ticket.reply", ref, text=FINE, **THEN)["item"]
    assert state(desk, ref) == (None, [], "new")
    desk.sent(item)
    assert state(desk, ref) == ("wismo", ["late", "vip"], "snoozed")
    until = from_text(desk.ticket(ref)["snoozed_until"])
    assert until == desk.clock.now() + timedelta(days=2)
    assert desk.chain_is_whole()


@pytest.mark.parametrize(("wanted", "owner"), [("me", "anna"), ("Bert", "Bert")])
def test_a_macro_gives_the_ticket_to_somebody(desk: TestDesk, wanted: str, owner: str) -> None:
    ref = desk.open()
    item = desk.one("ticket.reply", ref, text=FINE, then_assign=wanted)["item"]
    assert desk.ticket(ref)["assignee"] is None
    desk.sent(item)
    assert desk.ticket(ref)["assignee"] == owner


def test_nothing_of_it_is_left_when_the_reply_is_taken_back(desk: TestDesk) -> None:
    ref = desk.open()
    desk.one("ticket.reply", ref, text=FINE, **THEN)
    desk.do("app.undo")
    assert state(desk, ref) == (None, [], "new")


def test_a_contact_reason_that_is_there_stays(desk: TestDesk) -> None:
    ref = desk.open()
    desk.do("ticket.reason", ref, reason="damaged")
    item = desk.one("ticket.reply", ref, text=FINE, then_reason="wismo")["item"]
    desk.sent(item)
    assert state(desk, ref)[0] == "damaged"


def test_who_resolves_wants_no_other_status(desk: TestDesk) -> None:
    ref = desk.open()
    item = desk.one("ticket.reply", ref, text=FINE, resolve=True, **THEN)["item"]
    desk.sent(item)
    assert state(desk, ref) == ("wismo", ["late", "vip"], "resolved")


def test_a_customer_who_wrote_meanwhile_is_not_put_to_sleep(desk: TestDesk) -> None:
    ref = desk.open()
    item = desk.one("ticket.reply", ref, text=FINE, **THEN)["item"]
    desk.begin(item)
    desk.follow_up(ref, at=60 * 24 * 3)
    row = desk.item(item)
    sent = delivery.Sent("smtp-1", desk.clock.now(), b"raw", row["key"])
    desk.write(lambda tx: delivery.record_sent(desk.work(tx), row, sent))
    assert state(desk, ref)[2] not in ("snoozed", "waiting_partner")
    assert state(desk, ref)[1] == ["late", "vip"]


def test_a_day_that_has_passed_while_a_reply_waited_is_no_snooze(desk: TestDesk) -> None:
    ref = desk.open()
    item = desk.one("ticket.reply", ref, text=FINE, then_snooze="2026-11-05", then_tags="late")[
        "item"
    ]
    desk.clock.advance(timedelta(days=9).total_seconds())
    desk.sent(item)
    assert state(desk, ref)[1:] == (["late"], "waiting_customer")


@pytest.mark.parametrize(
    "wrong",
    [
        {"then_reason": "nosuch"},
        {"then_tags": "Not!A-tag"},
        {"then_status": "asleep"},
        {"then_assign": "x" * 81},
        {"then_snooze": "whenever"},
        {"macro": "x" * 61},
    ],
)
def test_what_makes_no_sense_stops_the_reply(desk: TestDesk, wrong: dict[str, str]) -> None:
    ref = desk.open()
    with pytest.raises(UsageError):
        desk.do("ticket.reply", ref, text=FINE, **wrong)
    assert desk.rows("SELECT 1 FROM outbox_items") == []
