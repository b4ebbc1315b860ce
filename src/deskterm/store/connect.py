"""All connections to the database are made here."""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
from pathlib import Path
from typing import Literal

from deskterm.domain.errors import DesktermError

#: `PRAGMA user_version` of the newest schema this program knows.
SCHEMA_VERSION = 15

#: "DESK" in ASCII: marks the file as ours (`PRAGMA application_id`).
APPLICATION_ID = 0x4445534B

Mode = Literal["read", "frozen", "write", "migrate"]

#: Milliseconds to wait for another program that holds the database.
BUSY_MS = 5_000


def connect(
    path: Path, mode: Mode = "read", *, journal_mode: str = "WAL", any_thread: bool = False
) -> sqlite3.Connection:
    """Open the database.

    `read` cannot write at all. `frozen` reads where even the index of the log cannot be made, as on
    a full disk; only for a file that nobody writes and that has no log. `write` is for the one
    writer: it flushes at every commit, does all checkpoints and begins its transactions itself.
    `migrate` may rebuild tables: foreign keys are off and checked before the commit. Only
    `migrate` makes a file that is not there, and it leaves the journal mode alone. `any_thread` is
    for the writer, which is made in one thread and used in another.

    Raises:
        DesktermError: the file is missing (all but `migrate`), is no database (`damaged`), belongs
            to another program (`foreign_database`), is newer than this program
            (`newer_database`), or cannot be opened.
    """
    if mode == "migrate":
        _make(path)
    connection: sqlite3.Connection | None = None
    try:
        connection = _open(path, mode, any_thread)
        _refuse_strange(connection, path)
        _prepare(connection, mode, journal_mode)
    except (sqlite3.Error, DesktermError) as error:
        if connection is not None:
            connection.close()
        if isinstance(error, sqlite3.Error):
            raise explain(error, path) from error
        raise
    return connection


def schema_version(connection: sqlite3.Connection) -> int:
    """The schema the file has; 0 for a new file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def explain(error: sqlite3.Error, path: Path) -> DesktermError:
    """Turn an error of SQLite into words a person can act on."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    kept = "What was saved before is unharmed."
    if code == sqlite3.SQLITE_FULL:
        return DesktermError(
            "The disk is full",
            f"The change was not saved. {kept}",
            f"Make room on the disk that holds {path.parent}; deskterm then goes on by itself",
            code="disk_full",
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return DesktermError(
            f"The database {path} is damaged",
            "Nothing was deleted.",
            "Move the file aside together with its -wal and -shm files, put the newest file of "
            "the backup folder in its place, and start again",
            code="damaged",
        )
    if code == sqlite3.SQLITE_READONLY:
        return DesktermError(
            f"The database {path} cannot be written",
            kept,
            "Give yourself the right to write to this folder",
            code="read_only",
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return DesktermError(
            "The database is in use by another program",
            f"{path} stayed locked for {BUSY_MS // 1000} s. {kept}",
            "Close the other program and try again",
            code="busy",
        )
    if code == sqlite3.SQLITE_IOERR:
        return DesktermError(
            f"The disk reported an error at {path}",
            kept,
            "Look at the free space and the health of the disk, then try again",
            code="disk_error",
        )
    return DesktermError(
        f"The database {path} cannot be opened or used",
        f"SQLite says: {error}",
        "Look at the folder and its rights with 'deskterm doctor'",
        code="database",
    )


def damage(error: sqlite3.Error, path: Path) -> DesktermError | None:
    """The words for an error that is the file's or the disk's; None where it is a fault of ours."""
    problem = explain(error, path)
    return None if problem.code == "database" else problem


def _make(path: Path) -> None:
    """A new file only its owner can read; what SQLite lays beside it takes over that mode."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    except OSError as error:
        raise DesktermError(
            f"The database {path} cannot be made or written",
            error.strerror or type(error).__name__,
            "Look at the folder and its rights with 'deskterm doctor'",
            code="disk_full" if error.errno == errno.ENOSPC else "database",
        ) from error


def _refuse_strange(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse what a newer program or another one wrote, before anything is set on the file."""
    version = schema_version(connection)
    owner = int(connection.execute("PRAGMA application_id").fetchone()[0])
    if owner not in (0, APPLICATION_ID):
        raise DesktermError(
            f"{path} is the database of another program",
            "Nothing was changed.",
            "Point DESKTERM_HOME at another folder",
            code="foreign_database",
        )
    if version > SCHEMA_VERSION:
        raise DesktermError(
            f"The database {path} was written by a newer deskterm",
            f"It has schema {version}, this program knows up to {SCHEMA_VERSION}. "
            "Nothing was changed.",
            "Install the newer deskterm, or point DESKTERM_HOME at another folder",
            code="newer_database",
        )


def _open(path: Path, mode: Mode, any_thread: bool) -> sqlite3.Connection:
    how = {"read": "ro", "frozen": "ro&immutable=1", "write": "rw", "migrate": "rw"}[mode]
    uri = f"{path.absolute().as_uri()}?mode={how}"
    return sqlite3.connect(
        uri,
        uri=True,
        isolation_level=None,
        timeout=BUSY_MS / 1000,
        check_same_thread=not any_thread,
        cached_statements=256,
    )


def _prepare(connection: sqlite3.Connection, mode: Mode, journal_mode: str) -> None:
    connection.row_factory = sqlite3.Row
    pragma = connection.execute
    pragma(f"PRAGMA foreign_keys={'OFF' if mode == 'migrate' else 'ON'}")
    if mode in ("read", "frozen"):
        pragma("PRAGMA query_only=ON")
        return
    pragma("PRAGMA secure_delete=ON")
    pragma("PRAGMA synchronous=FULL")
    if mode == "write":
        got = str(pragma(f"PRAGMA journal_mode={journal_mode}").fetchone()[0])
        if got.upper() != journal_mode.upper():
            raise sqlite3.OperationalError(f"journal_mode={journal_mode} was not accepted: {got}")
    if sys.platform == "darwin":
        pragma("PRAGMA fullfsync=ON")
    if int(pragma("PRAGMA synchronous").fetchone()[0]) < 2:
        raise sqlite3.OperationalError("synchronous=FULL was not accepted")
