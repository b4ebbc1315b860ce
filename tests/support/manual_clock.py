"""Time that moves only when a test says so."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

#: Turns of the loop after which nothing more happens without time passing.
_TURNS = 40


class ManualClock:
    """A `deskterm.domain.clock.Clock` with a `sleep` that belongs to it.

    `sleep` waits for `advance` or `run`. `skip` is a sleep that moves the time itself and returns
    at once: right for tests with one sleeper, such as `sync_once` on one account.
    """

    def __init__(self, now: datetime = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)) -> None:
        self._now = now
        self._monotonic = 1000.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()
        self.slept: list[float] = []  # every sleep asked for, in seconds

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def advance(self, seconds: float | timedelta) -> None:
        """Move both clocks and wake whoever is due."""
        step = seconds.total_seconds() if isinstance(seconds, timedelta) else seconds
        self._now += timedelta(seconds=step)
        self._monotonic += step
        self._wake()

    def step_wall(self, step: timedelta) -> None:
        """Set the wall clock forward or back; the monotonic one goes on as before."""
        self._now += step

    async def sleep(self, seconds: float) -> None:
        """Wait until that much time has been moved."""
        self.slept.append(seconds)
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        due = self._monotonic + seconds
        heapq.heappush(self._sleepers, (due, next(self._numbers), woken))
        await woken

    async def skip(self, seconds: float) -> None:
        """Let the time pass and go on."""
        self.slept.append(seconds)
        self.advance(max(0.0, seconds))
        await asyncio.sleep(0)

    async def settle(self) -> None:
        """Let everything happen that can happen without time passing."""
        for _ in range(_TURNS):
            await asyncio.sleep(0)

    async def run(self, seconds: float, *, until: Callable[[], bool] | None = None) -> None:
        """Move on by that much, from one sleeper to the next, or until something is so."""
        end = self._monotonic + seconds
        await self.settle()
        while not (until is not None and until()):
            due = self._next_due()
            if due > end:
                self.advance(end - self._monotonic)
                await self.settle()
                return
            self.advance(due - self._monotonic)
            await self.settle()

    def _next_due(self) -> float:
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        return self._sleepers[0][0] if self._sleepers else float("inf")

    def _wake(self) -> None:
        # A hair of slack: sums of floats need not meet exactly.
        while self._sleepers and self._sleepers[0][0] <= self._monotonic + 1e-9:
            _, _, woken = heapq.heappop(self._sleepers)
            if not woken.done():
                woken.set_result(None)
