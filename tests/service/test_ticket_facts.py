"""What the rules are told of a ticket, and that a reply is judged by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from deskterm.domain.order import (
    Buyer,
    LineItem,
    PostalAddress,
    Return,
    Shipment,
    TrackingEvent,
)
from deskterm.rules.case import read_case
from deskterm.rules.engine import check
from deskterm.rules.library import packs_for
from deskterm.rules.model import Facts, RulePack
from deskterm.rules.pack import parse_pack
from deskterm.service.reading.reading import Reading
from deskterm.service.ticket_facts import ticket_facts
from deskterm.store.accounts import add_account
from tests.support.desk import START, TestDesk
from tests.support.orders import PLACED, a_full_order, an_order, bring, euros, shop_account

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FRENCH = "Bonjour, je n'ai toujours pas reçu ma commande, où est mon colis ?"


def facts_of(desk: TestDesk, ref: str) -> Facts:
    connection = desk.reading
    row = connection.execute("SELECT * FROM tickets WHERE ref = ?", (ref,)).fetchone()
    return ticket_facts(connection, row, desk.channels, desk.clock.now())


def hours_until(desk: TestDesk, hour: int) -> int:
    """From now to that hour of the clock, UTC."""
    return (hour - desk.clock.now().hour) % 24


def state_of(desk: TestDesk, **changes: Any) -> str:
    account = shop_account(desk)
    bring(desk, account, an_order(**changes))
    return facts_of(desk, desk.open()).order_state


def test_without_an_order_only_the_customer_is_known(desk: TestDesk) -> None:
    facts = facts_of(desk, desk.open(body=FRENCH))
    assert facts == Facts(
        now=desk.clock.now(),
        last_inbound_at=START,
        newest_inbound_id=facts.newest_inbound_id,
        thread_subject="My parcel",
        buyer_language="fr",
        buyer_name="Marta",
        shop_names=frozenset({"Shop"}),
    )
    assert facts.newest_inbound_id is not None


def test_the_ticket_s_orders_tell_their_times_and_numbers(desk: TestDesk) -> None:
    account = shop_account(desk)
    earlier = an_order(
        "LO-99",
        remote_id="a-long-key",
        placed_at=PLACED - DAY,
        buyer=Buyer("7", "Marta Lind", "marta@mail.example"),
        lines=(LineItem("1", "Shade", 1, euros(100), ""),),
    )
    bring(desk, account, replace(a_full_order(), remote_id="13"), earlier)
    facts = facts_of(desk, desk.open(order_refs=(("LO-12345", "LO12345"), ("LO-99", "LO99"))))
    assert facts.order_created_at == PLACED
    assert facts.order_completed_at == PLACED + 4 * DAY
    assert facts.buyer_phone == "+46 70 000 00 00"
    assert facts.own_values == {
        *("LO-12345", "LAMP", "BULB", "0034 1122 8812", "RMA-1"),
        *("LO-99", "a-long-key"),
    }


def _parcel(**changes: Any) -> tuple[Shipment, ...]:
    return (replace(Shipment("s1", "DHL", "1", shipped_at=PLACED + DAY), **changes),)


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "processing"),
        ({"payment": "pending"}, "unpaid"),
        ({"shipments": _parcel()}, "shipped"),
        ({"shipments": _parcel(delivered_at=PLACED + 2 * DAY)}, "delivered"),
        ({"returns": (Return("r", "received"),), "shipments": _parcel()}, "returned"),
        ({"returns": (Return("r", "requested"),), "shipments": _parcel()}, "returning"),
        ({"cancelled_at": PLACED + DAY, "fulfilment": "cancelled"}, "cancelled"),
    ],
)
def test_the_order_is_in_one_state(desk: TestDesk, changes: dict[str, Any], state: str) -> None:
    assert state_of(desk, **changes) == state


@pytest.mark.parametrize(
    ("changes", "days"),
    [
        ({}, None),
        ({"shipments": _parcel()}, 1),
        ({"shipments": _parcel(), "completed_at": PLACED + 3 * DAY}, 3),
        (
            {
                "shipments": _parcel(
                    events=(TrackingEvent(PLACED + 2 * DAY, "delivered", "", ""),)
                ),
                "completed_at": PLACED + 3 * DAY,
            },
            2,
        ),
    ],
)
def test_an_order_is_complete_when_it_is_delivered_else_sent(
    desk: TestDesk, changes: dict[str, Any], days: int | None
) -> None:
    bring(desk, shop_account(desk), an_order(**changes))
    completed = facts_of(desk, desk.open()).order_completed_at
    assert completed == (None if days is None else PLACED + days * DAY)


def test_the_newest_message_tells_the_language_where_it_can(desk: TestDesk) -> None:
    ref = desk.open(body=FRENCH)
    desk.follow_up(ref, "Hello, I am still waiting for my order. When will it be here?")
    assert facts_of(desk, ref).buyer_language == "en"
    other = desk.open(body=FRENCH, sender="ben@mail.example", subject="Colis")
    desk.follow_up(other, "LO-12345", sender="ben@mail.example", subject="Colis")
    assert facts_of(desk, other).buyer_language == "fr"


@pytest.mark.parametrize(
    ("body", "silence"),
    [
        ("STOP", True),
        (" Stop. ", True),
        ("ARRÊT", True),
        ("stop sms", True),
        ("Désabonner", True),
        ("Please stop sending the wrong size", None),
        ("Cancel", None),
        ("End", None),
        ("", None),
    ],
)
def test_a_message_that_is_only_the_word_asks_for_silence(
    desk: TestDesk, body: str, silence: bool | None
) -> None:
    ref = desk.open()
    desk.follow_up(ref, body)
    assert facts_of(desk, ref).opted_out is silence
    desk.follow_up(ref, "Hello again, where is it?", at=90)
    assert facts_of(desk, ref).opted_out is None


def _rule(name: str, gate: str, check_with: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": f"email.{name}",
        "says": {"en": f"{name}."},
        "severity": "block",
        "gate": gate,
        "check": check_with,
        "fix": "none",
        "source": "House default",
        "source_kind": "house",
        "checked_on": date(2026, 11, 21),
    }


def _pack(channel: str, *rules: dict[str, Any]) -> RulePack:
    head = {"channel": channel, "version": "1", "review_days": 1}
    return parse_pack({"pack": head, "rule": list(rules)}, "file")


DAY_LONG = _pack(
    "email", _rule("day", "window", {"detector": "window", "hours": 24, "since": "last_inbound"})
)
COMPLETED = _pack(
    "email", _rule("done", "window", {"detector": "window", "days": 3, "since": "order_completed"})
)


@pytest.mark.parametrize("pack", [DAY_LONG, COMPLETED])
def test_a_reply_is_judged_as_the_command_line_judges_it(desk: TestDesk, pack: RulePack) -> None:
    """The same facts give the same verdict, before the window closes and after."""
    bring(desk, shop_account(desk), an_order(shipments=_parcel(delivered_at=START - 2 * DAY)))
    ref = desk.open()
    desk.packs = lambda _channel: [pack]
    desk.clock.advance(-7_200)
    for outcome, verdict in (("held", "ok"), ("blocked", "block")):
        case = read_case(
            {
                "channel": "email",
                "text": f"It comes on Monday ({outcome}).",
                "context": {
                    "now": desk.clock.now().isoformat(),
                    "last_buyer_message_at": START.isoformat(),
                    "order_created_at": PLACED.isoformat(),
                    "order_completed_at": (START - 2 * DAY).isoformat(),
                },
            },
            now=START,
        )
        assert check(case.draft, case.facts, [pack]).verdict == verdict
        sent = desk.one("ticket.reply", ref, text=case.draft.text, dry_run=True)
        assert sent["outcome"] == outcome
        desk.clock.advance(3 * 86_400)


# What the account and the order tell beside


def _said_on(desk: TestDesk, text: str, **fields: str) -> set[str]:
    """The rules that speak of a reply on a marketplace whose account has those fields."""
    desk.account = desk.write(lambda tx: add_account(tx, "market", "mirakl", fields))
    desk.packs = packs_for
    sent = desk.one("ticket.reply", desk.open(), text=text, dry_run=True)
    findings = sent["findings"]
    assert isinstance(findings, list)
    return {finding["rule"] for finding in findings}


def test_the_operator_of_an_account_brings_its_rules(desk: TestDesk) -> None:
    text = "Bonjour, retrouvez-nous sur notre propre site, vous y paierez moins cher."
    assert "fnac_darty.off_platform" in _said_on(desk, text, operator="fnac")


def test_without_an_operator_only_the_channel_s_rules_speak(desk: TestDesk) -> None:
    text = "Bonjour, retrouvez-nous sur notre propre site, vous y paierez moins cher."
    said = _said_on(desk, text)
    assert "mirakl.no_diversion" in said
    assert not [rule for rule in said if rule.startswith("fnac_darty.")]


@pytest.mark.parametrize(("operator", "speaks"), [("", True), ("mediamarkt", False)])
def test_an_operator_may_do_without_a_rule(desk: TestDesk, operator: str, speaks: bool) -> None:
    said = _said_on(desk, "Hallo, Ihr Paket: hilfe@laden.example", operator=operator)
    assert ("mirakl.no_contact_details" in said) is speaks


@pytest.mark.parametrize(("site", "rule"), [("connect", "connect_length"), ("seller", "length")])
def test_the_site_of_an_account_decides_how_long_a_text_may_be(
    desk: TestDesk, site: str, rule: str
) -> None:
    said = _said_on(desk, "Ihr Paket ist da. " * 4_000, site=site)
    assert {one for one in said if one.endswith("length")} == {f"mirakl.{rule}"}


@pytest.mark.parametrize(
    ("country", "zone"),
    [
        ("RE", "Indian/Reunion"),
        ("fr", "Europe/Paris"),
        ("DE", "Europe/Berlin"),
        ("US", ""),
        ("", ""),
    ],
)
def test_an_order_tells_the_time_zone_where_its_country_has_one(
    desk: TestDesk, country: str, zone: str
) -> None:
    bring(desk, shop_account(desk), an_order(ship_to=PostalAddress(country=country)))
    assert facts_of(desk, desk.open()).buyer_zone == zone
    assert zone == "" or ZoneInfo(zone).key == zone


QUIET = _pack(
    "email",
    _rule("night", "window", {"detector": "quiet_hours", "from": "20:00", "until": "08:00"}),
)


@pytest.mark.parametrize(
    ("country", "outcome"), [("FR", "held"), ("JP", "blocked"), ("US", "held")]
)
def test_it_is_night_where_the_customer_lives(desk: TestDesk, country: str, outcome: str) -> None:
    """At noon in Paris it is evening in Tokyo, and of the United States nobody knows."""
    desk.clock.advance(hours_until(desk, 11) * 3_600)
    bring(desk, shop_account(desk), an_order(ship_to=PostalAddress(country=country)))
    desk.packs = lambda _channel: [QUIET]
    sent = desk.one("ticket.reply", desk.open(), text="It comes on Monday.", dry_run=True)
    assert sent["outcome"] == outcome


# Until when a ticket can be answered


def _window_of(desk: TestDesk, ref: str) -> tuple[object, ...] | None:
    def packs_for(channel: str) -> list[RulePack]:
        assert channel == "email"
        return [DAY_LONG]

    desk.packs = packs_for
    desk.note_windows()
    zone = ZoneInfo("Europe/Paris")
    reading = Reading(desk.path, "anna", zone, desk.clock.now, packs_for=packs_for)
    found = reading.reply_window(desk.ticket(ref)["id"])
    reading.close()
    return found


def test_the_window_of_a_ticket_begins_anew_with_each_message(desk: TestDesk) -> None:
    ref = desk.open()
    assert _window_of(desk, ref) == (START + DAY, "email.day", {"en": "day."})
    desk.follow_up(ref, at=60)
    assert _window_of(desk, ref) == (START + DAY + HOUR, "email.day", {"en": "day."})
    desk.follow_up(ref, at=90, automatic="auto")
    assert _window_of(desk, ref) == (START + DAY + HOUR, "email.day", {"en": "day."})


def test_no_rule_is_asked_of_a_ticket_that_has_no_window(desk: TestDesk) -> None:
    """Loading them takes time and memory."""

    def packs_for(channel: str) -> list[RulePack]:
        raise AssertionError(channel)

    ref = desk.open()
    reading = Reading(desk.path, "anna", UTC, desk.clock.now, packs_for=packs_for)
    assert reading.reply_window(desk.ticket(ref)["id"]) is None
    reading.close()


def test_there_is_no_window_where_nobody_wrote_or_no_rule_speaks(desk: TestDesk) -> None:
    begun = desk.open(ours=True)
    assert _window_of(desk, begun) is None
    ref = desk.open(sender="ben@mail.example")
    reading = Reading(desk.path, "anna", ZoneInfo("Europe/Paris"), desk.clock.now)
    assert reading.reply_window(desk.ticket(ref)["id"]) is None
    assert reading.reply_window(9_999) is None
    reading.close()
