"""`deskterm demo` as one sees it: a shop that fills up by itself, and nothing of it afterwards."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import pytest

from tests.support.demo import demo, left_by_demo, working_in

TICKETS = 120
_COUNT = re.compile(r"needs us ([0-9]+)")


def test_it_fills_up_while_one_looks_on(tmp_path: Path) -> None:
    with demo(tmp_path, seed=3, tickets=TICKETS, size=(120, 40)) as terminal:
        terminal.wait_for("mailbox ok")
        shown = list(terminal.history())
        assert any("Demo shop 3" in screen and "mailbox syncing" in screen for screen in shown)
        counts = [int(found[1]) for screen in shown if (found := _COUNT.search(screen))]
        assert counts[0] < counts[-1]
        assert counts == sorted(counts)
        terminal.send("ga")
        terminal.wait_for(f"1 of {TICKETS}")


def test_a_demo_does_not_ask_for_an_account_while_it_starts(tmp_path: Path) -> None:
    with demo(tmp_path, seed=3, tickets=5) as terminal:
        terminal.wait_for("1 of ")
        assert b"There is no account" not in terminal.raw


@pytest.mark.parametrize("how", ["q", signal.SIGHUP])
def test_nothing_is_left_of_it(tmp_path: Path, how: str | signal.Signals) -> None:
    with demo(tmp_path, seed=3, tickets=10) as terminal:
        terminal.wait_for("1 of ")
        (folder,) = left_by_demo(tmp_path)
        working = working_in(folder)
        assert any("deskterm.office" in words for words in working.values())
        assert any("deskterm.sandbox" in words for words in working.values())
        if isinstance(how, str):
            terminal.send(how)
        else:
            terminal.signal(how)
        terminal.ended()
        assert b"\x1b[?1049l" in terminal.raw
        assert left_by_demo(tmp_path) == []
        assert working_in(folder) == {}
