"""Stage two: facts derived from stored messages. Bringing a better detector means setting
`derived` back to 0.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from deskterm.store.moods import SPEAKS
from deskterm.store.transaction import Transaction


def waiting(connection: sqlite3.Connection, limit: int) -> list[sqlite3.Row]:
    """Messages without derived facts, newest first; `speaks` is 1 of one that has a mood."""
    return connection.execute(
        f"SELECT m.id, m.body, m.ticket_id, m.received_at, a.channel, {SPEAKS} AS speaks,"
        " coalesce(a.fields ->> 'operator', '') AS operator,"
        " coalesce(a.fields ->> 'site', '') AS site"
        " FROM messages m JOIN tickets t ON t.id = m.ticket_id"
        " JOIN accounts a ON a.id = m.account_id WHERE m.derived = 0 ORDER BY m.id DESC LIMIT ?",
        (limit,),
    ).fetchall()


def save(tx: Transaction, found: Sequence[tuple[int, str | None]]) -> None:
    """Store what is shown of each message; None where that is the whole body."""
    tx.executemany(
        "UPDATE messages SET shown = ?, derived = 1 WHERE id = ?",
        [(shown, row) for row, shown in found],
    )
