"""Over a slow line a key paints once, and nothing is sent while nothing happens."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pty.conftest import TICKETS, environment
from tests.pty.test_console import cursor_row
from tests.support.slow_line import SlowTerminal

IDLE_S = 4.0


@pytest.fixture
def far(home: Path) -> Iterator[SlowTerminal]:
    """The console at the end of a slow line; its office runs, and has said how the account does."""
    with SlowTerminal([sys.executable, "-m", "deskterm"], environment(home)) as terminal:
        terminal.wait_for(f"1 of {TICKETS}")
        terminal.wait_for("support broken")  # no connector knows it
        terminal.settled()
        yield terminal


def painted_by(terminal: SlowTerminal, keys: str) -> int:
    """How many frames these keys cost, sent in one piece."""
    before = terminal.frames
    terminal.send(keys)
    terminal.wait_for(lambda _: terminal.frames > before)
    terminal.settled()
    return terminal.frames - before


def test_a_key_paints_one_frame_and_none_paints_nothing(far: SlowTerminal) -> None:
    assert [painted_by(far, key) for key in "jjjkj"] == [1] * 5
    assert "Parcel 003" in cursor_row(far.text)
    assert far.arrived_within(IDLE_S) == b""


def test_a_change_of_panes_paints_the_screen_once(far: SlowTerminal) -> None:
    far.send("\r")  # which has the ticket marked as read
    far.wait_for("Message number 0.")
    far.settled()
    assert painted_by(far, "h") == 1
    assert painted_by(far, "\r") == 1
    assert "Message number 0." in far.text


def test_keys_that_come_faster_than_the_line_are_painted_together(far: SlowTerminal) -> None:
    assert painted_by(far, "j" * 40) <= 3  # rows that had not been read come after the others
    assert "Parcel 040" in cursor_row(far.text)


def test_from_the_list_to_a_reply(far: SlowTerminal) -> None:
    far.send("j\r")
    far.wait_for("Message number 1.")
    far.settled()
    far.send("rHello")
    far.wait_for("│Hello")
    far.send(" there")
    far.wait_for("│Hello there")
    far.wait_for("draft saved")
    far.settled()
    assert far.arrived_within(IDLE_S) == b""
    far.send("\x13")
    far.wait_for("Ready to send")


def test_what_is_typed_does_not_repaint_the_conversation(far: SlowTerminal) -> None:
    far.send("\rr")
    far.wait_for("Reply to Customer000")
    far.settled()
    before = len(far.raw)
    far.send("a")
    far.wait_for("draft saved")
    far.settled()
    assert b"Message number" not in far.raw[before:]
