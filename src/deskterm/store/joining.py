"""Two tickets that a later mail proves to be one conversation.

Folders are read one after another, so that an answer can come before what it answers, with the
mail between them still missing. Only a ticket that no person has touched disappears into another,
only within one customer, and nothing archived, followed or unwanted takes part.
"""

from __future__ import annotations

import sqlite3

from deskterm.domain.ticket import YIELDING, Status
from deskterm.store import ticket_orders, tickets
from deskterm.store.transaction import Change, Transaction

_TICKET = (
    "SELECT k.*, (EXISTS (SELECT 1 FROM journal_entries e WHERE e.entity_uid = k.uid"
    " AND e.cause != 'sync') OR EXISTS (SELECT 1 FROM drafts d WHERE d.ticket_id = k.id)"
    " OR EXISTS (SELECT 1 FROM outbox_items o WHERE o.ticket_id = k.id)"
    " OR EXISTS (SELECT 1 FROM ticket_links l WHERE k.id IN (l.ticket_id, l.other_id)))"
    " AS touched,"
    " k.follows_ticket_id IS NOT NULL OR EXISTS (SELECT 1 FROM tickets f"
    " WHERE f.follows_ticket_id = k.id) AS followed FROM tickets k WHERE k.id = ?"
)
_APART = frozenset({Status.CLOSED, Status.SPAM})


def join(tx: Transaction, one_id: int, other_id: int) -> int | None:
    """Make one ticket of two, where that is safe.

    Returns:
        The ticket that stays; None where both stay as they are.
    """
    one, other = (tx.one(_TICKET, (ticket_id,)) for ticket_id in (one_id, other_id))
    if one is None or other is None or not _may_join(one, other):
        return None
    kept, gone = sorted((one, other), key=lambda row: (not row["touched"], row["id"]))
    _move(tx, kept, gone)
    change = Change("sync", "sync", tx.new_uid())
    tx.journal(
        change, "ticket", kept["uid"], "joined", "add", None, gone["ref"], kept["customer_id"]
    )
    if gone["waiting_since"] and kept["status"] in YIELDING:
        tickets.set_field(tx, change, kept, "status", Status.OPEN)
        tickets.set_field(tx, change, kept, "snoozed_until", None)
    if gone["unread"]:
        tickets.set_field(tx, change, kept, "unread", 1)
    return int(kept["id"])


def is_untouched(tx: Transaction, ticket_id: int) -> bool:
    """Whether only the sync has ever changed a ticket."""
    row = tx.one(_TICKET, (ticket_id,))
    return row is not None and not row["touched"]


def _may_join(one: sqlite3.Row, other: sqlite3.Row) -> bool:
    return (
        one["id"] != other["id"]
        and one["customer_id"] == other["customer_id"]
        and one["status"] not in _APART
        and other["status"] not in _APART
        and not (one["touched"] and other["touched"])
        and not (one["followed"] or other["followed"])
    )


def _move(tx: Transaction, kept: sqlite3.Row, gone: sqlite3.Row) -> None:
    """Threads, messages and order numbers go over; the empty ticket goes. What orders it is about
    is worked out anew at the end of the batch.
    """
    both = kept["id"], gone["id"]
    tx.execute("UPDATE threads SET ticket_id = ? WHERE ticket_id = ?", both)
    tx.execute("UPDATE messages SET ticket_id = ? WHERE ticket_id = ?", both)
    tx.execute(
        "INSERT OR IGNORE INTO order_mentions (ticket_id, order_ref, text)"
        " SELECT ?, order_ref, text FROM order_mentions WHERE ticket_id = ?",
        both,
    )
    tx.execute("DELETE FROM order_mentions WHERE ticket_id = ?", (gone["id"],))
    ticket_orders.forget_found(tx, gone["id"])
    tx.execute("DELETE FROM tickets WHERE id = ?", (gone["id"],))
    newest = max(kept, gone, key=lambda row: row["last_message_at"])
    tx.execute(
        "UPDATE tickets SET last_message_at = ?, preview = ? WHERE id = ?",
        (newest["last_message_at"], newest["preview"], kept["id"]),
    )
