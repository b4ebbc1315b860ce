"""The storing side of the sync: pages become rows, in one transaction with their cursor."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from functools import reduce
from pathlib import Path
from typing import TypeVar

from deskterm.contract import MailItem, MailStub, Page
from deskterm.domain.arrival import Arrival
from deskterm.domain.clock import Clock, from_text, to_text
from deskterm.domain.errors import DesktermError
from deskterm.domain.mail import MailLocation
from deskterm.domain.order_refs import OrderRefFinder
from deskterm.mail.quotes import split_quotes
from deskterm.service.moods import moods_of
from deskterm.store import accounts, derived, imports, ingest, mailplaces, moods, urgency
from deskterm.store.accounts import Account, StoredCursor
from deskterm.store.rowids import RowIds
from deskterm.store.transaction import Transaction
from deskterm.store.writer import SYNC, Writer
from deskterm.sync import facedesk
from deskterm.sync.faces import FaceAccount
from deskterm.sync.health import Health
from deskterm.sync.order_intake import store_orders
from deskterm.sync.page_reader import PageReader
from deskterm.sync.poison import POISON, set_aside
from deskterm.sync.ports import RunOutcome, StorageError, StreamState, Taken, storage_error
from deskterm.sync.read_page import ReadPage
from deskterm.sync.reading import MailReader

T = TypeVar("T")

#: Until when tickets can be answered, from rows of `deskterm.store.derived.waiting`.
Windows = Callable[[Sequence[sqlite3.Row]], Mapping[int, str | None]]


class StoreIntake:
    """Implements `deskterm.sync.ports.Intake` on the database.

    Args:
        writer: the one writer.
        reading: gives a read-only connection for the calling thread.
        reader: reads mail; used in one thread of its own.
        faces: the mail faces at work, by the name of their mailbox account.
        attachments: folder of files by digest.
        orders: recognises order numbers of an account.
        on_health: told of each new state of an account.
        windows: until when tickets can be answered; without it none is known.
    """

    def __init__(
        self,
        writer: Writer,
        reading: Callable[[], sqlite3.Connection],
        reader: MailReader,
        faces: Callable[[str], Sequence[FaceAccount]],
        attachments: Path,
        orders: Callable[[Account], OrderRefFinder],
        clock: Clock,
        on_health: Callable[[Account, str], None] = lambda _account, _state: None,
        windows: Windows = lambda _rows: {},
    ) -> None:
        self._windows = windows
        self._on_health = on_health
        self._writer = writer
        self._rowids = RowIds()
        self._pages = PageReader(reading, reader, faces, attachments, orders, clock)
        self._ahead: dict[tuple[str, str], deque[tuple[Page, Future[ReadPage]]]] = {}

    def close(self) -> None:
        """Stop reading."""
        for ahead in self._ahead.values():
            for _, reading in ahead:
                reading.cancel()
        self._pages.close()

    async def load(self, account: str, stream: str) -> StreamState:
        for _, reading in self._ahead.pop((account, stream), ()):
            reading.cancel()
        stored = await self._pages.look(lambda c: accounts.load_cursor(c, _id(c, account), stream))
        return StreamState(
            cursor=stored.cursor,
            since=_moment(stored.since_at),
            position=stored.position,
            start_mark=_moment(stored.start_mark_at),
            finished_at=_moment(stored.finished_at),
        )

    def expect(self, account: str, stream: str, page: Page) -> None:
        ahead = self._ahead.setdefault((account, stream), deque())
        ahead.append((page, self._pages.begin(account, page)))

    async def take(self, account: str, stream: str, page: Page, state_after: StreamState) -> Taken:
        read = await asyncio.wrap_future(self._reading_of(account, stream, page))
        stored = StoredCursor(
            state_after.cursor,
            _text(state_after.since),
            state_after.position,
            _text(state_after.start_mark),
            _text(state_after.finished_at),
        )
        return await self._write(lambda tx: self._store(tx, stream, read, stored))

    def _reading_of(self, account: str, stream: str, page: Page) -> Future[ReadPage]:
        """The reading of a page that was expected; what was expected before it never came."""
        ahead = self._ahead.get((account, stream), deque())
        while ahead:
            expected, reading = ahead.popleft()
            if expected is page:
                return reading
            reading.cancel()
        return self._pages.begin(account, page)

    async def run_started(self, account: str) -> int:
        return await self._write(lambda tx: accounts.start_run(tx, _id(tx.connection, account)))

    async def run_ended(self, run_id: int, outcome: RunOutcome) -> None:
        counts = (outcome.stored, outcome.changed, outcome.quarantined)
        error = "" if outcome.result == "ok" else outcome.health.text
        await self._write(lambda tx: accounts.end_run(tx, run_id, outcome.result, counts, error))

    async def set_health(self, account: str, health: Health) -> None:
        def save(tx: Transaction) -> Account:
            owner = accounts.account_named(tx.connection, account)
            accounts.set_health(
                tx, owner.id, health.state, health.text, _text(health.until), health.failures
            )
            if health.token:
                accounts.ask(tx, owner.id, health.token)
            return owner

        self._on_health(await self._write(save), health.state)

    async def derive(self, limit: int) -> int:
        rows = await self._pages.look(lambda c: derived.waiting(c, limit))
        if not rows:
            return 0
        found = await self._pages.do(lambda: [_shown(row) for row in rows])
        read = await self._pages.do(lambda: list(moods_of(rows, dict(found))))
        windows = await self._pages.do(lambda: self._windows(rows))

        def save(tx: Transaction) -> None:
            derived.save(tx, found)
            urgency.note_windows(tx, windows)
            moods.save(tx, read)

        await self._write(save)
        return len(rows)

    async def recognise(self, account: str, stubs: Sequence[MailStub]) -> Collection[MailLocation]:
        """Serves `deskterm.contract.MailArchive` for one account."""
        known = [
            mailplaces.KnownMail(s.location, s.message_id, s.size, to_text(s.received_at))
            for s in stubs
        ]

        def note(tx: Transaction) -> set[MailLocation]:
            account_id = _id(tx.connection, account)
            for folder, uidvalidity in {(s.location.folder, s.location.uidvalidity) for s in stubs}:
                mailplaces.void_older(tx, account_id, folder, uidvalidity)
            holders = [a.id for a in accounts.carried_by(tx.connection, account)]
            return mailplaces.recognise(tx, account_id, known, holders)

        return await self._write(note)

    def read_import(self, account: Account, items: Sequence[MailItem]) -> Future[ReadPage]:
        """Begin to read mails that come from files."""
        return self._pages.begin(account.name, Page(records=tuple(items)))

    def import_batch(self, read: ReadPage, note: Callable[[Transaction], None]) -> Taken:
        """Store mails that come from files; `note` is written in the same transaction. Blocks."""

        def store(tx: Transaction) -> Taken:
            taken = self._place_all(tx, "import", read)
            note(tx)
            return taken

        return self._writer.run(store, SYNC)

    def forget_import(self, account: Account, source: str) -> None:
        """The import from that source is complete. Blocks."""
        self._writer.run(lambda tx: imports.forget(tx, account.id, source), SYNC)

    def _store(self, tx: Transaction, stream: str, read: ReadPage, cursor: StoredCursor) -> Taken:
        taken = self._place_all(tx, stream, read)
        changed, owner_id = taken.changed, read.owner.id
        for flags in read.flags:
            changed += mailplaces.set_marks(
                tx, owner_id, flags.location, seen=flags.seen, answered=flags.answered
            )
        for listing in read.listings:
            changed += mailplaces.drop_missing(
                tx, owner_id, listing.folder, listing.uidvalidity, (listing.below, listing.uids)
            )
        accounts.save_cursor(tx, owner_id, stream, cursor)
        return replace(taken, changed=changed)

    def _place_all(self, tx: Transaction, stream: str, read: ReadPage) -> Taken:
        mailbox = read.owner
        set_aside(tx, mailbox.id, stream, read.odd)
        taken = store_orders(tx, mailbox.id, stream, read.orders)
        taken = taken.plus(Taken(quarantined=len(read.odd)))
        for name, arrivals in read.by_account.items():
            account = mailbox if name == mailbox.name else _there(tx, name)
            rows, placed = self._place(tx, account, stream, arrivals, mailbox)
            taken = taken.plus(placed)
            if account is mailbox:
                facedesk.remark(tx, mailbox.id, rows, read.remarks)
        for name, why in read.faces.items():
            facedesk.note_health(tx, _there(tx, name), why, is_used=name in read.by_account)
        return taken

    def _place(
        self,
        tx: Transaction,
        account: Account,
        stream: str,
        arrivals: Sequence[Arrival],
        mailbox: Account,
    ) -> tuple[list[int], Taken]:
        """Store a batch; where one item spoils it, each by itself, and that one set aside.

        Returns:
            The rows of new messages, and what became of all.
        """
        if not arrivals:
            return [], Taken()
        tx.execute("SAVEPOINT batch")
        try:
            placed = ingest.place(
                tx, account.id, account.channel, arrivals, self._rowids, mailbox.id
            )
        except POISON as error:
            tx.execute("ROLLBACK TO batch")
            if len(arrivals) == 1:
                bad = arrivals[0]
                accounts.quarantine(
                    tx, account.id, stream, bad.remote_id, type(error).__name__, bad.raw
                )
                tx.execute("RELEASE batch")
                return [], Taken(quarantined=1)
            tx.execute("RELEASE batch")
            ones = [self._place(tx, account, stream, [one], mailbox) for one in arrivals]
            taken = reduce(Taken.plus, (one for _, one in ones))
            return [row for rows, _ in ones for row in rows], taken
        tx.execute("RELEASE batch")
        return placed.messages, Taken(stored=len(placed.messages), erased=placed.erased)

    async def _write(self, job: Callable[[Transaction], T]) -> T:
        try:
            return await asyncio.wrap_future(self._writer.submit(job, SYNC))
        except DesktermError as error:
            raise storage_error(error) from error


def _there(tx: Transaction, name: str) -> Account:
    """The account of a mail face.

    Raises:
        StorageError: it was removed since the page was read; the page is to be read anew.
    """
    try:
        return accounts.account_named(tx.connection, name)
    except DesktermError as error:
        raise StorageError(
            f"The account {name} was removed while its mail was coming in"
        ) from error


def _id(connection: sqlite3.Connection, account: str) -> int:
    return accounts.account_named(connection, account).id


def _moment(text: str | None) -> datetime | None:
    return from_text(text) if text else None


def _text(moment: datetime | None) -> str | None:
    return to_text(moment) if moment else None


def _shown(row: sqlite3.Row) -> tuple[int, str | None]:
    view = split_quotes(row["body"])
    return row["id"], view.text if view.hidden else None
