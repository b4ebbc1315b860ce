"""The contact reason that a ticket seems to have, kept beside it until an agent says what it is.

Derived from what the customer writes, and in no journal. What may make it another one (a message,
an order, a merge) has it read anew; until then it stands as it was.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from deskterm.store import urgency
from deskterm.store.reason_tables import NEWEST, UNREAD
from deskterm.store.transaction import Transaction

#: Where in `meta` it stands what reasons are read with.
_KEY: Final = "reasons_key"


class Unread(NamedTuple):
    """A ticket whose reason is to be read, for the customer's newest message."""

    ticket_id: int
    message: int


class ReadReason(NamedTuple):
    """What was read for the message `message` of a ticket.

    Args:
        reason: empty: none.
        sure: so likely that one key may take it.
    """

    ticket_id: int
    message: int
    reason: str
    sure: bool


def unread(connection: sqlite3.Connection, most: int) -> list[Unread]:
    """Tickets that wait for an answer and whose reason is to be read, the newest first."""
    rows = connection.execute(
        f"SELECT id, {NEWEST} FROM tickets WHERE {UNREAD}"
        " ORDER BY last_message_at DESC, id DESC LIMIT ?",
        (most,),
    ).fetchall()
    return [Unread(*row) for row in rows]


def save(tx: Transaction, found: Sequence[ReadReason]) -> None:
    """Keep reasons with their tickets, and work out anew how pressing these are. What was read for
    a message that is not the newest any more is left out: it is read anew.
    """
    tx.executemany(
        "UPDATE tickets SET suggested_reason = ?1, reason_sure = ?2, reason_message = ?3"
        f" WHERE id = ?4 AND {NEWEST} = ?3",
        [(one.reason or None, int(one.sure), one.message, one.ticket_id) for one in found],
    )
    urgency.refresh(tx, (one.ticket_id for one in found))


def forget(tx: Transaction, tickets: Iterable[int]) -> None:
    """Have the reasons of tickets read anew."""
    tx.execute(
        "UPDATE tickets SET reason_message = 0 WHERE reason_message <> 0"
        " AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(tickets)),),
    )


def key_of(connection: sqlite3.Connection) -> str:
    """The key of what reasons are read with; empty: none was read yet."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (_KEY,)).fetchone()
    return str(row[0]) if row is not None else ""


def renew(tx: Transaction, key: str) -> None:
    """Have the reasons of all tickets that wait for an answer read anew, with what has this key."""
    tx.execute(
        "UPDATE tickets SET reason_message = 0 WHERE reason_message <> 0"
        " AND waiting_since IS NOT NULL"
    )
    tx.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?,?)", (_KEY, key))
