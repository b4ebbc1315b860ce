"""Tickets that become one, and apart again.

A merge is one fact, `merged_into_id`. Where threads, notes and order numbers stand follows from it
and from the ticket that they belong to by themselves (`home_id`). So merges can be taken back in
any order, and a message that arrives later stays with its thread. A ticket that was split off began
as one that is merged into the ticket it comes from: taking the split back merges it again, and
removes it where nothing else happened on it (`deskterm.store.splitting`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from deskterm.domain.preview import preview_of
from deskterm.domain.ticket import Status
from deskterm.store import reasons, ticket_orders, tickets, turns
from deskterm.store.transaction import Change, Transaction, Value
from deskterm.store.triage_tables import MOVING

_FAMILY = (
    "WITH RECURSIVE family (id) AS (SELECT ?1 UNION"
    " SELECT k.id FROM tickets k JOIN family f ON k.merged_into_id = f.id)"
    " SELECT id FROM family"
)
_IN_FAMILY = (
    f"o.thread_id IN (SELECT id FROM threads WHERE coalesce(home_id, ticket_id) IN ({_FAMILY}))"
)
_ON_ITS_WAY = "A reply of it is on its way"
#: What a ticket is while it is merged into another one.
_AT_REST: dict[str, Value] = {
    "status": Status.CLOSED,
    "snoozed_until": None,
    "attention": None,
    "unread": 0,
}
_END = (
    "WITH RECURSIVE way (id, next) AS (SELECT id, merged_into_id FROM tickets WHERE id = ?1 UNION"
    " SELECT k.id, k.merged_into_id FROM tickets k JOIN way w ON k.id = w.next)"
    " SELECT id FROM way WHERE next IS NULL"
)
#: What stands on the ticket ?3 and belongs to one of ?2 by itself.
_BELONGS = "coalesce(home_id, ticket_id) IN (SELECT value FROM json_each(?2)) AND ticket_id = ?3"
#: Of two that say the same, one goes nowhere: an order that both tickets are about.
_TWINS = {
    "ticket_orders": " AND NOT EXISTS (SELECT 1 FROM ticket_orders o WHERE o.ticket_id = ?1"
    " AND o.order_id = ticket_orders.order_id AND o.revoked_at IS NULL)"
}


def end_of(connection: sqlite3.Connection, ticket_id: int) -> int:
    """Where a ticket has gone by all that was merged; itself where it was not."""
    row = connection.execute(_END, (ticket_id,)).fetchone()
    return int(row[0]) if row else ticket_id


def ref_merged_into(connection: sqlite3.Connection, ticket: sqlite3.Row) -> str | None:
    """The reference of the ticket that this one was merged into; None where it was not."""
    if ticket["merged_into_id"] is None:
        return None
    row = connection.execute(
        "SELECT ref FROM tickets WHERE id = ?", (ticket["merged_into_id"],)
    ).fetchone()
    return str(row[0])


def why_not(connection: sqlite3.Connection, ticket_id: int) -> str | None:
    """Why what a ticket holds cannot go to another one now, in words; None when it can."""
    if _is_on_its_way(connection, "o.ticket_id = ?", ticket_id):
        return _ON_ITS_WAY
    draft = connection.execute(
        "SELECT 1 FROM drafts WHERE ticket_id = ? AND state = 'open' LIMIT 1", (ticket_id,)
    ).fetchone()
    return None if draft is None else "Something is being written on it"


def why_not_apart(connection: sqlite3.Connection, ticket_id: int) -> str | None:
    """Why a ticket cannot be taken out of the one that it was merged into, in words."""
    return _ON_ITS_WAY if _is_on_its_way(connection, _IN_FAMILY, ticket_id) else None


def _is_on_its_way(connection: sqlite3.Connection, where: str, ticket_id: int) -> bool:
    row = connection.execute(
        f"SELECT 1 FROM outbox_items o WHERE {where} AND o.state NOT IN ('sent', 'withdrawn')"
        " LIMIT 1",
        (ticket_id,),
    ).fetchone()
    return row is not None


def set_merged(
    tx: Transaction, change: Change, ticket: sqlite3.Row, into: sqlite3.Row | None
) -> set[int]:
    """Merge a ticket into another one, or take it out (None), and bring everything that belongs to
    it to where it stands then. `into` must not come to stand on the ticket itself.

    Returns:
        The tickets that may hold other messages now.
    """
    before = end_of(tx.connection, ticket["id"])
    old = tx.one(
        "SELECT i.uid FROM tickets k JOIN tickets i ON i.id = k.merged_into_id WHERE k.id = ?",
        (ticket["id"],),
    )
    tx.execute(
        "UPDATE tickets SET merged_into_id = ? WHERE id = ?",
        (into["id"] if into is not None else None, ticket["id"]),
    )
    tx.journal(
        change,
        "ticket",
        ticket["uid"],
        "merged_into",
        "set",
        old[0] if old is not None else None,
        into["uid"] if into is not None else None,
        ticket["customer_id"],
    )
    after = end_of(tx.connection, ticket["id"])
    _bring(tx, [row[0] for row in tx.all(_FAMILY, (ticket["id"],))], before, after)
    touched = {before, after, int(ticket["id"])}
    for ticket_id in touched:
        recount(tx, ticket_id)
    ticket_orders.match_tickets(tx, touched)
    if into is not None:
        tickets.set_fields(tx, change, ticket, _AT_REST)
    return touched


def _bring(tx: Transaction, family: Sequence[int], before: int, after: int) -> None:
    """Take what belongs to these tickets from one that holds it to another."""
    where = (after, json.dumps(list(family)), before)
    moved = json.dumps(
        [row[0] for row in tx.all(f"SELECT id FROM threads WHERE {_BELONGS}", where)]
    )
    for name in MOVING:
        tx.execute(
            f"UPDATE OR IGNORE {name} SET home_id = coalesce(home_id, ticket_id), ticket_id = ?1"
            f" WHERE {_BELONGS}{_TWINS.get(name, '')}",
            where,
        )
    for name in ("messages", "outbox_items"):
        tx.execute(
            f"UPDATE {name} SET ticket_id = ? WHERE ticket_id = ?"
            " AND thread_id IN (SELECT value FROM json_each(?))",
            (after, before, moved),
        )


def recount(tx: Transaction, ticket_id: int) -> None:
    """Read off a ticket's messages what stands on its row: newest message, preview, turn. Its
    contact reason is read when nobody waits.
    """
    newest = tx.one(
        "SELECT received_at, body FROM messages WHERE ticket_id = ? ORDER BY id DESC LIMIT 1",
        (ticket_id,),
    )
    if newest is not None:
        tx.execute(
            "UPDATE tickets SET last_message_at = ?, preview = ? WHERE id = ?",
            (newest["received_at"], preview_of(newest["body"]), ticket_id),
        )
    turns.refresh(tx, ticket_id)
    reasons.forget(tx, [ticket_id])
