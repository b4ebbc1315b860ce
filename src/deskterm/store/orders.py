"""Keeping orders: whole copies of what a channel tells, the newer one always."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from deskterm.domain.clock import to_text
from deskterm.domain.mail import Address
from deskterm.domain.money import Money
from deskterm.domain.order import Order, PostalAddress, StockLevel
from deskterm.domain.order_refs import normalise
from deskterm.store.transaction import Transaction, Value

#: What became of a copy: `same` changes nothing but its age, `older` nothing at all.
Outcome = Literal["new", "changed", "same", "older"]

#: The tables of what belongs to an order, each with the fields that are columns.
_PARTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "line_items": (
            *("remote_id", "title", "quantity", "total", "sku", "variant", "product_ref"),
            *("variant_ref", "fulfilled_quantity", "refunded_quantity"),
        ),
        "shipments": (
            *("remote_id", "carrier", "tracking_number", "tracking_url", "shipped_at"),
            *("delivered_at", "promised_at", "lines"),
        ),
        "tracking_events": ("at", "kind", "place", "text"),
        "refunds": ("remote_id", "amount", "reason", "state", "refunded_at", "lines"),
        "returns": ("remote_id", "step", "rma", "reason", "opened_at", "changed_at", "lines"),
        "order_notes": ("remote_id", "author", "text", "to_customer", "written_at"),
    }
)
_OF_ORDER = (
    *("remote_id", "ref", "status", "status_name", "placed_at", "updated_at", "payment"),
    *("fulfilment", "total", "shipping_cost", "discount", "tax", "paid_at", "cancelled_at"),
    *("completed_at", "payment_method", "delivery", "delivery_title", "promised_at"),
    *("promise_source", "ship_to", "bill_to", "customer_note", "url"),
)
_OF_BUYER = ("remote_id", "name", "email", "phone")
_KNOWN = (
    "SELECT id, updated_at, fetched_at, digest, gone_at FROM orders"
    " WHERE account_id = ? AND remote_id = ?"
)
_write_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class OrderCopy:
    """An order as it was fetched at `fetched_at`, without card numbers.

    `packed` is the channel's JSON as it is stored, `raw_size` its size in bytes before that. With
    `is_partial` nobody asked for its notes and parcels.
    """

    order: Order
    fetched_at: datetime
    packed: bytes = b""
    raw_size: int = 0
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class StockCopy:
    """A stock level as it was fetched; the rest as in `OrderCopy`."""

    level: StockLevel
    fetched_at: datetime
    packed: bytes = b""
    raw_size: int = 0


def put(tx: Transaction, account_id: int, copy: OrderCopy) -> tuple[int, Outcome]:
    """Keep a copy of an order with all that belongs to it; its row and what became of it.

    What the copy does not have any more is no longer kept either, but for what a partial copy says
    nothing about.
    """
    order, fetched_at = copy.order, to_text(copy.fetched_at)
    digest = _digest(copy)
    known = tx.one(_KNOWN, (account_id, order.remote_id))
    if known is None:
        row = _insert(tx, {"account_id": account_id, **_columns(copy, digest)})
        _put_parts(tx, row, order, fetched_at)
        return row, "new"
    row = int(known["id"])
    if (known["updated_at"], known["fetched_at"]) > (to_text(order.updated_at), fetched_at):
        return row, "older"
    came_back = known["gone_at"] is not None and known["gone_at"] <= fetched_at
    if copy.is_partial and known["updated_at"] == to_text(order.updated_at) and not came_back:
        tx.execute("UPDATE orders SET fetched_at = ? WHERE id = ?", (fetched_at, row))
        return row, "same"
    if known["digest"] == digest and not came_back:
        _touch(tx, row, fetched_at)
        return row, "same"
    values = _columns(copy, digest)
    if copy.is_partial:
        del values["checked_at"]
    _update(tx, row, values, came_back=came_back)
    kept = _kept_parts(tx, row, order) if copy.is_partial else frozenset()
    for table in _PARTS.keys() - kept:
        tx.execute(f"DELETE FROM {table} WHERE order_id = ?", (row,))
    _put_parts(tx, row, order, fetched_at, but=kept)
    return row, "changed"


def _digest(copy: OrderCopy) -> str:
    """Of a partial copy it is no whole one's, so that the next whole one always counts as news."""
    whole = repr(copy.order) + ("partial" if copy.is_partial else "")
    return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()


def _kept_parts(tx: Transaction, row: int, order: Order) -> frozenset[str]:
    """The tables that a partial copy leaves as they are: notes, and parcels if it has none."""
    has_parcels = tx.one("SELECT 1 FROM shipments WHERE order_id = ? LIMIT 1", (row,)) is not None
    if has_parcels and not order.shipments:
        return frozenset({"order_notes", "shipments", "tracking_events"})
    return frozenset({"order_notes"})


