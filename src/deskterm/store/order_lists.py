"""Finding orders: by number, of a customer, of a ticket."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from deskterm.domain.order_refs import normalise
from deskterm.store.where import NOT_MERGED

_KNOWN = (
    "SELECT o.id, o.ref, o.ref_key, a.name FROM orders o JOIN accounts a ON a.id = o.account_id"
)


class Known(NamedTuple):
    """An order by its row; `key` is its number in the form used to compare."""

    row: int
    ref: str
    key: str
    account: str


def rows_named(connection: sqlite3.Connection, name: str, limit: int) -> list[int]:
    """The orders with this number, or with a parcel of this tracking number; the newest first."""
    key = normalise(name)
    if not key:
        return []
    rows = connection.execute(
        "SELECT id, placed_at FROM orders WHERE ref_key = ?1 UNION"
        " SELECT o.id, o.placed_at FROM shipments s JOIN orders o ON o.id = s.order_id"
        " WHERE s.tracking_key = ?1 AND s.tracking_key != '' ORDER BY placed_at DESC, id LIMIT ?2",
        (key, limit),
    ).fetchall()
    return [row["id"] for row in rows]


def rows_of_customer(connection: sqlite3.Connection, customer_id: int, limit: int) -> list[int]:
    """The orders that were placed with an address of a customer, the newest first."""
    rows = connection.execute(
        "SELECT o.id FROM identities i CROSS JOIN orders o ON o.buyer_key = i.value"
        " WHERE i.customer_id = ? AND i.kind = 'email' AND o.buyer_key != ''"
        " ORDER BY o.placed_at DESC, o.id LIMIT ?",
        (customer_id, limit),
    ).fetchall()
    return [row["id"] for row in rows]


def known_by_number(connection: sqlite3.Connection, ref: str) -> list[Known]:
    """The orders of that number on accounts in use, the newest first."""
    key = normalise(ref)
    rows = connection.execute(
        f"{_KNOWN} WHERE o.ref_key = ? AND a.removed_at IS NULL ORDER BY o.placed_at DESC LIMIT 20",
        (key,),
    ).fetchall()
    return [Known(*row) for row in rows] if key else []


def known_of_ticket(connection: sqlite3.Connection, ticket_id: int) -> list[Known]:
    """The orders that a ticket is about."""
    rows = connection.execute(
        f"{_KNOWN} WHERE o.id IN (SELECT order_id FROM ticket_orders"
        " WHERE ticket_id = ? AND revoked_at IS NULL)",
        (ticket_id,),
    ).fetchall()
    return [Known(*row) for row in rows]


def unknown_of_ticket(connection: sqlite3.Connection, ticket_id: int, limit: int) -> list[str]:
    """The order numbers that were written on a ticket and that no order has, as written."""
    rows = connection.execute(
        "SELECT m.text FROM order_mentions m WHERE m.ticket_id = ?"
        " AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.ref_key = m.order_ref)"
        " ORDER BY m.rowid LIMIT ?",
        (ticket_id, limit),
    ).fetchall()
    return [row[0] for row in rows]


def briefs(connection: sqlite3.Connection, rows: Sequence[int]) -> list[sqlite3.Row]:
    """A line about each of these orders, in this order."""
    found = {
        row["id"]: row
        for row in connection.execute(
            "SELECT o.id, o.remote_id, o.ref, a.name AS account, a.channel, o.status,"
            " o.status_name, o.payment, o.fulfilment, o.placed_at, o.total, o.currency,"
            " o.fetched_at FROM orders o JOIN accounts a ON a.id = o.account_id"
            " WHERE o.id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(rows)),),
        ).fetchall()
    }
    return [found[one] for one in rows if one in found]


def figures_of_customer(connection: sqlite3.Connection, customer_id: int) -> sqlite3.Row:
    """How many orders a customer has, how many with a return or a refund, and since when."""
    row: sqlite3.Row = connection.execute(
        "SELECT count(*) AS orders, min(o.placed_at) AS since,"
        " coalesce(sum(EXISTS (SELECT 1 FROM returns r WHERE r.order_id = o.id)), 0) AS returns,"
        " coalesce(sum(EXISTS (SELECT 1 FROM refunds f WHERE f.order_id = o.id)), 0) AS refunds"
        " FROM identities i CROSS JOIN orders o ON o.buyer_key = i.value"
        " WHERE i.customer_id = ? AND i.kind = 'email' AND o.buyer_key != ''",
        (customer_id,),
    ).fetchone()
    return row


def tickets_around(
    connection: sqlite3.Connection,
    orders: Sequence[int],
    *,
    customer_id: int | None = None,
    ticket_id: int | None = None,
    limit: int,
) -> list[tuple[sqlite3.Row, frozenset[int]]]:
    """The tickets about these orders or of this customer but one, the one that moved last first,
    each with those of the orders that it is about.
    """
    rows_ = json.dumps(list(orders))
    tickets = connection.execute(
        "SELECT t.id, t.ref, t.subject, t.status, t.channel, t.last_message_at FROM tickets t"
        " WHERE t.id IN (SELECT k.id FROM tickets k WHERE k.customer_id = ?1 UNION"
        " SELECT l.ticket_id FROM ticket_orders l WHERE l.revoked_at IS NULL"
        " AND l.order_id IN (SELECT value FROM json_each(?2)))"
        f" AND t.id IS NOT ?3 AND {NOT_MERGED} ORDER BY t.last_message_at DESC, t.id DESC LIMIT ?4",
        (customer_id, rows_, ticket_id, limit),
    ).fetchall()
    about: dict[int, set[int]] = {row["id"]: set() for row in tickets}
    for ticket, order in connection.execute(
        "SELECT ticket_id, order_id FROM ticket_orders WHERE revoked_at IS NULL"
        " AND order_id IN (SELECT value FROM json_each(?))"
        " AND ticket_id IN (SELECT value FROM json_each(?))",
        (rows_, json.dumps(list(about))),
    ).fetchall():
        about[ticket].add(order)
    return [(row, frozenset(about[row["id"]])) for row in tickets]
