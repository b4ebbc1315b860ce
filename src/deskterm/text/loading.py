"""How much time went into reading data that is read when it is first needed.

Word lists and tables take far longer to read than any text takes to be looked at. Whoever gives
work a limit of time must not count that, or the first work of a day looks as if it had failed.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple


class Spent(NamedTuple):
    """Seconds that a thread has spent on reading data: of its computing, and by the wall clock."""

    computing: float = 0.0
    wall: float = 0.0


class _Meter(threading.local):
    """What this thread has spent; `depth` is how many readings are under way within each other."""

    spent = Spent()
    depth = 0


_METER = _Meter()


def spent_loading() -> Spent:
    """What this thread has spent so far."""
    return _METER.spent


@contextmanager
def loading() -> Iterator[None]:
    """Counts the time in it, also as a decorator."""
    computing, wall = time.thread_time(), time.perf_counter()
    _METER.depth += 1
    try:
        yield
    finally:
        _METER.depth -= 1
        if not _METER.depth:
            before = _METER.spent
            _METER.spent = Spent(
                before.computing + time.thread_time() - computing,
                before.wall + time.perf_counter() - wall,
            )
