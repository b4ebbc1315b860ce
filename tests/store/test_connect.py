"""Opening the database: what is refused, in which words, and with which rights."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.store.connect import APPLICATION_ID, SCHEMA_VERSION, Mode, connect
from deskterm.store.schema import migrate
from tests.support.desk import START, TestDesk, a_mail


@contextmanager
def umask(value: int) -> Iterator[None]:
    before = os.umask(value)
    try:
        yield
    finally:
        os.umask(before)


def made(folder: Path) -> Path:
    path = folder / "deskterm.db"
    migrate(path, folder / "backup", START)
    return path


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_files_are_private_under_any_umask(tmp_path: Path) -> None:
    with umask(0):
        desk = TestDesk(tmp_path)
        desk.arrive(a_mail("a"))
        modes = {p.name: mode_of(p) for p in tmp_path.iterdir() if p.is_file()}
        desk.close()
    assert modes == dict.fromkeys(
        ["deskterm.db", "deskterm.db-wal", "deskterm.db-shm", "reserve"], 0o600
    )


@pytest.mark.parametrize("mode", ["read", "write"])
def test_a_missing_file_is_not_made(tmp_path: Path, mode: Mode) -> None:
    with pytest.raises(DesktermError, match="cannot be opened"):
        connect(tmp_path / "nothing.db", mode)
    assert not list(tmp_path.iterdir())


def test_a_newer_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = made(tmp_path)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = path.read_bytes()
    for mode in ("read", "write", "migrate"):
        with pytest.raises(DesktermError) as told:
            connect(path, mode)
        assert told.value.code == "newer_database"
        assert "Install the newer deskterm" in told.value.advice
    with pytest.raises(DesktermError, match="newer deskterm"):
        migrate(path, tmp_path, START)
    assert path.read_bytes() == before


@pytest.mark.parametrize("mode", ["read", "write", "migrate"])
def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path, mode: Mode) -> None:
    path = tmp_path / "deskterm.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA application_id = 77")
        raw.execute("CREATE TABLE theirs (id)")
    before = path.read_bytes()
    with pytest.raises(DesktermError) as told:
        connect(path, mode)
    assert told.value.code == "foreign_database"
    assert path.read_bytes() == before


def test_tables_of_another_program_are_not_joined_by_ours(tmp_path: Path) -> None:
    path = tmp_path / "deskterm.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE theirs (id)")
    with pytest.raises(DesktermError, match="another program"):
        migrate(path, tmp_path, START)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]


@pytest.mark.parametrize("mode", ["read", "write", "migrate"])
def test_a_damaged_file_is_named_in_words(tmp_path: Path, mode: Mode) -> None:
    path = made(tmp_path)
    path.write_bytes(b"this is no database at all" * 400)
    with pytest.raises(DesktermError) as told:
        connect(path, mode)
    assert told.value.code == "damaged"
    assert "backup" in told.value.advice


def test_the_file_says_whose_it_is(tmp_path: Path) -> None:
    with closing(connect(made(tmp_path))) as reading:
        assert reading.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID


def test_the_writer_flushes_at_every_commit(tmp_path: Path) -> None:
    with closing(connect(made(tmp_path), "write")) as writing:
        found = {
            name: writing.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("synchronous", "journal_mode", "foreign_keys", "secure_delete")
        }
    assert found == {
        "synchronous": 2,
        "journal_mode": "wal",
        "foreign_keys": 1,
        "secure_delete": 1,
    }


def test_a_reader_cannot_write(desk: TestDesk) -> None:
    for statement in (
        "DELETE FROM meta",
        "CREATE TABLE mine (id)",
        "INSERT INTO meta VALUES ('a', 'b')",
    ):
        with pytest.raises(sqlite3.OperationalError, match=r"readonly|query_only|read-only"):
            desk.reading.execute(statement)
    reading = desk.reading
    reading.execute("PRAGMA query_only=OFF")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reading.execute("DELETE FROM meta")


def test_reading_works_while_the_writer_is_in_a_transaction(desk: TestDesk) -> None:
    desk.arrive(a_mail("a"))

    def look(tx: object) -> int:
        return int(desk.rows("SELECT count(*) FROM tickets")[0][0])

    assert desk.write(look) == 1


def test_reading_works_without_a_write_ahead_log(tmp_path: Path) -> None:
    desk = TestDesk(tmp_path)
    desk.arrive(a_mail("a"))
    desk.close()
    assert not (tmp_path / "deskterm.db-wal").exists()
    with closing(connect(desk.path)) as reading:
        assert reading.execute("SELECT count(*) FROM messages").fetchone()[0] == 1


def test_a_journal_mode_that_is_not_to_be_had_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path)
    with pytest.raises(DesktermError, match="cannot be opened or used"):
        connect(path, "write", journal_mode="NO_SUCH")


def test_a_file_system_without_shared_memory_gets_another_journal(tmp_path: Path) -> None:
    path = made(tmp_path)
    with closing(connect(path, "write", journal_mode="TRUNCATE")) as writing:
        writing.execute("INSERT INTO meta VALUES ('a', 'b')")
        assert not (tmp_path / "deskterm.db-shm").exists()
    with closing(connect(path)) as reading:
        assert reading.execute("SELECT value FROM meta WHERE name = 'a'").fetchone()[0] == "b"
