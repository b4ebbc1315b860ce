"""The office: the one process that writes and talks to networks, put together and kept going."""

from __future__ import annotations

import asyncio
import logging
import shutil
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from deskterm.config.paths import Home
from deskterm.config.secrets import SecretStore
from deskterm.config.settings import Settings
from deskterm.domain.clock import Clock, to_text
from deskterm.domain.errors import DesktermError
from deskterm.domain.order_refs import OrderRefFinder
from deskterm.office.acts import ACTS, Tell
from deskterm.office.erasing import Eraser
from deskterm.office.macro_files import MacroFolder
from deskterm.office.protocol import Call
from deskterm.office.reasons import ReasonReader
from deskterm.office.rulebook import Rulebook
from deskterm.office.sessions import Sessions
from deskterm.service import execute, urgency
from deskterm.service.commands import triage
from deskterm.service.relearning import relearn
from deskterm.service.repeats import ShopTexts
from deskterm.service.voices import Voices
from deskterm.service.work import Desk, Work
from deskterm.store import outbox, tickets
from deskterm.store.accounts import Account
from deskterm.store.connect import connect, damage
from deskterm.store.schema import migrate
from deskterm.store.transaction import Transaction
from deskterm.store.writer import Busy, Writer
from deskterm.sync.carriers import Carriers
from deskterm.sync.channels import InstalledChannels
from deskterm.sync.connectors import Connectors
from deskterm.sync.courier import SEND_S, Courier
from deskterm.sync.engine import SyncEngine
from deskterm.sync.intake import StoreIntake
from deskterm.sync.order_errands import OrderErrands
from deskterm.sync.parser_process import MailParser
from deskterm.sync.ports import Progress, RunOutcome, SyncPolicy
from deskterm.sync.reading import MailReader
from deskterm.sync.sender import Sender

if TYPE_CHECKING:
    from deskterm.service.reading.shelf import Shelf

log = logging.getLogger("deskterm.office")

T = TypeVar("T")
_REMEMBER_CALLS = timedelta(days=1)
_LONGEST_NAP_S = 3_600.0
_MOVE_REPLIES = frozenset({"ticket.reply", "ticket.new", "app.undo", "app.redo"})
_MOVE_SNOOZES = frozenset({"ticket.snooze", "app.undo", "app.redo"})
_MOVE_ACCOUNTS = frozenset(
    {"account.add", "account.set", "account.remove", "account.confirm", "sync.now", "order.refresh"}
)
_ROOM_LOOK_S = 2.0
_READ_MACROS_S = 3.0
_LOOK_AGAIN_S = 60.0
_ROOM = 4 << 20


@dataclass(frozen=True, slots=True)
class OfficeParts:
    """What an office is made of.

    `zone` is the agent's time zone; `send_s` how many seconds a send may take.
    """

    home: Home
    settings: Settings
    connectors: Connectors
    secrets: SecretStore
    clock: Clock
    zone: ZoneInfo
    agent: str
    journal_mode: str = "WAL"
    policy: SyncPolicy | None = None
    send_s: float = SEND_S


