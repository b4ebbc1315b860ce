"""The sync engine: a loop for each account, stage two behind them, and the doors to all of it."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Iterable, Sequence

from deskterm.domain.clock import Clock
from deskterm.domain.errors import UsageError
from deskterm.sync.account_loop import AccountLoop, LoopParts
from deskterm.sync.boundary import place_of
from deskterm.sync.health import Health
from deskterm.sync.ports import (
    Errands,
    Intake,
    Progress,
    RunOutcome,
    SessionFactory,
    Sleep,
    StorageError,
    StorageFull,
    SyncPolicy,
)
from deskterm.sync.pull import PullParts, StorageGate

log = logging.getLogger("deskterm.sync")


class SyncEngine:
    """Brings in what the channels have, for ever (`run_forever`) or once (`sync_once`).

    Args:
        accounts: names of the accounts to sync.
        factory: opens a session for an account.
        intake: the side that stores.
        clock: wall time for stamps, monotonic time for waiting.
        sleep: waits that many seconds; injected together with the clock.
        rng: chance for jitter.
        policy: the numbers.
        progress: called after each stored page, in the loop; it must be quick.
        errands: what is asked of accounts beside their streams.
    """

    def __init__(
        self,
        accounts: Iterable[str],
        factory: SessionFactory,
        intake: Intake,
        clock: Clock,
        *,
        sleep: Sleep = asyncio.sleep,
        rng: random.Random | None = None,
        policy: SyncPolicy | None = None,
        progress: Callable[[Progress], None] | None = None,
        errands: Errands | None = None,
    ) -> None:
        self._intake = intake
        self._sleep = sleep
        self._policy = policy or SyncPolicy()
        self._tell = progress
        self._gate = StorageGate()
        pull = PullParts(intake, clock, self._policy, self._gate, self._progress)
        rng = rng or random.SystemRandom()
        self._parts = LoopParts(factory, pull, sleep, rng, self._disk_full, errands)
        self._loops = {name: AccountLoop(name, self._parts) for name in accounts}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._after_crash: set[asyncio.Task[None]] = set()
        self._deriving = asyncio.Lock()
        self._underived = asyncio.Event()
        self._stopping: asyncio.Event | None = None
        self._stopped = asyncio.Event()

    @property
    def accounts(self) -> tuple[str, ...]:
        """The names of the accounts."""
        return tuple(self._loops)

    @property
    def running(self) -> bool:
        """Whether `run_forever` is at work."""
        return self._stopping is not None

    @property
    def out_of_room(self) -> bool:
        """Whether everything waits because the disk was full."""
        return self._gate.shut

    def health(self, account: str) -> Health | None:
        """The present line of an account; None before its first round."""
        return self._loop(account).health

    async def run_forever(self) -> None:
        """Sync all accounts until `stop` is called or the task is cancelled."""
        if self._stopping is not None:
            raise RuntimeError("the engine runs already")
        self._stopping = asyncio.Event()
        self._stopped.clear()
        stage_two = asyncio.create_task(self._derive_forever(), name="sync stage two")
        self._underived.set()
        try:
            for name in self._loops:
                self._start(name)
            await self._stopping.wait()
        finally:
            self._stopping = None
            await self._cancel([stage_two, *self._tasks.values()])
            self._tasks.clear()
            self._stopped.set()

    async def stop(self) -> None:
        """End `run_forever`. Bounded: sessions that do not close in time are left behind."""
        if self._stopping is not None:
            self._stopping.set()
            await self._stopped.wait()

    async def sync_once(self, names: Sequence[str] | None = None) -> list[RunOutcome]:
        """Pull every stream of these accounts to its end, then finish stage two.

        Args:
            names: the accounts, in the order of the answer; None means all.

        Raises:
            UsageError: there is no such account.
            StorageError: stage two could not be stored.
        """
        loops = [self._loop(name) for name in (self.accounts if names is None else names)]
        self._gate.shut = False
        async with asyncio.TaskGroup() as group:
            pulls = [group.create_task(self._pull_once(loop)) for loop in loops]
        if not self._gate.shut:
            await self._derive(rest_s=0.0)
        return [pull.result() for pull in pulls]

    def poke(self, account: str | None = None) -> None:
        """Poll now (None: all accounts); takes up what had stopped.

        Pushes of a channel and people use the same door. It is safe to call often.

        Raises:
            UsageError: there is no such account.
        """
        loops = [self._loop(account)] if account is not None else list(self._loops.values())
        if self._gate.shut:
            self._gate.shut = False
            self._underived.set()
            loops = list(self._loops.values())
        for loop in loops:
            loop.poke()
            if self.running and self._tasks[loop.name].done():
                self._start(loop.name)

    def add_account(self, name: str) -> None:
        """Take an account in; a running engine syncs it at once. A known name changes nothing."""
        if name in self._loops:
            return
        self._loops[name] = AccountLoop(name, self._parts)
        if self.running:
            self._start(name)

    async def remove_account(self, name: str) -> None:
        """Let an account go: its pull is cut, its session closed."""
        loop = self._loops.pop(name, None)
        task = self._tasks.pop(name, None)
        if task is not None:
            await self._cancel([task])
        if loop is not None:
            await loop.close()

    # Pulling

    def _loop(self, name: str) -> AccountLoop:
        loop = self._loops.get(name)
        if loop is None:
            raise UsageError(f"There is no account {name!r}", advice="deskterm account list")
        return loop

    def _start(self, name: str) -> None:
        loop = self._loops[name]
        task = asyncio.create_task(loop.run(), name=f"sync {name}")
        task.add_done_callback(lambda ended: self._ended(loop, ended))
        self._tasks[name] = task

    def _ended(self, loop: AccountLoop, task: asyncio.Task[None]) -> None:
        """A loop only ends by being cancelled, or by a fault of ours: the others go on."""
        error = None if task.cancelled() else task.exception()
        if error is None:
            return
        log.error("%s: the loop ended on %s", loop.name, place_of(error))
        words = f"a fault inside deskterm, {place_of(error)}; sync again to start it anew"
        report = asyncio.ensure_future(loop.halt(Health("broken", words)))
        self._after_crash.add(report)
        report.add_done_callback(self._after_crash.discard)

    async def _pull_once(self, loop: AccountLoop) -> RunOutcome:
        if not self.running:
            try:
                return await loop.once()
            finally:
                await loop.close()
        if self._tasks[loop.name].done():
            self._start(loop.name)
        return await loop.asked_round()

    async def _cancel(self, tasks: Iterable[asyncio.Task[None]]) -> None:
        waiting = list(tasks)
        for task in waiting:
            task.cancel()
        if waiting:
            # Twice the time of one closing: ending a pull and closing its session.
            await asyncio.wait(waiting, timeout=2 * self._policy.close_deadline_s + 1)

    async def _disk_full(self, error: StorageFull) -> None:
        self._gate.shut = True
        for loop in list(self._loops.values()):
            await loop.halt(Health("paused", str(error)))

    # Stage two

    def _progress(self, progress: Progress) -> None:
        self._underived.set()
        if self._tell is not None:
            self._tell(progress)

    async def _derive_forever(self) -> None:
        while True:
            await self._underived.wait()
            self._underived.clear()
            try:
                await self._derive(self._policy.derive_rest_s)
            except StorageFull as error:
                await self._disk_full(error)
            except StorageError as error:
                log.warning("stage two: %s", error.code)

    async def _derive(self, rest_s: float) -> None:
        """Work until nothing is left; beside a running pull with rests, so that it comes first."""
        async with self._deriving:
            while await self._intake.derive(self._policy.derive_batch):
                pulling = any(loop.busy for loop in self._loops.values())
                await self._sleep(rest_s if pulling else 0.0)
