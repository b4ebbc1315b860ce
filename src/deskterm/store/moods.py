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
_COLUMNS = (*CORRECTED, "mood_spans", "mood_message")
_NOTHING = ("neutral", 0, "", None, None, None)
_SET = f"UPDATE tickets SET {', '.join(f'{name} = ?' for name in _COLUMNS)}"
#: What an agent said of a message stands on the row, and nothing was read since.
_SAID = "coalesce(mood_settled, 0) >= coalesce(mood_message, 1)"
#: These tickets and all that are merged into them, with the customer's newest message on each.
_FAMILIES = (
    "WITH RECURSIVE family (id) AS (SELECT value FROM json_each(?) UNION"
    " SELECT k.id FROM tickets k JOIN family f ON k.merged_into_id = f.id)"
    f" SELECT id, {', '.join(_COLUMNS)}, {_SAID} AS is_said, merged_into_id IS NOT NULL AS rests,"
    " (SELECT max(m.id) FROM messages m WHERE m.ticket_id = tickets.id AND m.automatic IS NULL"
    " AND m.direction = 'inbound') AS newest FROM tickets JOIN family USING (id)"
)


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


def follow_messages(tx: Transaction, tickets: Iterable[int]) -> None:
    """Bring moods after messages that stand on other tickets now: what an agent said of them goes
    along, what was read in them is let go of.
    """
    held = list(tickets)
    _hand_over(tx, held)
    tx.execute(
        f"{_SET} WHERE id IN (SELECT value FROM json_each(?))"
        " AND coalesce(mood_settled, mood_message) IS NOT NULL"
        f" AND NOT (merged_into_id IS NOT NULL AND {_SAID})"
        " AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.ticket_id = tickets.id"
        " AND m.id = max(coalesce(mood_settled, 0), coalesce(mood_message, 0)))",
        (*_NOTHING, json.dumps(held)),
    )


def _hand_over(tx: Transaction, tickets: Sequence[int]) -> None:
    """Give each ticket what an agent said of the customer's newest message on it.

    A row has room for one message. What was said of another one than the newest rests with a ticket
    that is merged into this one, and is at hand when they are taken apart.
    """
    rows = sorted(tx.all(_FAMILIES, (json.dumps(tickets),)), key=lambda row: not row["rests"])
    said = {row["mood_settled"]: row for row in rows if row["is_said"]}
    gets = {
        row["id"]: said.pop(row["newest"])
        for row in rows
        if not row["rests"] and row["newest"] in said
    }
    keeping = {row["id"] for row in said.values()}
    places = [row["id"] for row in rows if row["rests"] and row["id"] not in keeping]
    gets |= zip(places, (row for row in said.values() if not row["rests"]), strict=False)
    bare = {row["id"] for row in gets.values()} - gets.keys()
    tx.executemany(
        f"{_SET} WHERE id = ?",
        [
            *((*(row[name] for name in _COLUMNS), ticket_id) for ticket_id, row in gets.items()),
            *((*_NOTHING, ticket_id) for ticket_id in bare),
        ],
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
