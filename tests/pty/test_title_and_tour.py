"""What only bytes show of being called, and the tour of the demo from its command line."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.pty.conftest import TICKETS, Open, environment
from tests.support.demo import left_by_demo
from tests.support.pty import Terminal


def test_the_title_counts_and_the_old_one_comes_back(open_console: Open) -> None:
    terminal = open_console()
    terminal.wait_for(lambda _: f"\x1b]2;deskterm ({TICKETS})\x07".encode() in terminal.raw)
    terminal.send("q")
    assert terminal.ended() == 0
    assert terminal.raw.rindex(b"\x1b[23;2t") > terminal.raw.rindex(b"\x1b]2;")


def test_the_title_comes_back_after_another_program(open_console: Open) -> None:
    terminal = open_console(VISUAL="true")
    ours = f"\x1b]2;deskterm ({TICKETS})\x07".encode()
    terminal.wait_for(lambda _: ours in terminal.raw)
    terminal.send("rhello")
    terminal.wait_for("│hello")
    named = terminal.raw.count(ours)
    terminal.send("\x1bOS")
    terminal.wait_for(lambda _: terminal.raw.count(ours) > named)
    given, _, taken = terminal.raw.rpartition(b"\x1b[23;2t")
    assert ours in given
    assert taken.index(b"\x1b[22;2t") < taken.index(ours)


def test_the_tour_leads_through_the_demo(tmp_path: Path) -> None:
    env = environment(tmp_path, TMPDIR=str(tmp_path), DESKTERM_HOME="", DESKTERM_SECRETS="")
    command = [sys.executable, "-m", "deskterm", "demo", "--tour", "--tickets=30"]
    with Terminal(command, env, (100, 30)) as terminal:
        terminal.wait_for("Step 1 of 10")
        terminal.send("j")
        terminal.wait_for("Step 2 of 10")
        terminal.send("\r")
        terminal.wait_for("Step 3 of 10")
        terminal.send("k")
        terminal.wait_for("Step 4 of 10")
        terminal.send("r")
        terminal.wait_for("Step 5 of 10")
        terminal.send("Thank you, it will be there soon.")
        terminal.wait_for("soon.")
        terminal.send("\x13")
        terminal.wait_for("Step 6 of 10")
        terminal.review("\r", "Step 7 of 10")
        terminal.send("z")
        terminal.wait_for("Step 8 of 10")
        terminal.settled()
        terminal.send("\x1be")
        terminal.settled()
        terminal.send("he")
        terminal.wait_for("Step 9 of 10")
        terminal.send("/")
        terminal.wait_for("Step 10 of 10")
        terminal.send("\x1b")
        terminal.settled()
        terminal.send("?")
        terminal.wait_for("That was the tour")
        terminal.send("\x1b")
        terminal.settled()
        terminal.send("\x11")
        assert terminal.ended() == 0
    assert left_by_demo(tmp_path) == []
