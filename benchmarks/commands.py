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
from itertools import cycle
from pathlib import Path

from benchmarks.desk import Desk
from benchmarks.floor import FloorStore
from benchmarks.measure import Row, percentile, ratio_row
from deskterm.office.client import OfficeClient
from deskterm.office.protocol import Answer, Call, encode, new_call_id
from deskterm.store.connect import connect

_ROUNDS = 9
_PER_ROUND = 40
_WARM = 20
_START_S = 20.0


def measure(desk: Desk, folder: Path) -> Iterator[Row]:
    """Resolve, reopen and tag tickets of a desk full of mail."""
    refs = _refs(desk)
    with desk.office() as office, FloorStore(folder / "flags.db") as store:
        store.flags(range(len(refs)))
        tickets = cycle(refs)
        acts: dict[str, Callable[[], object]] = {
            "ticket.resolve": lambda: _resolve_fresh(office, next(tickets)),
            "ticket.tag": lambda: _call(office, "ticket.tag", next(tickets), tag="bench"),
        }
        sizes = _frame_sizes(office, next(tickets))
        with _echo(folder / "echo.sock", sizes[1]) as echo:
            ask = b"x" * (sizes[0] - 1) + b"\n"
            for name, act in acts.items():
                yield from _compare(name, act, store, lambda: _round_trip(echo, ask, sizes[1]))


def _compare(
    name: str,
    act: Callable[[], object],
    store: FloorStore,
    round_trip: Callable[[], None],
) -> Iterator[Row]:
    rows = cycle(range(100))
    for _ in range(_WARM):
        act()
        store.flag(next(rows))
        round_trip()
    ours: list[float] = []
    commits: list[float] = []
    trips: list[float] = []
    for _ in range(_ROUNDS * _PER_ROUND):
        ours.append(_ms(act))
        commits.append(_ms(lambda: store.flag(next(rows))))
        trips.append(_ms(round_trip))
    floors = [commit + trip for commit, trip in zip(commits, trips, strict=True)]
    pairs = [
        (percentile(ours[at : at + _PER_ROUND], 0.5), percentile(floors[at : at + _PER_ROUND], 0.5))
        for at in range(0, len(ours), _PER_ROUND)
    ]
    yield ratio_row(
        "commands",
        f"{name}: answered by the office, median",
        "ms",
        pairs,
        at_most=2.0,
    )
    slow, floor = percentile(ours, 0.95), percentile(floors, 0.95)
    yield Row("commands", "… p95", "ms", slow, floor, slow / floor)
    yield Row(
        "commands", "… its floor: commit, round trip", "ms",
        percentile(commits, 0.5), percentile(trips, 0.5), None,
    )  # fmt: skip


def _resolve_fresh(office: OfficeClient, ref: str) -> None:
    _call(office, "ticket.resolve", ref)


def _call(office: OfficeClient, command: str, ref: str, **params: object) -> None:
    office.call(command, {"tickets": [ref], **params})


def _refs(desk: Desk) -> list[str]:
    """Tickets that are not resolved, as many as the runs need."""
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
