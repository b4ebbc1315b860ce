"""A command answered by the office, against one bare commit and one bare socket round trip.

Three things take turns: a command over the office's socket, one flag update in a database of its
own (WAL, synchronous=FULL), and an echo of the same frame sizes from another process.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count, cycle
from pathlib import Path
from statistics import median

from benchmarks.desk import Desk
from benchmarks.floor import FloorStore
from benchmarks.measure import Row, percentile, ratio_row
from deskterm.office.client import OfficeClient
from deskterm.office.protocol import Answer, Call, encode, new_call_id
from deskterm.store.connect import connect

_ROUNDS = 9
_PER_ROUND = 40
_WARM = 20
_FLAGS = 20_000
_START_S = 20.0


def measure(desk: Desk, folder: Path) -> Iterator[Row]:
    """Resolve, reopen and tag tickets of a desk full of mail."""
    refs = _refs(desk)
    with desk.office() as office, FloorStore(folder / "flags.db") as store:
        store.flags(range(_FLAGS))
        tickets = cycle(refs)
        tags = (f"bench-{number}" for number in count())
        acts: dict[str, Callable[[str], object]] = {
            "ticket.resolve": lambda ref: _call(office, "ticket.resolve", ref),
            "ticket.tag": lambda ref: _call(office, "ticket.tag", ref, tag=next(tags)),
        }
        sizes = _frame_sizes(office, next(tickets))
        with _echo(folder / "echo.sock", sizes[1]) as echo:
            ask = b"x" * (sizes[0] - 1) + b"\n"
            for name, act in acts.items():
                turn = _Turn(store, partial(_round_trip, echo, ask, sizes[1]))
                for place in range(_WARM + _ROUNDS * _PER_ROUND):
                    ref = next(tickets)
                    turn.take(partial(act, ref), counts=place >= _WARM)
                    if name == "ticket.resolve":
                        _call(office, "ticket.reopen", ref)
                yield from turn.rows(name)


class _Turn:
    """A command, a bare commit and a bare round trip, one after the other, many times."""

    def __init__(self, store: FloorStore, round_trip: Callable[[], None]) -> None:
        self._store = store
        self._round_trip = round_trip
        self._flagged = cycle(range(_FLAGS))
        self._ours: list[float] = []
        self._commits: list[float] = []
        self._trips: list[float] = []

    def take(self, act: Callable[[], object], *, counts: bool) -> None:
        """Do all three once; what warms up does not count."""
        times = (_ms(act), _ms(partial(self._store.flag, next(self._flagged))))
        trip = _ms(self._round_trip)
        if counts:
            self._ours.append(times[0])
            self._commits.append(times[1])
            self._trips.append(trip)

    def rows(self, name: str) -> Iterator[Row]:
        """What was found."""
        ours = self._ours
        floors = [c + t for c, t in zip(self._commits, self._trips, strict=True)]
        pairs = [
            (median(ours[at : at + _PER_ROUND]), median(floors[at : at + _PER_ROUND]))
            for at in range(0, len(ours), _PER_ROUND)
        ]
        what = f"{name}: answered by the office, median"
        yield ratio_row("commands", what, "ms", pairs, at_most=2.0)
        slow, floor = percentile(ours, 0.95), percentile(floors, 0.95)
        yield Row("commands", "… p95", "ms", slow, floor, slow / floor)
        yield Row("commands", "… its floor, the commit", "ms", median(self._commits), None, None)
        yield Row("commands", "… its floor, the round trip", "ms", median(self._trips), None, None)


def _call(office: OfficeClient, command: str, ref: str, **params: object) -> None:
    office.call(command, {"tickets": [ref], **params})


def _refs(desk: Desk) -> list[str]:
    """Tickets that are not resolved, the newest first."""
    connection = connect(desk.home.database)
    try:
        rows = connection.execute(
            "SELECT ref FROM tickets WHERE status IN ('new', 'open', 'waiting_customer')"
            " ORDER BY last_message_at DESC"
        ).fetchall()
    finally:
        connection.close()
    return [row[0] for row in rows]


def _frame_sizes(office: OfficeClient, ref: str) -> tuple[int, int]:
    """Bytes of a call and of its answer."""
    call = Call(new_call_id(), "ticket.tag", {"tickets": [ref], "tag": "bench"}, None)
    result = office.call(call.command, call.params)
    return len(encode(call)), len(encode(Answer(call.id, result.revision, result.result)))


@contextmanager
def _echo(path: Path, size: int) -> Iterator[socket.socket]:
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.echo", str(path), str(size)])
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    deadline = time.monotonic() + _START_S
    try:
        while True:
            try:
                connection.connect(str(path))
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
        yield connection
    finally:
        connection.close()
        process.terminate()
        process.wait(20)


def _round_trip(connection: socket.socket, ask: bytes, size: int) -> None:
    connection.sendall(ask)
    left = size
    while left:
        left -= len(connection.recv(left))


def _ms(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
