"""Row 23: over a slow line each key paints once, and nothing is sent while nothing happens."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pty.conftest import TICKETS, environment
from tests.pty.test_console import cursor_row
from tests.support.slow_line import SlowTerminal


@pytest.fixture
def far(home: Path) -> Iterator[SlowTerminal]:
    """The console at the end of a slow line, with its list painted."""
    with SlowTerminal([sys.executable, "-m", "deskterm"], environment(home)) as terminal:
        terminal.wait_for(f"1 of {TICKETS}")
        terminal.settled()
        yield terminal


def painted_by(terminal: SlowTerminal, keys: str) -> int:
    """How many frames these keys cost, sent in one piece."""
    before = terminal.frames
    terminal.send(keys)
    terminal.wait_for(lambda _: terminal.frames > before)
    terminal.settled()
    return terminal.frames - before


def test_a_key_paints_one_frame(far: SlowTerminal) -> None:
    for row, key in enumerate("jjjkj", start=1):
        print(row, key, painted_by(far, key))
    print(painted_by(far, "\r"), len(far.raw))
    print(painted_by(far, "j"), painted_by(far, "k"))
    print(painted_by(far, "r"))
    print([painted_by(far, k) for k in "Hello"])
    print(far.text)
    n = len(far.raw)
    import time

    e = time.monotonic() + 5
    while time.monotonic() < e:
        far._read(0.5)
    print(len(far.raw) - n, far.raw[n:])
    assert 0
