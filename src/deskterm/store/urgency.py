"""The urgency of tickets (`deskterm.domain.urgency`), kept beside what it follows from.

It is derived: no journal has it, and it is worked out anew when one of its causes changes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Final

from deskterm.domain.clock import from_text, to_text
from deskterm.domain.urgency import CURRENCIES, Pressing, urgency_of
from deskterm.store.transaction import Transaction

#: Fields of a ticket that it follows from.
FOLLOWS_FROM: Final = frozenset({"tone", "urgent", "risks", "priority", "contact_reason"})

_KNOWN = (
    "SELECT t.id, t.tone, t.urgent, t.risks, t.priority, t.window_ends_at,"
    " coalesce(t.contact_reason, CASE WHEN t.reason_sure THEN t.suggested_reason END) AS reason,"
    " t.urgency, t.urgency_causes, t.urgency_until,"
    " (SELECT max(o.total) FROM ticket_orders l JOIN orders o ON o.id = l.order_id"
    " AND o.currency IN (SELECT value FROM json_each(?1))"
    " WHERE l.ticket_id = t.id AND l.revoked_at IS NULL) AS worth"
    " FROM tickets t WHERE t.id IN (SELECT value FROM json_each(?2))"
)
_WORTH_IN = json.dumps(sorted(CURRENCIES))
#: Tickets that one turn of time is worked out for.
_MOST = 500


def refresh(tx: Transaction, tickets: Iterable[int]) -> None:
    """Work out anew how pressing tickets are."""
    ids = sorted(set(tickets))
    if not ids:
        return
    changed = []
    for row in tx.all(_KNOWN, (_WORTH_IN, json.dumps(ids))):
        found = urgency_of(_pressing(row), tx.moment)
        until = to_text(found.holds_until) if found.holds_until else None
        fresh = (found.score, " ".join(found.causes), until)
        if fresh != (row["urgency"], row["urgency_causes"], row["urgency_until"]):
            changed.append((*fresh, row["id"]))
    tx.executemany(
        "UPDATE tickets SET urgency = ?, urgency_causes = ?, urgency_until = ? WHERE id = ?",
        changed,
    )


def note_windows(tx: Transaction, ends: Mapping[int, str | None]) -> None:
    """Keep until when tickets can be answered, as stored times; None: their channel knows none."""
    tx.executemany(
        "UPDATE tickets SET window_ends_at = ?1 WHERE id = ?2 AND window_ends_at IS NOT ?1",
        [(end, ticket_id) for ticket_id, end in ends.items()],
    )


def turn(tx: Transaction) -> None:
    """Work out anew what time alone has changed, some of it."""
    due = tx.all(
        "SELECT id FROM tickets WHERE urgency_until <= ? ORDER BY urgency_until LIMIT ?",
        (tx.now, _MOST),
    )
    refresh(tx, (row[0] for row in due))


def next_turn(tx: Transaction) -> str | None:
    """When time alone changes one of them next, as a stored time."""
    row = tx.one("SELECT min(urgency_until) FROM tickets WHERE urgency_until IS NOT NULL")
    return None if row is None else row[0]


def _pressing(row: sqlite3.Row) -> Pressing:
    return Pressing(
        tone=row["tone"],
        haste=bool(row["urgent"]),
        risks=tuple(row["risks"].split()),
        priority=row["priority"],
        reason=row["reason"],
        worth=row["worth"] or 0,
        closes_at=from_text(row["window_ends_at"]) if row["window_ends_at"] else None,
    )
