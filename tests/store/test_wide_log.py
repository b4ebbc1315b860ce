"""The write-ahead log is given its size ahead; what that leaves behind its end is never data."""

from __future__ import annotations

import shutil
import sqlite3
import time
from pathlib import Path

import pytest

from deskterm.domain.clock import SystemClock
from deskterm.store.connect import connect
from deskterm.store.schema import migrate
from deskterm.store.writer import Writer

WIDE = 8 << 20


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "deskterm.db"
    migrate(path, tmp_path, SystemClock().now())
    return path


def write(writer: Writer, number: int) -> None:
    writer.run(
        lambda tx: tx.execute("INSERT INTO meta (name, value) VALUES (?, ?)", (f"n{number}", "x"))
    )


def names(path: Path) -> int:
    connection = connect(path)
    try:
        row = connection.execute("SELECT count(*) FROM meta WHERE name LIKE 'n%'").fetchone()
        return int(row[0])
    finally:
        connection.close()


def widened(writer: Writer, database: Path) -> int:
    """Write until the log is wide; how many rows that took."""
    log_file = database.with_name(f"{database.name}-wal")
    deadline = time.monotonic() + 20
    count = 0
    while log_file.stat().st_size < WIDE:
        assert time.monotonic() < deadline
        write(writer, count)
        count += 1
    return count


def test_a_wide_log_survives_the_end_of_its_process(database: Path, tmp_path: Path) -> None:
    writer = Writer(database, SystemClock())
    count = widened(writer, database)
    for number in range(count, count + 5):
        write(writer, number)
    copies = tmp_path / "after the end"
    copies.mkdir()
    # What a killed process leaves is what lies on the disk now.
    for file in (database, database.with_name(f"{database.name}-wal")):
        shutil.copy(file, copies / file.name)
    assert names(copies / database.name) == count + 5
    writer.stop()
    assert names(database) == count + 5


def test_a_wide_log_is_sound(database: Path) -> None:
    writer = Writer(database, SystemClock())
    count = widened(writer, database)
    writer.stop()
    connection = sqlite3.connect(database)
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    connection.close()
    assert names(database) == count


def test_an_office_of_a_few_commits_writes_no_wide_log(database: Path) -> None:
    writer = Writer(database, SystemClock())
    write(writer, 0)
    assert database.with_name(f"{database.name}-wal").stat().st_size < WIDE
    writer.stop()


def test_a_disk_without_room_keeps_its_room(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(database)._replace(free=1 << 20)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    writer = Writer(database, SystemClock())
    for number in range(40):
        write(writer, number)
    assert database.with_name(f"{database.name}-wal").stat().st_size < WIDE
    writer.stop()
    assert names(database) == 40
