"""The console of a desk on a pseudo-terminal, and the minimal app beside it."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.desk import Desk
from benchmarks.minimal_app import READY
from benchmarks.terminal import Gone, Terminal
from deskterm.config.paths import Home
from deskterm.office.client import OfficeClient
from deskterm.office.door import OfficeGone
from deskterm.office.lock import is_held, read_info
from deskterm.store.connect import connect

#: Ends both.
QUIT = b"\x11"  # Ctrl+q
#: Columns: a subject in the list begins before the first one, the conversation behind the second.
#: A subject may name the order once more.
_SUBJECT_BEGINS, _CONVERSATION_BEGINS = 14, 46
_OFFICE_S = 30.0


@dataclass(frozen=True, slots=True)
class Orders:
    """Order numbers, which name tickets, in the order of two views."""

    needs_us: list[str]
    everything: list[str]

    @classmethod
    def of(cls, desk: Desk, most: int) -> Orders:
        """The first `most` tickets of both."""
        connection = connect(desk.home.database)
        try:
            return cls(
                _orders(
                    connection,
                    "WHERE status IN ('new', 'open') ORDER BY waiting_since, id LIMIT ?",
                    most,
                ),
                _orders(connection, "ORDER BY last_message_at DESC, id DESC LIMIT ?", most),
            )
        finally:
            connection.close()


def _orders(connection: sqlite3.Connection, rest: str, most: int) -> list[str]:
    found = connection.execute(f"SELECT subject FROM tickets {rest}", (most,)).fetchall()
    return [row[0].split()[0] for row in found]


def list_shows(*orders: str) -> Callable[[str], bool]:
    """Whether a screen has these tickets in its list."""
    return lambda screen: all(
        any(0 <= line.find(order) < _SUBJECT_BEGINS for line in screen.split("\n"))
        for order in orders
    )


def conversation_shows(order: str) -> Callable[[str], bool]:
    """Whether a screen has this ticket open beside its list."""
    return lambda screen: any(
        line.find(order, _CONVERSATION_BEGINS) >= 0 for line in screen.split("\n")
    )


def stands_at(place: int) -> Callable[[str], bool]:
    """Whether the cursor of the list stands at a place, from 1, by what its border says."""
    wanted = re.compile(rf"\b{place:,} of [0-9]")
    return lambda screen: wanted.search(screen) is not None


def start_minimal() -> Terminal:
    """Start the minimal app."""
    return Terminal([sys.executable, "-m", "benchmarks.minimal_app"], _environment())


def minimal_ready(terminal: Terminal) -> float:
    """Wait until it can be used; returns when."""
    return terminal.until(f"{READY}0")


def start_console(desk: Desk, *command: str, **extra: str) -> Terminal:
    """Start the console on a desk, as it begins where nobody has been before."""
    forget_place(desk.home)
    env = _environment() | {"DESKTERM_HOME": str(desk.folder), "DESKTERM_SECRETS": "env"} | extra
    return Terminal([sys.executable, *(command or ("-m", "deskterm"))], env)


def forget_place(home: Home) -> None:
    """A console goes back to where it was; a start is measured from where it begins."""
    for file in home.state.glob("console*"):
        file.unlink()


def end_office(home: Home) -> None:
    """End the office that the console has started, and wait until it is gone.

    Raises:
        Gone: it did not end.
    """
    deadline = time.monotonic() + _OFFICE_S
    told: set[int] = set()
    while is_held(home.lock):
        info = read_info(home.lock)
        if info is not None and info.pid not in told:
            told.add(info.pid)
            with suppress(ProcessLookupError):
                os.kill(info.pid, signal.SIGTERM)
        if time.monotonic() > deadline:
            raise Gone(f"the office of {home.data} does not end")
        time.sleep(0.01)


def office_of(home: Home) -> OfficeClient:
    """Reach the office that the console has started, or is about to start.

    Raises:
        Gone: there is none in time.
    """
    deadline = time.monotonic() + _OFFICE_S
    while time.monotonic() < deadline:
        info = read_info(home.lock) if is_held(home.lock) else None
        if info is not None:
            with suppress(OfficeGone):
                return OfficeClient.connect(info.socket)
        time.sleep(0.01)
    raise Gone(f"no office works on {home.data}")


def _environment() -> dict[str, str]:
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    root = str(Path(__file__).resolve().parents[1])
    places = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    return kept | {"LANG": "C.UTF-8", "TZ": "UTC", "PYTHONPATH": places}
