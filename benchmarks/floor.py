"""The floor of intake: a light parse and explicit inserts, and none of what a desk needs.

No threads, no tickets, no masking, no raw mail kept: what is left is what storing mail so that
it can be searched costs in Python with SQLite at all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Self

from deskterm.mail.light import parse_light

BATCH = 500

_SCHEMA = """
CREATE TABLE messages (id INTEGER PRIMARY KEY, message_id TEXT, sender TEXT, name TEXT,
    subject TEXT, at TEXT, body TEXT);
CREATE INDEX messages_message_id ON messages (message_id);
CREATE INDEX messages_sender ON messages (sender);
CREATE INDEX messages_at ON messages (at);
CREATE VIRTUAL TABLE search USING fts5 (subject, body, name, content='messages',
    content_rowid='id', tokenize='unicode61 remove_diacritics 2');
CREATE TABLE flags (id INTEGER PRIMARY KEY, flag INTEGER);
"""


class FloorStore:
    """A database of a few lines, with the durability of ours."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=FULL")
        self.connection.executescript(_SCHEMA)
        self._last = 0

    def take(self, raws: Sequence[bytes]) -> None:
        """Parse and store one batch in one transaction."""
        rows = []
        for raw in raws:
            mail = parse_light(raw)
            if mail is None:
                continue
            self._last += 1
            envelope = mail.envelope
            sender = envelope.sender
            rows.append(
                (
                    self._last,
                    envelope.message_id,
                    sender.addr if sender else "",
                    sender.name if sender else "",
                    envelope.subject,
                    envelope.date.isoformat() if envelope.date else "",
                    mail.text,
                )
            )
        execute = self.connection
        execute.execute("BEGIN IMMEDIATE")
        execute.executemany("INSERT INTO messages VALUES (?,?,?,?,?,?,?)", rows)
        execute.executemany(
            "INSERT INTO search (rowid, subject, body, name) VALUES (?,?,?,?)",
            [(row[0], row[4], row[6], row[3]) for row in rows],
        )
        execute.execute("COMMIT")

    def import_maildir(self, folder: Path) -> None:
        """Take every mail of a Maildir, oldest first."""
        files = iter(sorted((folder / "cur").iterdir()))
        while batch := [file.read_bytes() for file in islice(files, BATCH)]:
            self.take(batch)

    def flags(self, ids: Iterable[int]) -> None:
        """Rows for `flag`."""
        self.connection.execute("BEGIN")
        self.connection.executemany("INSERT INTO flags VALUES (?, 0)", [(i,) for i in ids])
        self.connection.execute("COMMIT")

    def flag(self, row: int) -> None:
        """One bare commit: one flag of one row, on the disk."""
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.execute("UPDATE flags SET flag = 1 - flag WHERE id = ?", (row,))
        self.connection.execute("COMMIT")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()
