"""Reading orders back, as they are in `deskterm.domain.order`."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from deskterm.domain.clock import from_text
from deskterm.domain.money import Money
from deskterm.domain.order import (
    Buyer,
    LineItem,
    Order,
    OrderNote,
    PostalAddress,
    Refund,
    Return,
    Shipment,
    StockLevel,
    TrackingEvent,
)

#: Parts of one kind (lines, parcels, scans of one parcel, …) that are read of one order.
MOST_PARTS = 200

_ORDER = (
    "SELECT o.*, a.name AS account, a.channel FROM orders o JOIN accounts a ON a.id = o.account_id"
)
_STOCK = (
    "SELECT DISTINCT i.order_id, s.* FROM line_items i JOIN orders o ON o.id = i.order_id"
    " JOIN stock_levels s ON s.account_id = o.account_id AND s.product_ref = i.product_ref"
    " AND s.variant_ref = i.variant_ref WHERE i.order_id IN (SELECT value FROM json_each(?))"
    " AND i.number < ? AND s.state != 'unknown'"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """How much there was of a variant at `fetched_at`."""

    level: StockLevel
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class StoredOrder:
    """Our copy of an order.

    Its scans and notes are newest first. `gone_at`: when the channel had it no more. `stock` is by
    (`product_ref`, `variant_ref`) of a line.
    """

    row: int
    account: str
    channel: str
    order: Order
    fetched_at: datetime
    gone_at: datetime | None
    stock: dict[tuple[str, str], Counted]


class _Parts:
    """The rows of one table by the order they belong to."""

    def __init__(
        self, connection: sqlite3.Connection, table: str, ids: str, most: int, *by: str
    ) -> None:
        self._by: dict[tuple[int, ...], list[sqlite3.Row]] = defaultdict(list)
        for row in connection.execute(
            f"SELECT * FROM {table} WHERE order_id IN (SELECT value FROM json_each(?))"
            f" AND number < ? ORDER BY {', '.join(('order_id', *by, 'number'))}",
            (ids, most),
        ).fetchall():
            self._by[row["order_id"], *(row[name] for name in by)].append(row)

    def of(self, *key: int) -> list[sqlite3.Row]:
        return self._by.get(key, [])


def load(
    connection: sqlite3.Connection, rows: Sequence[int], most: int = MOST_PARTS
) -> list[StoredOrder]:
    """These orders, in this order; of each at most `most` parts of one kind."""
    ids = json.dumps(list(rows))
    found = {
        row["id"]: row
        for row in connection.execute(
            f"{_ORDER} WHERE o.id IN (SELECT value FROM json_each(?))", (ids,)
        ).fetchall()
    }
    lines = _Parts(connection, "line_items", ids, most)
    parcels = _Parts(connection, "shipments", ids, most)
    scans = _Parts(connection, "tracking_events", ids, most, "shipment")
    refunds = _Parts(connection, "refunds", ids, most)
    returns = _Parts(connection, "returns", ids, most)
    notes = _Parts(connection, "order_notes", ids, most)
    stock = _stock(connection, ids, most)
    return [
        StoredOrder(
            row=one,
            account=head["account"],
            channel=head["channel"],
            order=_order(
                head,
                tuple(_line(row, head["currency"]) for row in lines.of(one)),
                tuple(_shipment(row, scans.of(one, row["number"])) for row in parcels.of(one)),
                tuple(_refund(row, head["currency"]) for row in refunds.of(one)),
                tuple(map(_return, returns.of(one))),
                tuple(map(_note, notes.of(one))),
            ),
            fetched_at=from_text(head["fetched_at"]),
            gone_at=_moment(head["gone_at"]),
            stock=stock.get(one, {}),
        )
        for one in rows
        if (head := found.get(one)) is not None
    ]


def _stock(
    connection: sqlite3.Connection, ids: str, most: int
) -> dict[int, dict[tuple[str, str], Counted]]:
    found: dict[int, dict[tuple[str, str], Counted]] = {}
    for row in connection.execute(_STOCK, (ids, most)).fetchall():
        level = StockLevel(
            product_ref=row["product_ref"],
            variant_ref=row["variant_ref"],
            sku=row["sku"],
            title=row["title"],
            state=row["state"],
            quantity=row["quantity"],
            may_backorder=bool(row["may_backorder"]),
        )
        counted = Counted(level, from_text(row["fetched_at"]))
        found.setdefault(row["order_id"], {})[level.product_ref, level.variant_ref] = counted
    return found


def _order(
    row: sqlite3.Row,
    lines: tuple[LineItem, ...],
    shipments: tuple[Shipment, ...],
    refunds: tuple[Refund, ...],
    returns: tuple[Return, ...],
    notes: tuple[OrderNote, ...],
) -> Order:
    currency = row["currency"]
    return Order(
        remote_id=row["remote_id"],
        ref=row["ref"],
        status=row["status"],
        placed_at=from_text(row["placed_at"]),
        updated_at=from_text(row["updated_at"]),
        payment=row["payment"],
        fulfilment=row["fulfilment"],
        total=Money(row["total"], currency),
        status_name=row["status_name"],
        paid_at=_moment(row["paid_at"]),
        cancelled_at=_moment(row["cancelled_at"]),
        completed_at=_moment(row["completed_at"]),
        payment_method=row["payment_method"],
        delivery=row["delivery"],
        delivery_title=row["delivery_title"],
        promised_at=_moment(row["promised_at"]),
        promise_source=row["promise_source"],
        shipping_cost=_money(row["shipping_cost"], currency),
        discount=_money(row["discount"], currency),
        tax=_money(row["tax"], currency),
        buyer=Buyer(
            row["buyer_remote_id"], row["buyer_name"], row["buyer_email"], row["buyer_phone"]
        ),
        ship_to=_address(row["ship_to"]),
        bill_to=_address(row["bill_to"]),
        customer_note=row["customer_note"],
        url=row["url"],
        lines=lines,
        shipments=shipments,
        refunds=refunds,
        returns=returns,
        notes=notes,
    )


def _line(row: sqlite3.Row, currency: str) -> LineItem:
    return LineItem(
        remote_id=row["remote_id"],
        title=row["title"],
        quantity=row["quantity"],
        total=Money(row["total"], currency),
        sku=row["sku"],
        variant=row["variant"],
        product_ref=row["product_ref"],
        variant_ref=row["variant_ref"],
        fulfilled_quantity=row["fulfilled_quantity"],
        refunded_quantity=row["refunded_quantity"],
    )


def _shipment(row: sqlite3.Row, events: Sequence[sqlite3.Row]) -> Shipment:
    return Shipment(
        remote_id=row["remote_id"],
        carrier=row["carrier"],
        tracking_number=row["tracking_number"],
        tracking_url=row["tracking_url"],
        shipped_at=_moment(row["shipped_at"]),
        delivered_at=_moment(row["delivered_at"]),
        promised_at=_moment(row["promised_at"]),
        lines=_lines(row["lines"]),
        events=tuple(
            TrackingEvent(from_text(e["at"]), e["kind"], e["place"], e["text"]) for e in events
        ),
    )


def _refund(row: sqlite3.Row, currency: str) -> Refund:
    return Refund(
        remote_id=row["remote_id"],
        amount=Money(row["amount"], currency),
        reason=row["reason"],
        state=row["state"],
        refunded_at=_moment(row["refunded_at"]),
        lines=_lines(row["lines"]),
    )


def _return(row: sqlite3.Row) -> Return:
    return Return(
        remote_id=row["remote_id"],
        step=row["step"],
        rma=row["rma"],
        reason=row["reason"],
        opened_at=_moment(row["opened_at"]),
        changed_at=_moment(row["changed_at"]),
        lines=_lines(row["lines"]),
    )


def _note(row: sqlite3.Row) -> OrderNote:
    return OrderNote(
        remote_id=row["remote_id"],
        author=row["author"],
        text=row["text"],
        to_customer=bool(row["to_customer"]),
        written_at=from_text(row["written_at"]),
    )


def _address(stored: str) -> PostalAddress:
    parts = json.loads(stored)
    return PostalAddress(**{**parts, "lines": tuple(parts["lines"])})


def _lines(stored: str) -> tuple[tuple[str, int], ...]:
    return tuple((remote_id, quantity) for remote_id, quantity in json.loads(stored))


def _money(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money(minor, currency)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else from_text(text)
