"""The mood of a ticket: tone, haste and risks of the customer's newest message.

Derived from the message, and can be read again, but for what an agent said of it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from deskterm.store import urgency
from deskterm.store.transaction import Transaction

#: The condition that a message is the customer's newest one, and that they wait for an answer.
SPEAKS = (
    "m.direction = 'inbound' AND m.automatic IS NULL AND t.waiting_since IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM messages n WHERE n.ticket_id = m.ticket_id AND n.id > m.id"
    " AND n.direction = 'inbound' AND n.automatic IS NULL)"
)
#: What an agent sets when they correct a mood; undo puts it back.
CORRECTED = ("tone", "urgent", "risks", "mood_settled")


@dataclass(frozen=True, slots=True)
class ReadMood:
    """What was read in the message `message` of a ticket.

    Args:
        spans: by `tone`, `urgent` and the name of a risk, places in what is shown of the message.
    """

    message: int
    ticket_id: int
    tone: str
    urgent: bool
    risks: tuple[str, ...]
    spans: Mapping[str, Sequence[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class TicketMood:
    """The mood of a ticket. `said` has the customer's words for the tone, for haste and for each
    risk; nothing for what an agent said.
    """

    tone: str
    urgent: bool
    risks: tuple[str, ...]
    said: Mapping[str, tuple[str, ...]]


def save(tx: Transaction, found: Sequence[ReadMood]) -> None:
    """Keep moods with their tickets, but for those of messages that an agent has judged, and work
    out anew how pressing these are.
    """
    tx.executemany(
        "UPDATE tickets SET tone = ?, urgent = ?, risks = ?, mood_spans = ?, mood_message = ?"
        " WHERE id = ? AND coalesce(mood_settled, 0) < ? AND coalesce(mood_message, 0) <= ?",
        [
            (
                mood.tone,
                int(mood.urgent),
                stored_risks(mood.risks),
                json.dumps(mood.spans),
                mood.message,
                mood.ticket_id,
                mood.message,
                mood.message,
            )
            for mood in found
        ],
    )
    urgency.refresh(tx, (mood.ticket_id for mood in found))


def forget_moved(tx: Transaction, tickets: Iterable[int]) -> None:
    """Let go of moods that were read in messages which stand on other tickets now."""
    tx.execute(
        "UPDATE tickets SET tone = 'neutral', urgent = 0, risks = '', mood_spans = NULL,"
        " mood_message = NULL WHERE id IN (SELECT value FROM json_each(?))"
        " AND coalesce(mood_settled, 0) < mood_message AND NOT EXISTS"
        " (SELECT 1 FROM messages m WHERE m.id = mood_message AND m.ticket_id = tickets.id)",
        (json.dumps(list(tickets)),),
    )


def unread(connection: sqlite3.Connection, tickets: Iterable[int]) -> list[sqlite3.Row]:
    """The messages that give these tickets their mood and were not read for it."""
    return connection.execute(
        "SELECT m.id, m.body, m.shown, m.ticket_id, 1 AS speaks FROM messages m"
        " JOIN tickets t ON t.id = m.ticket_id"
        " WHERE m.ticket_id IN (SELECT value FROM json_each(?)) AND m.derived = 1"
        f" AND t.mood_message IS NOT m.id AND {SPEAKS}",
        (json.dumps(list(tickets)),),
    ).fetchall()


def stored_risks(risks: Sequence[str]) -> str:
    """Risks as the column holds them."""
    return f" {' '.join(risks)} " if risks else ""


def mood_of_ticket(connection: sqlite3.Connection, ticket_id: int) -> TicketMood | None:
    """The mood of a ticket; None where nothing was read yet."""
    row = connection.execute(
        "SELECT t.tone, t.urgent, t.risks, t.mood_spans, t.mood_message, t.mood_settled,"
        " coalesce(m.shown, m.body, '') AS text FROM tickets t"
        " LEFT JOIN messages m ON m.id = t.mood_message WHERE t.id = ?",
        (ticket_id,),
    ).fetchone()
    if row is None or (row["mood_message"] is None and row["mood_settled"] is None):
        return None
    spans = json.loads(row["mood_spans"]) if row["mood_spans"] else {}
    if (row["mood_settled"] or 0) >= (row["mood_message"] or 0):
        stands = {*row["risks"].split(), *(["urgent"] if row["urgent"] else [])}
        spans = {what: places for what, places in spans.items() if what in stands}
    said = {
        what: tuple(row["text"][start:end] for start, end in places)
        for what, places in spans.items()
    }
    return TicketMood(row["tone"], bool(row["urgent"]), tuple(row["risks"].split()), said)
