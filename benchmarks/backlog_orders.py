"""Orders for a backlog: those of the tickets that a benchmark looks at."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from functools import partial

from benchmarks.desk import Desk
from deskterm.domain.clock import SystemClock, from_text
from deskterm.domain.money import Money
from deskterm.domain.order import Buyer, LineItem, Order, Shipment, TrackingEvent
from deskterm.store import orders, ticket_orders
from deskterm.store.orders import OrderCopy
from deskterm.store.transaction import Transaction
from deskterm.store.writer import SYNC, Writer

#: Tickets from either end of the lists; further in no benchmark looks.
_MOST = 1_500
_BATCH = 250
_TICKETS = (
    "SELECT m.text AS ref, t.last_message_at AS last, t.customer_name AS name,"
    " t.account_id AS account FROM order_mentions m JOIN tickets t ON t.id = m.ticket_id"
)
_ENDS = (
    f"{_TICKETS} ORDER BY t.last_message_at DESC LIMIT {_MOST}",
    f"{_TICKETS} WHERE t.waiting_since IS NOT NULL ORDER BY t.waiting_since LIMIT {_MOST}",
)


def add_orders(desk: Desk) -> None:
    """Store an order for each number that tickets name, as a sync does."""
    writer = Writer(desk.home.database, SystemClock())
    try:
        named = writer.run(_named, SYNC)
        found = {row["ref"]: row for row in named}
        rows = list(found.values())
        for at in range(0, len(rows), _BATCH):
            writer.run(partial(_store, rows[at : at + _BATCH]), SYNC)
    finally:
        writer.stop()


def _named(tx: Transaction) -> list[sqlite3.Row]:
    return [row for end in _ENDS for row in tx.all(end)]


def _store(named: list[sqlite3.Row], tx: Transaction) -> None:
    stored = []
    for row in named:
        order = _order(row["ref"], row["name"], from_text(row["last"]))
        stored.append(orders.put(tx, row["account"], OrderCopy(order, order.updated_at))[0])
    ticket_orders.match_orders(tx, stored)


def _order(ref: str, name: str, asked_at: datetime) -> Order:
    """Two things, one of them on its way for some days when its buyer last asked."""
    placed = asked_at - timedelta(days=9)
    sent = placed + timedelta(days=2)
    number = int(ref.rpartition("-")[2])
    price = 1_900 + number % 70 * 100
    return Order(
        remote_id=f"id-{ref}",
        ref=ref,
        status="processing",
        placed_at=placed,
        updated_at=sent,
        payment="paid",
        fulfilment="partially_fulfilled",
        total=Money(price + 740, "EUR"),
        paid_at=placed,
        promised_at=placed + timedelta(days=7),
        promise_source="checkout",
        buyer=Buyer(str(number), name),
        lines=(
            LineItem("1", f"Lamp {number % 90}", 1, Money(price, "EUR"), fulfilled_quantity=1),
            LineItem("2", "Bulb", 1, Money(740, "EUR")),
        ),
        shipments=(
            Shipment(
                remote_id="s1",
                carrier="DHL",
                tracking_number=f"00340434{number:012d}",
                shipped_at=sent,
                lines=(("1", 1),),
                events=(TrackingEvent(sent + timedelta(days=1), "in_transit", "Lyon", "Sorted"),),
            ),
        ),
    )
