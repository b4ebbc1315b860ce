"""The tables, as named migrations (`docs/data.md` explains them for other programs).

A start reads `user_version` alone; only an older file is migrated. All migrations it lacks run in
one transaction, on a connection without foreign keys, which are checked before the commit.
"""

from __future__ import annotations

import os
import sqlite3
from datetime import datetime
from pathlib import Path

import sqlite_utils
from sqlite_utils.migrations import Migrations

from deskterm.domain.errors import DesktermError
from deskterm.domain.ids import uuid7
from deskterm.store import tables
from deskterm.store.connect import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    connect,
    explain,
    schema_version,
)

migrations = Migrations("deskterm")


@migrations()
def first(db: sqlite_utils.Database) -> None:
    """Accounts, tickets with their messages, outbox, journal, search."""
    for table in tables.FIRST:
        _create(db, table)
    for statement in tables.FIRST_INDEXES:
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute("PRAGMA user_version = 1")


@migrations()
def drafts_of_a_composer(db: sqlite_utils.Database) -> None:
    """Drafts have a kind, a header and files; that of a new message has no ticket."""
    _create(db, tables.COMPOSED_DRAFTS)
    db.execute(
        "INSERT INTO drafts_new (uid, ticket_id, author, body, state, updated_at)"
        " SELECT uid, ticket_id, author, body, state, updated_at FROM drafts ORDER BY rowid"
    )
    db.execute("DROP TABLE drafts")
    db.execute("ALTER TABLE drafts_new RENAME TO drafts")
    db.execute(tables.DRAFT_INDEX)
    db.execute("PRAGMA user_version = 2")


@migrations()
def orders_of_the_lists(db: sqlite_utils.Database) -> None:
    """Indexes for the lists that agents work from."""
    for statement in tables.LIST_INDEXES:
        db.execute(statement)
    db.execute("PRAGMA user_version = 3")


def _create(db: sqlite_utils.Database, table: tables.TableSpec) -> None:
    db.create_table(
        table.name,
        table.columns,
        pk=table.key,
        not_null=table.required,
        defaults=dict(table.defaults),
        foreign_keys=table.foreign_keys,
    )


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
        _apply(connection, now)
    except sqlite3.Error as error:
        raise explain(error, path) from error
    finally:
        connection.close()
    return True


def _apply(connection: sqlite3.Connection, now: datetime) -> None:
    db = sqlite_utils.Database(connection)
    with db.atomic():
        migrations.apply(db)
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise sqlite3.IntegrityError(f"{len(broken)} rows point nowhere after the migration")
        connection.execute(
            "INSERT OR IGNORE INTO meta (name, value) VALUES ('replica', ?), ('revision', '0')",
            (uuid7(now),),
        )


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
