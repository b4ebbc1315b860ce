"""Contact reasons that tickets seem to have, in a file of before and in large ones."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from deskterm.store import reasons
from deskterm.store.connect import SCHEMA_VERSION, connect
from deskterm.store.reason_tables import STATEMENTS
from deskterm.store.reasons import ReadReason
from deskterm.store.schema import migrate
from tests.support.desk import START, TestDesk, a_mail, running

_ADDED = ("suggested_reason", "reason_sure", "reason_message")


def as_before(path: Path) -> None:
    """Take back what the migration does."""
    with closing(sqlite3.connect(path)) as raw, raw:
        for index in ("tickets_reason_unread", "tickets_reason"):
            raw.execute(f"DROP INDEX {index}")
        for column in _ADDED:
            raw.execute(f"ALTER TABLE tickets DROP COLUMN {column}")
        raw.execute(
            "CREATE INDEX tickets_reason ON tickets (contact_reason)"
            " WHERE contact_reason IS NOT NULL"
        )
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = 'reasons'")
        raw.execute(f"PRAGMA user_version = {SCHEMA_VERSION - 1}")


def seen_by_stage_two(desk: TestDesk) -> None:
    desk.write(
        lambda tx: tx.execute(
            "UPDATE tickets SET mood_message = (SELECT max(m.id) FROM messages m"
            " WHERE m.ticket_id = tickets.id)"
        )
    )


def test_a_file_of_before_has_reasons_to_read_for_what_waits(tmp_path: Path) -> None:
    with running(tmp_path) as desk:
        waits = desk.ticket(desk.open())["id"]
        desk.do("ticket.resolve", desk.open(subject="Other", at=10))
        said = desk.open(subject="Third", at=20)
        desk.do("ticket.reason", said, reason="wismo")
        seen_by_stage_two(desk)
        path = desk.path
    as_before(path)
    backups = tmp_path / "backups"
    backups.mkdir()
    assert migrate(path, backups, START)
    with closing(connect(path)) as reading:
        assert [one.ticket_id for one in reasons.unread(reading, 20)] == [waits]
        row = reading.execute("SELECT * FROM tickets WHERE ref = ?", (said,)).fetchone()
        assert row["contact_reason"] == "wismo"
        assert [row[name] for name in _ADDED] == [None, 0, 0]


def test_the_statements_are_those_of_the_schema(tmp_path: Path) -> None:
    with running(tmp_path) as desk:
        rows = desk.rows("SELECT sql FROM sqlite_master WHERE name LIKE 'tickets_reason%'")
    assert {row[0] for row in rows} == {one for one in STATEMENTS if one.startswith("CREATE")}


def test_what_was_read_for_an_older_message_is_not_kept(tmp_path: Path) -> None:
    with running(tmp_path) as desk:
        ref = desk.open()
        seen_by_stage_two(desk)
        (one,) = reasons.unread(desk.reading, 20)
        desk.follow_up(ref)
        seen_by_stage_two(desk)
        desk.write(lambda tx: reasons.save(tx, [ReadReason(*one, "wismo", sure=True)]))
        assert desk.ticket(ref)["suggested_reason"] is None
        assert [each.ticket_id for each in reasons.unread(desk.reading, 20)] == [one.ticket_id]


def test_the_newest_are_read_first_and_no_more_than_were_asked_for(tmp_path: Path) -> None:
    with running(tmp_path) as desk:
        for number in range(4):
            sender = f"c{number}@mail.example"
            desk.arrive(a_mail(f"n{number}", sender=sender, at=number, subject=f"No {number}"))
        seen_by_stage_two(desk)
        ids = [desk.ticket_of(f"n{number}")["id"] for number in range(4)]
        assert [one.ticket_id for one in reasons.unread(desk.reading, 3)] == ids[:0:-1]
