"""The outbox at work: takes what is due, sends it once, and finds out what became of it.

The states and steps are those of `deskterm.domain.outbox`. Before the first byte leaves, the item
stands in `sending` on disk; what stands there at a start is `unknown`, never `queued`. Waits run
on the monotonic clock; after a restart a hold window begins anew, so a clock that jumps never
sends early.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from datetime import timedelta
from random import Random, SystemRandom
from typing import TypeVar

from deskterm.contract import ConnectorError
from deskterm.domain.clock import Clock, from_text, to_text
from deskterm.domain.errors import DesktermError
from deskterm.domain.outbox import DeliveryState, text_digest
from deskterm.service import delivery, gates
from deskterm.service.work import Desk, Work
from deskterm.store import accounts, outbox
from deskterm.store.accounts import Account
from deskterm.store.transaction import Transaction
from deskterm.store.writer import Job, Writer
from deskterm.sync.courier import Courier, Parcel, probe_of
from deskterm.sync.faces import FaceAccount
from deskterm.sync.handover import RATE, Handover
from deskterm.sync.ports import Sleep

log = logging.getLogger("deskterm.outbox")

T = TypeVar("T")
_S = DeliveryState
_IDLE_S = 3_600.0
#: A time of the wall clock is looked at again after this: the clock may be set, the machine sleep.
_LATER_S = 60.0
_COPY_RETRY_S = 30.0
_DISK_RETRY_S = 2.0


class Sender:
    """One for each office.

    Args:
        writer: the one writer.
        reading: gives a fresh read-only connection for the calling thread.
        desk: what use cases need, as it is now.
        courier: the way to the channels.
        face_of: the mail face of an account, or None.
        keep_days: how long the end of an item is kept as a record.
    """

    def __init__(
        self,
        writer: Writer,
        reading: Callable[[], sqlite3.Connection],
        desk: Callable[[], Desk],
        courier: Courier,
        face_of: Callable[[Account], FaceAccount | None],
        clock: Clock,
        *,
        keep_days: int = 90,
        sleep: Sleep = asyncio.sleep,
        rng: Random | None = None,
    ) -> None:
        self._writer = writer
        self._reading = reading
        self._desk = desk
        self._clock = clock
        self._keep = timedelta(days=keep_days)
        self._sleep = sleep
        self._handover = Handover(courier, rng or SystemRandom())
        self._courier = courier
        self._face_of = face_of
        self._due: dict[tuple[object, ...], float] = {}
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._copies_due: dict[int, float] = {}
        self._recovered: set[str] = set()
        self._poked = asyncio.Event()
        self._round_over = asyncio.Event()

    def poke(self) -> None:
        """Look at the outbox now."""
        self._poked.set()

    def account_recovered(self, account: str) -> None:
        """The channel answers again: what waits for that account goes now."""
        self._recovered.add(account)
        self._poked.set()

    async def try_again(self) -> None:
        """Somebody asks: what waits for its next try goes now, except where a channel set the time.

        Raises:
            DesktermError: the database refuses.
        """

        def queue(tx: Transaction) -> None:
            for item in outbox.in_states(tx.connection, [_S.RETRY_LATER]):
                tries = outbox.attempts(tx.connection, item["id"])
                if not tries or tries[-1]["code"] != RATE:
                    outbox.step(tx, item, _S.QUEUED)

        await self._write(queue)
        self._poked.set()

    def forget_session(self, account: str) -> None:
        """The account was changed: the next reply signs in anew."""
        self._courier.forget(account)
        self._poked.set()

    async def run(self) -> None:
        """Work until cancelled. A send that has begun is given its time to end."""
        await self._write(self._clean_up)
        try:
            while True:
                self._poked.clear()
                seconds = await self._round()
                self._round_over.set()
                await self._rest(seconds)
        finally:
            if self._busy:
                await asyncio.wait(list(self._busy.values()), timeout=20)
            await self._courier.close()

    async def drained(self) -> None:
        """Return when nothing is left that leaves by itself soon; copies have been tried, too."""
        while True:
            self._round_over.clear()
            if not await self._read(self._has_more_to_do):
                return
            self.poke()
            await self._round_over.wait()
            await self._any_end()

    def _has_more_to_do(self, connection: sqlite3.Connection) -> bool:
        untried = (i for i in outbox.copies_due(connection) if i["id"] not in self._copies_due)
        later = outbox.is_for_later(connection, to_text(self._clock.now()))
        return later or outbox.leaves_soon(connection) or next(untried, None) is not None

    async def _any_end(self) -> None:
        if self._busy:
            await asyncio.wait(list(self._busy.values()), return_when=asyncio.FIRST_COMPLETED)
        else:
            await self._sleep(0.05)

    async def _rest(self, seconds: float) -> None:
        waiter = asyncio.ensure_future(self._poked.wait())
        sleeper = asyncio.ensure_future(self._sleep(seconds))
        try:
            await asyncio.wait({waiter, sleeper}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiter.cancel()
            sleeper.cancel()

    # A round

    async def _round(self) -> float:
        """Start everything that is due; seconds until something else is."""
        states = (_S.HELD, _S.SCHEDULED, _S.QUEUED, _S.RETRY_LATER, _S.UNKNOWN, _S.SETTLING)
        items, copies, lanes, paused = await self._read(
            lambda c: (
                [(i, outbox.is_first_of_thread(c, i)) for i in outbox.in_states(c, states)],
                outbox.copies_due(c),
                {a.id: a.carrier for a in accounts.all_accounts(c)},
                outbox.is_paused(c),
            )
        )
        recovered, self._recovered = self._recovered, set()
        next_s = _IDLE_S
        seen = set()
        for item, is_next in items:
            if item["state"] == _S.QUEUED and (paused or not is_next):
                continue
            key = outbox.place(item)
            seen.add(key)
            lane = lanes.get(item["account_id"], "")
            if item["state"] == _S.RETRY_LATER and lane in recovered:
                self._due[key] = 0.0
            wait_s = self._due.setdefault(key, self._deadline(item)) - self._clock.monotonic()
            if item["state"] == _S.SCHEDULED:
                wait_s = _until(item["send_at"], self._clock, at_most=_LATER_S)
            if wait_s > 0:
                next_s = min(next_s, wait_s)
            else:
                self._start(lane, self._advance(item))
        self._due = {key: at for key, at in self._due.items() if key in seen}
        for item in copies:
            wait_s = self._copies_due.get(item["id"], 0.0) - self._clock.monotonic()
            if wait_s > 0:
                next_s = min(next_s, wait_s)
            else:
                self._start(lanes.get(item["account_id"], ""), self._file_copy(item))
        return next_s

    def _deadline(self, item: sqlite3.Row) -> float:
        """When an item is due, on the monotonic clock, seen for the first time in this state."""
        now = self._clock.monotonic()
        if item["state"] == _S.HELD:
            return now + float(item["hold_s"])
        if item["state"] in (_S.RETRY_LATER, _S.SETTLING) and item["next_try_at"]:
            return now + max(_until(item["next_try_at"], self._clock, at_most=_IDLE_S), 0.0)
        return now

    def _start(self, lane: str, work: Coroutine[object, object, None]) -> None:
        """One act at a time for each account that talks to a network; the next round takes what
        had to wait.
        """
        if lane in self._busy:
            work.close()
            return
        task = asyncio.create_task(work)
        self._busy[lane] = task

        def ended(done: asyncio.Task[None]) -> None:
            self._busy.pop(lane, None)
            if not done.cancelled() and (error := done.exception()) is not None:
                log.error("outbox: %s", type(error).__name__, exc_info=error)
            self._poked.set()

        task.add_done_callback(ended)

    async def _advance(self, item: sqlite3.Row) -> None:
        match DeliveryState(item["state"]):
            case _S.HELD | _S.RETRY_LATER:
                await self._write(lambda tx: outbox.step(tx, item, _S.QUEUED))
            case _S.SCHEDULED:
                await self._write(lambda tx: outbox.release(tx, item))
            case _S.QUEUED:
                await self._deliver(item["id"])
            case _S.UNKNOWN:
                await self._begin_settling(item)
            case _S.SETTLING:
                await self._look(item)

    # Sending

    async def _deliver(self, item_id: int) -> None:
        parcel = await self._write(lambda tx: self._claim(tx, item_id))
        if parcel is None:
            return
        result = await self._handover.send(parcel)
        log.info("item %s: %s %s", item_id, result.kind, result.code)
        copies = result.receipt is not None and await self._handover.files_copies(parcel.account)

        def note(tx: Transaction) -> None:
            item = outbox.item_by_id(tx.connection, item_id)
            if item is not None:
                result.note(self._work(tx), item, copy_due=copies)

        await self._write_surely(note)

    def _claim(self, tx: Transaction, item_id: int) -> Parcel | None:
        """All gates, and `sending` on disk, in one transaction: nothing comes between."""
        item = outbox.item_by_id(tx.connection, item_id)
        if item is None or item["state"] != _S.QUEUED or outbox.is_paused(tx.connection):
            return None
        if not outbox.is_first_of_thread(tx.connection, item):
            return None
        account = accounts.account_by_id(tx.connection, item["account_id"])
        work = self._work(tx)
        reason = gates.reason_to_stop(work, item)
        if reason is not None or account is None:
            delivery.record_stopped(work, item, _S.NEEDS_EDIT, reason or "its account is gone")
            return None
        carrier = accounts.account_named(tx.connection, account.carrier)
        health = accounts.health(tx.connection, carrier.id)
        if health is not None and health.state == "sign_in":
            outbox.step(tx, item, _S.RETRY_LATER, {"reason": health.text, "next_try_at": None})
            return None
        if not outbox.begin_attempt(tx, item, item["check_digest"]):
            return None
        claimed = outbox.item_by_id(tx.connection, item_id)
        if claimed is None:
            return None
        face = self._face_of(account)
        return self._handover.pack(
            tx.connection, claimed, account.name, work.desk.attachments, face
        )

    # Finding out

    async def _begin_settling(self, item: sqlite3.Row) -> None:
        carrier = await self._carrier(item)
        read_back = await self._handover.read_back(carrier) if carrier else None
        wait = read_back.settle if read_back else timedelta(0)
        at = to_text(self._clock.now() + wait)
        await self._write(
            lambda tx: outbox.step(tx, item, _S.SETTLING, {"next_try_at": at, "looks": 0})
        )

    async def _look(self, item: sqlite3.Row) -> None:
        carrier = await self._carrier(item)
        if carrier is None:
            await self._ask(item, "its account was removed before anybody could look")
            return
        thread = await self._read(
            lambda c: c.execute(
                "SELECT remote_id FROM threads WHERE id = ?", (item["thread_id"],)
            ).fetchone()
        )
        probe = probe_of(item, (thread[0] or "") if thread else "", text_digest(item["body"]))
        seen = await self._handover.look(carrier, probe)
        if seen.match is not None:
            match = seen.match
            sent = delivery.Sent(
                match.remote_id, match.sent_at or self._clock.now(), message_id=item["key"]
            )
            await self._write_surely(lambda tx: delivery.record_sent(self._work(tx), item, sent))
            return
        looks = item["looks"] + (1 if seen.looked else 0)
        if seen.read_back is None:
            await self._ask(item, seen.reason)
        elif looks < seen.read_back.looks:
            at = to_text(self._clock.now() + max(seen.read_back.gap, seen.wait))
            await self._write(lambda tx: outbox.look_again(tx, item, at, looks, seen.reason))
            self._due.pop(outbox.place(item), None)
        elif seen.read_back.reliable:
            await self._write(
                lambda tx: outbox.step(tx, item, _S.QUEUED, {"reason": None, "looks": looks})
            )
        else:
            await self._ask(item, item["reason"] or seen.reason)

    async def _ask(self, item: sqlite3.Row, reason: str) -> None:
        await self._write_surely(lambda tx: delivery.record_question(self._work(tx), item, reason))

    async def _file_copy(self, item: sqlite3.Row) -> None:
        carrier = await self._carrier(item)
        if carrier is None:
            await self._write(lambda tx: outbox.copy_filed(tx, item["id"]))
            return

        def pack(connection: sqlite3.Connection) -> tuple[Parcel, bytes]:
            parcel = self._handover.pack(connection, item, carrier, self._desk().attachments)
            return parcel, outbox.sent_raw(connection, item)

        parcel, raw = await self._read(pack)
        try:
            await self._handover.file(parcel, item["remote_id"], raw, self._clock.now())
        except (ConnectorError, TimeoutError) as error:
            log.info("item %s: copy not filed yet: %s", item["id"], type(error).__name__)
            self._copies_due[item["id"]] = self._clock.monotonic() + _COPY_RETRY_S
            return
        self._copies_due.pop(item["id"], None)
        await self._write(lambda tx: outbox.copy_filed(tx, item["id"]))

    # Database

    def _clean_up(self, tx: Transaction) -> None:
        outbox.recover(tx)
        outbox.forget_ended_before(tx, to_text(tx.moment - self._keep))

    def _work(self, tx: Transaction) -> Work:
        return Work(tx, self._desk(), tx.new_uid(), "outbox")

    async def _carrier(self, item: sqlite3.Row) -> str | None:
        """The account that talks to the network for an item; None where it was removed."""
        known = await self._read(accounts.all_accounts)
        carrier = next((a.carrier for a in known if a.id == item["account_id"]), None)
        return carrier if any(a.name == carrier for a in known) else None

    async def _read(self, look: Callable[[sqlite3.Connection], T]) -> T:
        def run() -> T:
            connection = self._reading()
            try:
                return look(connection)
            finally:
                connection.close()

        return await asyncio.to_thread(run)

    async def _write(self, job: Job[T]) -> T:
        future: Future[T] = self._writer.submit(job)
        return await asyncio.wrap_future(future)

    async def _write_surely(self, job: Job[None]) -> None:
        """Write an outcome that must not be forgotten, for as long as the disk is full."""
        while True:
            try:
                await self._write(job)
            except DesktermError as error:
                if error.code not in ("disk_full", "busy", "disk_error"):
                    raise
                log.error("outcome not written yet: %s", error.code)  # noqa: TRY400 - no trace is wanted
                await self._sleep(_DISK_RETRY_S)
            else:
                return


def _until(moment: str, clock: Clock, *, at_most: float) -> float:
    """Seconds until a stored time; negative when it is over."""
    return min((from_text(moment) - clock.now()).total_seconds(), at_most)
