"""A sync engine with its surroundings: fake channels, memory, a clock by hand."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from deskterm.contract import Session, SessionContext
from deskterm.sync.engine import SyncEngine
from deskterm.sync.ports import SyncPolicy
from tests.support.fake_channel import FakeChannel, TokenSession, fake_context
from tests.support.manual_clock import ManualClock
from tests.support.memory_intake import Memory, MemoryIntake

MakeSession = Callable[[SessionContext, Mapping[str, FakeChannel]], Session]


class Rig:
    """One workspace. `channels[account]` is the feed `messages`; others stand in `feeds`."""

    def __init__(self, *accounts: str, session: MakeSession = TokenSession, **channel: Any) -> None:
        self.clock = ManualClock()
        self.session = session
        self.memory = Memory()
        self.channels = {
            name: FakeChannel(self.clock, **channel) for name in (accounts or ("shop",))
        }
        self.feeds: dict[str, dict[str, FakeChannel]] = {
            name: {"messages": channel} for name, channel in self.channels.items()
        }
        self.opened: list[str] = []
        self.open_errors: dict[str, list[BaseException]] = {}
        self.confirmed: frozenset[str] = frozenset()

    @property
    def channel(self) -> FakeChannel:
        """The channel of the only account."""
        (channel,) = self.channels.values()
        return channel

    async def open(self, account: str) -> Session:
        """The session factory."""
        self.opened.append(account)
        errors = self.open_errors.get(account)
        if errors:
            raise errors.pop(0)
        context = fake_context(account, self.clock, confirmed=self.confirmed)
        return self.session(context, self.feeds[account])

    def engine(
        self,
        *,
        intake: MemoryIntake | None = None,
        skip: bool = False,
        seed: int = 1,
        policy: SyncPolicy | None = None,
        **more: Any,
    ) -> SyncEngine:
        """A new engine on the same memory. `skip`: sleeping moves the time by itself."""
        return SyncEngine(
            list(self.channels),
            self.open,
            intake or MemoryIntake(self.memory),
            self.clock,
            sleep=self.clock.skip if skip else self.clock.sleep,
            rng=random.Random(seed),
            policy=policy,
            **more,
        )

    @asynccontextmanager
    async def running(self, engine: SyncEngine) -> AsyncIterator[None]:
        """The engine at work; stopped at the end."""
        task = asyncio.create_task(engine.run_forever())
        try:
            await self.clock.settle()
            yield
        finally:
            await engine.stop()
            await task

    def is_level(self, account: str = "shop") -> bool:
        """Whether the memory holds the newest revision of everything, and nothing else."""
        return self.memory.revisions(account) == self.channels[account].truth()
