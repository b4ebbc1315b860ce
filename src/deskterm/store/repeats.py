"""Sentences that agents type again and again: how often, where, and what became of each.

A sentence is known by a digest. Its text is kept from the second time on, with variables in place
of values, and only where nothing of a person is left in it.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from deskterm.domain.clock import to_text
from deskterm.store.transaction import Transaction

#: From so many times on a sentence is worth a macro.
OFTEN: Final = 3
#: What is typed once and then for so long not again is forgotten, so many at a time.
_KEEP_ONCE: Final = timedelta(days=90)
_FORGET_AT_ONCE: Final = 50
_DIGEST_BYTES: Final = 16

#: Empty: it may become a macro; it was made one; nobody wants to hear of it.
RepeatState = Literal["", "made", "never"]


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence on its way out.

    Args:
        form: what is the same for all that say the same.
        source: its text with variables; empty where something of a person may stand in it.
        whole: whether it is a whole reply.
    """

    form: str
    source: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Where:
    """The reply that sentences stand in."""

    item_uid: str
    ticket_id: int
    language: str
    channel_kind: str
    author: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """A sentence that was typed again.

    Args:
        source: with variables; empty: not kept.
        times: how often it was typed, by everybody.
        mine: how often by the agent who asks.
        kinds: kinds of channels, with how often.
        macro: that it became.
    """

    uid: str
    source: str
    language: str
    whole: bool
    state: str
    macro: str
    times: int
    mine: int = 0
    kinds: tuple[tuple[str, int], ...] = ()


# Writing


def count(tx: Transaction, written: Sequence[Written], where: Where) -> list[Repeat]:
    """Count the sentences of a reply, each once; those that the author is to be told of now, the
    whole reply first.
    """
    _forget_old(tx)
    key = _key(tx.connection)
    found = [_count(tx, one, where, key) for one in written]
    due = [(row, mine) for row, mine in found if mine >= OFTEN and _is_due(row)]
    for row, _ in due:
        tx.execute("UPDATE repeats SET told = 1 WHERE id = ?", (row["id"],))
    due.sort(key=lambda pair: (-pair[0]["whole"], -pair[1]))
    return [_repeat(row, times=mine, mine=mine) for row, mine in due]


def _is_due(row: sqlite3.Row) -> bool:
    return bool(row["source"]) and not row["state"] and not row["told"]


def _count(tx: Transaction, one: Written, where: Where, key: bytes) -> tuple[sqlite3.Row, int]:
    digest = hashlib.blake2b(one.form.encode(), key=key, digest_size=_DIGEST_BYTES).hexdigest()
    before = tx.one("SELECT id, source, state FROM repeats WHERE digest = ?", (digest,))
    if before is None:
        tx.execute(
            "INSERT INTO repeats (uid, digest, language, whole, first_at, last_at)"
            " VALUES (?,?,?,?,?,?)",
            (tx.new_uid(), digest, where.language, int(one.whole), tx.now, tx.now),
        )
    else:
        tx.execute(
            "UPDATE repeats SET last_at = ?, source = ? WHERE id = ?",
            # What a macro was made of stays, so that undo knows its file.
            (
                tx.now,
                before["source"] if before["state"] else _better(before["source"], one.source),
                before["id"],
            ),
        )
    row = tx.one("SELECT * FROM repeats WHERE digest = ?", (digest,))
    if row is None:
        raise LookupError("a row that was just written is gone")
    tx.execute(
        "INSERT INTO repeat_uses (repeat_id, item_uid, ticket_id, channel_kind, author)"
        " VALUES (?,?,?,?,?)",
        (row["id"], where.item_uid, where.ticket_id, where.channel_kind, where.author),
    )
    mine = tx.execute(
        "SELECT count(*) FROM repeat_uses WHERE repeat_id = ? AND author = ?",
        (row["id"], where.author),
    ).fetchone()[0]
    return row, int(mine)


def _better(before: str, now: str) -> str:
    """Of two texts that say the same the one that asks for less."""
    if not before or not now:
        return before or now
    return now if now.count("{{?") < before.count("{{?") else before


def take_back(tx: Transaction, item_uid: str) -> None:
    """A reply was taken back: what stands in it was not typed."""
    _uncount(tx, "item_uid = ?", item_uid)


def forget_customer(tx: Transaction, customer_id: int) -> int:
    """Subtract everything that was typed to a customer; returns how often something was. A sentence
    that nobody else was told is gone from the file afterwards.
    """
    return _uncount(tx, "ticket_id IN (SELECT id FROM tickets WHERE customer_id = ?)", customer_id)


