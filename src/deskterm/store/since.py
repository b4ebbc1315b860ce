"""What has happened since a time, in figures."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from deskterm.domain.clock import to_text
from deskterm.domain.outbox import NEEDS_US, DeliveryState

_ASKING = ", ".join(f"'{state}'" for state in DeliveryState if state in NEEDS_US)
_WITH = (
    "SELECT count(DISTINCT t.id) FROM tickets t JOIN messages m ON m.ticket_id = t.id"
    " WHERE t.last_message_at >= :at AND m.received_at >= :at AND m.direction = "
)


def happened_since(connection: sqlite3.Connection, at: datetime) -> tuple[int, int, int]:
    """Tickets with something new of a customer, tickets that were answered, and replies that did
    not go out and ask something.
    """
    row: tuple[int, int, int] = tuple(
        connection.execute(
            f"SELECT ({_WITH} 'inbound'), ({_WITH} 'outbound'),"
            f" (SELECT count(*) FROM outbox_items WHERE state IN ({_ASKING})"
            " AND state NOT IN ('sent', 'withdrawn')"
            " AND coalesce(ended_at, started_at, created_at) >= :at)",
            {"at": to_text(at)},
        ).fetchone()
    )
    return row
