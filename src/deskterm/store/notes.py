"""Notes of the team, on whatever ticket they stand."""

from __future__ import annotations

import sqlite3


def newest_notes(connection: sqlite3.Connection, ticket_id: int, most: int) -> list[sqlite3.Row]:
    """What the team wrote down last, the newest first, calls left out. `alike`: on a ticket of the
    same contact reason as the one that is named, or on that one.
    """
    return connection.execute(
        "SELECT n.uid, n.author, n.body, n.created_at, t.ref,"
        " (t.id = ?1 OR t.contact_reason = (SELECT contact_reason FROM tickets WHERE id = ?1))"
        " AS alike FROM notes n JOIN tickets t ON t.id = n.ticket_id"
        " WHERE n.withdrawn_at IS NULL AND n.kind = 'note' ORDER BY n.id DESC LIMIT ?2",
        (ticket_id, most),
    ).fetchall()
