"""Drafts: the migration that gave them a header, and what bringing one back does."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlite_utils

from deskterm.store import connect as opening
from deskterm.store import drafts, migrations
from deskterm.store.connect import connect
from deskterm.store.drafts import Content
from deskterm.store.schema import migrate
from tests.support.desk import START, TestDesk


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    """A file of schema 1 with two drafts of one ticket."""
    path = tmp_path / "deskterm.db"
    with closing(connect(path, "migrate")) as raw:
        migrations.migrations.apply(sqlite_utils.Database(raw), stop_before="drafts_of_a_composer")
        assert opening.schema_version(raw) == 1
        raw.executescript(
            "INSERT INTO meta VALUES ('replica', 'r'), ('revision', '7');"
            "INSERT INTO accounts VALUES (1, 'a', 'support', 'email', '{}', 't', NULL);"
            "INSERT INTO customers VALUES (1, 'c', 'Marta', 't');"
            "INSERT INTO tickets (id, uid, ref, account_id, channel, customer_id, customer_name,"
            " subject, preview, status, unread, urgency, last_message_at, created_at)"
            " VALUES (5, 't', 'k7m2q9', 1, 'email', 1, 'Marta', 's', 'p', 'new', 0, 0, 't', 't');"
            "INSERT INTO drafts VALUES ('d1', 5, 'anna', 'Dear Marta', 'open', 't1');"
            "INSERT INTO drafts VALUES ('d2', 5, 'otto', 'Sent', 'submitted', 't2');"
        )
    return path


def test_drafts_of_schema_1_become_replies_without_a_header(old_file: Path, tmp_path: Path) -> None:
    assert migrate(old_file, tmp_path, START)
    with closing(connect(old_file)) as reading:
        rows = reading.execute("SELECT * FROM drafts ORDER BY rowid").fetchall()
        assert [drafts.Content.of(row) for row in rows] == [Content("Dear Marta"), Content("Sent")]
        assert [
            (row["uid"], row["ticket_id"], row["state"], row["updated_at"]) for row in rows
        ] == [
            ("d1", 5, "open", "t1"),
            ("d2", 5, "submitted", "t2"),
        ]
        assert [row["account_id"] for row in rows] == [None, None]
        assert (
            reading.execute("SELECT value FROM meta WHERE name = 'revision'").fetchone()[0] == "7"
        )
    (copy,) = tmp_path.glob("before-schema-*.db")
    with closing(sqlite3.connect(copy)) as raw:
        assert raw.execute("SELECT count(*) FROM drafts").fetchone()[0] == 2


def test_a_migrated_file_has_the_same_tables_as_a_new_one(old_file: Path, tmp_path: Path) -> None:
    migrate(old_file, tmp_path, START)
    fresh = tmp_path / "fresh.db"
    migrate(fresh, tmp_path, START)
    found = []
    for path in (old_file, fresh):
        with closing(sqlite3.connect(path)) as raw:
            rows = raw.execute("SELECT name, sql FROM sqlite_master WHERE tbl_name = 'drafts'")
            found.append(sorted(rows.fetchall()))
    assert found[0] == found[1]


def test_one_reply_and_one_note_may_be_open_and_any_number_of_new_messages(
    desk: TestDesk,
) -> None:
    ticket_id = desk.ticket(desk.open())["id"]

    def add(kind: str, ticket: int | None) -> str:
        content = Content("x", kind)
        return desk.write(lambda tx: drafts.add(tx, "anna", content, ticket_id=ticket))

    add("reply", ticket_id)
    add("note", ticket_id)
    add("reply", None)
    add("reply", None)
    with pytest.raises(Exception, match="UNIQUE"):
        add("note", ticket_id)
    assert desk.rows("SELECT count(*) FROM drafts")[0][0] == 4


@pytest.mark.parametrize(
    ("mine", "other", "both"),
    [
        ("One", "Two", "One\n\nTwo"),
        ("One and Two", "Two", "One and Two"),
        ("One", "One and Two", "One and Two"),
        ("", "Two", "Two"),
        ("One", "  ", "One"),
    ],
)
def test_two_texts_become_one_without_saying_anything_twice(
    mine: str, other: str, both: str
) -> None:
    assert Content(mine).above(Content(other)).body == both


def test_the_header_of_both_is_kept_the_upper_one_first() -> None:
    upper = Content("a", to="x@a.example", files=("/1",))
    lower = Content("b", to="y@a.example", cc="z@a.example", files=("/2", "/1"))
    both = upper.above(lower)
    assert (both.to, both.cc, both.files) == ("x@a.example", "z@a.example", ("/1", "/2"))
