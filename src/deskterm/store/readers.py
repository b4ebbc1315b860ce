"""Reading for people: lists, one ticket, search. Every result is bounded and fetched whole."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from deskterm.store import links, merging
from deskterm.store.beginnings import spelled_out
from deskterm.store.lists import tickets_of_hits
from deskterm.store.tickets import tags
from deskterm.store.where import NOT_MERGED, Compiled

_TICKET = "SELECT t.*, a.name AS account_name FROM tickets t JOIN accounts a ON a.id = t.account_id"


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that a search found, on its ticket. `message` is a row of `messages`."""

    message: sqlite3.Row
    ref: str
    status: str
    customer_name: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """Everything about one ticket. Messages and notes are oldest first."""

    ticket: sqlite3.Row
    messages: list[sqlite3.Row]
    attachments: dict[int, list[sqlite3.Row]]
    notes: list[sqlite3.Row]
    tags: list[str]
    drafts: list[sqlite3.Row]
    outgoing: list[sqlite3.Row]
    order_refs: list[str]
    links: list[links.Link]
    merged_into: str | None


def list_tickets(connection: sqlite3.Connection, query: Compiled, limit: int) -> list[sqlite3.Row]:
    """Tickets that fit, the one that moved last first."""
    if query.match is None:
        return connection.execute(
            f"{_TICKET} WHERE {query.where} AND {NOT_MERGED}"
            " ORDER BY t.last_message_at DESC, t.id DESC LIMIT ?",
            (*query.values, limit),
        ).fetchall()
    return _tickets_of_hits(connection, query, spelled_out(connection, query.match), limit)


def _tickets_of_hits(
    connection: sqlite3.Connection, query: Compiled, match: str, limit: int
) -> list[sqlite3.Row]:
    return tickets_by_id(connection, tickets_of_hits(connection, query, match, limit))


def tickets_by_id(connection: sqlite3.Connection, ids: Sequence[int]) -> list[sqlite3.Row]:
    """These tickets, in this order; those that are no more are left out."""
    rows = connection.execute(
        f"{_TICKET} WHERE t.id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)
    ).fetchall()
    order = {ticket_id: place for place, ticket_id in enumerate(ids)}
    return sorted(rows, key=lambda row: order[row["id"]])


def search_messages(connection: sqlite3.Connection, query: Compiled, limit: int) -> list[Hit]:
    """Messages that fit, newest first; stops at `limit`, so its cost is that of what it shows."""
    if query.match is None:
        rows = connection.execute(
            "SELECT m.id FROM messages m JOIN tickets t ON t.id = m.ticket_id"
            f" WHERE {query.where} ORDER BY m.id DESC LIMIT ?",
            (*query.values, limit),
        ).fetchall()
    elif query.where == "1":
        rows = connection.execute(
            "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?",
            (spelled_out(connection, query.match), limit),
        ).fetchall()
    else:
        rows = connection.execute(
            "SELECT s.rowid FROM search s JOIN messages m ON m.id = s.rowid"
            " JOIN tickets t ON t.id = m.ticket_id"
            f" WHERE search MATCH ? AND {query.where} ORDER BY s.rowid DESC LIMIT ?",
            (spelled_out(connection, query.match), *query.values, limit),
        ).fetchall()
    return _hits(connection, [row[0] for row in rows])


def _hits(connection: sqlite3.Connection, ids: list[int]) -> list[Hit]:
    rows = connection.execute(
        "SELECT m.*, t.ref AS ticket_ref, t.status AS ticket_status, t.customer_name"
        " FROM messages m JOIN tickets t ON t.id = m.ticket_id"
        " WHERE m.id IN (SELECT value FROM json_each(?)) ORDER BY m.id DESC",
        (json.dumps(ids),),
    ).fetchall()
    return [Hit(row, row["ticket_ref"], row["ticket_status"], row["customer_name"]) for row in rows]


def conversation(
    connection: sqlite3.Connection, ticket_id: int, newest: int | None = None
) -> Conversation | None:
    """Everything about a ticket, None where there is none; of its messages the `newest` ones."""
    ticket = connection.execute(f"{_TICKET} WHERE t.id = ?", (ticket_id,)).fetchone()
    if ticket is None:
        return None
    messages = connection.execute(
        "SELECT * FROM messages WHERE ticket_id = ? ORDER BY id DESC LIMIT ?",
        (ticket_id, -1 if newest is None else newest),
    ).fetchall()
    messages.reverse()
    oldest = messages[0]["id"] if messages else 0
    files: dict[int, list[sqlite3.Row]] = {}
    for row in connection.execute(
        "SELECT a.* FROM attachments a JOIN messages m ON m.id = a.message_row"
        " WHERE m.ticket_id = ? AND m.id >= ? ORDER BY a.id",
        (ticket_id, oldest),
    ).fetchall():
        files.setdefault(row["message_row"], []).append(row)
    return Conversation(
        ticket=ticket,
        messages=messages,
        attachments=files,
        notes=_of_ticket(connection, "notes", "withdrawn_at IS NULL", ticket_id),
        tags=tags(connection, ticket_id),
        drafts=_of_ticket(connection, "drafts", "state = 'open'", ticket_id),
        outgoing=_of_ticket(
            connection, "outbox_items", "state NOT IN ('sent', 'withdrawn')", ticket_id
        ),
        order_refs=[
            row[0]
            for row in connection.execute(
                "SELECT text FROM order_mentions WHERE ticket_id = ? ORDER BY rowid", (ticket_id,)
            ).fetchall()
        ],
        links=links.of_ticket(connection, ticket_id),
        merged_into=merging.ref_merged_into(connection, ticket),
    )


def _of_ticket(
    connection: sqlite3.Connection, table: str, condition: str, ticket_id: int
) -> list[sqlite3.Row]:
    return connection.execute(
        f"SELECT * FROM {table} WHERE ticket_id = ? AND {condition} ORDER BY rowid",
        (ticket_id,),
    ).fetchall()


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many tickets stand in each status."""
    rows = connection.execute("SELECT status, count(*) FROM tickets GROUP BY status").fetchall()
    return {row[0]: row[1] for row in rows}
