"""The journal in the database: one append-only chain of entries for this replica."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskterm.domain.ids import uuid7
from deskterm.domain.journal import GENESIS, EntryFields, Op, commit, entry_hash

if TYPE_CHECKING:
    from deskterm.store.transaction import Change, Transaction

_SALT_BYTES = 16


@dataclass(slots=True)
class Chain:
    """The end of this replica's chain: where the next entry is tied on."""

    replica: str
    seq: int
    head: str

    @classmethod
    def load(cls, connection: sqlite3.Connection) -> Chain:
        """Read the end of the chain."""
        replica = connection.execute("SELECT value FROM meta WHERE name = 'replica'").fetchone()
        last = connection.execute(
            "SELECT seq, hash FROM journal_entries ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        return cls(replica[0], *(last or (0, GENESIS)))

    def copy(self) -> Chain:
        """A chain that can be thrown away when its transaction fails."""
        return Chain(self.replica, self.seq, self.head)

    def append(
        self,
        tx: Transaction,
        change: Change,
        target: tuple[str, str, str, str],
        values: tuple[str | None, str | None],
        customer_id: int | None,
    ) -> None:
        """Tie one entry on. `target` is (entity, its uid, field, operation)."""
        entity, entity_uid, field, op = target
        old, new = values
        salts = os.urandom(_SALT_BYTES), os.urandom(_SALT_BYTES)
        fields = EntryFields(
            replica=self.replica,
            seq=self.seq + 1,
            uid=uuid7(tx.moment),
            at=tx.now,
            author=change.author,
            cause=change.cause,
            entity=entity,
            entity_uid=entity_uid,
            field=field,
            op=Op(op),
            old_commit=commit(old, salts[0]),
            new_commit=commit(new, salts[1]),
            prev_hash=self.head,
        )
        self.seq, self.head = fields.seq, entry_hash(fields)
        tx.execute(
            "INSERT INTO journal_entries (seq, replica, uid, at, author, cause, group_uid,"
            " reverts, label, entity, entity_uid, field, op, old_commit, new_commit, prev_hash,"
            " hash) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                fields.seq,
                fields.replica,
                fields.uid,
                fields.at,
                fields.author,
                fields.cause,
                change.group,
                change.reverts,
                change.label,
                entity,
                entity_uid,
                field,
                op,
                fields.old_commit,
                fields.new_commit,
                fields.prev_hash,
                self.head,
            ),
        )
        tx.execute(
            "INSERT INTO journal_values (seq, customer_id, old_value, old_salt, new_value,"
            " new_salt) VALUES (?,?,?,?,?,?)",
            (fields.seq, customer_id, old, salts[0], new, salts[1]),
        )


@dataclass(frozen=True, slots=True)
class JournalRow:
    """An entry with its clear values (None also where they were erased)."""

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


_ROW = (
    "SELECT e.seq, e.at, e.author, e.cause, e.group_uid, e.reverts, e.label, e.entity,"
    " e.entity_uid, e.field, e.op, v.old_value, v.new_value FROM journal_entries e"
    " LEFT JOIN journal_values v ON v.seq = e.seq "
)
_NOT_REVERTED = " AND NOT EXISTS (SELECT 1 FROM journal_entries r WHERE r.reverts = e.group_uid)"


def group_entries(connection: sqlite3.Connection, group: str) -> list[JournalRow]:
    """The entries of one act, oldest first."""
    rows = connection.execute(_ROW + "WHERE e.group_uid = ? ORDER BY e.seq", (group,))
    return [JournalRow(*row) for row in rows.fetchall()]


def last_change(connection: sqlite3.Connection, entity_uid: str, field: str) -> JournalRow | None:
    """The newest entry about one field: who changed it last."""
    row = connection.execute(
        _ROW + "WHERE e.entity_uid = ? AND e.field = ? ORDER BY e.seq DESC LIMIT 1",
        (entity_uid, field),
    ).fetchone()
    return JournalRow(*row) if row else None


def undoable_group(connection: sqlite3.Connection, author: str) -> str | None:
    """The newest act of this author that stands: a command or a redo not taken back."""
    row = connection.execute(
        "SELECT e.group_uid FROM journal_entries e WHERE e.author = ?"
        " AND e.cause IN ('command', 'redo')" + _NOT_REVERTED + " ORDER BY e.seq DESC LIMIT 1",
        (author,),
    ).fetchone()
    return row[0] if row else None


def redoable_group(connection: sqlite3.Connection, author: str) -> str | None:
    """The newest undo of this author, unless a command came after it."""
    row = connection.execute(
        "SELECT e.group_uid, e.seq FROM journal_entries e WHERE e.author = ? AND e.cause = 'undo'"
        + _NOT_REVERTED
        + " ORDER BY e.seq DESC LIMIT 1",
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
    return [JournalRow(*row) for row in rows.fetchall()]
