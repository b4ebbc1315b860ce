"""The journal in the database: one append-only chain of entries for this replica."""

from __future__ import annotations

import dataclasses
import os
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskterm.domain.journal import GENESIS, EntryFields, Op, commit, entry_hash

if TYPE_CHECKING:
    from deskterm.store.transaction import Change, Transaction, Value

_SALT_BYTES = 16
_END_OF_CHAIN = (
    "SELECT value, seq, hash FROM meta LEFT JOIN journal_entries"
    " ON seq = (SELECT max(seq) FROM journal_entries) WHERE name = 'replica'"
)
_FIELDS = EntryFields._fields
#: `group` is a word of SQL.
_COLUMNS = ", ".join(["group_uid" if name == "group" else name for name in _FIELDS] + ["hash"])
_INSERT = f"INSERT INTO journal_entries ({_COLUMNS}) VALUES ({','.join('?' * (len(_FIELDS) + 1))})"
_INSERT_VALUES = (
    "INSERT INTO journal_values (seq, customer_id, old_value, old_salt, new_value, new_salt)"
    " VALUES (?,?,?,?,?,?)"
)


@dataclass(frozen=True, slots=True)
class Told:
    """One change, without who made it: the entity, its uid, field, operation, and both values."""

    entity: str
    uid: str
    field: str
    op: str
    old: Value
    new: Value


def append(tx: Transaction, change: Change, told: Sequence[Told], customer_id: int | None) -> None:
    """Tie entries on to this replica's chain.

    The end of the chain is read from the database, so that what a savepoint or a failed
    transaction took back leaves no gap.
    """
    replica, seq, head = tx.connection.execute(_END_OF_CHAIN).fetchone()
    head = head or GENESIS
    rows: list[tuple[Value, ...]] = []
    values: list[tuple[Value, ...]] = []
    for place, one in enumerate(told, (seq or 0) + 1):
        old, new = _text(one.old), _text(one.new)
        salt, other_salt = os.urandom(_SALT_BYTES), os.urandom(_SALT_BYTES)
        fields = EntryFields(
            replica=replica,
            seq=place,
            uid=tx.new_uid(),
            at=tx.now,
            author=change.author,
            cause=change.cause,
            group=change.group,
            reverts=change.reverts,
            label=change.label,
            entity=one.entity,
            entity_uid=one.uid,
            field=one.field,
            op=Op(one.op),
            old_commit=commit(old, salt),
            new_commit=commit(new, other_salt),
            prev_hash=head,
        )
        head = entry_hash(fields)
        rows.append((*fields, head))
        values.append((place, customer_id, old, salt, new, other_salt))
    tx.executemany(_INSERT, rows)
    tx.executemany(_INSERT_VALUES, values)


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def entries(connection: sqlite3.Connection) -> Iterator[tuple[EntryFields, str]]:
    """The whole chain with the stored hashes, for `deskterm.domain.journal.verify_chain`."""
    for row in connection.execute(f"SELECT {_COLUMNS} FROM journal_entries ORDER BY seq"):
        *found, stored = row
        named = dict(zip(_FIELDS, found, strict=True))
        yield EntryFields(**{**named, "op": Op(named["op"])}), stored


@dataclass(frozen=True, slots=True)
class JournalRow:
    """An entry with its clear values; both are None where they were `erased`."""

    seq: int
    at: str
    author: str
    cause: str
    group: str
    reverts: str | None
    label: str
    entity: str
    entity_uid: str
    field: str
    op: str
    old: str | None
    new: str | None
    erased: bool


_ROW = (
    "SELECT e.seq, e.at, e.author, e.cause, e.group_uid, e.reverts, e.label, e.entity,"
    " e.entity_uid, e.field, e.op, v.old_value, v.new_value,"
    " v.seq IS NULL FROM journal_entries e"
    " LEFT JOIN journal_values v ON v.seq = e.seq "
)
#: An act stands where nothing took it back; what it was about may have been erased since.
_STANDS = (
    " AND NOT EXISTS (SELECT 1 FROM journal_entries r WHERE r.reverts = e.group_uid)"
    " AND (e.entity NOT IN ('ticket', 'draft', 'outbox') OR e.entity_uid = 'outbox'"
    " OR EXISTS (SELECT 1 FROM tickets t WHERE t.uid = e.entity_uid)"
    " OR EXISTS (SELECT 1 FROM drafts d WHERE d.uid = e.entity_uid)"
    " OR EXISTS (SELECT 1 FROM outbox_items o WHERE o.uid = e.entity_uid))"
)


def _row(row: sqlite3.Row) -> JournalRow:
    return dataclasses.replace(JournalRow(*row), erased=bool(row[-1]))


def group_entries(connection: sqlite3.Connection, group: str) -> list[JournalRow]:
    """The entries of one act, oldest first."""
    rows = connection.execute(_ROW + "WHERE e.group_uid = ? ORDER BY e.seq", (group,))
    return [_row(row) for row in rows.fetchall()]


def last_change(connection: sqlite3.Connection, entity_uid: str, field: str) -> JournalRow | None:
    """The newest entry about one field: who changed it last."""
    row = connection.execute(
        _ROW + "WHERE e.entity_uid = ? AND e.field = ? ORDER BY e.seq DESC LIMIT 1",
        (entity_uid, field),
    ).fetchone()
    return _row(row) if row else None


def undoable_group(connection: sqlite3.Connection, author: str) -> str | None:
    """The newest act of this author that stands: a command or a redo not taken back.

    What only changed an account, or what a ticket says of its reply, is no act to go back on.
    """
    row = connection.execute(
        "SELECT e.group_uid FROM journal_entries e WHERE e.author = ?"
        " AND e.cause IN ('command', 'redo')"
        " AND e.entity IN ('ticket', 'draft', 'repeat', 'outbox')"
        " AND e.field NOT IN ('outgoing', 'attention')" + _STANDS + " ORDER BY e.seq DESC LIMIT 1",
        (author,),
    ).fetchone()
    return row[0] if row else None


def redoable_group(connection: sqlite3.Connection, author: str) -> str | None:
    """The newest undo of this author, unless a command came after it."""
    row = connection.execute(
        "SELECT e.group_uid, e.seq FROM journal_entries e WHERE e.author = ? AND e.cause = 'undo'"
        f" AND e.op != '{Op.KEEP}'" + _STANDS + " ORDER BY e.seq DESC LIMIT 1",
        (author,),
    ).fetchone()
    if row is None:
        return None
    later = connection.execute(
        "SELECT 1 FROM journal_entries WHERE author = ? AND cause = 'command' AND seq > ? LIMIT 1",
        (author, row[1]),
    ).fetchone()
    return None if later else row[0]


def history(connection: sqlite3.Connection, entity_uid: str, limit: int) -> list[JournalRow]:
    """The newest entries about one thing."""
    rows = connection.execute(
        _ROW + "WHERE e.entity_uid = ? ORDER BY e.seq DESC LIMIT ?", (entity_uid, limit)
    )
    return [_row(row) for row in rows.fetchall()]
