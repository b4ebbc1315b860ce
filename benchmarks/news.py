"""How soon a new mail is in the database while an office waits by IDLE (RFC 2177)."""

from __future__ import annotations

import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Row

_MAILS = 9
_LOOK_S = 0.01
_GOAL_S = 2.0


def measure(folder: Path) -> Iterator[Row]:
    """Deliver mails one by one to a mailbox in step. No row where Dovecot is not installed."""
    from tests.support.dovecot import BINARY
    from tests.support.line import running_line, wait_for
    from tests.support.mails import a_mail

    if not BINARY.exists():
        return
    root = folder / "news"
    root.mkdir()
    with running_line(root) as line:
        line.box.deliver(a_mail(0))
        line.add_account()
        line.end_office()
        office = subprocess.Popen(
            [sys.executable, "-m", "deskterm", "sync"],
            env=line.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(lambda: line.home.database.exists() and line.office_pid() == office.pid)
            wait_for(lambda: line.json("account", "list")[0]["health"] == "ok")
            waits = []
            for number in range(1, _MAILS + 1):
                line.box.deliver(a_mail(number))
                waits.append(_seconds_until(line.home.database, number))
        finally:
            office.send_signal(signal.SIGTERM)
            office.wait(60)
    median, worst = statistics.median(waits), max(waits)
    yield Row(
        "news",
        "New mail, from delivery to the database (IDLE)",
        "s",
        median,
        None,
        median / _GOAL_S,
        f"≤ {_GOAL_S:g} s",
        worst <= _GOAL_S,
        f"{min(waits):.2f}-{worst:.2f}",
    )


def _seconds_until(database: Path, number: int) -> float:
    from deskterm.store.connect import connect

    start = time.monotonic()
    connection = connect(database)
    try:
        while time.monotonic() < start + 60:
            found = connection.execute(
                "SELECT 1 FROM messages WHERE message_id = ?", (f"<m{number}@mail.example>",)
            ).fetchone()
            if found:
                return time.monotonic() - start
            time.sleep(_LOOK_S)
    finally:
        connection.close()
    raise RuntimeError("a new mail did not arrive")
