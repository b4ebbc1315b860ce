"""Reading one thing of a conversation again: a message, a note, a reply that waits."""

from __future__ import annotations

import sqlite3


def message(connection: sqlite3.Connection, message_row: int) -> sqlite3.Row | None:
    """A message; `raw_size` is that of its raw bytes, None where none are kept."""
    row: sqlite3.Row | None = connection.execute(
        "SELECT m.*, r.size AS raw_size FROM messages m"
        " LEFT JOIN raw_messages r ON r.message_row = m.id WHERE m.id = ?",
        (message_row,),
    ).fetchone()
    return row


def message_count(connection: sqlite3.Connection, ticket_id: int) -> int:
    """How many messages a ticket has."""
    row = connection.execute(
        "SELECT count(*) FROM messages WHERE ticket_id = ?", (ticket_id,)
    ).fetchone()
    return int(row[0])


def name_of_way(connection: sqlite3.Connection, ticket_id: int) -> str:
    """The name of the account by which an answer leaves: that of the newest message of the
    customer; empty where there is none.
    """
    row = connection.execute(
        "SELECT a.name FROM messages m JOIN accounts a ON a.id = m.account_id"
        " WHERE m.ticket_id = ? AND m.direction = 'inbound'"
        " ORDER BY m.automatic IS NOT NULL, m.id DESC LIMIT 1",
        (ticket_id,),
    ).fetchone()
    return str(row[0]) if row else ""


def note_text(connection: sqlite3.Connection, uid: str) -> str | None:
    """The text of a note."""
    row = connection.execute("SELECT body FROM notes WHERE uid = ?", (uid,)).fetchone()
    return None if row is None else str(row[0])


def outgoing_text(connection: sqlite3.Connection, uid: str) -> str | None:
    """The text of a reply in the outbox."""
    row = connection.execute("SELECT body FROM outbox_items WHERE uid = ?", (uid,)).fetchone()
    return None if row is None else str(row[0])


def open_drafts(connection: sqlite3.Connection, ticket_id: int | None) -> list[sqlite3.Row]:
    """The open drafts on a ticket; None: those of new messages."""
    return connection.execute(
        "SELECT d.*, a.name AS account FROM drafts d LEFT JOIN accounts a ON a.id = d.account_id"
        " WHERE d.ticket_id IS ? AND d.state = 'open'",
        (ticket_id,),
    ).fetchall()
