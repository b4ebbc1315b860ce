"""Changing tickets: every change is one update and one journal entry."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from deskterm.domain.errors import DesktermError
from deskterm.domain.ids import read_ref
from deskterm.store import urgency
from deskterm.store.journal import Told
from deskterm.store.moods import CORRECTED
from deskterm.store.transaction import Change, Transaction, Value

#: What agents change on a ticket, and what undo may put back.
FIELDS = frozenset(
    {
        *("status", "assignee", "unread", "snoozed_until", "answered_until"),
        *("outgoing", "attention", "contact_reason", "priority"),
        *CORRECTED,
    }
)


@dataclass(frozen=True, slots=True)
class PhoneCall:
    """A call on the telephone: who called (`inbound`: the customer), and for how many seconds."""

    direction: Literal["inbound", "outbound"]
    duration_s: int


def ticket_by_ref(connection: sqlite3.Connection, ref: str) -> sqlite3.Row:
    """The ticket with that reference as a person typed it (see `deskterm.domain.ids`).

    Raises:
        DesktermError: there is none (`no_ticket`).
    """
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM tickets WHERE ref = ?", (read_ref(ref),)
    ).fetchone()
    if row is None:
        raise DesktermError(
            f"There is no ticket {ref[:40]}",
            "",
            "'deskterm list' shows the references",
            code="no_ticket",
        )
    return row


def ticket_by_uid(connection: sqlite3.Connection, uid: str) -> sqlite3.Row | None:
    """The ticket with that uid."""
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM tickets WHERE uid = ?", (uid,)
    ).fetchone()
    return row


def set_field(
    tx: Transaction, change: Change, ticket: sqlite3.Row, field: str, value: Value
) -> bool:
    """Set one field; False where it has that value already."""
    return set_fields(tx, change, ticket, {field: value})


def set_fields(
    tx: Transaction,
    change: Change,
    ticket: sqlite3.Row,
    values: Mapping[str, Value],
    follows: Mapping[str, Value] = MappingProxyType({}),
) -> bool:
    """Set several fields, each with a journal entry; False where all have that value already.

    `follows` are columns that the journal does not tell of, as they follow from what it tells.
    """
    if not values.keys() <= FIELDS:
        raise ValueError(f"{sorted(values.keys() - FIELDS)} are not changed by hand")
    wanted = {**values, **follows}
    present = tx.execute(
        f"SELECT {', '.join(wanted)} FROM tickets WHERE id = ?", (ticket["id"],)
    ).fetchone()
    moved = [name for name, value in wanted.items() if present[name] != value]
    if moved:
        tx.execute(
            f"UPDATE tickets SET {', '.join(f'{name} = ?' for name in moved)} WHERE id = ?",
            (*(wanted[name] for name in moved), ticket["id"]),
        )
    changed = [name for name in moved if name in values]
    if not changed:
        return False
    told = [Told("ticket", ticket["uid"], n, "set", present[n], values[n]) for n in changed]
    tx.journal_all(change, told, ticket["customer_id"])
    if not urgency.FOLLOWS_FROM.isdisjoint(changed):
        urgency.refresh(tx, [ticket["id"]])
    return True


def add_tag(tx: Transaction, change: Change, ticket: sqlite3.Row, tag: str) -> bool:
    """Add one tag; others stay. False where it is there already."""
    added = tx.execute(
        "INSERT OR IGNORE INTO ticket_tags (ticket_id, tag) VALUES (?,?)", (ticket["id"], tag)
    ).rowcount
    if added:
        tx.journal(change, "ticket", ticket["uid"], "tag", "add", None, tag, ticket["customer_id"])
    return bool(added)


def remove_tag(tx: Transaction, change: Change, ticket: sqlite3.Row, tag: str) -> bool:
    """Take one tag off. False where it is not there."""
    removed = tx.execute(
        "DELETE FROM ticket_tags WHERE ticket_id = ? AND tag = ?", (ticket["id"], tag)
    ).rowcount
    if removed:
        tx.journal(
            change, "ticket", ticket["uid"], "tag", "remove", tag, None, ticket["customer_id"]
        )
    return bool(removed)


def tags(connection: sqlite3.Connection, ticket_id: int) -> list[str]:
    """The tags of a ticket in alphabetical order."""
    rows = connection.execute(
        "SELECT tag FROM ticket_tags WHERE ticket_id = ? ORDER BY tag", (ticket_id,)
    ).fetchall()
    return [row[0] for row in rows]


def add_note(
    tx: Transaction,
    change: Change,
    ticket: sqlite3.Row,
    author: str,
    body: str,
    call: PhoneCall | None = None,
) -> str:
    """Write a note for the team, or one about a call; returns its uid."""
    uid = tx.new_uid()
    tx.execute(
        "INSERT INTO notes (uid, ticket_id, author, body, created_at, kind, direction, duration_s)"
        " VALUES (?,?,?,?,?,?,?,?)",
        (
            uid,
            ticket["id"],
            author,
            body,
            tx.now,
            "note" if call is None else "phone",
            call.direction if call is not None else None,
            call.duration_s if call is not None else None,
        ),
    )
    tx.journal(change, "ticket", ticket["uid"], "note", "create", None, uid, ticket["customer_id"])
    return uid


def withdraw_note(tx: Transaction, uid: str, *, back: bool = False) -> None:
    """Take a note off the screen, or bring it back; its text stays until it is erased."""
    tx.execute("UPDATE notes SET withdrawn_at = ? WHERE uid = ?", (None if back else tx.now, uid))


def newest_inbound(
    connection: sqlite3.Connection, ticket_id: int, up_to: int | None = None
) -> sqlite3.Row | None:
    """Row, time and subject of the newest message of the customer that a person wrote; none after
    the row `up_to`.
    """
    row: sqlite3.Row | None = connection.execute(
        "SELECT id, received_at, subject FROM messages WHERE ticket_id = ?1"
        " AND direction = 'inbound' AND automatic IS NULL AND (?2 IS NULL OR id <= ?2)"
        " ORDER BY id DESC LIMIT 1",
        (ticket_id, up_to),
    ).fetchone()
    return row


def forget_answers_before(tx: Transaction, before: str) -> None:
    """Forget answers to calls that no client can ask for again."""
    tx.execute("DELETE FROM answered_calls WHERE at < ?", (before,))


def status_before_snooze(connection: sqlite3.Connection, uid: str) -> str:
    """The status a snoozed ticket goes back to."""
    row = connection.execute(
        "SELECT v.old_value FROM journal_entries e JOIN journal_values v ON v.seq = e.seq"
        " WHERE e.entity_uid = ? AND e.field = 'status' AND v.new_value = 'snoozed'"
        " ORDER BY e.seq DESC LIMIT 1",
        (uid,),
    ).fetchone()
    return row[0] if row and row[0] in ("new", "open") else "open"
