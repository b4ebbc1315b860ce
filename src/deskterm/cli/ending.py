"""Signals that end a program which has something to clear away."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class ToldToEnd(SystemExit):
    """The program was asked to end. Passes through event loops as `SystemExit` does."""


@contextmanager
def ending_in_order() -> Iterator[None]:
    """Have SIGINT, SIGTERM and SIGHUP raise `ToldToEnd` in the block, once; further ones are
    ignored, so that what the first one set off comes to its end. For the main thread only.
    """

    def told(_number: int, _frame: FrameType | None) -> None:
        turn_deaf()
        raise ToldToEnd(0)

    before = {name: signal.signal(name, told) for name in _SIGNALS}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def turn_deaf() -> None:
    """Ignore these signals from now on: the program is ending already.

    By a function that does nothing: to be ignored by the kernel would be passed on to programs
    that are started.
    """
    for name in _SIGNALS:
        signal.signal(name, _hear_nothing)


def _hear_nothing(_number: int, _frame: FrameType | None) -> None:
    pass
