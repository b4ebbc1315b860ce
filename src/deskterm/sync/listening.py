"""Waiting between two rounds: for the time, for a poke, and for what the channel tells by itself.

News from the channel is a hint to poll now and nothing more. A channel whose way of telling is
broken is still polled, so trouble here never counts as trouble of the account.
"""

from __future__ import annotations

import asyncio
import math
from enum import Enum, auto
from typing import Any

from deskterm.contract import (
    Capability,
    ContractBroken,
    NotFound,
    Refused,
    Session,
    Unavailable,
    Unclear,
)
from deskterm.domain.clock import Clock
from deskterm.sync.backoff import Backoff
from deskterm.sync.boundary import ask
from deskterm.sync.ports import Sleep, SyncPolicy

#: Errors that end the listening and leave the account alone.
_LOST = (Unavailable, Unclear, ContractBroken, Refused, NotFound)


class Heard(Enum):
    """What ended a wait."""

    NOTHING = auto()  # the time is up, or a poke came
    NEWS = auto()
    LOST = auto()  # the session is of no more use


class Ear:
    """Listens for one account. `deaf_until` (monotonic seconds): no listening before."""

    def __init__(
        self,
        backoff: Backoff,
        clock: Clock,
        sleep: Sleep,
        policy: SyncPolicy,
        poked: asyncio.Event,
    ) -> None:
        self._backoff = backoff
        self._clock = clock
        self._sleep = sleep
        self._policy = policy
        self._poked = poked
        self.deaf_until = -math.inf

    def hears(self, session: Session) -> bool:
        """Whether this session tells of news, as far as we know."""
        awake = self._clock.monotonic() >= self.deaf_until
        return awake and Capability.WAIT in session.spec.capabilities

    async def wait(self, seconds: float, session: Session | None = None, stream: str = "") -> Heard:
        """Wait for that long (it may be infinite), or until something happens.

        Args:
            seconds: how long.
            session: listen on this one as well.
            stream: and to this stream of it.

        Raises:
            ConnectorError: what concerns the whole account: sign-in, a limit, a question.
        """
        racers: set[asyncio.Future[Any]] = {asyncio.ensure_future(self._poked.wait())}
        ear: asyncio.Task[bool] | None = None
        up_at = self._clock.monotonic() + seconds
        if session is not None:
            ear = asyncio.create_task(self._listen(session, stream, seconds))
            racers.add(ear)
            seconds += self._policy.wait_grace_s
        if seconds < math.inf:
            racers.add(asyncio.ensure_future(self._sleep(seconds)))
        try:
            done, _ = await asyncio.wait(racers, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for racer in racers:
                racer.cancel()
            await asyncio.gather(*racers, return_exceptions=True)
        if ear is None or self._poked.is_set():
            return Heard.NOTHING
        return await self._verdict(ear, up_at) if ear in done else self._lost()

    async def _listen(self, session: Session, stream: str, seconds: float) -> bool:
        # The injected sleep is the deadline here: the time a session may wait is known.
        return await ask(
            lambda: session.wait(stream, seconds), deadline_s=None, doing="waiting for news"
        )

    async def _verdict(self, ear: asyncio.Task[bool], up_at: float) -> Heard:
        try:
            news = ear.result()
        except _LOST:
            return self._lost()
        self._backoff.succeeded()
        if news:
            return Heard.NEWS
        if self._clock.monotonic() < up_at:
            # A session that gives up before the time must not make us spin.
            await self._sleep(self._policy.rest_s)
        return Heard.NOTHING

    def _lost(self) -> Heard:
        self.deaf_until = self._clock.monotonic() + self._backoff.failed()
        return Heard.LOST
