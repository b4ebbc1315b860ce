"""Row 20 through the whole line: what happens to a folder never doubles or loses a message."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskterm.store.connect import connect
from tests.support.line import Line, running_line
from tests.support.mails import a_mail


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    with running_line(tmp_path) as line:
        for number in range(5):
            line.box.deliver(a_mail(number))
        line.box.deliver(a_mail(5, message_id=None))
        line.box.deliver(a_mail(6, message_id="<twice@mail.example>"))
        line.box.deliver(a_mail(7, message_id="<twice@mail.example>"))
        line.add_account()
        line.run("sync", "--once")
        yield line


def bodies(line: Line) -> Counter[str]:
    connection = connect(line.home.database)
    try:
        rows = connection.execute("SELECT body FROM messages").fetchall()
    finally:
        connection.close()
    return Counter(re.findall(r"number (\d+)", row[0])[0] for row in rows)


def expected(count: int) -> Counter[str]:
    return Counter(str(number) for number in range(count))


def test_without_and_with_the_same_message_id(line: Line) -> None:
    assert bodies(line) == expected(8)


def test_numbered_anew(line: Line) -> None:
    line.box.number_anew()
    line.box.deliver(a_mail(8))
    line.run("sync", "--once")
    line.run("sync", "--once")
    assert bodies(line) == expected(9)


def test_moved_away_and_back_and_gone(line: Line) -> None:
    files = line.box.files()
    moved = line.box.move(files[0], "Archive")
    files[1].unlink()
    line.run("sync", "--once")
    line.box.move(moved, "INBOX")
    line.box.deliver(a_mail(8))
    line.run("sync", "--once")
    assert bodies(line) == expected(9)
    assert len(line.json("list")) == len(line.json("list", "is:unresolved"))


def test_a_gap_in_the_numbers(line: Line) -> None:
    gone = line.box.deliver(a_mail(99))
    gone.unlink()
    line.box.deliver(a_mail(8))
    line.run("sync", "--once")
    assert bodies(line) == expected(9)


def test_the_same_mail_twice_in_the_folder(line: Line) -> None:
    line.box.deliver(a_mail(3))
    line.run("sync", "--once")
    assert bodies(line) == expected(8)
