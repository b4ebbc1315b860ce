"""The calls an account may still make: a token bucket that also listens to the channel."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from deskterm.contract import RateHint
from deskterm.domain.clock import Clock
from deskterm.sync.ports import Sleep

#: A header that names a later time is believed for this long, then one call finds out (seconds).
HOLD_CAP_S = 900.0


class RateBudget:
    """A bucket of `hint.burst` calls, filled at `hint.per_second`; one for each account.

    Everything that works for the account shares it; who asks first goes first. It implements
    `deskterm.contract.Budget`.
    """

    def __init__(self, hint: RateHint, clock: Clock, sleep: Sleep = asyncio.sleep) -> None:
        self._size = float(max(1, hint.burst))
        self._per_second = max(hint.per_second, 0.001)
        self._clock = clock
        self._sleep = sleep
        self._calls = self._size
        self._filled_at = clock.monotonic()
        self._held_until = self._filled_at
        self._line = asyncio.Lock()

    @asynccontextmanager
    async def take(self, calls: int = 1) -> AsyncIterator[None]:
        """Wait until that many calls are allowed.

        More calls than the bucket holds wait for a full one and leave it in debt.
        """
        async with self._line:
            while (seconds := self._missing(calls)) > 0:
                await self._sleep(seconds)
            self._calls -= calls
        yield

    def learn(self, *, remaining: int | None, resets_at: datetime | None) -> None:
        """Take over what the channel's answer headers say.

        The channel may know of calls that others made with the same account, so its count only
        ever lowers ours. When none remain, nobody calls before `resets_at` (at most 15 minutes).
        """
        if remaining is None:
            return
        self._fill()
        self._calls = min(self._calls, float(remaining))
        if remaining <= 0 and resets_at is not None:
            seconds = (resets_at - self._clock.now()).total_seconds()
            hold = self._clock.monotonic() + min(max(seconds, 0.0), HOLD_CAP_S)
            self._held_until = max(self._held_until, hold)

    def _missing(self, calls: int) -> float:
        """Seconds until that many calls are allowed."""
        self._fill()
        held = self._held_until - self._clock.monotonic()
        wanted = min(float(calls), self._size)
        # The bucket counts in floats: what is missing by rounding is not worth a sleep.
        short = wanted - self._calls
        return max(held, short / self._per_second if short > 1e-9 else 0.0)

    def _fill(self) -> None:
        now = self._clock.monotonic()
        grown = self._calls + (now - self._filled_at) * self._per_second
        self._calls = min(self._size, grown)
        self._filled_at = now
