"""The one thread of plain mode, which either waits for a line or does what comes up.

While a line is typed nothing is said and nothing changes: other threads work on, and what they
bring waits here until the line is there. So no answer speaks into what a person is doing.
"""

from __future__ import annotations

import heapq
import itertools
import queue
import time
from collections.abc import Callable
from typing import Final

from deskterm.viewmodel.ports import Monotonic

_LONGEST_S: Final = 3_600.0
"""Seconds that are waited for at once: what comes wakes the thread whatever is left of them."""


class Loop:
    """Does what is due and what other threads hand over; `deskterm.viewmodel.ports.Timers`.

    Args:
        clock: seconds that never jump.
    """

    def __init__(self, clock: Monotonic = time.monotonic) -> None:
        self._clock = clock
        self._given: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._due: list[tuple[float, int]] = []
        self._waiting: dict[int, Callable[[], None]] = {}
        self._numbers = itertools.count()

    def soon(self, act: Callable[[], None]) -> None:
        """See `deskterm.viewmodel.ports.Soon`."""
        self._given.put(act)

    def after(self, seconds: float, act: Callable[[], None]) -> Callable[[], None]:
        """See `deskterm.viewmodel.ports.Timers.after`."""
        number = next(self._numbers)
        self._waiting[number] = act
        heapq.heappush(self._due, (self._clock() + seconds, number))

        def cancel() -> None:
            self._waiting.pop(number, None)

        return cancel

    def catch_up(self) -> None:
        """Do everything that has come up, and wait for nothing."""
        self.until(lambda: True, 0.0)

    def until(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Work until something is so; False where it is not after so many seconds."""
        end = self._clock() + seconds
        while True:
            self._do_given()
            self._do_due()
            if condition():
                return True
            if (left := self._left(end)) <= 0:
                return False
            try:
                act = self._given.get(timeout=left)
            except queue.Empty:
                continue
            act()

    def _left(self, end: float) -> float:
        """Seconds until the end, or until something is due before it; 0 at the end."""
        now = self._clock()
        if now >= end:
            return 0.0
        first = self._due[0][0] if self._due else end
        return min(max(first, now + 0.001), end, now + _LONGEST_S) - now

    def _do_given(self) -> None:
        for _ in range(self._given.qsize()):
            self._given.get()()

    def _do_due(self) -> None:
        now = self._clock()
        while self._due and self._due[0][0] <= now:
            act = self._waiting.pop(heapq.heappop(self._due)[1], None)
            if act is not None:
                act()
