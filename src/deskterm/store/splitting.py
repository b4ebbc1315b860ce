"""Splitting messages off a ticket: they become threads of their own, which a new ticket owns.

What a split made is written down with it, so that an undo leaves nothing behind: `take_back` gives
the threads back and removes the ticket on which nothing else ever happened, `again` makes it anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from deskterm.domain.ticket import Status
from deskterm.store.customers import new_ref
from deskterm.store.transaction import Change, Transaction

SPLIT = "split"
"""The field of the ticket that is split under which the journal keeps what that made."""

_COMMAND = "ticket.split"


def split_off(tx: Transaction, change: Change, ticket: sqlite3.Row, messages: Sequence[int]) -> str:
    """Make a ticket that owns these messages (rows, oldest first); returns its uid.

    It begins as one that is merged into `ticket`: see `deskterm.store.merging`.
    """
    uid, ref = tx.new_uid(), new_ref(tx)
    customer_id = _make(tx, change, ticket, messages, (uid, ref))
    tx.journal(change, "ticket", uid, "begun", "create", None, ref, customer_id)
    return uid


def take_back(tx: Transaction, change: Change, made: str) -> bool:
    """Remove a ticket that was split off and is merged into the one it came from again; `made` is
    what the journal says. False where something else happened on it: then it stays merged.
    """
    split = json.loads(made)
    row = tx.one("SELECT * FROM tickets WHERE uid = ?", (split["uid"],))
    if row is None or row["merged_into_id"] is None or _has_a_history(tx, row):
        return False
    tx.execute("SAVEPOINT apart")
    try:
        _dissolve(tx, row, split)
    except sqlite3.IntegrityError:  # something hangs on it that its history does not tell of
        tx.execute("ROLLBACK TO apart")
        tx.execute("RELEASE apart")
        return False
    tx.execute("RELEASE apart")
    of = ("ticket", split["from"], SPLIT, "remove", made, None, row["customer_id"])
    tx.journal(change, *of)
    return True


def again(tx: Transaction, change: Change, made: str) -> bool:
    """Make a ticket anew that `take_back` removed, merged into the one it came from. False where
    its messages are elsewhere by now, or all that is left there.
    """
    split = json.loads(made)
    ticket = tx.one("SELECT * FROM tickets WHERE uid = ?", (split["from"],))
    if ticket is None or tx.one("SELECT 1 FROM tickets WHERE ref = ?", (split["ref"],)):
        return False
    held = {
        row[0] for row in tx.all("SELECT id FROM messages WHERE ticket_id = ?", (ticket["id"],))
    }
    if not set(split["messages"]) < held:
        return False
    _make(tx, change, ticket, split["messages"], (split["uid"], split["ref"]))
    return True


def _make(
    tx: Transaction,
    change: Change,
    ticket: sqlite3.Row,
    messages: Sequence[int],
    names: tuple[str, str],
) -> int:
    """Make a ticket of that uid and reference; returns whose it is."""
    uid, ref = names
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
    made = {
        "uid": uid,
        "ref": ref,
        "from": ticket["uid"],
        "messages": list(messages),
        **_take_threads(tx, ticket["id"], new_id, messages),
    }
    _copy_orders(tx, ticket["id"], new_id, messages)
    of = ("ticket", ticket["uid"], SPLIT, "add", None, json.dumps(made), customer_id)
    tx.journal(change, *of)
    return customer_id


def _has_a_history(tx: Transaction, row: sqlite3.Row) -> bool:
    """Whether anything but the split, and undo and redo of it, ever happened on a ticket."""
    found = tx.one(
        "SELECT 1 FROM journal_entries WHERE entity_uid = ? AND label != ? LIMIT 1",
        (row["uid"], _COMMAND),
    )
    return found is not None


def _dissolve(tx: Transaction, row: sqlite3.Row, split: dict[str, Any]) -> None:
    """Give threads and messages back, and remove what the split has made.

    Raises:
        sqlite3.IntegrityError: something else refers to the ticket.
    """
    for part, thread in split["parts"]:
        for name in ("messages", "outbox_items", "thread_keys"):
            tx.execute(f"UPDATE {name} SET thread_id = ? WHERE thread_id = ?", (thread, part))
        tx.execute("DELETE FROM threads WHERE id = ?", (part,))
    for thread, home in split["whole"]:
        tx.execute(
            "UPDATE threads SET home_id = ? WHERE id = ? AND home_id = ?", (home, thread, row["id"])
        )
    for name in ("order_mentions", "ticket_orders"):
        tx.execute(f"DELETE FROM {name} WHERE ?1 IN (ticket_id, home_id)", (row["id"],))
    tx.execute("DELETE FROM ticket_links WHERE ?1 IN (ticket_id, other_id)", (row["id"],))
    tx.execute("DELETE FROM tickets WHERE id = ?", (row["id"],))


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


def _take_threads(
    tx: Transaction, ticket_id: int, new_id: int, messages: Sequence[int]
) -> dict[str, list[tuple[int, int | None]]]:
    """Threads that leave whole are owned by the new ticket; of the others a part becomes a thread
    with the same name on the channel. Later messages follow the message that they answer.

    Returns:
        `whole`: threads with whose they were by themselves; `parts`: threads with those that they
        were part of.
    """
    chosen = json.dumps(list(messages))
    taken: dict[str, list[tuple[int, int | None]]] = {"whole": [], "parts": []}
    for thread in tx.all(
        "SELECT t.*, (SELECT count(*) FROM messages m WHERE m.ticket_id = ?1 AND m.thread_id = t.id"
        " AND m.id NOT IN (SELECT value FROM json_each(?2))) AS staying FROM threads t"
        " WHERE t.id IN (SELECT thread_id FROM messages"
        " WHERE id IN (SELECT value FROM json_each(?2)))",
        (ticket_id, chosen),
    ):
        if not thread["staying"]:
            tx.execute("UPDATE threads SET home_id = ? WHERE id = ?", (new_id, thread["id"]))
            taken["whole"].append((thread["id"], thread["home_id"]))
            continue
        part = tx.execute(
            "INSERT INTO threads (ticket_id, account_id, remote_id, subject_key, last_message_at,"
            " home_id) SELECT ticket_id, account_id, remote_id, subject_key, last_message_at, ?"
            " FROM threads WHERE id = ?",
            (new_id, thread["id"]),
        ).lastrowid
        taken["parts"].append((int(part or 0), thread["id"]))
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
    return taken


def _copy_orders(tx: Transaction, ticket_id: int, new_id: int, messages: Sequence[int]) -> None:
    """The order numbers that these messages name are numbers of the new ticket, too."""
    tx.execute(
        "INSERT OR IGNORE INTO order_mentions (ticket_id, order_ref, text)"
        " SELECT ?, o.order_ref, o.text FROM order_mentions o WHERE o.ticket_id = ?"
        " AND EXISTS (SELECT 1 FROM messages m WHERE m.id IN (SELECT value FROM json_each(?))"
        " AND (instr(m.body, o.text) OR instr(m.subject, o.text)))",
        (new_id, ticket_id, json.dumps(list(messages))),
    )
