"""An office that is killed after so many of its calls: a server that forks one for each order.

Orders come as JSON lines on stdin, one answer a line on stdout. The server itself imports the
office once and never opens a database, so each child starts in milliseconds and from a clean
state. A child counts every statement that reaches SQLite and every write to a socket, and ends
itself with SIGKILL at the count it was given.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import signal
import sqlite3
import sys
from asyncio import selector_events, sslproto
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from deskterm.config.paths import Home
from deskterm.config.secrets import nobody_to_ask
from deskterm.domain.errors import DesktermError
from deskterm.office import serve
from deskterm.office.protocol import Call
from deskterm.rules.library import packs_for
from deskterm.rules.model import Draft, Facts
from deskterm.rules.passing import check_to_send
from deskterm.sync.connectors import Connectors
from deskterm.text.mood import mood_of


class _Counter:
    def __init__(self, kill_at: int) -> None:
        self.calls = 0
        self._kill_at = kill_at

    def step(self) -> None:
        self.calls += 1
        if self.calls == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)


def _count_calls(counter: _Counter) -> None:
    class Counted(sqlite3.Connection):
        def execute(self, *args: Any, **options: Any) -> sqlite3.Cursor:
            counter.step()
            return super().execute(*args, **options)

        def executemany(self, *args: Any, **options: Any) -> sqlite3.Cursor:
            counter.step()
            return super().executemany(*args, **options)

    connect = sqlite3.connect

    def counted_connect(*args: Any, **options: Any) -> Any:
        return connect(*args, **{**options, "factory": Counted})

    setattr(sqlite3, "connect", counted_connect)  # noqa: B010 - mypy knows it as a function
    for kind in (selector_events._SelectorSocketTransport, sslproto._SSLProtocolTransport):  # type: ignore[attr-defined] # every byte leaves through these
        setattr(kind, "write", _counted(kind.write, counter))  # noqa: B010 - as above


def _counted(write: Callable[..., None], counter: _Counter) -> Callable[..., None]:
    def step_and_write(self: object, data: bytes) -> None:
        counter.step()
        write(self, data)
        counter.step()

    return step_and_write


async def _work(home: Home, order: dict[str, Any], acked: Path) -> None:
    """Do the calls, noting each answer before the next, then sync and send once."""
    async with serve.serving(home, os.environ, sync=False, ask_passphrase=nobody_to_ask) as served:
        for call in order["calls"]:
            try:
                answer = await served.office.call(
                    Call(call["id"], call["command"], call["params"], None), lambda _: None
                )
            except DesktermError as error:
                answer = {"error": error.code}
            with acked.open("a") as file:
                file.write(json.dumps({"id": call["id"], "answer": answer}) + "\n")
        await served.office.sync_once(None)


def _child(order: dict[str, Any], report: int) -> None:
    counter = _Counter(order["kill_at"])
    _count_calls(counter)
    home = Home.find(os.environ)
    asyncio.run(_work(home, order, Path(order["acked"])))
    os.write(report, str(counter.calls).encode())


def _warm_up() -> None:
    """Read once what each office would spend most of its time on."""
    importlib.import_module("deskterm.macros.sentences")
    mood_of("Where is my parcel?")
    Connectors.installed(()).session_class("email")
    check_to_send(Draft("It is on its way.", "email"), Facts(datetime.now(UTC)), packs_for("email"))


def main() -> None:
    """Fork an office for each order; answer how it ended and how many calls it made."""
    _warm_up()
    for line in sys.stdin:
        order = json.loads(line)
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            code = 1
            try:
                _child(order, writing)
                code = 0
            finally:
                sys.stderr.flush()
                os._exit(code)
        os.close(writing)
        _, status = os.waitpid(pid, 0)
        calls = os.read(reading, 64).decode() or "0"
        os.close(reading)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        answer = {"killed": killed, "code": os.waitstatus_to_exitcode(status), "calls": int(calls)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
