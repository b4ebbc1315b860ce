"""Orders and shops for macros to speak of. Everybody here is made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from deskterm.domain.money import Money
from deskterm.domain.order import (
    LineItem,
    Order,
    PostalAddress,
    Refund,
    Return,
    Shipment,
    TrackingEvent,
)
from deskterm.macros.facts import Facts
from deskterm.macros.grammar import parse
from deskterm.macros.model import Macro, MacroVariant
from deskterm.macros.paths import Known

PARIS = ZoneInfo("Europe/Paris")
#: A Sunday.
NOW = datetime(2026, 11, 22, 12, tzinfo=PARIS)
DAY = timedelta(days=1)
FACTS = Facts(
    {
        "shop_name": "Atelier Nord",
        "shipping_fee": Money(490, "EUR"),
        "free_shipping_from": Money(8000, "EUR"),
        "order_by": "14:00",
        "delivery_days": "2",
        "return_url": "https://shop.example/returns",
        "account_url": "https://shop.example/account",
        "size_guide_url": "https://shop.example/sizes",
    },
    {
        "countries": {"en": "France and Belgium", "fr": "France et Belgique"},
        "opening_hours": {"en": "Monday to Friday", "fr": "du lundi au vendredi"},
    },
)

_PLACED = Order(
    remote_id="1",
    ref="1001",
    status="processing",
    placed_at=(NOW - 6 * DAY).astimezone(UTC),
    updated_at=NOW.astimezone(UTC),
    paid_at=(NOW - 6 * DAY).astimezone(UTC),
    payment="paid",
    fulfilment="unfulfilled",
    total=Money(4990, "EUR"),
    shipping_cost=Money(490, "EUR"),
    ship_to=PostalAddress("Ana Martin", lines=("1 Example Road",), postcode="0001", city="Oslo"),
    lines=(
        LineItem("1", "Oslo lamp", 2, Money(4000, "EUR")),
        LineItem("2", "Vase", 1, Money(500, "EUR")),
    ),
)


def order(state: str, **changes: Any) -> Order:
    """An order that has come so far: unpaid, paid, shipped, late, stuck, delivered, …"""
    parcel = Shipment(
        "1",
        carrier="Norwind",
        tracking_number="NW1",
        tracking_url="https://carrier.example/NW1",
        shipped_at=NOW - 2 * DAY,
        promised_at=NOW + 2 * DAY,
        events=(TrackingEvent(NOW - DAY, "in_transit"),),
    )
    sent = replace(_PLACED, fulfilment="fulfilled", shipments=(parcel,))
    there = (TrackingEvent(NOW - 3 * DAY, "delivered"),)
    long_ago = (TrackingEvent(NOW - 20 * DAY, "in_transit"),)
    refund = Refund("1", Money(4990, "EUR"), refunded_at=NOW - DAY)
    made = {
        "unpaid": replace(_PLACED, payment="pending", paid_at=None),
        "paid": replace(_PLACED, promised_at=NOW + 3 * DAY),
        "shipped": sent,
        "late": replace(sent, shipments=(replace(parcel, promised_at=NOW - 3 * DAY),)),
        "stuck": replace(sent, shipments=(replace(parcel, events=long_ago),)),
        "delivered": replace(sent, shipments=(replace(parcel, events=there),)),
        "part_shipped": replace(sent, fulfilment="partially_fulfilled"),
        "returning": replace(sent, returns=(Return("1", "label_sent", rma="R1"),)),
        "returned": replace(sent, returns=(Return("1", "received", rma="R1"),)),
        "refunded": replace(sent, payment="refunded", refunds=(refund,)),
        "cancelled": replace(_PLACED, fulfilment="cancelled", cancelled_at=NOW),
        "returned_to_sender": replace(
            sent,
            shipments=(replace(parcel, events=(TrackingEvent(NOW - DAY, "returned_to_sender"),)),),
        ),
    }[state]
    return replace(made, **changes)


def known(**changes: Any) -> Known:
    """What is known of a ticket of Ana Martin; without an order."""
    there = Known(now=NOW, ticket="k7m2q9", customer="Ana Martin", agent="Sam", facts=FACTS)
    return replace(there, **changes)


def macro(body: str, **changes: Any) -> Macro:
    """A macro with one English text."""
    made = Macro("m", {"en": "M"}, (MacroVariant("en", "", parse(body), body, 1),))
    return replace(made, **changes)
