"""Splitting messages off a ticket: they become threads of their own, which a new ticket owns."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from deskterm.domain.ticket import Status
from deskterm.store.customers import new_ref
from deskterm.store.transaction import Change, Transaction


def split_off(tx: Transaction, change: Change, ticket: sqlite3.Row, messages: Sequence[int]) -> str:
    """Make a ticket that owns these messages (rows, oldest first); returns its uid.

    It begins as one that is merged into `ticket`: see `deskterm.store.merging`.
    """
    uid, ref = tx.new_uid(), new_ref(tx)
    first = tx.one("SELECT * FROM messages WHERE id = ?", (messages[0],))
    if first is None:
        raise ValueError("a message to begin with is wanted")
    channel = tx.one("SELECT channel FROM accounts WHERE id = ?", (first["account_id"],))
    customer_id, name = _customer(tx, ticket, messages)
    cursor = tx.execute(
        "INSERT INTO tickets (uid, ref, account_id, channel, customer_id, customer_name, subject,"
        " preview, status, assignee, unread, urgency, answered_until, last_message_at, created_at,"
        " priority, merged_into_id) VALUES (?,?,?,?,?,?,?,'',?,?,0,0,?,?,?,?,?)",
        (
            uid,
            ref,
            first["account_id"],
            channel[0] if channel is not None else ticket["channel"],
            customer_id,
            name,
            first["subject"] or ticket["subject"],
            Status.CLOSED,
            ticket["assignee"],
            ticket["answered_until"],
            first["received_at"],
            tx.now,
            ticket["priority"],
            ticket["id"],
        ),
    )
    new_id = int(cursor.lastrowid or 0)
    _take_threads(tx, ticket["id"], new_id, messages)
    _copy_orders(tx, ticket["id"], new_id, messages)
    tx.journal(change, "ticket", uid, "begun", "create", None, ref, customer_id)
    return uid


def _customer(tx: Transaction, ticket: sqlite3.Row, messages: Sequence[int]) -> tuple[int, str]:
    """Who wrote the first of these messages, where that is a customer who is known."""
    row = tx.one(
        "SELECT i.customer_id, m.author_name FROM messages m JOIN identities i"
        " ON i.kind = 'email' AND i.value = lower(m.author_address)"
        " WHERE m.id IN (SELECT value FROM json_each(?)) AND m.direction = 'inbound'"
        " ORDER BY m.id LIMIT 1",
        (json.dumps(list(messages)),),
    )
    if row is None or row["customer_id"] == ticket["customer_id"]:
        return int(ticket["customer_id"]), str(ticket["customer_name"])
    return int(row["customer_id"]), str(row["author_name"] or ticket["customer_name"])


def _take_threads(tx: Transaction, ticket_id: int, new_id: int, messages: Sequence[int]) -> None:
    """Threads that leave whole are owned by the new ticket; of the others a part becomes a thread
    with the same name on the channel. Later messages follow the message that they answer.
    """
    chosen = json.dumps(list(messages))
    for thread in tx.all(
        "SELECT t.*, (SELECT count(*) FROM messages m WHERE m.ticket_id = ?1 AND m.thread_id = t.id"
        " AND m.id NOT IN (SELECT value FROM json_each(?2))) AS staying FROM threads t"
        " WHERE t.id IN (SELECT thread_id FROM messages"
        " WHERE id IN (SELECT value FROM json_each(?2)))",
        (ticket_id, chosen),
    ):
        if not thread["staying"]:
            tx.execute("UPDATE threads SET home_id = ? WHERE id = ?", (new_id, thread["id"]))
            continue
        part = tx.execute(
            "INSERT INTO threads (ticket_id, account_id, remote_id, subject_key, last_message_at,"
            " home_id) SELECT ticket_id, account_id, remote_id, subject_key, last_message_at, ?"
            " FROM threads WHERE id = ?",
            (new_id, thread["id"]),
        ).lastrowid
        tx.execute(
            "UPDATE thread_keys SET thread_id = ?1 WHERE thread_id = ?2 AND account_id = ?3"
            " AND key IN (SELECT message_id FROM messages WHERE thread_id = ?2"
            " AND id IN (SELECT value FROM json_each(?4)))",
            (part, thread["id"], thread["account_id"], chosen),
        )
        tx.execute(
            "UPDATE outbox_items SET thread_id = ?1 WHERE thread_id = ?2 AND remote_id IN"
            " (SELECT remote_id FROM messages WHERE id IN (SELECT value FROM json_each(?3)))",
            (part, thread["id"], chosen),
        )
        tx.execute(
            "UPDATE messages SET thread_id = ? WHERE thread_id = ?"
            " AND id IN (SELECT value FROM json_each(?))",
            (part, thread["id"], chosen),
        )


def _copy_orders(tx: Transaction, ticket_id: int, new_id: int, messages: Sequence[int]) -> None:
    """The order numbers that these messages name are numbers of the new ticket, too."""
    tx.execute(
        "INSERT OR IGNORE INTO order_mentions (ticket_id, order_ref, text)"
        " SELECT ?, o.order_ref, o.text FROM order_mentions o WHERE o.ticket_id = ?"
        " AND EXISTS (SELECT 1 FROM messages m WHERE m.id IN (SELECT value FROM json_each(?))"
        " AND (instr(m.body, o.text) OR instr(m.subject, o.text)))",
        (new_id, ticket_id, json.dumps(list(messages))),
    )
