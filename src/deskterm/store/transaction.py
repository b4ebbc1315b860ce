"""One write transaction: the connection, the time it stamps, and who is writing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from deskterm.domain.clock import to_text
from deskterm.domain.ids import uuid7
from deskterm.store import journal
from deskterm.store.journal import Told

Value = str | int | float | bytes | None


@dataclass(frozen=True, slots=True)
class Change:
    """Who changes something and why: what a journal entry says beside the change itself.

    `cause` is `command`, `undo`, `redo`, `seen`, `sync`, `clock` or `outbox`; `group` binds the
    entries of one act together; `reverts` is the group an undo or redo takes back; `label` is the
    id of the command.
    """

    author: str
    cause: str
    group: str
    label: str = ""
    reverts: str | None = None


class Transaction:
    """What a job of the writer works with."""

    def __init__(self, connection: sqlite3.Connection, now: datetime) -> None:
        self.connection = connection
        #: Set by a job of many in a row: nobody is told of it before `Writer.tell`, or the next
        #: commit of another.
        self.is_quiet = False
        self.moment = now
        self.now = to_text(now)

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> sqlite3.Cursor:
        """Run one statement with values bound, never pasted."""
        return self.connection.execute(sql, parameters)

    def executemany(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """Run one statement for many rows."""
        self.connection.executemany(sql, rows)

    def one(self, sql: str, parameters: Sequence[Value] = ()) -> sqlite3.Row | None:
        """The first row, or None."""
        row: sqlite3.Row | None = self.connection.execute(sql, parameters).fetchone()
        return row

    def all(self, sql: str, parameters: Sequence[Value] = ()) -> list[sqlite3.Row]:
        """Every row."""
        return self.connection.execute(sql, parameters).fetchall()

    def new_uid(self) -> str:
        """A fresh UUIDv7 at the time of this transaction."""
        return uuid7(self.moment)

    def journal(
        self,
        change: Change,
        entity: str,
        entity_uid: str,
        field: str,
        op: str,
        old: Value,
        new: Value,
        customer_id: int | None = None,
    ) -> None:
        """Append one entry to the journal; see `deskterm.domain.journal`."""
        self.journal_all(change, [Told(entity, entity_uid, field, op, old, new)], customer_id)

    def journal_all(
        self, change: Change, told: Sequence[Told], customer_id: int | None = None
    ) -> None:
        """Append several entries of one act; see `deskterm.domain.journal`."""
        journal.append(self, change, told, customer_id)