class Office:
    """Implements `deskterm.office.runner.Handler`. Made and started on the loop it runs on.

    Args:
        parts: what it is made of.
        on_change: called with the revision after each commit, in the writer's thread.

    Raises:
        DesktermError: the database cannot be opened (newer, damaged, full disk).
    """

    def __init__(self, parts: OfficeParts, on_change: Callable[[int], None]) -> None:
        self.parts = parts
        home = parts.home
        migrate(home.database, home.backup, parts.clock.now())
        self._writer = Writer(
            home.database, parts.clock, on_change, journal_mode=parts.journal_mode
        )
        self.carriers = Carriers(parts.connectors, self.reading)
        packs_for = Rulebook(home.rules, parts.connectors.further_packs())
        self._parser = MailParser()
        self.intake = StoreIntake(
            self._writer,
            self.reading,
            MailReader(self._parser, home.attachments),
            self.carriers.faces,
            home.attachments,
            self._orders,
            parts.clock,
            self._health_changed,
            lambda rows: urgency.reply_windows(rows, packs_for, parts.clock.now()),
        )
        self.sessions = Sessions(
            parts.connectors, parts.secrets, self.intake, self.reading, parts.clock
        )
        self._desk = self._make_desk(packs_for)
        courier = Courier(self.sessions, send_s=parts.send_s)
        self._sender = Sender(
            self._writer,
            self.reading,
            lambda: self._desk,
            courier,
            self.carriers.face_of,
            parts.clock,
            keep_days=parts.settings.outbox.keep_days,
        )
        self.eraser = Eraser(home, self._writer, self._desk, self.reading)
        self._reasons = ReasonReader(parts, self._writer, self.reading, lambda: self._shelf)
        self.listeners: set[Tell] = set()
        self.engine = SyncEngine(
            self.carriers.pulled(),
            self.sessions,
            self.intake,
            parts.clock,
            policy=parts.policy or SyncPolicy(byte_limit=parts.settings.sync.max_run_bytes),
            progress=self._progress,
            errands=OrderErrands(self._writer, self.reading, parts.clock),
        )
        self._tasks: list[asyncio.Task[None]] = []
        self._nap_over = asyncio.Event()
        self.stop_asked = asyncio.Event()
        #: The part that a fault of ours ended, which ends the office; None where all go on.
        self.lost: str | None = None

    def _make_desk(self, packs_for: Rulebook) -> Desk:
        parts, home = self.parts, self.parts.home
        return Desk(
            agent=parts.agent,
            zone=parts.zone,
            hold_s=parts.settings.hold_s,
            channels=InstalledChannels(parts.connectors, self.carriers, parts.clock),
            packs_for=packs_for,
            attachments=home.attachments,
            max_reply_bytes=parts.settings.mail.max_reply_bytes,
            voices=Voices(home.voice_file),
            reads=lambda: self._shelf.stock().suggester,
            texts=ShopTexts(
                lambda: self._shelf.stock().library,
                home.macros,
                home.facts_file,
                MacroFolder(home.macros),
            ),
        )

    @property
    def revision(self) -> int:
        """The database's present revision."""
        return self._writer.revision

    @cached_property
    def _shelf(self) -> Shelf:
        """The shop's macros, for learning; read when the first one is sent."""
        from deskterm.service.reading.ground import GroundFiles  # no start needs them
        from deskterm.service.reading.shelf import Shelf

        home = self.parts.home
        ground = GroundFiles(home.lexicon_file, home.suggestions_file)
        return Shelf(home.macros, home.facts_file, ground=ground)

    def reading(self) -> sqlite3.Connection:
        """A fresh read-only connection."""
        return connect(self.parts.home.database)

    def start(self, *, sync: bool) -> None:
        """Begin to work; with `sync` the accounts are kept in step, without it only on request."""
        self._tasks = [
            asyncio.create_task(self._sender.run(), name="sender"),
            asyncio.create_task(self._keep_time(), name="time"),
            asyncio.create_task(self._await_room(), name="room"),
            asyncio.create_task(self._read_macros(), name="macros"),
            asyncio.create_task(self._reasons.run(), name="reasons"),
            asyncio.create_task(self._finish_erasing(), name="erasing"),
        ]
        if sync:
            self._tasks.append(asyncio.create_task(self.engine.run_forever(), name="sync"))
        for task in self._tasks:
            task.add_done_callback(self._part_ended)

    async def stop(self) -> None:
        """End everything in order; what is held stays held and goes out after the next start."""
        await self.engine.stop()
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=30)
        self.intake.close()
        self._parser.close()
        await asyncio.to_thread(self._writer.stop)

    async def is_busy(self) -> bool:
        """Whether something is on its way that must not be left alone."""
        return await asyncio.to_thread(
            self.read, lambda c: outbox.leaves_soon(c) or outbox.is_for_later(c)
        )

    async def call(self, call: Call, progress: Tell) -> Mapping[str, object]:
        """Do one call to its end; see `begin`."""
        answer = self.begin(call, progress)
        return answer if isinstance(answer, Mapping) else await answer

    def begin(
        self, call: Call, progress: Tell
    ) -> Mapping[str, object] | Awaitable[Mapping[str, object]]:
        """Do one call: a long act of the office itself, or a command of the table."""
        self._reasons.disturb()
        if (act := ACTS.get(call.command)) is not None:
            return act(self, call.params, progress)
        params = dict(call.params)

        def job(tx: Transaction) -> dict[str, object]:
            return execute.run(tx, self._desk, call.command, params, call.id)

        try:
            outcome = self._writer.now(job)
        except Busy:
            return self._finish(self._writer.submit(job))
        self._poke(outcome)
        return self._settled(outcome) if outcome.get("command") in _MOVE_ACCOUNTS else outcome

    async def sync_once(self, names: list[str] | None) -> list[RunOutcome]:
        """Pull every account to its end, then let out what can leave. An account whose mail comes
        through a mailbox stands for that mailbox.
        """
        if names is not None:
            names = list(dict.fromkeys([await self._puller(name) for name in names]))
        outcomes = await self.engine.sync_once(names)
        await self._sender.try_again()
        await self._sender.drained()
        return outcomes

    # After a command

    async def _finish(self, done: Future[dict[str, object]]) -> Mapping[str, object]:
        outcome = await asyncio.wrap_future(done)
        self._poke(outcome)
        return await self._settled(outcome)

    async def _settled(self, outcome: Mapping[str, object]) -> Mapping[str, object]:
        """What a command answers, once what it means for the engine is done."""
        await self._after_accounts(outcome)
        return outcome

    def _poke(self, outcome: Mapping[str, object]) -> None:
        """Wake whoever waits for what a command did."""
        command = str(outcome.get("command", ""))
        if command in _MOVE_REPLIES or command.startswith("outbox."):
            self._sender.poke()
        if command in _MOVE_SNOOZES:
            self._nap_over.set()

    async def _after_accounts(self, outcome: Mapping[str, object]) -> None:
        """What a command about accounts means for the engine."""
        name = str(outcome.get("account", ""))
        match outcome.get("command"):
            case "account.add" | "account.set":
                await self.engine.remove_account(name)
                if name in await asyncio.to_thread(self.carriers.pulled):
                    self.engine.add_account(name)
                self._sender.forget_session(name)
            case "account.remove":
                await self.engine.remove_account(name)
            case "account.confirm":
                self.engine.poke(name)
            case "sync.now":
                self.engine.poke(await self._puller(name) if name else None)
            case "order.refresh":
                for asked in _accounts_of(outcome):
                    self.engine.poke(await self._puller(asked))

    async def _puller(self, name: str) -> str:
        """The account that fetches for the one of that name."""
        return await asyncio.to_thread(self.carriers.puller, name)

    def _progress(self, progress: Progress) -> None:
        told = {
            "account": progress.account,
            "stream": progress.stream,
            "stored": progress.stored,
            "bytes": progress.bytes,
        }
        for tell in list(self.listeners):
            tell(told)

    def _health_changed(self, account: Account, state: str) -> None:
        if state == "ok":
            self._sender.account_recovered(account.name)

    def _part_ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("%s ended: %s", task.get_name(), type(error).__name__)
            self.lost = self.lost or task.get_name()
            self.stop_asked.set()

    async def _read_macros(self) -> None:
        """Read the macros while nobody waits, so that the first reply does not; and learn anew what
        was learned, where a new release or the shop's lexicon reads messages in another way.
        """
        nap = _READ_MACROS_S
        while True:
            await asyncio.sleep(nap)
            nap = _LOOK_AGAIN_S
            stock = await asyncio.to_thread(self._shelf.stock)
            try:
                await asyncio.to_thread(relearn, stock.suggester, self.reading, self._writer.run)
            except (DesktermError, sqlite3.Error) as error:
                log.warning("what was learned is not read anew yet: %s", type(error).__name__)

    async def _finish_erasing(self) -> None:
        """What an office that was killed did not come to."""
        try:
            await self.eraser.finish()
        except DesktermError as error:
            log.warning("erasing not finished yet: %s", error.code)

    async def _keep_time(self) -> None:
        """Wake snoozed tickets, have those rise whose window closes, and forget answers that nobody
        can ask for again.
        """
        while True:
            self._nap_over.clear()

            def wake(tx: Transaction) -> float | None:
                work = Work(tx, self._desk, tx.new_uid(), "clock")
                triage.wake(work)
                tickets.forget_answers_before(tx, to_text(tx.moment - _REMEMBER_CALLS))
                moments = (triage.next_wake_s(work), urgency.turn(work))
                return min((one for one in moments if one is not None), default=None)

            try:
                nap = await asyncio.wrap_future(self._writer.submit(wake))
            except DesktermError as error:
                log.warning("snoozed tickets not woken yet: %s", error.code)
                nap = 60.0
            try:
                async with asyncio.timeout(min(nap or _LONGEST_NAP_S, _LONGEST_NAP_S)):
                    await self._nap_over.wait()
            except TimeoutError:
                continue

    async def _await_room(self) -> None:
        """After a full disk: go on by itself as soon as there is room."""
        while True:
            await asyncio.sleep(_ROOM_LOOK_S)
            if self.engine.out_of_room and shutil.disk_usage(self.parts.home.data).free > _ROOM:
                log.info("there is room on the disk again")
                self.engine.poke()

    # Look-ups

    def read(self, look: Callable[[sqlite3.Connection], T]) -> T:
        connection = self.reading()
        try:
            return look(connection)
        except sqlite3.Error as error:
            raise damage(error, self.parts.home.database) or error from error
        finally:
            connection.close()

    def _orders(self, account: Account) -> OrderRefFinder:
        shapes = [*self.parts.settings.order_patterns, account.fields.get("order_pattern", "")]
        return OrderRefFinder([shape for shape in shapes if shape])


def _accounts_of(outcome: Mapping[str, object]) -> list[str]:
    """The accounts that a command on tickets concerns, each once."""
    done = outcome.get("done")
    found = [name for one in done for name in one["accounts"]] if isinstance(done, list) else []
    return list(dict.fromkeys(map(str, found)))
