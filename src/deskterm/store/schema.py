"""The schema of the file at hand: a start reads `user_version` alone, an older file is migrated."""

from __future__ import annotations

import os
import sqlite3
from datetime import datetime
from pathlib import Path

from deskterm.domain.errors import DesktermError
from deskterm.store.connect import SCHEMA_VERSION, connect, explain, schema_version


def migrate(path: Path, backup_folder: Path, now: datetime) -> bool:
    """Bring the file at `path` to the newest schema; make it if it is not there.

    A file with content is copied to the backup folder first.

    Returns:
        Whether anything was done.

    Raises:
        DesktermError: the file is newer, damaged or another program's, or the disk is full; it
            is as it was before.
    """
    connection = connect(path, "migrate")
    try:
        version = schema_version(connection)
        if version == SCHEMA_VERSION:
            return False
        if version == 0 and connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise DesktermError(
                f"{path} is the database of another program",
                "Nothing was changed.",
                "Point DESKTERM_HOME at another folder",
                code="foreign_database",
            )
        if version:
            _back_up(connection, backup_folder / f"before-schema-{SCHEMA_VERSION}.db")
        from deskterm.store.migrations import apply  # loading it costs a start a fifth of a second

        apply(connection, now)
    except sqlite3.Error as error:
        raise explain(error, path) from error
    finally:
        connection.close()
    return True


def _back_up(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the database, and replace an older copy only once the new one proved readable.

    SQLite does not flush what `VACUUM INTO` writes (https://www.sqlite.org/lang_vacuum.html).
    """
    fresh = target.with_suffix(".new")
    try:
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            connection.execute("VACUUM INTO ?", (str(fresh),))
            os.fsync(handle)
        finally:
            os.close(handle)
        _must_be_sound(fresh)
        fresh.replace(target)
    except OSError as error:
        raise DesktermError(
            "The backup before the migration could not be made",
            f"{fresh}: {error.strerror or type(error).__name__}. The database was not changed.",
            "Make room, or give yourself the right to write to the backup folder",
            code="backup",
        ) from error


def _must_be_sound(copy: Path) -> None:
    connection = sqlite3.connect(copy)
    try:
        verdict = connection.execute("PRAGMA quick_check").fetchone()[0]
    finally:
        connection.close()
    if verdict != "ok":
        raise sqlite3.DatabaseError(f"the backup before the migration is not sound: {verdict}")
