"""What arrivals do to their tickets: status, turn, preview, unread."""

from __future__ import annotations

from collections.abc import Sequence

from deskterm.domain.arrival import Arrival
from deskterm.domain.outbox import DeliveryState
from deskterm.domain.preview import preview_of
from deskterm.domain.ticket import Said, Status, first_status, status_after, turn
from deskterm.store import tickets
from deskterm.store.threading import Place
from deskterm.store.transaction import Change, Transaction

_MESSAGES = (
    "SELECT m.id, m.received_at, m.direction, m.automatic, m.answered, o.seen_row"
    " FROM messages m LEFT JOIN outbox_items o ON o.ticket_id = m.ticket_id"
    " AND o.remote_id = m.remote_id AND o.state = 'sent' WHERE m.ticket_id = ? ORDER BY m.id"
)
_WROTE_MEANWHILE = "The customer wrote; a reply of yours waits for its time"


def update(tx: Transaction, rows: Sequence[tuple[Arrival, int, Place]]) -> None:
    """Bring the tickets of a stored batch up to date. `rows` ascend by message row."""
    by_ticket: dict[int, list[tuple[Arrival, int, Place]]] = {}
    for entry in rows:
        by_ticket.setdefault(entry[2].ticket_id, []).append(entry)
    change = Change("sync", "sync", tx.new_uid())
    for ticket_id, entries in by_ticket.items():
        _update_ticket(tx, ticket_id, entries, change)


def refresh(tx: Transaction, ticket_id: int) -> None:
    """Read the turn off the messages again, after marks or `answered_until` changed."""
    ticket = tx.one("SELECT answered_until FROM tickets WHERE id = ?", (ticket_id,))
    if ticket is None:
        return
    state = turn(_said(tx, ticket_id), ticket["answered_until"])
    tx.execute(
        "UPDATE tickets SET waiting_since = ? WHERE id = ?", (state.waiting_since, ticket_id)
    )


def status_of(tx: Transaction, ticket_id: int) -> Status:
    """The status that follows from a ticket's messages alone."""
    row = tx.one("SELECT answered_until FROM tickets WHERE id = ?", (ticket_id,))
    return first_status(turn(_said(tx, ticket_id), row[0] if row is not None else None))


def _said(tx: Transaction, ticket_id: int) -> list[Said]:
    return [
        Said(row[0], row[1], row[2] == "inbound", row[3] is not None, bool(row[4]), row[5])
        for row in tx.all(_MESSAGES, (ticket_id,))
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
    said = _said(tx, ticket_id)
    state = turn(said, ticket["answered_until"])
    tx.execute(
        "UPDATE tickets SET waiting_since = ? WHERE id = ?", (state.waiting_since, ticket_id)
    )
    newest = entries[-1][0]
    if newest.received_at >= ticket["last_message_at"]:
        tx.execute(
            "UPDATE tickets SET last_message_at = ?, preview = ? WHERE id = ?",
            (newest.received_at, preview_of(newest.body), ticket_id),
        )
    unread = any(a.direction == "inbound" and not a.seen and not a.automatic for a, _, _ in entries)
    if entries[0][2].is_new:
        tx.execute(
            "UPDATE tickets SET status = ?, unread = ? WHERE id = ?",
            (first_status(state), int(unread or ticket["unread"]), ticket_id),
        )
        return
    fresh = {row for _, row, _ in entries}
    status = status_after(Status(ticket["status"]), said, fresh, ticket["answered_until"])
    tickets.set_field(tx, change, ticket, "status", status)
    if status != Status.SNOOZED:
        tickets.set_field(tx, change, ticket, "snoozed_until", None)
    if unread:
        tickets.set_field(tx, change, ticket, "unread", 1)
        if ticket["outgoing"] is not None and _waits_for_a_time(tx, ticket_id):
            tickets.set_field(tx, change, ticket, "attention", _WROTE_MEANWHILE)


def _waits_for_a_time(tx: Transaction, ticket_id: int) -> bool:
    """Whether a reply leaves later, so that nobody would look at the ticket until then."""
    row = tx.one(
        "SELECT 1 FROM outbox_items WHERE ticket_id = ? AND state = ? LIMIT 1",
        (ticket_id, DeliveryState.SCHEDULED),
    )
    return row is not None
