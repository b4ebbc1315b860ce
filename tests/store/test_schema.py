"""Migrations: whole or not at all, with a copy of what was there before."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
import sqlite_utils

from deskterm.domain.errors import DesktermError
from deskterm.store import connect as opening
from deskterm.store import migrations, schema
from deskterm.store.connect import connect
from deskterm.store.schema import migrate
from deskterm.store.tables import FIRST
from tests.support.desk import START, running

NOW = opening.SCHEMA_VERSION
NEXT = NOW + 1


@pytest.fixture
def two_versions(monkeypatch: pytest.MonkeyPatch) -> sqlite_utils.migrations.Migrations:
    """A program that knows one schema more; its migration is the test's to add."""
    later = sqlite_utils.migrations.Migrations("deskterm")
    for known in migrations.migrations.pending(sqlite_utils.Database(memory=True)):
        later(name=known.name)(known.fn)
    monkeypatch.setattr(migrations, "migrations", later)
    monkeypatch.setattr(schema, "SCHEMA_VERSION", NEXT)
    monkeypatch.setattr(opening, "SCHEMA_VERSION", NEXT)
    return later


def an_older_file(folder: Path) -> Path:
    with running(folder) as desk:
        desk.open(body="Bonjour")
        return desk.path


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as raw:
        found = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {row[0] for row in found}


def test_a_new_file_has_every_table_and_a_second_start_does_nothing(tmp_path: Path) -> None:
    path = tmp_path / "deskterm.db"
    assert migrate(path, tmp_path / "backup", START)
    assert {t.name for t in FIRST} <= tables(path)
    before = path.read_bytes()
    assert not migrate(path, tmp_path / "backup", START)
    assert path.read_bytes() == before


def test_a_migration_that_fails_in_the_middle_leaves_the_old_schema(
    tmp_path: Path, two_versions: sqlite_utils.migrations.Migrations
) -> None:
    path = an_older_file(tmp_path)
    before = tables(path)

    @two_versions()
    def second(db: sqlite_utils.Database) -> None:
        db.create_table("half", {"id": int})
        db.execute("DELETE FROM messages")
        db.execute(f"PRAGMA user_version = {NEXT}")
        db.execute("SELECT no_such_column FROM messages")

    with pytest.raises(DesktermError):
        migrate(path, tmp_path, START)
    assert tables(path) == before
    with closing(connect(path)) as reading:
        assert opening.schema_version(reading) == NOW
        assert reading.execute("SELECT body FROM messages").fetchone()[0] == "Bonjour"


def test_rows_that_point_nowhere_stop_a_migration(
    tmp_path: Path, two_versions: sqlite_utils.migrations.Migrations
) -> None:
    path = an_older_file(tmp_path)

    @two_versions()
    def second(db: sqlite_utils.Database) -> None:
        db.execute("DELETE FROM threads")
        db.execute(f"PRAGMA user_version = {NEXT}")

    with pytest.raises(DesktermError, match="cannot be opened or used"):
        migrate(path, tmp_path, START)
    with closing(connect(path)) as reading:
        assert reading.execute("SELECT count(*) FROM threads").fetchone()[0] == 1


def test_a_copy_is_made_first_and_only_its_owner_can_read_it(
    tmp_path: Path, two_versions: sqlite_utils.migrations.Migrations
) -> None:
    path = an_older_file(tmp_path)
    backups = tmp_path / "kept"
    backups.mkdir()

    @two_versions()
    def second(db: sqlite_utils.Database) -> None:
        db.execute("DELETE FROM notes")
        db.execute(f"PRAGMA user_version = {NEXT}")

    before = os.umask(0)
    try:
        assert migrate(path, backups, START)
    finally:
        os.umask(before)
    (copy,) = backups.iterdir()
    assert copy.name == f"before-schema-{NEXT}.db"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(sqlite3.connect(copy)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone()[0] == NOW
        assert raw.execute("SELECT body FROM messages").fetchone()[0] == "Bonjour"


def test_without_a_place_for_the_copy_nothing_is_migrated(
    tmp_path: Path, two_versions: sqlite_utils.migrations.Migrations
) -> None:
    path = an_older_file(tmp_path)

    @two_versions()
    def second(db: sqlite_utils.Database) -> None:
        db.execute(f"PRAGMA user_version = {NEXT}")

    with pytest.raises(DesktermError, match="backup"):
        migrate(path, tmp_path / "missing", START)
    with closing(connect(path)) as reading:
        assert opening.schema_version(reading) == NOW