def mark_gone(tx: Transaction, account_id: int, remote_id: str, fetched_at: datetime) -> bool:
    """The channel no longer has an order: the copy stays. False where that was known."""
    moment = to_text(fetched_at)
    tx.execute(
        "UPDATE orders SET checked_at = ? WHERE account_id = ? AND remote_id = ?",
        (moment, account_id, remote_id),
    )
    marked = tx.execute(
        "UPDATE orders SET gone_at = ? WHERE account_id = ? AND remote_id = ? AND gone_at IS NULL",
        (moment, account_id, remote_id),
    )
    return marked.rowcount > 0


def put_stock(tx: Transaction, account_id: int, copy: StockCopy) -> bool:
    """Keep how much there is of a variant; False where nothing but its age is new."""
    level, key = copy.level, (account_id, copy.level.product_ref, copy.level.variant_ref)
    known = tx.one(
        "SELECT sku, title, state, quantity, may_backorder FROM stock_levels"
        " WHERE account_id = ? AND product_ref = ? AND variant_ref = ?",
        key,
    )
    values = (level.sku, level.title, level.state, level.quantity, int(level.may_backorder))
    tx.execute(
        "INSERT OR REPLACE INTO stock_levels (account_id, product_ref, variant_ref, sku, title,"
        " state, quantity, may_backorder, raw, raw_size, fetched_at)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        (*key, *values, copy.packed, copy.raw_size, to_text(copy.fetched_at)),
    )
    return known is None or tuple(known) != values


def _insert(tx: Transaction, values: dict[str, Value]) -> int:
    marks = ",".join("?" * len(values))
    cursor = tx.execute(
        f"INSERT INTO orders ({', '.join(values)}) VALUES ({marks})", (*values.values(),)
    )
    return int(cursor.lastrowid or 0)


def _update(tx: Transaction, row: int, values: dict[str, Value], *, came_back: bool) -> None:
    if came_back:
        values["gone_at"] = None
    tx.execute(
        f"UPDATE orders SET {', '.join(f'{name} = ?' for name in values)} WHERE id = ?",
        (*values.values(), row),
    )


def _touch(tx: Transaction, row: int, fetched_at: str) -> None:
    """The same as before, and as fresh as now."""
    tx.execute(
        "UPDATE orders SET fetched_at = ?1, checked_at = max(checked_at, ?1) WHERE id = ?2",
        (fetched_at, row),
    )
    for table in _PARTS:
        tx.execute(f"UPDATE {table} SET fetched_at = ? WHERE order_id = ?", (fetched_at, row))


def _columns(copy: OrderCopy, digest: str) -> dict[str, Value]:
    order, fetched_at = copy.order, to_text(copy.fetched_at)
    return {
        **{name: _stored(getattr(order, name)) for name in _OF_ORDER},
        **{f"buyer_{name}": _stored(getattr(order.buyer, name)) for name in _OF_BUYER},
        "ref_key": normalise(order.ref),
        "currency": order.total.currency,
        "buyer_key": Address("", order.buyer.email).key,
        "raw": copy.packed,
        "raw_size": copy.raw_size,
        "digest": digest,
        "fetched_at": fetched_at,
        "checked_at": "" if copy.is_partial else fetched_at,
    }


def _put_parts(
    tx: Transaction,
    row: int,
    order: Order,
    fetched_at: str,
    but: Collection[str] = (),
) -> None:
    """Everything that belongs to an order, but for these tables. Scans and notes are numbered from
    the newest on.
    """
    notes = sorted(order.notes, key=lambda note: note.written_at, reverse=True)
    for table, parts in (
        ("line_items", order.lines),
        ("shipments", order.shipments),
        ("refunds", order.refunds),
        ("returns", order.returns),
        ("order_notes", notes),
    ):
        if table not in but:
            _fill(tx, table, {"order_id": row, "fetched_at": fetched_at}, parts)
    if "shipments" in but:
        return
    for parcel, shipment in enumerate(order.shipments):
        scans = sorted(shipment.events, key=lambda scan: scan.at, reverse=True)
        owner: dict[str, Value] = {"order_id": row, "shipment": parcel, "fetched_at": fetched_at}
        _fill(tx, "tracking_events", owner, scans)
        tx.execute(
            "UPDATE shipments SET tracking_key = ? WHERE order_id = ? AND number = ?",
            (normalise(shipment.tracking_number), row, parcel),
        )


def _fill(tx: Transaction, table: str, owner: Mapping[str, Value], parts: Sequence[object]) -> None:
    """A row for each part, numbered; its columns are called as its fields are."""
    names = _PARTS[table]
    columns = (*owner, "number", *names)
    tx.executemany(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({','.join('?' * len(columns))})",
        [
            (*owner.values(), number, *(_stored(getattr(part, name)) for name in names))
            for number, part in enumerate(parts)
        ],
    )


def _stored(value: object) -> Value:
    """A value of an order as its column holds it."""
    match value:
        case None | str():
            return value
        case int():
            return int(value)
        case Money():
            return value.minor
        case datetime():
            return to_text(value)
        case PostalAddress():
            return _write_json(dataclasses.asdict(value))
        case tuple():
            return _write_json(value)
    raise ValueError(f"a {type(value).__name__} is no value of an order")
