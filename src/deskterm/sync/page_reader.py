"""Reading pages into arrivals, in a thread of its own and ahead of their storing."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from deskterm.contract import (
    FlagsChanged,
    FolderListing,
    MailItem,
    MessageRecord,
    OrderGone,
    OrderRecord,
    Page,
    StockRecord,
    Unreadable,
)
from deskterm.domain.arrival import Arrival
from deskterm.domain.clock import Clock
from deskterm.domain.order_refs import OrderRefFinder
from deskterm.store import accounts, tombstones
from deskterm.store.accounts import Account
from deskterm.sync.claiming import Sorter
from deskterm.sync.faces import FaceAccount
from deskterm.sync.oddities import oddity
from deskterm.sync.order_records import OrderNews
from deskterm.sync.read_page import ReadPage
from deskterm.sync.reading import Mailbox, MailReader, own_addresses, read_record

T = TypeVar("T")


class PageReader:
    """Reads pages one after the other, in the order in which they were begun.

    Args:
        reading: gives a read-only connection for the calling thread.
        reader: reads mail; used in the thread of this reader only.
        faces: the mail faces at work, by the name of their mailbox account.
        attachments: folder of files by digest.
        orders: recognises order numbers of an account.
    """

    def __init__(
        self,
        reading: Callable[[], sqlite3.Connection],
        reader: MailReader,
        faces: Callable[[str], Sequence[FaceAccount]],
        attachments: Path,
        orders: Callable[[Account], OrderRefFinder],
        clock: Clock,
    ) -> None:
        self._reading = reading
        self._reader = reader
        self._faces = faces
        self._attachments = attachments
        self._orders = orders
        self._clock = clock
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="page-reader")
        self._connection: sqlite3.Connection | None = None  # of that thread

    def begin(self, account: str, page: Page) -> Future[ReadPage]:
        """Begin to read a page of the account of that name."""
        return self._pool.submit(
            lambda: self._read(accounts.account_named(self._open(), account), page)
        )

    async def look(self, look: Callable[[sqlite3.Connection], T]) -> T:
        """Look something up, taking its turn among the pages."""
        return await self.do(lambda: look(self._open()))

    async def do(self, work: Callable[[], T]) -> T:
        """Other work on text, taking its turn among the pages."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    def close(self) -> None:
        """Finish what was begun and not cancelled, and read no more."""
        self._pool.submit(self._let_go)
        self._pool.shutdown()

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = self._reading()
        return self._connection

    def _read(self, owner: Account, page: Page) -> ReadPage:
        now = self._clock.now()
        read = ReadPage(owner, OrderNews(now))
        mails: list[MailItem] = []
        own: list[Arrival] = read.by_account.setdefault(owner.name, [])
        records: Sequence[object] = page.records
        for record in records:
            match record:
                case MailItem():
                    mails.append(record)
                case MessageRecord() if (odd := oddity(record)) is None:
                    own.append(read_record(record, owner.channel, self._attachments, now))
                case Unreadable():
                    read.odd.append(record)
                case FlagsChanged():
                    read.flags.append(record)
                case FolderListing():
                    read.listings.append(record)
                case OrderRecord() | OrderGone() | StockRecord():
                    read.odd += filter(None, [read.orders.add(record)])
                case _ if (odd := oddity(record)) is not None:
                    read.odd.append(odd)
        if mails:
            self._read_mail(owner, mails, now, read)
        return read

    def _read_mail(
        self, owner: Account, mails: Sequence[MailItem], now: datetime, read: ReadPage
    ) -> None:
        erased = tombstones.load(self._open())
        mailbox = Mailbox(own_addresses(owner.fields), self._orders(owner), erased)
        found = self._reader.read(mails, mailbox, now)
        faces = self._faces(owner.name)
        if faces:
            Sorter(self._open(), faces, self._attachments, now).sort(found, read)
        else:
            read.by_account[owner.name].extend(arrival for arrival, _ in found)
