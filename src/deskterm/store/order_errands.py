"""What an account is to be asked about orders, beyond what its stream brings by itself."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from typing import NamedTuple

from deskterm.store.transaction import Transaction
from deskterm.store.where import UNRESOLVED

_ACCOUNT = "(SELECT id FROM accounts WHERE removed_at IS NULL AND name = :account)"
_MARKETPLACE = "(SELECT marketplace FROM accounts WHERE removed_at IS NULL AND name = :account)"
#: In place of the time at which a number was asked for: it is to be asked for in the next round.
_WANTED = ""
_OPEN_ORDERS = (
    " FROM tickets t JOIN ticket_orders l ON l.ticket_id = t.id AND l.revoked_at IS NULL"
    " JOIN orders o ON o.id = l.order_id"
)


class Named(NamedTuple):
    """An order number that somebody wrote, in the form used to compare and as written."""

    key: str
    text: str


def stale_orders(
    connection: sqlite3.Connection, account: str, our_turn: str, others: str, most: int
) -> list[str]:
    """Orders that somebody wants anew (`want_anew`), then those of open tickets whose copy is old,
    the oldest first. One that never came with all that belongs to it is as old as can be.

    Args:
        our_turn: copies of before this time are old where it is our turn to answer.
        others: the same for other open tickets.
    """
    wanted = wanted_orders(connection, account, most)
    rows = connection.execute(
        f"SELECT DISTINCT o.remote_id, o.checked_at{_OPEN_ORDERS}"
        f" WHERE {UNRESOLVED} AND o.account_id = {_ACCOUNT} AND o.checked_at <"
        " CASE WHEN t.status IN ('new', 'open') THEN :our_turn ELSE :others END"
        " ORDER BY o.checked_at LIMIT :most",
        {"account": account, "our_turn": our_turn, "others": others, "most": most},
    ).fetchall()
    return list(dict.fromkeys([*wanted, *(row[0] for row in rows)]))[:most]


def wanted_orders(connection: sqlite3.Connection, account: str, most: int) -> list[str]:
    """The orders that somebody wants anew, of open tickets or not."""
    rows = connection.execute(
        "SELECT o.remote_id FROM order_lookups q JOIN orders o"
        " ON o.ref_key = q.order_ref AND o.account_id = q.account_id"
        f" WHERE q.account_id = {_ACCOUNT} AND q.asked_at = '{_WANTED}' ORDER BY o.id LIMIT :most",
        {"account": account, "most": most},
    ).fetchall()
    return [row[0] for row in rows]


def want_anew(tx: Transaction, ticket_id: int) -> list[str]:
    """Have the orders of a ticket fetched in the next round, and its unknown numbers asked for once
    more; the accounts that are to be asked, none where the ticket names no order.
    """
    known = tx.execute(
        "SELECT DISTINCT o.account_id, o.ref_key, a.name FROM ticket_orders l"
        " JOIN orders o ON o.id = l.order_id JOIN accounts a ON a.id = o.account_id"
        " WHERE l.ticket_id = ? AND l.revoked_at IS NULL AND a.removed_at IS NULL",
        (ticket_id,),
    ).fetchall()
    for account_id, ref_key, _ in known:
        tx.execute(
            "INSERT OR REPLACE INTO order_lookups (account_id, order_ref, asked_at, found)"
            " VALUES (?,?,?,1)",
            (account_id, ref_key, _WANTED),
        )
    names = [name for _, _, name in known]
    unknown = tx.execute(
        "SELECT m.order_ref FROM order_mentions m WHERE m.ticket_id = ?"
        " AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.ref_key = m.order_ref)",
        (ticket_id,),
    ).fetchall()
    for (ref_key,) in unknown:
        tx.execute("DELETE FROM order_lookups WHERE order_ref = ?", (ref_key,))
    if unknown:
        names += [r[0] for r in tx.execute("SELECT name FROM accounts WHERE removed_at IS NULL")]
    return list(dict.fromkeys(names))


def unknown_orders(
    connection: sqlite3.Connection, account: str, since: str, most: int
) -> list[Named]:
    """Order numbers on open tickets that no copy has, about which the account was never asked.

    None before its streams have been pulled to their end: they may bring it. The newest first, of
    tickets on which something was said since that time.
    """
    rows = connection.execute(
        "SELECT m.order_ref, m.text FROM tickets t JOIN order_mentions m ON m.ticket_id = t.id"
        f" JOIN accounts a ON a.id = t.account_id WHERE {UNRESOLVED}"
        " AND t.last_message_at >= :since"
        f" AND (a.id = {_ACCOUNT} OR NOT (a.marketplace OR {_MARKETPLACE}))"
        " AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.ref_key = m.order_ref)"
        " AND NOT EXISTS (SELECT 1 FROM order_lookups q"
        f" WHERE q.account_id = {_ACCOUNT} AND q.order_ref = m.order_ref)"
        f" AND EXISTS (SELECT 1 FROM sync_cursors c WHERE c.account_id = {_ACCOUNT}"
        " AND c.finished_at IS NOT NULL)"
        " GROUP BY m.order_ref ORDER BY max(t.last_message_at) DESC LIMIT :most",
        {"account": account, "since": since, "most": most},
    ).fetchall()
    return [Named(row[0], row[1]) for row in rows]


def stale_stock(
    connection: sqlite3.Connection,
    account: str,
    before: str,
    most: int,
    wanted: Collection[str] = (),
) -> list[tuple[str, str]]:
    """(`product_ref`, `variant_ref`) of what is in the orders `wanted`, then of what is in orders
    of open tickets, where our copy of the stock is older than that time; the oldest first.
    """
    first = connection.execute(
        "SELECT DISTINCT i.product_ref, i.variant_ref FROM orders o"
        " JOIN line_items i ON i.order_id = o.id WHERE o.account_id ="
        f" {_ACCOUNT} AND o.remote_id IN (SELECT value FROM json_each(:wanted))"
        " AND i.product_ref != '' LIMIT :most",
        {"account": account, "wanted": json.dumps(list(wanted)), "most": most},
    ).fetchall()
    rows = connection.execute(
        f"SELECT DISTINCT i.product_ref, i.variant_ref, s.fetched_at{_OPEN_ORDERS}"
        " JOIN line_items i ON i.order_id = o.id LEFT JOIN stock_levels s"
        " ON s.account_id = o.account_id AND s.product_ref = i.product_ref"
        " AND s.variant_ref = i.variant_ref"
        f" WHERE {UNRESOLVED} AND o.account_id = {_ACCOUNT} AND i.product_ref != ''"
        " AND coalesce(s.fetched_at, '') < :before ORDER BY s.fetched_at LIMIT :most",
        {"account": account, "before": before, "most": most},
    ).fetchall()
    found = [(row[0], row[1]) for row in (*first, *rows)]
    return list(dict.fromkeys(found))[:most]


def note_checked(tx: Transaction, account_id: int, remote_ids: Collection[str]) -> None:
    """The channel was asked about these orders, whatever it answered."""
    tx.execute(
        "UPDATE orders SET checked_at = max(checked_at, ?) WHERE account_id = ?"
        " AND remote_id IN (SELECT value FROM json_each(?))",
        (tx.now, account_id, json.dumps(list(remote_ids))),
    )
    tx.execute(
        "UPDATE order_lookups SET asked_at = ?1 WHERE account_id = ?2"
        f" AND asked_at = '{_WANTED}' AND order_ref IN (SELECT ref_key FROM orders"
        " WHERE account_id = ?2 AND remote_id IN (SELECT value FROM json_each(?3)))",
        (tx.now, account_id, json.dumps(list(remote_ids))),
    )


def note_lookup(tx: Transaction, account_id: int, order_ref: str, found: int) -> None:
    """The channel was asked for a number and gave so many orders."""
    tx.execute(
        "INSERT OR REPLACE INTO order_lookups (account_id, order_ref, asked_at, found)"
        " VALUES (?,?,?,?)",
        (account_id, order_ref, tx.now, found),
    )


def note_unknown_stock(
    tx: Transaction, account_id: int, variants: Collection[tuple[str, str]], before: str
) -> None:
    """The channel was asked about these variants and knows nothing of those that it left out."""
    for product_ref, variant_ref in variants:
        tx.execute(
            "INSERT INTO stock_levels (account_id, product_ref, variant_ref, sku, title, state,"
            " may_backorder, raw, raw_size, fetched_at)"
            " VALUES (?1,?2,?3,'','','unknown',0,x'',0,?4)"
            " ON CONFLICT DO UPDATE SET state = 'unknown', quantity = NULL, fetched_at = ?4"
            " WHERE fetched_at < ?5",
            (account_id, product_ref, variant_ref, tx.now, before),
        )
