"""Drafts: what is being written. One open draft for each ticket and author."""

from __future__ import annotations

import sqlite3

from deskterm.domain.errors import DesktermError
from deskterm.store.transaction import Transaction


def keep(tx: Transaction, ticket_id: int, author: str, body: str) -> str:
    """Save the author's open draft of a ticket; returns its uid."""
    row = tx.one(
        "SELECT uid FROM drafts WHERE ticket_id = ? AND author = ? AND state = 'open'",
        (ticket_id, author),
    )
    if row is not None:
        tx.execute(
            "UPDATE drafts SET body = ?, updated_at = ? WHERE uid = ?", (body, tx.now, row[0])
        )
        return str(row[0])
    uid = tx.new_uid()
    tx.execute(
        "INSERT INTO drafts (uid, ticket_id, author, body, state, updated_at)"
        " VALUES (?,?,?,?,'open',?)",
        (uid, ticket_id, author, body, tx.now),
    )
    return uid


def body_of(connection: sqlite3.Connection, uid: str) -> str:
    """The text of a draft.

    Raises:
        DesktermError: there is no such draft (`no_draft`).
    """
    row = connection.execute("SELECT body FROM drafts WHERE uid = ?", (uid,)).fetchone()
    if row is None:
        raise DesktermError("There is no such draft", code="no_draft")
    return str(row[0])


def must_be_open(connection: sqlite3.Connection, uid: str, ticket_id: int) -> None:
    """Refuse a draft that is one no more: the send key was pressed twice.

    Raises:
        DesktermError: it was sent or thrown away already (`already_sent`), or it is no draft of
            this ticket (`no_draft`).
    """
    row = connection.execute("SELECT state, ticket_id FROM drafts WHERE uid = ?", (uid,)).fetchone()
    if row is None or row[1] != ticket_id:
        raise DesktermError("There is no such draft on this ticket", code="no_draft")
    if row[0] != "open":
        raise DesktermError(
            "This draft is on its way already, or was thrown away",
            "Nothing was sent again.",
            "'deskterm outbox list' shows where it stands",
            code="already_sent",
        )


def set_state(tx: Transaction, uid: str, state: str) -> None:
    """`submitted` when it went to the outbox, `discarded` when it was thrown away."""
    tx.execute("UPDATE drafts SET state = ?, updated_at = ? WHERE uid = ?", (state, tx.now, uid))


def add_submitted(tx: Transaction, ticket_id: int, author: str, body: str) -> str:
    """A text that was sent without having been a draft before; an open draft stays as it is."""
    uid = tx.new_uid()
    tx.execute(
        "INSERT INTO drafts (uid, ticket_id, author, body, state, updated_at)"
        " VALUES (?,?,?,?,'submitted',?)",
        (uid, ticket_id, author, body, tx.now),
    )
    return uid


def keep_beside(tx: Transaction, ticket_id: int, author: str, body: str) -> str:
    """Keep a text that could not be sent: as the open draft, or below what stands there."""
    row = tx.one(
        "SELECT body FROM drafts WHERE ticket_id = ? AND author = ? AND state = 'open'",
        (ticket_id, author),
    )
    before = row[0] if row else ""
    if before.strip() and body.strip() and body not in before:
        body = f"{before}\n\n{body}"
    elif body in before:
        body = before
    return keep(tx, ticket_id, author, body)


def bring_back(tx: Transaction, uid: str) -> None:
    """A draft that was sent or thrown away is open again. Where another was begun since, the text
    that came back stands before the other, so that nothing typed is lost.
    """
    row = tx.one("SELECT * FROM drafts WHERE uid = ?", (uid,))
    if row is None or row["state"] == "open":
        return
    other = tx.one(
        "SELECT uid, body FROM drafts WHERE ticket_id = ? AND author = ? AND state = 'open'",
        (row["ticket_id"], row["author"]),
    )
    if other is None:
        set_state(tx, uid, "open")
        return
    both = f"{row['body']}\n\n{other['body']}" if other["body"].strip() else row["body"]
    tx.execute("UPDATE drafts SET body = ?, updated_at = ? WHERE uid = ?", (both, tx.now, other[0]))


def open_drafts(connection: sqlite3.Connection, ticket_id: int) -> list[sqlite3.Row]:
    """The open drafts of a ticket."""
    return connection.execute(
        "SELECT * FROM drafts WHERE ticket_id = ? AND state = 'open' ORDER BY updated_at",
        (ticket_id,),
    ).fetchall()
