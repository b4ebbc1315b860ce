"""Reading for what stands around the list: figures, outbox, accounts."""

from __future__ import annotations

import sqlite3

from deskterm.domain.outbox import NEEDS_US, DeliveryState
from deskterm.store.where import NEEDS_US as TICKET_NEEDS_US
from deskterm.store.where import UNRESOLVED

#: The name of the moment at which all sending was stopped, among the values of the file.
PAUSED = "outbox_paused"

_ASKING = ", ".join(f"'{state}'" for state in DeliveryState if state in NEEDS_US)
_NOT_ENDED = "state NOT IN ('sent', 'withdrawn')"


def revision(connection: sqlite3.Connection) -> int:
    """Number of the last commit."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'revision'").fetchone()
    return int(row[0]) if row else 0


def figures(connection: sqlite3.Connection, agent: str, now: str) -> sqlite3.Row:
    """The counts of the status line, when the next held reply leaves, and when the next window for
    an answer closes on a ticket that needs us.
    """
    row: sqlite3.Row = connection.execute(
        f"SELECT (SELECT count(*) FROM tickets t WHERE {TICKET_NEEDS_US}) AS needs_us,"
        f" (SELECT count(*) FROM tickets t WHERE t.assignee IS ? AND {UNRESOLVED}) AS mine,"
        " (SELECT count(*) FROM tickets WHERE status = 'snoozed') AS snoozed,"
        f" (SELECT count(*) FROM outbox_items WHERE {_NOT_ENDED}) AS outbox,"
        f" (SELECT count(*) FROM outbox_items WHERE state IN ({_ASKING}) AND {_NOT_ENDED})"
        " AS asking,"
        " (SELECT count(*) FROM messages) AS messages,"
        f" (SELECT min(hold_until) FROM outbox_items WHERE state = 'held' AND {_NOT_ENDED})"
        " AS next_hold,"
        " (SELECT t.window_ends_at FROM tickets t INDEXED BY tickets_window"
        f" WHERE t.window_ends_at > ? AND {TICKET_NEEDS_US} ORDER BY t.window_ends_at LIMIT 1)"
        " AS next_due,"
        " EXISTS (SELECT 1 FROM meta WHERE name = ?) AS paused",
        (agent, now, PAUSED),
    ).fetchone()
    return row


def outgoing(connection: sqlite3.Connection, most: int) -> list[sqlite3.Row]:
    """What has not left: first what asks something, then in the order of writing."""
    return connection.execute(
        "SELECT o.*, t.ref, t.channel, t.customer_name FROM outbox_items o"
        f" JOIN tickets t ON t.id = o.ticket_id WHERE o.{_NOT_ENDED}"
        f" ORDER BY o.state NOT IN ({_ASKING}), o.id LIMIT ?",
        (most,),
    ).fetchall()


def account_states(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """Every account in use with its health, its open tickets and what was set aside."""
    return connection.execute(
        "WITH open_tickets AS (SELECT t.account_id, count(*) AS number"
        f" FROM tickets t INDEXED BY tickets_owner WHERE {UNRESOLVED} GROUP BY t.account_id)"
        " SELECT a.name, a.channel, h.state, h.text, h.until_at, h.synced_at, h.changed_at,"
        " coalesce(o.number, 0) AS tickets,"
        " (SELECT count(*) FROM quarantine q WHERE q.account_id = a.id) AS quarantined"
        " FROM accounts a LEFT JOIN account_health h ON h.account_id = a.id"
        " LEFT JOIN open_tickets o ON o.account_id = a.id"
        " WHERE a.removed_at IS NULL ORDER BY a.id"
    ).fetchall()
