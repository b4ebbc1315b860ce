"""What is known of a ticket, for the rules: its orders, its customer, and when they last wrote."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from deskterm.domain.clock import from_text
from deskterm.domain.order import Order
from deskterm.macros.states import OrderState, delivered_at, last_shipment, order_states
from deskterm.rules.model import Facts
from deskterm.rules.opt_out import asks_for_silence
from deskterm.service.work import Channels
from deskterm.service.zones import zone_of
from deskterm.store.accounts import all_accounts
from deskterm.store.order_reading import load
from deskterm.store.situations import newest_texts
from deskterm.store.ticket_orders import links
from deskterm.store.tickets import newest_inbound
from deskterm.text.language import language_of

#: Orders of a ticket whose values are its own, parts of one kind that are read of each, and
#: messages of the customer whose language is looked at.
_MOST_ORDERS, _MOST_PARTS, _MOST_MESSAGES = 10, 50, 8
#: The channel's key of an order is a number to people only where it is long.
_LONG_KEY = 6
#: The state that rules speak of: the first of these that an order is in.
_STATES: Final[Sequence[tuple[OrderState, str]]] = (
    ("cancelled", "cancelled"),
    ("returned", "returned"),
    ("returning", "returning"),
    ("returned_to_sender", "returned_to_sender"),
    ("delivered", "delivered"),
    ("shipped", "shipped"),
    ("unpaid", "unpaid"),
    ("paid", "processing"),
)


def ticket_facts(
    connection: sqlite3.Connection, ticket: sqlite3.Row, channels: Channels, now: datetime
) -> Facts:
    """What is known of a ticket at an aware time, whatever is written and wherever it goes."""
    newest = newest_inbound(connection, ticket["id"])
    known = [link.order for link in links(connection, ticket["id"], _MOST_ORDERS)]
    orders = [stored.order for stored in load(connection, known, _MOST_PARTS)]
    first = orders[0] if orders else None
    texts = newest_texts(connection, ticket["id"], _MOST_MESSAGES)
    return Facts(
        now=now,
        last_inbound_at=from_text(newest["received_at"]) if newest else None,
        newest_inbound_id=str(newest["id"]) if newest else None,
        thread_subject=newest["subject"] if newest else None,
        order_created_at=first.placed_at if first else None,
        order_completed_at=_completed_at(first) if first else None,
        order_state=_state(first, now) if first else "",
        own_values=frozenset(value for order in orders for value in _values(order) if value),
        buyer_language=_language(texts),
        buyer_name=_name(ticket),
        buyer_phone=next(filter(None, map(_phone, orders)), ""),
        buyer_zone=next(filter(None, map(_zone, orders)), ""),
        shop_names=_shop_names(connection, channels),
        opted_out=True if texts and asks_for_silence(texts[0]) else None,
    )


def _completed_at(order: Order) -> datetime | None:
    """When it was delivered, or sent where no delivery is known."""
    parcel = last_shipment(order)
    return delivered_at(order) or order.completed_at or (parcel.shipped_at if parcel else None)


def _state(order: Order, now: datetime) -> str:
    states = order_states(order, now)
    return next((word for state, word in _STATES if state in states), "")


def _values(order: Order) -> Iterator[str]:
    """Its numbers, tracking numbers, SKUs."""
    yield order.ref
    if len(order.remote_id) >= _LONG_KEY:
        yield order.remote_id
    for line in order.lines:
        yield line.sku
    for parcel in order.shipments:
        yield parcel.tracking_number
    for back in order.returns:
        yield back.rma


def _phone(order: Order) -> str:
    return order.buyer.phone or order.ship_to.phone


def _zone(order: Order) -> str:
    """Where the customer lives, as far as the order's addresses tell; a gift goes elsewhere."""
    return zone_of(order.bill_to.country or order.ship_to.country)


def _language(texts: Sequence[str]) -> str | None:
    """Of the newest message, else of the newest ones together, where one alone is too short."""
    return (language_of(texts[0]) or language_of("\n".join(texts))) if texts else None


def _name(ticket: sqlite3.Row) -> str:
    """The customer's name; where none is known the ticket has the address in its place."""
    name = str(ticket["customer_name"])
    return "" if "@" in name else name


def _shop_names(connection: sqlite3.Connection, channels: Channels) -> frozenset[str]:
    """The names that the shop's accounts write under."""
    ours = (channels.terms(account).ours for account in all_accounts(connection))
    return frozenset(one.name for one in ours if one is not None and one.name)
