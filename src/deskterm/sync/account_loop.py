"""One account: when it is pulled, what each error means for it, and when it tries again.

| error | what follows |
| --- | --- |
| SignInNeeded, Confirm | the account stops until a person acts and pokes it |
| RateLimited | the account waits as long as asked, and a poke does not shorten that |
| Unavailable, Unclear | the account waits, each time longer; a poke ends the wait |
| ContractBroken, Refused, NotFound | the stream tries again, its cursor unmoved; three times |
|  | at one place make the account broken, and the stream tries on slowly. Other streams go on |
| StorageError | as Unavailable: the page was not stored and is fetched again |
| StorageFull | all accounts stop until a poke |

Reads repeat themselves because storing is an upsert; nothing here ever sends.
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from deskterm.contract import (
    Confirm,
    ConnectorError,
    ContractBroken,
    NotFound,
    RateLimited,
    Refused,
    Session,
    SignInNeeded,
    StreamSpec,
)
from deskterm.sync.backoff import Backoff
from deskterm.sync.boundary import ask
from deskterm.sync.cursors import place
from deskterm.sync.health import Health, HealthState, one_line
from deskterm.sync.listening import Ear, Heard
from deskterm.sync.ports import (
    Errands,
    RunOutcome,
    RunResult,
    SessionFactory,
    Sleep,
    StorageError,
    StorageFull,
)
from deskterm.sync.pull import ByteLimitReached, PullParts, StreamPull, Tally
from deskterm.sync.schedule import Schedule, StreamTrack

log = logging.getLogger("deskterm.sync")

STREAM_ERRORS = (ContractBroken, Refused, NotFound)


@dataclass(frozen=True, slots=True)
class LoopParts:
    """What the loops of all accounts share. `disk_full` stops every account; `errands` are asked
    of those that they serve.
    """

    factory: SessionFactory
    pull: PullParts
    sleep: Sleep
    rng: Random
    disk_full: Callable[[StorageFull], Awaitable[None]]
    errands: Errands | None = None


class AccountLoop:
    """Pulls one account: for ever (`run`) or once (`once`), never both at a time."""

    def __init__(self, name: str, parts: LoopParts) -> None:
        self.name = name
        self.health: Health | None = None  # not known before the first round
        self.busy = False
        self._parts = parts
        self._clock = parts.pull.clock
        self._policy = parts.pull.policy
        self._session: Session | None = None
        self._backoff = self._new_backoff()
        self._schedule = Schedule(self._clock, self._new_backoff)
        self._poked = asyncio.Event()
        self._ear = Ear(self._new_backoff(), self._clock, parts.sleep, self._policy, self._poked)
        self._run_id: int | None = None
        self._asked: list[asyncio.Future[RunOutcome]] = []

    # Doors for the engine

    def poke(self) -> None:
        """Poll as soon as the channel allows; takes up an account that had stopped."""
        self._poked.set()

    async def halt(self, health: Health) -> None:
        """Stop until poked, and say why."""
        self._schedule.halted = True
        await self._show(health)

    async def run(self) -> None:
        """Pull, wait, pull again, until cancelled."""
        try:
            while True:
                try:
                    await self._rest()
                except ConnectorError as error:
                    await self._show(await self._account_failed(error))
                else:
                    await self._round()
        finally:
            self._answer(self._take_asked(), self._outcome("cut", Tally(), self._clock.now()))
            await self.close()

    async def once(self) -> RunOutcome:
        """Pull every stream to its end; what fails for now is tried again for a while."""
        give_up_at = self._clock.monotonic() + self._policy.patience_s
        self._poked.set()
        if self._schedule.asked_until > give_up_at:
            return self._outcome("failed", Tally(), self._clock.now())
        await self._sleep_until(self._schedule.asked_until)
        outcome = await self._round()
        while outcome.result == "failed" and (again_at := self._schedule.again_at()) <= give_up_at:
            await self._sleep_until(again_at)
            outcome = outcome.joined(await self._round())
        return outcome

    async def asked_round(self) -> RunOutcome:
        """The outcome of the next round, begun now; for callers while `run` is at work.

        While the channel wants us to wait, the answer is that we wait.
        """
        if self._schedule.asked_until > self._clock.monotonic():
            return self._outcome("failed", Tally(), self._clock.now())
        future: asyncio.Future[RunOutcome] = asyncio.get_running_loop().create_future()
        self._asked.append(future)
        self.poke()
        return await future

    async def close(self) -> None:
        """Let go of the session."""
        session, self._session = self._session, None
        if session is None:
            return
        deadline = self._policy.close_deadline_s
        try:
            await ask(session.close, deadline_s=deadline, doing="closing a session")
        except ConnectorError as error:
            log.warning("%s: the session did not close: %s", self.name, type(error).__name__)

    # Waiting

    async def _rest(self) -> None:
        """Wait until a stream is due, the channel tells of news, or somebody pokes.

        Raises:
            ConnectorError: the wait brought out something that concerns the whole account.
        """
        await self._sleep_until(self._schedule.held_until())
        while not self._poked.is_set() and (seconds := self._schedule.next_s()) > 0:
            tracks = self._schedule.tracks()
            session = self._listening_session()
            if session is None:
                await self._ear.wait(seconds)
                continue
            heard = await self._ear.wait(seconds, session, tracks[0].spec.name)
            if heard is Heard.NEWS:
                tracks[0].due_at = self._clock.monotonic()
            elif heard is Heard.LOST:
                tracks[0].due_at = min(tracks[0].due_at, self._ear.deaf_until)
                await self.close()

    async def _sleep_until(self, moment: float) -> None:
        while (seconds := moment - self._clock.monotonic()) > 0:
            await self._parts.sleep(seconds)

    def _listening_session(self) -> Session | None:
        if self._session is None or not self._schedule.works() or not self._schedule.tracks():
            return None
        return self._session if self._ear.hears(self._session) else None

    # A round

    async def _round(self) -> RunOutcome:
        """Pull every stream that is due, once, and say how it went."""
        asked = self._take_asked()
        if self._poked.is_set():
            self._poked.clear()
            self._schedule.all_due()
        tally, started_at = Tally(), self._clock.now()
        result: RunResult = "cut"
        self.busy = True
        try:
            result, health = await self._pull_due(tally)
            await self._show(health)
        finally:
            self.busy = False
            self._schedule.rest(self._policy.rest_s)
            outcome = self._outcome(result, tally, started_at)
            self._answer(asked, outcome)
            await self._note_end(outcome)
        return outcome

    async def _pull_due(self, tally: Tally) -> tuple[RunResult, Health]:
        try:
            self._parts.pull.gate.check()
            self._run_id = await self._parts.pull.intake.run_started(self.name)
            self._schedule.learn(self._streams(await self._open()))
            for track in self._schedule.due():
                await self._pull(track, tally)
        except (ConnectorError, StorageError, ByteLimitReached) as error:
            if tally.moved:
                self._backoff.succeeded()
            return "failed", await self._account_failed(error)
        self._backoff.succeeded()
        self._schedule.retry_at = -math.inf
        worst = self._schedule.worst()
        return ("ok", Health()) if worst is None else ("failed", self._stream_health(worst))

    def _streams(self, session: Session) -> tuple[StreamSpec, ...]:
        """What there is to pull; the errands come last, for they ask about what was pulled."""
        errands = self._parts.errands
        if errands is None or not errands.serves(session):
            return session.spec.streams
        return (*session.spec.streams, errands.spec)

    async def _open(self) -> Session:
        if self._session is None:
            self._session = await ask(
                lambda: self._parts.factory(self.name),
                deadline_s=self._policy.page_deadline_s,
                doing="opening a session",
            )
        return self._session

    async def _pull(self, track: StreamTrack, tally: Tally) -> None:
        """Pull one stream; an error that is the stream's own stays with it."""
        pull = StreamPull(self.name, track.spec, self._parts.pull, tally, self._show_syncing)
        session, errands = await self._open(), self._parts.errands
        try:
            if errands is not None and track.spec is errands.spec:
                tally.add(await errands.run(self.name, session))
            else:
                await pull.run(session)
        except STREAM_ERRORS as error:
            wait_s = track.failed(place(pull.state), one_line(error.text))
            if track.tries >= self._policy.tries:
                wait_s = self._policy.slow_retry.total_seconds()
            track.due_at = self._clock.monotonic() + wait_s
            log.warning("%s: %s failed: %s", self.name, track.spec.name, type(error).__name__)
            await self.close()
        else:
            track.worked(self._clock.monotonic() + track.spec.every.total_seconds())

    # What an error means

    async def _account_failed(self, error: Exception) -> Health:
        """Set what follows an error that concerns the whole account; the line that says so."""
        log.warning("%s: %s", self.name, type(error).__name__)
        if not isinstance(error, RateLimited):
            await self.close()
        match error:
            case StorageFull():
                await self._parts.disk_full(error)
                return self.health or Health()
            case SignInNeeded():
                self._schedule.halted = True
                return Health("sign_in", one_line(error.text))
            case Confirm():
                self._schedule.halted = True
                return Health("asks", one_line(error.text), token=error.token)
            case ByteLimitReached():
                self._schedule.halted = True
                size = self._policy.byte_limit // 2**20
                return Health("paused", f"one sync fetched {size} MiB; sync again to go on")
            case RateLimited():
                return self._rate_limited(error)
        return self._try_again(error)

    def _rate_limited(self, error: RateLimited) -> Health:
        wait_s = self._backoff.failed(error.until)
        self._schedule.asked_until = self._clock.monotonic() + wait_s
        until = self._clock.now() + timedelta(seconds=wait_s)
        if self._session is not None:
            # Whoever else works for this account waits as well.
            self._session.context.budget.learn(remaining=0, resets_at=until)
        return self._waiting(error.text, wait_s, until)

    def _try_again(self, error: Exception) -> Health:
        wait_s = self._backoff.failed()
        text = error.text if isinstance(error, ConnectorError) else str(error)
        broken = isinstance(error, STREAM_ERRORS) and self._backoff.failures >= self._policy.tries
        if broken:
            wait_s = self._policy.slow_retry.total_seconds()
        until = self._clock.now() + timedelta(seconds=wait_s)
        health = self._waiting(text, wait_s, until)
        return replace(health, state="broken") if broken else health

    def _waiting(self, text: str, wait_s: float, until: datetime) -> Health:
        self._schedule.retry_at = self._clock.monotonic() + wait_s
        state: HealthState = "paused" if self._backoff.paused else "retrying"
        return Health(state, one_line(text), until, self._backoff.failures)

    def _stream_health(self, track: StreamTrack) -> Health:
        wait_s = track.due_at - self._clock.monotonic()
        state: HealthState = "broken" if track.tries >= self._policy.tries else "retrying"
        until = self._clock.now() + timedelta(seconds=wait_s)
        return Health(state, track.text, until, track.tries)

    # Telling

    async def _show(self, health: Health) -> None:
        """Make the account's line known, if it changed."""
        if health == self.health:
            return
        self.health = health
        try:
            await self._parts.pull.intake.set_health(self.name, health)
        except StorageError as error:
            log.warning("%s: health could not be stored: %s", self.name, error.code)

    async def _show_syncing(self) -> None:
        # A stream that is broken stays in sight while another one brings something.
        if self.health is None or self.health.state != "broken":
            await self._show(Health("syncing"))

    async def _note_end(self, outcome: RunOutcome) -> None:
        run_id, self._run_id = self._run_id, None
        if run_id is None:
            return
        try:
            await self._parts.pull.intake.run_ended(run_id, outcome)
        except StorageError as error:
            log.warning("%s: the end of a run could not be stored: %s", self.name, error.code)

    def _outcome(self, result: RunResult, tally: Tally, started_at: datetime) -> RunOutcome:
        return RunOutcome(
            account=self.name,
            result=result,
            health=self.health or Health(),
            started_at=started_at,
            ended_at=self._clock.now(),
            pages=tally.pages,
            stored=tally.stored,
            changed=tally.changed,
            quarantined=tally.quarantined,
            erased=tally.erased,
            bytes=tally.bytes,
        )

    def _take_asked(self) -> list[asyncio.Future[RunOutcome]]:
        asked, self._asked = self._asked, []
        return asked

    @staticmethod
    def _answer(asked: list[asyncio.Future[RunOutcome]], outcome: RunOutcome) -> None:
        for future in asked:
            if not future.done():
                future.set_result(outcome)

    def _new_backoff(self) -> Backoff:
        return Backoff(self._clock, self._parts.rng)
