"""Reading for lists on a screen: ids in order, and the rows of those that are looked at."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from deskterm.store.urgency_tables import RANK as _RANK
from deskterm.store.where import NEEDS_US, Compiled

#: Tickets that a search for words gives at most; the newest ones.
MOST_FOUND = 20_000

#: Who waits comes first: `~` sorts behind every time. Indexes of the same words keep the order.
WAITING = "coalesce(t.waiting_since, '~' || t.last_message_at)"

#: Who is to be answered first: who waits longest, but what is pressing counts as waiting longer.
RANK = _RANK.format(t="t.")

#: By name: from where, on what condition, in which order. The index that `waking` names is not
#: found by itself, as that of the status looks better before the sorting is counted.
ORDERS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "urgent": ("tickets t", "1", f"{RANK}, t.id"),
        "waiting": ("tickets t", "1", f"{WAITING}, t.id"),
        "newest": ("tickets t", "1", "t.last_message_at DESC, t.id DESC"),
        "waking": (
            "tickets t INDEXED BY tickets_snoozed",
            "t.snoozed_until IS NOT NULL",
            "t.snoozed_until, t.id",
        ),
    }
)

#: Characters of JSON that are read at a time.
_PIECE = 1 << 16
_FIRST_HITS = 256
_MOST_HITS = 16_384
#: Where a ticket stands among those that need us; of one that has just been dealt with, where it
#: stood.
_PLACE = (
    f"SELECT {RANK}, t.id FROM (SELECT id, urgency, last_message_at, coalesce(waiting_since,"
    " (SELECT max(m.received_at) FROM messages m WHERE m.ticket_id = tickets.id"
    " AND m.direction = 'inbound' AND m.automatic IS NULL)) AS waiting_since"
    " FROM tickets WHERE id = ?) t"
)
_ROW = (
    "SELECT t.id, t.ref, t.channel, a.name AS account, t.customer_name, t.subject, t.preview,"
    f" t.status, {NEEDS_US} AS needs_us, t.unread, t.assignee, t.waiting_since, t.snoozed_until,"
    " t.priority, t.contact_reason, t.tone, t.risks, t.urgency_causes, t.window_ends_at,"
    " t.last_message_at, t.outgoing, t.attention, EXISTS (SELECT 1 FROM drafts d"
    " WHERE d.ticket_id = t.id AND d.state = 'open') AS has_draft"
    " FROM tickets t JOIN accounts a ON a.id = t.account_id"
)


def ids_in_order(
    connection: sqlite3.Connection, query: Compiled, order: str, limit: int | None = None
) -> array[int]:
    """The ids of the tickets that fit, in one of `ORDERS`.

    What fits words comes by its newest hit instead, at most `MOST_FOUND` of it.
    """
    if query.match is not None:
        from deskterm.store.beginnings import spelled_out  # milliseconds that no view needs

        most = MOST_FOUND if limit is None else min(limit, MOST_FOUND)
        return tickets_of_hits(connection, query, spelled_out(connection, query.match), most)
    values = (*query.values, -1 if limit is None else limit)
    # One long step leaves Python to other threads, and JSON is the quickest way for many numbers.
    row = connection.execute(
        f"SELECT json_group_array(id) FROM ({statement(query, order)})", values
    ).fetchone()
    return _numbers(row[0])


def _numbers(text: str) -> array[int]:
    """Numbers from JSON, in pieces, so that a screen in another thread has its turn."""
    numbers = array("I")
    start, end = 1, len(text) - 1
    while start < end:
        stop = text.find(",", start + _PIECE, end)
        stop = end if stop < 0 else stop
        numbers.extend(json.loads(f"[{text[start:stop]}]"))
        start = stop + 1
    return numbers


def statement(query: Compiled, order: str) -> str:
    """The statement for the ids of what fits; its last value is the most that are wanted."""
    source, condition, key = ORDERS[order]
    return f"SELECT t.id FROM {source} WHERE {query.where} AND {condition} ORDER BY {key} LIMIT ?"


def tickets_of_hits(
    connection: sqlite3.Connection, query: Compiled, match: str, limit: int
) -> array[int]:
    """Walk the hits from the newest on, in growing steps, until enough tickets are together."""
    found: dict[int, None] = {}
    below, step = 1 << 62, _FIRST_HITS
    while len(found) < limit:
        hits = connection.execute(
            "SELECT s.rowid, t.id FROM search s JOIN messages m ON m.id = s.rowid"
            " JOIN tickets t ON t.id = m.ticket_id"
            f" WHERE search MATCH ? AND s.rowid < ? AND {query.where}"
            " ORDER BY s.rowid DESC LIMIT ?",
            (match, below, *query.values, step),
        )
        count = 0
        for hit in hits:  # one by one: so many rows at once would stay in memory
            below = hit[0]
            found[hit[1]] = None
            count += 1
        if count < step:
            break
        step = min(4 * step, _MOST_HITS)
    return array("I", list(found)[:limit])


def list_rows(connection: sqlite3.Connection, ids: Sequence[int]) -> list[sqlite3.Row]:
    """The rows of these tickets, in this order; those that are no more are left out."""
    rows = connection.execute(
        f"{_ROW} WHERE t.id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)
    ).fetchall()
    found = {row["id"]: row for row in rows}
    return [found[one] for one in ids if one in found]


def has_messages(connection: sqlite3.Connection) -> bool:
    """Whether there is any message."""
    return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM messages)").fetchone()[0])


def id_of(connection: sqlite3.Connection, ref: str) -> int | None:
    """The ticket of a reference."""
    row = connection.execute("SELECT id FROM tickets WHERE ref = ?", (ref,)).fetchone()
    return int(row[0]) if row else None


def refs_of(connection: sqlite3.Connection, ids: Sequence[int]) -> list[str]:
    """The references of tickets, in this order; those that are no more are left out."""
    rows = connection.execute(
        "SELECT id, ref FROM tickets WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    ).fetchall()
    found = {row[0]: str(row[1]) for row in rows}
    return [found[one] for one in ids if one in found]


def others_of_customer(connection: sqlite3.Connection, ticket_id: int, most: int) -> list[int]:
    """Other tickets of the same customer, the one that moved last first."""
    rows = connection.execute(
        "SELECT t.id FROM tickets t WHERE t.id != ?1 AND t.merged_into_id IS NULL"
        " AND t.customer_id = (SELECT customer_id FROM tickets WHERE id = ?1)"
        " ORDER BY +t.last_message_at DESC, t.id DESC LIMIT ?2",
        (ticket_id, most),
    ).fetchall()
    return [int(row[0]) for row in rows]


def next_needing_us(
    connection: sqlite3.Connection, after: int | None, direction: Literal[1, -1]
) -> int | None:
    """The ticket in which it is our turn that comes next, or before; round at the ends."""
    way, compared = ("ASC", ">") if direction == 1 else ("DESC", "<")
    # Of a pair no index is used for an expression, so the first of it stands there by itself too.
    beyond = f"{RANK} {compared}= ? AND ({RANK}, t.id) {compared} (?, ?)"
    order = f"ORDER BY {RANK} {way}, t.id {way} LIMIT 1"
    place = connection.execute(_PLACE, (after,)).fetchone()
    if place is not None:
        row = connection.execute(
            f"SELECT t.id FROM tickets t WHERE {NEEDS_US} AND {beyond} {order}",
            (place[0], *place),
        ).fetchone()
        if row is not None:
            return int(row[0])
    row = connection.execute(
        f"SELECT t.id FROM tickets t WHERE {NEEDS_US} AND t.id IS NOT ? {order}", (after,)
    ).fetchone()
    return int(row[0]) if row else None


def values_of(connection: sqlite3.Connection, field: str, most: int) -> list[str]:
    """Values that stand in a field of the query language, in alphabetical order."""
    statement = _VALUES.get(field)
    if statement is None:
        return []
    return _texts(connection.execute(statement, (most,)).fetchall())


def _texts(rows: Iterable[sqlite3.Row]) -> list[str]:
    return [row[0] for row in rows]


def _distinct(table: str, column: str, condition: str = "1") -> str:
    """Every value of an indexed column by one look at the index for each."""
    least = f"SELECT min({column}) FROM {table} WHERE {condition}"
    return (
        f"WITH RECURSIVE found(value) AS ({least} UNION ALL SELECT ({least} AND {column} > value)"
        " FROM found WHERE value IS NOT NULL)"
        " SELECT value FROM found WHERE value IS NOT NULL LIMIT ?"
    )


_VALUES: Mapping[str, str] = MappingProxyType(
    {
        "account": "SELECT name FROM accounts WHERE removed_at IS NULL ORDER BY name LIMIT ?",
        "channel": "SELECT DISTINCT channel FROM accounts ORDER BY channel LIMIT ?",
        "tag": _distinct("ticket_tags", "tag"),
        "assignee": _distinct(
            "tickets", "assignee", "status NOT IN ('resolved', 'closed', 'spam')"
        ),
    }
)
