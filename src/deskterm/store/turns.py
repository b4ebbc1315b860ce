"""What arrivals do to their tickets: status, turn, preview, unread."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from deskterm.domain.arrival import Arrival
from deskterm.domain.preview import preview_of
from deskterm.domain.ticket import Said, Status, first_status, next_status, turn
from deskterm.store.threading import Place
from deskterm.store.transaction import Change, Transaction

_SYNC = "sync"


def update(tx: Transaction, rows: Sequence[tuple[Arrival, int, Place]]) -> None:
    """Bring the tickets of a stored batch up to date. `rows` ascend by message row."""
    by_ticket: dict[int, list[tuple[Arrival, int, Place]]] = {}
    for entry in rows:
        by_ticket.setdefault(entry[2].ticket_id, []).append(entry)
    change = Change("sync", _SYNC, tx.new_uid())
    threads: dict[int, str] = {}
    for ticket_id, entries in by_ticket.items():
        _update_ticket(tx, ticket_id, entries, change)
        for arrival, _, place in entries:
            threads[place.thread_id] = max(threads.get(place.thread_id, ""), arrival.received_at)
    tx.executemany(
        "UPDATE threads SET last_message_at = max(coalesce(last_message_at, ''), ?) WHERE id = ?",
        [(at, thread_id) for thread_id, at in threads.items()],
    )


def refresh(tx: Transaction, ticket_id: int) -> None:
    """Read the turn off the messages again, after marks or `answered_until` changed."""
    ticket = tx.one("SELECT answered_until FROM tickets WHERE id = ?", (ticket_id,))
    if ticket is None:
        return
    state = turn(_said(tx, ticket_id), ticket["answered_until"])
    tx.execute(
        "UPDATE tickets SET waiting_since = ? WHERE id = ?", (state.waiting_since, ticket_id)
    )


def _said(tx: Transaction, ticket_id: int) -> list[Said]:
    return [
        Said(row[0], row[1] == "inbound", row[2] is not None, bool(row[3]))
        for row in tx.all(
            "SELECT received_at, direction, automatic, answered FROM messages"
            " WHERE ticket_id = ? ORDER BY id",
            (ticket_id,),
        )
    ]


def _update_ticket(
    tx: Transaction,
    ticket_id: int,
    entries: Sequence[tuple[Arrival, int, Place]],
    change: Change,
) -> None:
    ticket = tx.one("SELECT * FROM tickets WHERE id = ?", (ticket_id,))
    if ticket is None:
        return
    state = turn(_said(tx, ticket_id), ticket["answered_until"])
    newest = entries[-1][0]
    is_new = entries[0][2].is_new
    said = Said(newest.received_at, newest.direction == "inbound", newest.automatic is not None)
    is_news = is_new or newest.received_at >= ticket["last_message_at"]
    status = first_status(state) if is_new else Status(ticket["status"])
    if not is_new:
        status = _moved(tx, ticket, next_status(status, said if is_news else None, state), change)
    unread = ticket["unread"] or any(
        a.direction == "inbound" and not a.seen and not a.automatic for a, _, _ in entries
    )
    snoozed_until = ticket["snoozed_until"] if status == Status.SNOOZED else None
    latest = newest if is_news else None
    tx.execute(
        "UPDATE tickets SET status = ?, waiting_since = ?, unread = ?, snoozed_until = ?,"
        " last_message_at = ?, preview = ? WHERE id = ?",
        (
            status,
            state.waiting_since,
            int(bool(unread)),
            snoozed_until,
            latest.received_at if latest else ticket["last_message_at"],
            preview_of(latest.body) if latest else ticket["preview"],
            ticket_id,
        ),
    )


def _moved(tx: Transaction, ticket: sqlite3.Row, status: Status, change: Change) -> Status:
    if status != ticket["status"]:
        tx.journal(
            change,
            "ticket",
            ticket["uid"],
            "status",
            "set",
            ticket["status"],
            status,
            ticket["customer_id"],
        )
    return status
