"""Placing arrivals: every message once, in its thread, on its ticket, with the turn updated."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from deskterm.domain.arrival import Arrival
from deskterm.store import threading, ticket_orders, tombstones, turns
from deskterm.store.rowids import RowIds
from deskterm.store.tombstones import Identity
from deskterm.store.transaction import Transaction

#: zlib's fastest level: mail shrinks to a third, and storing stays bound by the disk.
_ZLIB_LEVEL = 1


def pack(raw: bytes) -> bytes:
    """A raw message as it is stored."""
    return zlib.compress(raw, _ZLIB_LEVEL)


@dataclass(slots=True)
class Placed:
    """What came of a batch: rows of new messages, tickets touched, how many were known, and how
    many were left out because their customer was erased since.
    """

    messages: list[int] = field(default_factory=list)
    tickets: set[int] = field(default_factory=set)
    known: int = 0
    erased: int = 0


def place(
    tx: Transaction,
    account_id: int,
    channel: str,
    arrivals: Sequence[Arrival],
    rowids: RowIds,
    mailbox_id: int | None = None,
) -> Placed:
    """Store what is new among `arrivals` and note new locations of what is known.

    A repeat changes nothing: it does not reopen, notify or trigger. `mailbox_id` is the account
    in whose folders the mails lie, where that is another one.
    """
    placed = Placed()
    lie_in = mailbox_id or account_id
    arrivals, placed.erased = _without_erased(tx, arrivals)
    fresh, twins, repeats = _without_known(tx, account_id, arrivals)
    placed.known = len(repeats) + len(twins)
    _note_places(tx, lie_in, repeats)
    if not fresh:
        return placed
    fresh.sort(key=lambda arrival: (arrival.received_s, arrival.received_at))
    threads = threading.Threads(tx, account_id, channel, fresh)
    ids = rowids.take(tx, [arrival.received_s for arrival in fresh])
    found = [threads.find(arrival) for arrival in fresh]
    threads.flush()
    rows = [
        (arrival, row, threads.now(place))
        for arrival, row, place in zip(fresh, ids, found, strict=True)
    ]
    _insert_messages(tx, account_id, rows)
    _insert_beside(tx, rows)
    row_of = {arrival.remote_id: row for arrival, row, _ in rows}
    lying = [(twin, row_of[remote_id]) for twin, remote_id in twins]
    _note_places(tx, lie_in, [(arrival, row) for arrival, row, _ in rows] + lying)
    placed.messages = ids
    placed.tickets = {thread.ticket_id for _, _, thread in rows}
    turns.update(tx, rows)
    ticket_orders.match_tickets(tx, placed.tickets)
    return placed


def _without_erased(tx: Transaction, arrivals: Sequence[Arrival]) -> tuple[Sequence[Arrival], int]:
    """What is of nobody who was erased after it came, and how much is."""
    stones = tombstones.load(tx.connection)
    skipped = [
        identity
        for arrival in arrivals
        if stones.covers(identity := party_of(arrival), arrival.received_at)
    ]
    if not skipped:
        return arrivals, 0
    tombstones.note_skipped(tx, stones, skipped)
    kept = [a for a in arrivals if not stones.covers(party_of(a), a.received_at)]
    return kept, len(skipped)


def party_of(arrival: Arrival) -> Identity:
    """Whose message an arrival is."""
    return Identity(arrival.party_kind, arrival.party)


def _without_known(
    tx: Transaction, account_id: int, arrivals: Sequence[Arrival]
) -> tuple[list[Arrival], list[tuple[Arrival, str]], list[tuple[Arrival, int]]]:
    """What is new, further copies of it in the same batch with the id of the first, and what is
    known with its row.
    """
    known = _known_rows(tx, account_id, [a.remote_id for a in arrivals])
    ours = _own_sent(tx, account_id, arrivals)
    fresh: dict[str, Arrival] = {}
    sent: dict[str, str] = {}
    twins: list[tuple[Arrival, str]] = []
    repeats = []
    for arrival in arrivals:
        own_id = arrival.message_id if arrival.direction == "outbound" else None
        row = known.get(arrival.remote_id, ours.get(own_id or ""))
        first = arrival.remote_id if arrival.remote_id in fresh else sent.get(own_id or "")
        if row is not None:
            repeats.append((arrival, row))
        elif first is not None:
            twins.append((arrival, first))
        else:
            fresh[arrival.remote_id] = arrival
            if own_id:
                sent[own_id] = arrival.remote_id
    return list(fresh.values()), twins, repeats


def _known_rows(tx: Transaction, account_id: int, remote_ids: Sequence[str]) -> dict[str, int]:
    rows = tx.all(
        "SELECT remote_id, id FROM messages WHERE account_id = ?"
        " AND remote_id IN (SELECT value FROM json_each(?))",
        (account_id, json.dumps(remote_ids)),
    )
    return {row[0]: row[1] for row in rows}


def _own_sent(tx: Transaction, account_id: int, arrivals: Iterable[Arrival]) -> dict[str, int]:
    """Our own replies come back from the Sent folder, sometimes with other bytes."""
    wanted = [a.message_id for a in arrivals if a.direction == "outbound" and a.message_id]
    if not wanted:
        return {}
    # The sign keeps the look-up off the account's index, which holds all of its messages.
    rows = tx.all(
        "SELECT message_id, id FROM messages WHERE direction = 'outbound' AND +account_id = ?"
        " AND message_id IN (SELECT value FROM json_each(?))",
        (account_id, json.dumps(wanted)),
    )
    return {row[0]: row[1] for row in rows}


def _insert_messages(
    tx: Transaction, account_id: int, rows: Sequence[tuple[Arrival, int, threading.Place]]
) -> None:
    tx.executemany(
        "INSERT INTO messages (id, ticket_id, thread_id, account_id, remote_id, direction,"
        " author_kind, author_name, author_address, subject, body, derived, sent_at, received_at,"
        " automatic, answered, message_id, mail, unreadable)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?,0,?,?,?,?,?,?,?)",
        [
            (
                row,
                thread.ticket_id,
                thread.thread_id,
                account_id,
                a.remote_id,
                a.direction,
                a.author_kind,
                a.author_name,
                a.author_address,
                a.subject.text,
                a.body,
                a.sent_at,
                a.received_at,
                a.automatic,
                int(a.answered),
                a.message_id,
                a.mail,
                a.unreadable,
            )
            for a, row, thread in rows
        ],
    )
    # One statement for all: meanwhile the other threads of the process run.
    tx.execute(
        "INSERT INTO search (rowid, subject, body, author_name)"
        " SELECT id, subject, body, author_name FROM messages"
        " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps([row for _, row, _ in rows]),),
    )


def _insert_beside(tx: Transaction, rows: Sequence[tuple[Arrival, int, threading.Place]]) -> None:
    tx.executemany(
        "INSERT INTO raw_messages (message_row, format, size, content) VALUES (?,?,?,?)",
        [(row, a.raw_format, len(a.raw), a.packed or pack(a.raw)) for a, row, _ in rows if a.raw],
    )
    tx.executemany(
        "INSERT INTO attachments (message_row, path, filename, mime, size, digest, inline)"
        " VALUES (?,?,?,?,?,?,?)",
        [
            (row, f.path, f.filename, f.mime, f.size, f.digest, int(f.inline))
            for a, row, _ in rows
            for f in a.attachments
        ],
    )


def _note_places(tx: Transaction, account_id: int, places: Sequence[tuple[Arrival, int]]) -> None:
    """Where copies lie. What had left the server and lies there again is no longer gone."""
    tx.executemany(
        "INSERT OR REPLACE INTO mail_places (account_id, folder, uidvalidity, uid, message_row)"
        " VALUES (?,?,?,?,?)",
        [
            (account_id, a.location.folder, a.location.uidvalidity, a.location.uid, row)
            for a, row in places
            if a.location
        ],
    )
    tx.execute(
        "UPDATE messages SET gone_at = NULL WHERE gone_at IS NOT NULL"
        " AND id IN (SELECT value FROM json_each(?))",
        (json.dumps([row for a, row in places if a.location]),),
    )