def set_state(tx: Transaction, uid: str, state: RepeatState, macro: str = "") -> None:
    """It became a macro, nobody wants to hear of it, or neither any more."""
    tx.execute("UPDATE repeats SET state = ?, macro = ? WHERE uid = ?", (state, macro, uid))


def _uncount(tx: Transaction, where: str, value: str | int) -> int:
    ids = {row[0] for row in tx.all(f"SELECT repeat_id FROM repeat_uses WHERE {where}", (value,))}
    gone = tx.execute(f"DELETE FROM repeat_uses WHERE {where}", (value,)).rowcount
    for repeat_id in ids:
        (left,) = tx.execute(
            "SELECT count(*) FROM repeat_uses WHERE repeat_id = ?", (repeat_id,)
        ).fetchone()
        if left < 2:
            tx.execute(
                "UPDATE repeats SET source = '', told = 0 WHERE id = ? AND state = ''",
                (repeat_id,),
            )
        if not left:
            tx.execute("DELETE FROM repeats WHERE id = ? AND state = ''", (repeat_id,))
    return gone


def _forget_old(tx: Transaction) -> None:
    """Let go of what was typed once and never again."""
    before = to_text(tx.moment - _KEEP_ONCE)
    old = tx.all(
        "SELECT id FROM repeats r WHERE last_at < ? AND first_at = last_at AND state = ''"
        " ORDER BY last_at LIMIT ?",
        (before, _FORGET_AT_ONCE),
    )
    for row in old:
        tx.execute("DELETE FROM repeat_uses WHERE repeat_id = ?", (row["id"],))
        tx.execute("DELETE FROM repeats WHERE id = ?", (row["id"],))


def _key(connection: sqlite3.Connection) -> bytes:
    """Digests of one database say nothing about those of another."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'replica'").fetchone()
    return str(row[0]).encode()[:64]


# Reading


def often(
    connection: sqlite3.Connection, author: str, least: int = OFTEN, limit: int = 100
) -> list[Repeat]:
    """What was typed so often, has a text and is neither a macro nor unwanted; most often first."""
    rows = connection.execute(
        "SELECT r.*, count(*) AS times, sum(u.author = ?1) AS mine FROM repeats r"
        " JOIN repeat_uses u ON u.repeat_id = r.id WHERE r.source <> '' AND r.state = ''"
        " GROUP BY r.id HAVING times >= ?2 ORDER BY times DESC, r.last_at DESC, r.id LIMIT ?3",
        (author, least, limit),
    ).fetchall()
    return [
        _repeat(row, times=row["times"], mine=row["mine"], kinds=_kinds(connection, row["id"]))
        for row in rows
    ]


def by_uid(connection: sqlite3.Connection, uid: str) -> Repeat | None:
    """One of them, by its uid or the unmistakable end of it."""
    end = uid.strip().lower()
    rows = connection.execute(
        "SELECT * FROM repeats WHERE uid = ?1"
        " OR (length(?1) >= 4 AND substr(uid, -length(?1)) = ?1) LIMIT 2",
        (end,),
    ).fetchall()
    if len(rows) != 1:
        return None
    (times,) = connection.execute(
        "SELECT count(*) FROM repeat_uses WHERE repeat_id = ?", (rows[0]["id"],)
    ).fetchone()
    return _repeat(rows[0], times=times, kinds=_kinds(connection, rows[0]["id"]))


def reason_of(connection: sqlite3.Connection, uid: str) -> str:
    """The contact reason of all tickets that it was typed on, where they have one and the same."""
    rows = connection.execute(
        "SELECT DISTINCT coalesce(t.contact_reason, '') FROM repeats r"
        " JOIN repeat_uses u ON u.repeat_id = r.id JOIN tickets t ON t.id = u.ticket_id"
        " WHERE r.uid = ? LIMIT 2",
        (uid,),
    ).fetchall()
    return str(rows[0][0]) if len(rows) == 1 else ""


def _kinds(connection: sqlite3.Connection, repeat_id: int) -> tuple[tuple[str, int], ...]:
    rows = connection.execute(
        "SELECT channel_kind, count(*) FROM repeat_uses WHERE repeat_id = ? GROUP BY 1 ORDER BY 2"
        " DESC, 1",
        (repeat_id,),
    ).fetchall()
    return tuple((row[0], row[1]) for row in rows)


def _repeat(
    row: sqlite3.Row, *, times: int, mine: int = 0, kinds: tuple[tuple[str, int], ...] = ()
) -> Repeat:
    return Repeat(
        row["uid"],
        row["source"],
        row["language"],
        bool(row["whole"]),
        row["state"],
        row["macro"],
        times,
        mine,
        kinds,
    )
