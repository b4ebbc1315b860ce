"""What only bytes show: bursts, pastes, signals, sizes and languages of a real terminal."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pty.conftest import TICKETS, Open, environment
from tests.support.pty import Terminal

PASTE = "\x1b[200~{}\x1b[201~"


def cursor_row(screen: str) -> str:
    """The line of the list that the cursor is on."""
    return next(line for line in screen.splitlines() if line.startswith("│>"))


def drafts(home: Path) -> list[str]:
    """The texts of drafts that the office has, and of copies that wait for it."""
    database = sqlite3.connect(home / "data" / "deskterm.db")
    found = [row[0] for row in database.execute("SELECT body FROM drafts")]
    database.close()
    copies = (home / "state" / "typed").glob("*.json")
    return found + [json.loads(copy.read_text())["params"]["text"] for copy in copies]


@pytest.fixture
def terminal(open_console: Open) -> Terminal:
    """The console at 80 by 24, with its list painted."""
    terminal = open_console()
    terminal.wait_for("Parcel 000")
    terminal.wait_for(f"1 of {TICKETS}")
    return terminal


def test_q_in_the_list_ends_the_console(terminal: Terminal) -> None:
    terminal.send("q")
    assert terminal.ended() == 0
    assert b"\x1b[?1049l" in terminal.raw


def test_keys_after_r_in_one_packet_are_the_reply(terminal: Terminal, home: Path) -> None:
    terminal.send("rhello there")
    screen = terminal.wait_for("│hello there")
    assert "Reply to Customer000" in screen
    database = sqlite3.connect(home / "data" / "deskterm.db")
    assert database.execute("SELECT count(*) FROM tickets WHERE status != 'new'").fetchone() == (0,)
    database.close()


def test_a_paste_in_the_packet_of_its_keys_keeps_its_place(terminal: Terminal) -> None:
    terminal.send("rabc " + PASTE.format("a fine text, no?") + " typed")
    terminal.wait_for("│abc a fine text, no? typed")
    terminal.send("\x14")
    terminal.wait_for("thrown away")
    terminal.send("h/" + PASTE.format("Parcel 007"))
    screen = terminal.wait_for("· Parcel 007 · 1 ─")
    assert "Parcel 007" in cursor_row(screen)


def test_editing_keys_keep_their_place_in_a_burst(terminal: Terminal) -> None:
    terminal.send("rteh\x7f\x7fhe\x1b[D\x1b[D!")
    terminal.wait_for("│t!he")


def test_chords_and_movements_in_one_packet_keep_their_order(terminal: Terminal) -> None:
    terminal.send("gajjgij")
    screen = terminal.wait_for(lambda text: "Needs us" in text and f"2 of {TICKETS}" in text)
    assert "Parcel 001" in cursor_row(screen)


def test_opening_and_moving_in_one_packet_move_in_what_was_opened(terminal: Terminal) -> None:
    terminal.send("\rJhj")
    screen = terminal.wait_for(f"3 of {TICKETS}")
    assert "Parcel 002" in cursor_row(screen)


def test_two_hundred_keys_at_once_end_on_the_right_row(terminal: Terminal) -> None:
    terminal.send("j" * 200)
    terminal.wait_for(f"201 of {TICKETS}")
    terminal.wait_for(lambda screen: "Parcel 200" in cursor_row(screen))


def test_a_paste_into_the_list_does_nothing_and_can_be_written(terminal: Terminal) -> None:
    terminal.send(PASTE.format("eeee xxxx"))
    screen = terminal.wait_for("nothing was done")
    assert "Parcel 000" in cursor_row(screen)
    terminal.send("P")
    terminal.wait_for("│eeee xxxx")


def test_a_paste_without_brackets_does_nothing(terminal: Terminal) -> None:
    terminal.send("Hello Marta,\rthe parcel left today.\rKind regards")
    screen = terminal.wait_for("nothing was done")
    assert "Parcel 000" in cursor_row(screen)
    terminal.settled()
    terminal.send("P")
    terminal.wait_for("│the parcel left today.")


def test_an_escape_in_a_paste_does_not_end_it(terminal: Terminal) -> None:
    terminal.send("r")
    terminal.wait_for("Reply to")
    terminal.send(PASTE.format("one\x1b[A\x1btwo\x1b[200~three"))
    terminal.wait_for("two")
    screen = terminal.settled()
    assert "│one␛[A␛two␛[200~three" in screen


def test_an_escape_in_a_paste_into_the_list_does_nothing(terminal: Terminal) -> None:
    terminal.send(PASTE.format("a\x1b[Bjj\x1b\x1bee"))
    terminal.wait_for("nothing was done")
    assert "Parcel 000" in cursor_row(terminal.settled())


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_ends_it_with_the_draft_kept(
    terminal: Terminal, home: Path, number: signal.Signals
) -> None:
    terminal.send("rkeep this")
    terminal.wait_for("│keep this")
    terminal.signal(number)
    assert terminal.ended() == 128 + number
    assert "keep this" in drafts(home)
    assert b"\x1b[?1049l" in terminal.raw


def test_a_closed_terminal_ends_it_with_the_draft_kept(terminal: Terminal, home: Path) -> None:
    terminal.send("rkeep this")
    terminal.wait_for("│keep this")
    terminal.hang_up()
    terminal.ended()
    assert "keep this" in drafts(home)


def test_what_a_killed_console_had_is_there_at_the_next_start(
    terminal: Terminal, open_console: Open, home: Path
) -> None:
    terminal.send("rnot lost")
    terminal.wait_for("│not lost")
    terminal.wait_for(lambda _: "not lost" in drafts(home))
    terminal.signal(signal.SIGKILL)
    terminal.ended()
    again = open_console()
    again.wait_for("Parcel 000")
    again.send("r")
    again.wait_for("│not lost")


def test_too_small_says_so_and_comes_back(terminal: Terminal) -> None:
    terminal.resize(20, 5)
    terminal.wait_for("Too small")
    before = terminal.raw.count(b"\a")
    terminal.send("jje")
    terminal.wait_for(lambda _: terminal.raw.count(b"\a") == before + 3)
    terminal.resize(80, 24)
    screen = terminal.wait_for("Parcel 019")
    assert "Parcel 000" in cursor_row(screen)
    for columns, rows in ((1, 1), (200, 60), (119, 9), (80, 24)):
        terminal.resize(columns, rows)
        terminal.settled()
    terminal.wait_for(f"1 of {TICKETS}")
    terminal.send("q")
    assert terminal.ended() == 0


def test_a_wide_terminal_shows_list_and_conversation(open_console: Open) -> None:
    with open_console(size=(120, 40)) as terminal:
        terminal.wait_for("Message number 0.")
        terminal.send("jj")
        terminal.wait_for("Message number 2.")


def test_without_a_terminal_the_commands_are_named(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "deskterm"],
        env=environment(home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "terminal" in done.stderr
    assert "account" in done.stderr


@pytest.mark.parametrize("language", ["C", "en_US.ISO-8859-1"])
def test_without_utf8_nothing_but_ascii_is_written(open_console: Open, language: str) -> None:
    with open_console(LANG="", LC_ALL=language) as terminal:
        terminal.wait_for("Parcel 000")
        terminal.send("\r")
        terminal.wait_for("Message number 0.")
        terminal.send("?")
        terminal.wait_for("Keys that work here")
        assert terminal.raw.isascii()


def test_sixteen_colours_are_asked_for_by_their_numbers(open_console: Open) -> None:
    with open_console(TERM="linux", COLORTERM="") as terminal:
        terminal.wait_for("Parcel 000")
        terminal.settled()
        assert b"38;2;" not in terminal.raw
        assert b"48;5;" not in terminal.raw


def test_the_window_is_named(terminal: Terminal) -> None:
    terminal.settled()
    assert b"\x1b]2;deskterm\x07" in terminal.raw
