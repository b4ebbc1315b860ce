"""The tables, as named migrations (`docs/data.md` explains them for other programs).

All migrations that a file lacks run in one transaction, on a connection without foreign keys, which
are checked before the commit.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

import sqlite_utils
from sqlite_utils.migrations import Migrations

from deskterm.domain.ids import uuid7
from deskterm.store import (
    erasing_tables,
    lean_tables,
    learning_tables,
    mood_tables,
    order_tables,
    reason_tables,
    repeat_tables,
    tables,
    triage_tables,
    urgency_tables,
)
from deskterm.store.connect import APPLICATION_ID

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


@migrations()
def orders(db: sqlite_utils.Database) -> None:
    """Orders with all that belongs to them, stock, and which tickets are about them."""
    for table in order_tables.TABLES:
        _create(db, table)
    for statement in order_tables.STATEMENTS:
        db.execute(statement)
    db.execute("PRAGMA user_version = 4")


@migrations()
def triage(db: sqlite_utils.Database) -> None:
    """Contact reason and priority, merging and splitting, calls as notes, replies for later."""
    for table in triage_tables.TABLES:
        _create(db, table)
    for statement in triage_tables.STATEMENTS:
        db.execute(statement)
    db.execute("PRAGMA user_version = 5")


@migrations()
def follow_ups(db: sqlite_utils.Database) -> None:
    """What is to follow when a reply has left."""
    db.execute("ALTER TABLE outbox_items ADD COLUMN follow_up TEXT")
    db.execute("PRAGMA user_version = 6")


@migrations()
def rules_that_passed(db: sqlite_utils.Database) -> None:
    """With which rule packs a reply was checked."""
    db.execute("ALTER TABLE outbox_items ADD COLUMN checked_by TEXT")
    db.execute("PRAGMA user_version = 7")


@migrations()
def follow_ups_of_drafts(db: sqlite_utils.Database) -> None:
    """What is to follow a reply is kept with its draft."""
    db.execute("ALTER TABLE drafts ADD COLUMN follow_up TEXT")
    db.execute("PRAGMA user_version = 8")


@migrations()
def learning(db: sqlite_utils.Database) -> None:
    """Which macros agents take for which messages, and what is learned from that."""
    for table in learning_tables.TABLES:
        _create(db, table)
    for statement in learning_tables.STATEMENTS:
        db.execute(statement)
    db.execute("PRAGMA user_version = 9")


@migrations()
def moods(db: sqlite_utils.Database) -> None:
    """Tone, haste and risks of the customer's newest message."""
    for statement in mood_tables.STATEMENTS:
        db.execute(statement)
    db.execute("PRAGMA user_version = 10")


@migrations()
def urgency(db: sqlite_utils.Database) -> None:
    """How pressing each ticket is, with lists in that order."""
    for statement in urgency_tables.STATEMENTS:
        db.execute(statement)
    db.execute("PRAGMA user_version = 11")


@migrations()
def tombstones(db: sqlite_utils.Database) -> None:
    """Erased customers do not come back with old mail."""
    _create(db, erasing_tables.TOMBSTONES)
    db.execute("PRAGMA user_version = 12")


@migrations()
def repeats(db: sqlite_utils.Database) -> None:
    """Sentences that are typed again and again; all macros of a reply are learned from."""
    for table in repeat_tables.TABLES:
        _create(db, table)
    for statement in repeat_tables.STATEMENTS:
        db.execute(statement)
    db.execute("PRAGMA user_version = 13")


@migrations()
def lean(db: sqlite_utils.Database) -> None:
    """Commands write to fewer pages."""
    for statement in lean_tables.STATEMENTS:
        db.execute(statement)
    db.execute("PRAGMA user_version = 14")


@migrations()
def reasons(db: sqlite_utils.Database) -> None:
    """The contact reason that each ticket seems to have."""
    for statement in reason_tables.STATEMENTS:
        db.execute(statement)
    db.execute("PRAGMA user_version = 15")


def _create(db: sqlite_utils.Database, table: tables.TableSpec) -> None:
    db.create_table(
        table.name,
        table.columns,
        pk=table.key,
        not_null=table.required,
        defaults=dict(table.defaults),
        foreign_keys=table.foreign_keys,
    )


def apply(connection: sqlite3.Connection, now: datetime) -> None:
    """Run what the file lacks; `now` goes into the id of a new file."""
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
